"""The quiz as FHIR items: what is asked, in which order, with which answers, and when. Pure.

Link ids are the field names of the quiz, for ever. Codes are our own, but for the LOINC codes of the content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acupwa.library.model import Instrument, Library, Rating
from acupwa.quiz.answer_words import AGE_WORDS, BEFORE_WORDS, FOR_WHOM_WORDS
from acupwa.quiz.model import (
    ACTIVITY_WORDS_LENGTH,
    IMPRESSION,
    MOOD,
    MOST_SESSIONS,
    NOTE_LENGTH,
    PEG,
    PROBLEM_WORDS_LENGTH,
)
from acupwa.results.fhir.model import COUNTRY_CHOICES, OURS, Coding, Item, When
from acupwa.wording import gettext as _


def items_of(library: Library) -> tuple[Item, ...]:
    """The whole quiz, the follow-up's questions too; each is skipped where it does not fit."""
    adult = (
        When(question="age_band", equals=False, answer=_coding("age_band", "under-16", "")),
        When(question="conditions", equals=False, answer=_coding("conditions", "none-yet", "")),
    )
    return (
        _group("about-you", _titles(library)["about-you"], _about(library)),
        _group("danger-signs", _("Danger signs"), _signs(library)),
        _group("since", _titles(library)["since"], _since(library), adult),
        _group("ratings", _titles(library)["ratings"], _ratings(library), adult),
        _group("impact", _titles(library)["impact"], [_instrument(library.instruments[MOOD])], adult),
        _group("before-needles", _titles(library)["before-needles"], _before_needles(library), adult),
        _group("what-matters", _titles(library)["what-matters"], _matters(library), adult),
    )


def _titles(library: Library) -> dict[str, str]:
    return {one.id: one.title for one in (*library.quiz.follow_up, *library.quiz.screens)}


def _group(id: str, text: str, items: Iterable[Item], when: tuple[When, ...] = ()) -> Item:
    return Item(link_id=f"group.{id}", type="group", text=text, items=tuple(items), when=when)


def _coding(key: str, code: str, display: str) -> Coding:
    return Coding(system=f"{OURS}:{key.replace('_', '-')}", code=code, display=display)


def _choice(
    key: str, text: str, options: Sequence[tuple[str, str]], *, repeats: bool = False, required: bool = False
) -> Item:
    codings = tuple(_coding(key, code, display) for code, display in options)
    return Item(link_id=key, type="choice", text=text, options=codings, repeats=repeats, required=required)


def _yes_or_no(key: str, text: str) -> Item:
    return Item(link_id=key, type="boolean", text=text)


def _about(library: Library) -> Iterator[Item]:
    yield _choice("answering_for", _("Who is this about?"), [(k, _(w)) for k, (w, _hint) in FOR_WHOM_WORDS.items()])
    ages = [(key, _(words)) for key, (words, _hint) in AGE_WORDS.items()]
    yield _choice("age_band", _("Age"), ages, required=True)
    yield Item(link_id="country", type="choice", text=_("Country"), value_set=COUNTRY_CHOICES)
    names = [(one.id, one.name) for one in library.conditions.values()]
    yield _choice("conditions", _("Conditions"), names, repeats=True, required=True)


def _signs(library: Library) -> Iterator[Item]:
    signs = [(one.id, one.sign) for one in library.red_flags.values()]
    yield _choice("red_flags", _("Which of these are true for you now?"), signs, repeats=True)
    yield _yes_or_no("none_right_now", _("None of the emergency signs"))
    yield _yes_or_no("none_lately", _("None of the signs that need a doctor today or within days"))


def _since(library: Library) -> Iterator[Item]:
    sessions = _("How many sessions have you had since last time?")
    yield Item(link_id="sessions_since", type="integer", text=sessions, low=0, high=MOST_SESSIONS)
    effects = [(one.id, one.words) for one in library.side_effects.values()]
    yield _choice("side_effects", _("Did anything of this follow a session?"), effects, repeats=True)
    yield _yes_or_no("none_side_effects", _("Nothing of this followed a session"))
    changes = [(one.id, one.name) for one in library.quiz.changes]
    yield _choice("changed_since", _("Has anything else changed since last time?"), changes, repeats=True)
    yield _yes_or_no("none_changed", _("Nothing else has changed"))
    yield _instrument(library.instruments[IMPRESSION])
    yield Item(link_id="note", type="text", text=_("Anything you want to remember"), longest=NOTE_LENGTH)


def _ratings(library: Library) -> Iterator[Item]:
    yield _instrument(library.instruments[PEG])
    # The pain rating is the first item of PEG: it is asked once, and stands there.
    for rating in library.ratings.values():
        if rating.asked not in ("with-peg", "as-main-problem"):
            yield _rating(rating, rating.text, library)


def _rating(rating: Rating, text: str, library: Library) -> Item:
    when: tuple[When, ...] = ()
    if rating.asked == "by-condition":
        names = library.conditions
        when = tuple(
            When(question="conditions", answer=_coding("conditions", one, names[one].name)) for one in rating.conditions
        )
    elif rating.asked == "when-pain-is-zero":
        when = (When(question=f"instruments.{PEG}.1", answer=0),)
    return Item(
        link_id=f"ratings.{rating.key}",
        type="integer",
        text=text,
        low=0,
        high=10,
        low_words=rating.low,
        high_words=rating.high,
        when=when,
        any_of=len(when) > 1,
    )


def _instrument(instrument: Instrument) -> Item:
    """A published questionnaire as a group: its items word for word, then its score where it has one."""
    id = f"instruments.{instrument.id}"
    options = tuple(
        Coding(
            system=f"{OURS}:{id.replace('.', ':')}", code=str(choice.value), display=choice.text, weight=choice.value
        )
        for choice in instrument.choices
    )
    items = [
        Item(
            link_id=f"{id}.{number}",
            type="choice" if options else "integer",
            text=item.text,
            loinc=item.loinc,
            options=options,
            low=None if options else instrument.low,
            high=None if options else instrument.high,
            low_words=item.low,
            high_words=item.high,
        )
        for number, item in enumerate(instrument.items, 1)
    ]
    if instrument.id == PEG:
        items.append(_mean(instrument, id))
    elif len(items) > 1:
        items.append(Item(link_id=f"{id}.score", type="integer", text=_("Sum"), computed=True))
    return Item(link_id=id, type="group", text=instrument.intro or instrument.name, items=tuple(items))


def _mean(instrument: Instrument, id: str) -> Item:
    numbers = range(1, len(instrument.items) + 1)
    answer = "%resource.repeat(item).where(linkId='{id}').answer.value"
    added = " + ".join(answer.format(id=f"{id}.{number}") for number in numbers)
    return Item(
        link_id=f"{id}.score",
        type="decimal",
        text=_("Mean of the three, to one decimal"),
        loinc=instrument.loinc,
        computed=True,
        expression=f"(({added}) / {len(instrument.items)}).round(1)",
    )


def _before_needles(library: Library) -> Iterator[Item]:
    told = [(one.id, one.question) for one in library.precautions.values() if one.asked]
    yield _choice("precautions", _("Which of these are true for you?"), told, repeats=True)
    yield _yes_or_no("none_before_needles", _("None of these"))


def _matters(library: Library) -> Iterator[Item]:
    words = _("Your main problem, in your own words")
    yield Item(link_id="problem_words", type="string", text=words, longest=PROBLEM_WORDS_LENGTH)
    problem = library.ratings["problem"]
    yield _rating(problem, problem.text.replace("{words}", _("your main problem")), library)
    names = [(one.key, one.name) for one in library.ratings.values()]
    yield _choice("main_symptom", _("Which is closest to your main problem?"), names)
    back = _("What would you like to do again?")
    yield Item(link_id="activity_words", type="string", text=back, longest=ACTIVITY_WORDS_LENGTH)
    before = [(key, _(one)) for key, one in BEFORE_WORDS.items()]
    yield _choice("acupuncture_before", _("Have you had acupuncture before?"), before)
    yield _yes_or_no("stopping_medicine", _("Are you thinking of stopping or changing a prescribed medicine?"))
