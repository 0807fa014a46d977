"""What a copy says that a plan must know of, read back from its words. Pure.

The copy holds words alone, so that it holds no more than the patient saw. Words that the library has changed since are
not found again; all of the patient's answers are asked anew when they take the plan.
"""

from __future__ import annotations

from collections.abc import Mapping

from acupwa.library.model import Library
from acupwa.practice.shares.model import Copy
from acupwa.quiz.countries import COUNTRIES, country_name
from acupwa.quiz.model import Answers
from acupwa.quiz.words import AGE_WORDS
from acupwa.wording import gettext as _


def told(copy: Copy, library: Library) -> Answers:
    """The answers that were left in, as far as a plan asks for them."""
    said = {item.question: item.answer for item in copy.items}
    words = {answer for item in copy.items for answer in item.answer} | set(copy.signs)
    countries = {country_name(code, library.language): code for code in COUNTRIES}
    ages = {_(age): band for band, (age, _hint) in AGE_WORDS.items()}
    return Answers(
        age_band=_first(said.get(_("Age"), ()), ages),  # type: ignore[arg-type]
        country=_first(said.get(_("Country"), ()), countries),
        conditions=tuple(
            one for one, found in library.conditions.items() if found.name in said.get(_("Conditions"), ())
        ),
        red_flags=tuple(one for one, flag in library.red_flags.items() if flag.short in words),
        precautions=tuple(one for one, found in library.precautions.items() if found.question in words),
        main_symptom=_first(said.get(_("Closest to"), ()), {one.name: key for key, one in library.ratings.items()}),
    )


def _first(words: tuple[str, ...], known: Mapping[str, str]) -> str | None:
    return next((known[word] for word in words if word in known), None)
