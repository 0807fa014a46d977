"""The quiz as FHIR items: what is asked, in which order, with which answers, and when. Pure.

Link ids are the field names of the quiz, for ever. Codes are our own, but for the LOINC codes of the content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from acupwa.library.model import Instrument, Library, Question, Rating
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import (
    ACTIVITY_WORDS_LENGTH,
    IMPRESSION,
    MOOD,
    MOST_MINUTES,
    MOST_SESSIONS,
    NOTE_LENGTH,
    PEG,
    PROBLEM_WORDS_LENGTH,
)
from acupwa.quiz.rules import STIFFNESS
from acupwa.quiz.stiffness import STIFFNESS_MINUTES
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


def _asks(question: Question) -> str:
    return question.in_files or question.asks


def _own_choice(key: str, question: Question, *, required: bool = False) -> Item:
    options = [(value, choice.words) for value, choice in question.choices.items()]
    return _choice(key, _asks(question), options, required=required)


def _yes_or_no(key: str, text: str) -> Item:
    return Item(link_id=key, type="boolean", text=text)


def _about(library: Library) -> Iterator[Item]:
    words = library.quiz.questions
    yield _own_choice("answering_for", words.answering_for)
    yield _own_choice("age_band", words.age_band, required=True)
    yield Item(link_id="country", type="choice", text=_asks(words.country), value_set=COUNTRY_CHOICES)
    names = [(one.id, one.name) for one in library.conditions.values()]
    yield _choice("conditions", _asks(words.conditions), names, repeats=True, required=True)


def _signs(library: Library) -> Iterator[Item]:
    words = library.quiz.questions
    signs = [(one.id, one.sign) for one in library.red_flags.values()]
    yield _choice("red_flags", _asks(words.red_flags), signs, repeats=True)
    groups = [(one.id, one.name) for one in known_groups(library).values()]
    yield _choice("groups", words.groups, groups, repeats=True)
    yield _yes_or_no("none_right_now", words.none_right_now)
    yield _yes_or_no("none_lately", words.none_lately)


def _since(library: Library) -> Iterator[Item]:
    words = library.quiz.questions
    sessions = _asks(words.sessions_since)
    yield Item(link_id="sessions_since", type="integer", text=sessions, low=0, high=MOST_SESSIONS)
    effects = [(one.id, one.words) for one in library.side_effects.values()]
    yield _choice("side_effects", _asks(words.side_effects), effects, repeats=True)
    yield _yes_or_no("none_side_effects", words.none_side_effects)
    changes = [(one.id, one.name) for one in library.quiz.changes]
    yield _choice("changed_since", _asks(words.changed_since), changes, repeats=True)
    yield _yes_or_no("none_changed", words.none_changed)
    yield _instrument(library.instruments[IMPRESSION])
    yield Item(link_id="note", type="text", text=_asks(words.note), longest=NOTE_LENGTH)


def _ratings(library: Library) -> Iterator[Item]:
    yield _instrument(library.instruments[PEG])
    # The pain rating is the first item of PEG: it is asked once, and stands there.
    for rating in library.ratings.values():
        if rating.asked not in ("with-peg", "as-main-problem"):
            yield _rating(rating, rating.text, library)
        if rating.key == STIFFNESS:
            yield _minutes(rating, library)


def _minutes(stiffness: Rating, library: Library) -> Item:
    when = _conditions(stiffness, library)
    return Item(
        link_id=STIFFNESS_MINUTES,
        type="integer",
        text=_asks(library.quiz.questions.stiffness_minutes),
        low=0,
        high=MOST_MINUTES,
        unit="min",
        when=when,
        any_of=len(when) > 1,
    )


def _conditions(rating: Rating, library: Library) -> tuple[When, ...]:
    names = library.conditions
    return tuple(
        When(question="conditions", answer=_coding("conditions", one, names[one].name)) for one in rating.conditions
    )


def _rating(rating: Rating, text: str, library: Library) -> Item:
    when: tuple[When, ...] = ()
    if rating.asked == "by-condition":
        when = _conditions(rating, library)
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
        hidden=rating.asked == "never",
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
    told = [(one.id, one.question) for one in library.precautions.values() if not one.follows_from]
    yield _choice("precautions", _asks(library.quiz.questions.precautions), told, repeats=True)
    yield _choice("unsure", _asks(library.quiz.questions.unsure), told, repeats=True)
    yield _yes_or_no("none_before_needles", library.quiz.questions.none_before_needles)


def _matters(library: Library) -> Iterator[Item]:
    words = library.quiz.questions
    yield Item(link_id="problem_words", type="string", text=_asks(words.problem_words), longest=PROBLEM_WORDS_LENGTH)
    problem = library.ratings["problem"]
    yield _rating(problem, problem.text.replace("{words}", _("your main problem")), library)
    names = [(one.key, one.name) for one in library.ratings.values()]
    yield _choice("main_symptom", _asks(words.main_symptom), names)
    yield Item(link_id="activity_words", type="string", text=_asks(words.activity_words), longest=ACTIVITY_WORDS_LENGTH)
    yield _own_choice("acupuncture_before", words.acupuncture_before)
    yield _yes_or_no("stopping_medicine", _asks(words.stopping_medicine))
