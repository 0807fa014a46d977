"""Posted names to answers. The names are those of `Answers`: `ratings.pain`, `conditions` repeated.

Reading never fails: it gives the answers with what could be read, and what is wrong. A draft takes the first
and leaves the second alone; going on needs no fault.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection
from typing import Any, get_args

import msgspec

from acupwa.library.model import AgeBand, Instrument, Library, RedFlag
from acupwa.quiz.countries import COUNTRIES
from acupwa.quiz.model import (
    ACTIVITY_WORDS_LENGTH,
    IMPRESSION,
    MOOD,
    MOST_SESSIONS,
    NOTE_LENGTH,
    PEG,
    PROBLEM_WORDS_LENGTH,
    AnsweringFor,
    Answers,
    Variant,
)
from acupwa.quiz.rules import AFTER_NEEDLES
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _

SKIP = "skip"
ACUPUNCTURE_BEFORE = ("no", "in-the-past", "now")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What a form says. `typed` keeps words that were too long, so that they can be shown again."""

    answers: Answers
    open_items: tuple[str, ...] = ()
    errors: tuple[FieldError, ...] = ()
    typed: dict[str, str] = {}


def read_screen(
    screen: str,
    form: FormData,
    answers: Answers,
    open_items: Collection[str],
    library: Library,
    variant: Variant = "full",
    asks: Collection[str] = (),
) -> Read:
    """One screen's form over the answers so far. `screen` is one that can be answered (not the review).

    `asks` are those of the check-in.
    """
    reader = _Reader(form, answers, open_items, library)
    if variant == "follow-up":
        _FOLLOW_UP_SCREENS[screen](reader, asks)
    else:
        _SCREENS[screen](reader)
        if screen == "ratings" and IMPRESSION in asks:
            reader.impression_and_note()
    return reader.read()


def read_whole(form: FormData, library: Library) -> Read:
    """All screens at once. "None of these" may be left out: whoever sends everything has said it."""
    reader = _Reader(form, Answers(), (), library)
    reader.flags(_urgent, "none_right_now", must=False)
    reader.flags(_later, "none_lately", must=False)
    reader.about_you()
    reader.ratings()
    reader.impact()
    reader.before_needles(must=False)
    reader.what_matters()
    reader.since()
    reader.impression_and_note()
    return reader.read()


class _Reader:
    def __init__(self, form: FormData, answers: Answers, open_items: Collection[str], library: Library) -> None:
        self._form = form
        self._library = library
        self._given: dict[str, Any] = msgspec.structs.asdict(answers)
        self._given["ratings"] = dict(answers.ratings)
        self._given["instruments"] = dict(answers.instruments)
        self._open = set(open_items)
        self._errors: dict[str, str] = {}
        self._typed: dict[str, str] = {}

    def read(self) -> Read:
        return Read(
            answers=Answers(**self._given),
            open_items=tuple(sorted(self._open)),
            errors=tuple(FieldError(field, message) for field, message in self._errors.items()),
            typed=self._typed,
        )

    # -------------------------------------------------------------- screens

    def right_now(self) -> None:
        self.flags(_urgent, "none_right_now")

    def lately(self) -> None:
        self.flags(_later, "none_lately")

    def flags(self, here: Callable[[RedFlag], bool], none_mark: str, must: bool = True) -> None:
        """The signs of one screen take the place of those ticked there before; others stay."""
        ticked = self._flags_here(here, only=not must)
        none = self._given[none_mark] = bool(self._form.one(none_mark))
        if ticked and none:
            self._error("red_flags", _("You ticked a sign and also “None of these”. Untick one of the two."))
        elif must and not ticked and not none:
            self._error("red_flags", _("Tick each sign that is true, or tick “None of these”."))

    def _flags_here(self, here: Callable[[RedFlag], bool], *, only: bool) -> list[str]:
        """The posted signs, those kept from other screens beside them; `only` takes none that is not from here."""
        known = self._library.red_flags
        ticked = self._ids("red_flags", known)
        if only:
            ticked = [one for one in ticked if here(known[one])]
        kept = [one for one in self._given["red_flags"] if not here(known[one])]
        self._given["red_flags"] = tuple(dict.fromkeys([*kept, *ticked]))
        return ticked

    def since(self) -> None:
        """What happened since last time; each part may be left out."""
        self._sessions_since()
        self._ticks("side_effects", self._library.side_effects, "none_side_effects")
        self._ticks("changed_since", [one.id for one in self._library.quiz.changes], "none_changed")

    def follow_up_since(self) -> None:
        self._flags_here(_after_needles, only=True)
        self.since()

    def follow_up_ratings(self, asks: Collection[str]) -> None:
        for key in self._library.ratings:
            if key in asks or (key in ("pain", "activity") and PEG in asks):
                self._rating(key)
        for name in (PEG, MOOD):
            if name in asks:
                self._instrument(self._library.instruments[name])
        if PEG in asks:
            self._pain_is_the_first_item_of_peg()
        self.impression_and_note()

    def impression_and_note(self) -> None:
        if any(name.startswith(f"instruments.{IMPRESSION}.") for name in self._form.keys()):  # noqa: SIM118
            self._instrument(self._library.instruments[IMPRESSION])
        self._words("note", NOTE_LENGTH)

    def _sessions_since(self) -> None:
        given = self._form.one("sessions_since").strip()
        if given.isascii() and given.isdecimal() and len(given) <= 2:
            self._given["sessions_since"] = int(given)
        elif given:
            message = _("Give a whole number from 0 to {most}.").format(most=MOST_SESSIONS)
            self._error("sessions_since", message)

    def _ticks(self, name: str, known: Collection[str], none_mark: str) -> None:
        if name not in self._form and none_mark not in self._form and "sessions_since" not in self._form:
            return
        ticked = self._ids(name, known)
        self._given[name] = tuple(one for one in known if one in ticked)
        none = self._given[none_mark] = bool(self._form.one(none_mark))
        if ticked and none:
            self._error(name, _("You ticked something and also “None of these”. Untick one of the two."))

    def about_you(self) -> None:
        self._choice("answering_for", get_args(AnsweringFor), _("Choose who the answers are about."))
        self._choice("age_band", get_args(AgeBand), _("Choose an age group."), must=True)
        self._country()
        known = self._library.conditions
        chosen = self._ids("conditions", known)
        self._given["conditions"] = tuple(one for one in known if one in chosen)
        if not chosen:
            self._error("conditions", _("Tick one condition or more, or “No diagnosis yet”."))
        elif "none-yet" in chosen and len(chosen) > 1:
            self._error(
                "conditions",
                _("“No diagnosis yet” cannot stand beside a condition. Untick one of the two."),
            )

    def ratings(self) -> None:
        names = self._form.keys()
        for name in names:
            key = name.removeprefix("ratings.")
            if name.startswith("ratings.") and key not in self._library.ratings:
                self._error(name, _("We do not know this question. Leave it out."))
        for key in self._library.ratings:
            if key != "problem":
                self._rating(key)
        self._instrument(self._library.instruments[PEG])
        self._pain_is_the_first_item_of_peg()

    def impact(self) -> None:
        self._instrument(self._library.instruments[MOOD])

    def before_needles(self, must: bool = True) -> None:
        known = self._library.precautions
        ticked = self._ids("precautions", known)
        self._given["precautions"] = tuple(one for one in known if one in ticked)
        none = self._given["none_before_needles"] = bool(self._form.one("none_before_needles"))
        if ticked and none:
            self._error("precautions", _("You ticked something and also “None of these”. Untick one of the two."))
        elif must and not ticked and not none:
            self._error("precautions", _("Tick all that are true, or tick “None of these”."))

    def what_matters(self) -> None:
        self._words("problem_words", PROBLEM_WORDS_LENGTH)
        self._words("activity_words", ACTIVITY_WORDS_LENGTH)
        self._rating("problem")
        self._choice("main_symptom", self._library.ratings, _("Choose one from the list."))
        self._choice("acupuncture_before", ACUPUNCTURE_BEFORE, _("Choose one of the three."))
        given = self._form.one("stopping_medicine")
        if given in _YES_NO:
            self._given["stopping_medicine"] = _YES_NO[given]
        elif given:
            self._error("stopping_medicine", _("Choose yes or no."))

    # -------------------------------------------------------------- fields

    def _error(self, field: str, message: str) -> None:
        self._errors.setdefault(field, message)

    def _ids(self, name: str, known: Collection[str]) -> list[str]:
        posted = self._form.many(name)
        if any(one not in known for one in posted):
            self._error(name, _("We do not know one of these. Tick from the list again."))
        return [one for one in posted if one in known]

    def _choice(self, name: str, allowed: Collection[str], message: str, must: bool = False) -> None:
        given = self._form.one(name)
        if given in allowed:
            self._given[name] = given
        elif given or (must and self._given[name] is None):
            self._error(name, message)

    def _country(self) -> None:
        given = self._form.one("country").upper()
        if given in COUNTRIES:
            self._given["country"] = given
        elif given:
            self._error("country", _("Choose a country from the list."))
        elif "country" in self._form:
            self._given["country"] = None

    def _words(self, name: str, longest: int) -> None:
        if name not in self._form:
            return
        words = " ".join("".join(_spaced(letter) for letter in self._form.one(name)).split())
        if len(words) > longest:
            self._typed[name] = words
            self._error(name, _("Use {most} letters or fewer.").format(most=longest))
        else:
            self._given[name] = words or None

    def _rating(self, key: str) -> None:
        name = f"ratings.{key}"
        read = self._number(name, 0, 10)
        if read is not _NOT_GIVEN:
            self._given["ratings"][key] = read

    def _instrument(self, instrument: Instrument) -> None:
        low, high = _item_range(instrument)
        count = len(instrument.items)
        names = {f"instruments.{instrument.id}.{number}": number for number in range(1, count + 1)}
        posted = self._form.keys()
        for name in posted:
            if name.startswith(f"instruments.{instrument.id}.") and name not in names:
                self._error(name, _("We do not know this question. Leave it out."))
        before = self._given["instruments"].get(instrument.id)
        if before is None:
            self._open.update(f"{instrument.id}.{number}" for number in names.values())
        items = list(before or (None,) * count)
        for name, number in names.items():
            read = self._number(name, low, high)
            if read is not _NOT_GIVEN:
                items[number - 1] = read
                self._open.discard(f"{instrument.id}.{number}")
        self._given["instruments"][instrument.id] = tuple(items)

    def _pain_is_the_first_item_of_peg(self) -> None:
        ratings, items = self._given["ratings"], list(self._given["instruments"][PEG])
        first = f"{PEG}.1"
        rated = self._form.one("ratings.pain") and "pain" in ratings
        if rated and not self._form.one(f"instruments.{first}"):
            items[0] = ratings["pain"]
            self._open.discard(first)
            self._given["instruments"][PEG] = tuple(items)
        elif first not in self._open and not self._form.one("ratings.pain"):
            ratings["pain"] = items[0]

    def _number(self, name: str, low: int, high: int) -> Any:
        given = self._form.one(name)
        if not given:
            return _NOT_GIVEN
        if given == SKIP:
            return None
        if given.isascii() and given.isdecimal() and len(given) <= 2 and low <= int(given) <= high:
            return int(given)
        message = _("Choose a number from {low} to {high}, or “Prefer not to say”.")
        self._error(name, message.format(low=low, high=high))
        return _NOT_GIVEN


_NOT_GIVEN = object()


def _urgent(flag: RedFlag) -> bool:
    return flag.urgency == "emergency-now"


def _later(flag: RedFlag) -> bool:
    return flag.urgency != "emergency-now"


def _after_needles(flag: RedFlag) -> bool:
    return flag.group == AFTER_NEEDLES


def _before_needles(flag: RedFlag) -> bool:
    return flag.group != AFTER_NEEDLES


_SCREENS: dict[str, Callable[[_Reader], None]] = {
    "right-now": _Reader.right_now,
    "since": _Reader.since,
    "about-you": _Reader.about_you,
    "lately": _Reader.lately,
    "ratings": _Reader.ratings,
    "impact": _Reader.impact,
    "before-needles": _Reader.before_needles,
    "what-matters": _Reader.what_matters,
}
_FOLLOW_UP_SCREENS: dict[str, Callable[[_Reader, Collection[str]], None]] = {
    "right-now": lambda reader, _asks: reader.flags(_before_needles, "none_right_now"),
    "since": lambda reader, _asks: reader.follow_up_since(),
    "ratings": _Reader.follow_up_ratings,
}


def _item_range(instrument: Instrument) -> tuple[int, int]:
    values = [choice.value for choice in instrument.choices]
    return (min(values), max(values)) if values else (instrument.low, instrument.high)


def _spaced(letter: str) -> str:
    """Control characters count as a space: none of them is a word."""
    return " " if unicodedata.category(letter) in ("Cc", "Cs") else letter
