"""The last screen: every answer in words with its change link, and what to do first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from acupwa.library.model import Call, Library, RedFlag
from acupwa.quiz.answer_line import RED_FLAGS, AnswerLine
from acupwa.quiz.answer_words import AGE_WORDS, BEFORE_WORDS, FOR_WHOM_WORDS
from acupwa.quiz.countries import country_name
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, Answers, CheckIn
from acupwa.quiz.retired_answers import known_check_in, older_answers
from acupwa.quiz.rules import (
    AFTER_NEEDLES,
    activity_is_asked,
    flags_after_needles,
    missing_screens,
    precautions_asked,
    ratings_asked,
    screens_by_id,
    screens_of,
)
from acupwa.quiz.safety import URGENCIES, derive
from acupwa.wording import gettext as _


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one screen. `done` is false while it was not gone past."""

    screen: str
    title: str
    lines: tuple[AnswerLine, ...]
    done: bool


class Care(msgspec.Struct, frozen=True, kw_only=True):
    """The signs of one urgency, each with what to do, and the numbers that stand at them (`call` are their kinds)."""

    urgency: str
    signs: tuple[tuple[str, str], ...]
    call: tuple[Call, ...]
    phones: tuple[Phone, ...]


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """`title` and `lead` are empty where the screen's own words hold. `kind` is the path of the quiz.

    `older` are answers to questions that are no longer asked.
    """

    kind: str
    title: str
    lead: str
    care: tuple[Care, ...]
    keep_medicine: bool
    sections: tuple[Section, ...]
    missing: tuple[str, ...]
    carried_over: bool = False
    older: tuple[AnswerLine, ...] = ()


def make_review(check_in: CheckIn, country: str | None, library: Library) -> Review:
    older = older_lines(check_in.answers, library)
    check_in = known_check_in(check_in, library)
    answers = check_in.answers
    kind = _kind(answers)
    follow_up = check_in.variant == "follow-up"
    screens = screens_by_id(check_in.variant, library)
    return Review(
        kind=kind,
        title=_("For a parent or guardian") if kind == "under-16" else "",
        lead=_("We ask no more questions about anyone under 16.") if kind == "under-16" else "",
        care=care_of(answers, country, library),
        keep_medicine=bool(answers.stopping_medicine) and kind == "full",
        sections=tuple(
            Section(
                screen=screen,
                title=screens[screen].title,
                lines=tuple(msgspec.structs.replace(line, screen=screen) for line in _lines(screen, check_in, library)),
                done=screen in check_in.seen,
            )
            for screen in screens_of(check_in)[:-1]
        ),
        missing=missing_screens(check_in),
        carried_over=follow_up,
        older=older,
    )


def older_lines(answers: Answers, library: Library) -> tuple[AnswerLine, ...]:
    """In the words that are left: what it is, and the name under which it is kept."""
    kinds = {
        "conditions": _("A condition"),
        "red_flags": _("A danger sign that you ticked"),
        "precautions": _("To know before needles"),
        "side_effects": _("After a session"),
        "changed_since": _("What else has changed"),
        "main_symptom": _("Closest to your main problem"),
    }
    return tuple(
        _line(key, kinds[key], (_plain(value),), ids=(value,))
        if key in kinds
        else _line(f"{'ratings' if key in answers.ratings else 'instruments'}.{key}", _plain(key), (value,))
        for key, value in older_answers(answers, library)
    )


def _plain(key: str) -> str:
    """The name of something that has no other words any more: `early-waking` is "Early waking"."""
    words = key.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def _kind(answers: Answers) -> str:
    if answers.age_band == "under-16":
        return "under-16"
    return "none-yet" if "none-yet" in answers.conditions else "full"


def care_of(answers: Answers, country: str | None, library: Library) -> tuple[Care, ...]:
    """A card for each urgency that the answers raise, ticked or derived, the strictest first."""
    raised = derive(answers, library).red_flags
    cards = []
    for urgency in URGENCIES:
        signs = tuple(library.red_flags[one.id] for one in raised if one.urgency == urgency)
        if signs:
            told = tuple((sign.short, sign.do) for sign in signs)
            phones = phones_for(signs, country, library)
            cards.append(Care(urgency=urgency, signs=told, call=kinds_of(signs), phones=phones))
    return tuple(cards)


def _lines(screen: str, check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers = check_in.answers
    follow_up = check_in.variant == "follow-up"
    match screen:
        case "right-now" if follow_up:
            yield _signs(answers, "none_right_now", library, lambda flag: flag.group != AFTER_NEEDLES)
        case "since":
            yield from _since(check_in, library)
        case "ratings" if follow_up:
            yield from _again(check_in, library)
        case "right-now":
            yield _signs(answers, "none_right_now", library, lambda flag: flag.urgency == "emergency-now")
        case "about-you":
            yield from _about(answers, library)
        case "lately":
            yield _signs(answers, "none_lately", library, lambda flag: flag.urgency != "emergency-now")
        case "ratings":
            yield from _ratings(check_in, library)
            yield from _overall(check_in, library)
        case "impact":
            yield from _choices(check_in, MOOD, library)
        case "before-needles":
            offered = [one for one in precautions_asked(answers, library) if one.id in answers.precautions]
            told = {one.id: one.question for one in offered}
            yield _ticked("precautions", _("True for you"), told, "none_before_needles", answers)
        case _:
            yield from _matters(answers, library)


def _since(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    """The full quiz asks the signs after needles with all others, so there they stand with those."""
    answers = check_in.answers
    asked = flags_after_needles(library) if check_in.variant == "follow-up" else ()
    sessions = () if answers.sessions_since is None else (str(answers.sessions_since),)
    yield _line("sessions_since", _("Sessions since last time"), sessions)
    signs = {flag.id: flag.short for flag in asked if flag.id in answers.red_flags}
    effects = {one: library.side_effects[one].words for one in answers.side_effects}
    yield _ticked("side_effects", _("After a session"), effects, "none_side_effects", answers, signs)
    changes = {one.id: one.name for one in library.quiz.changes if one.id in answers.changed_since}
    yield _ticked("changed_since", _("What else has changed"), changes, "none_changed", answers)


def _again(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers, asks = check_in.answers, check_in.asks
    for rating in library.ratings.values():
        if rating.key in asks:
            words = answers.problem_words or _("your main problem")
            yield _rating(rating.text.replace("{words}", words), rating.key, answers)
    if PEG in asks:
        yield from _peg(check_in, library)
    if MOOD in asks:
        yield from _choices(check_in, MOOD, library)
    yield from _overall(check_in, library)


def _overall(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    if IMPRESSION in check_in.answers.instruments:
        yield from _choices(check_in, IMPRESSION, library)
    if check_in.answers.note:
        yield _line("note", _("Your note"), (check_in.answers.note,), private=True)


def _peg(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    for number, item in enumerate(library.instruments[PEG].items, 1):
        yield _item(check_in, PEG, number, item.text, {value: f"{value}" for value in range(11)})


def _choices(check_in: CheckIn, instrument: str, library: Library) -> Iterable[AnswerLine]:
    one = library.instruments[instrument]
    words = {choice.value: choice.text for choice in one.choices}
    for number, item in enumerate(one.items, 1):
        yield _item(check_in, instrument, number, item.text, words)


def _signs(answers: Answers, none: str, library: Library, here: Callable[[RedFlag], bool]) -> AnswerLine:
    ticked = {one.id: one.short for one in library.red_flags.values() if one.id in answers.red_flags and here(one)}
    return _ticked(RED_FLAGS, _("Signs that you ticked"), ticked, none, answers)


def _ticked(
    key: str,
    question: str,
    told: Mapping[str, str],
    none: str,
    answers: Answers,
    signs: Mapping[str, str] | None = None,
) -> AnswerLine:
    """`told` are words by id; `signs` are danger signs that are asked in the same list. `none` is the mark for none."""
    signs = signs or {}
    words = (*signs.values(), *told.values())
    if not words and getattr(answers, none):
        return _line(none, question, (_("None of these"),))
    ids = tuple(told)
    return _line(key, question, words, ids=ids, flags=ids if key == RED_FLAGS else tuple(signs))


def _about(answers: Answers, library: Library) -> Iterable[AnswerLine]:
    about = _words(FOR_WHOM_WORDS.get(answers.answering_for or "", ("",))[0])
    yield _line("answering_for", _("The answers are about"), about)
    yield _line("age_band", _("Age"), _words(AGE_WORDS.get(answers.age_band or "", ("",))[0]))
    country = (country_name(answers.country, library.language),) if answers.country else ()
    yield _line("country", _("Country"), country)
    names = tuple(library.conditions[one].name for one in answers.conditions)
    yield _line("conditions", _("Conditions"), names, ids=answers.conditions)


def _words(message: str) -> tuple[str, ...]:
    return (_(message),) if message else ()


def _ratings(check_in: CheckIn, library: Library) -> Iterable[AnswerLine]:
    answers = check_in.answers
    yield from _peg(check_in, library)
    for rating in ratings_asked(answers, library):
        if rating.key != "activity" or activity_is_asked(answers):
            yield _rating(rating.text, rating.key, answers)


def _rating(question: str, key: str, answers: Answers) -> AnswerLine:
    words = (_out_of_ten(answers.ratings[key]),) if key in answers.ratings else ()
    return _line(f"ratings.{key}", question, words)


def _out_of_ten(value: int | None) -> str:
    return _("Prefer not to say") if value is None else _("{value} of 10").format(value=value)


def _item(check_in: CheckIn, instrument: str, number: int, question: str, words: dict[int, str]) -> AnswerLine:
    key, items = f"instruments.{instrument}.{number}", check_in.answers.instruments.get(instrument)
    if items is None or f"{instrument}.{number}" in check_in.open_items:
        return _line(key, question, ())
    value = items[number - 1]
    if value is None:
        return _line(key, question, (_("Prefer not to say"),))
    return _line(key, question, (_out_of_ten(value) if instrument == PEG else words[value],))


def _matters(answers: Answers, library: Library) -> Iterable[AnswerLine]:
    words = answers.problem_words
    yield _line("problem_words", _("Your main problem"), (words,) if words else ())
    problem = library.ratings["problem"]
    yield _rating(problem.text.replace("{words}", words or _("your main problem")), "problem", answers)
    main = library.ratings.get(answers.main_symptom or "")
    yield _line("main_symptom", _("Closest to"), (main.name,) if main else ())
    wanted = (answers.activity_words,) if answers.activity_words else ()
    yield _line("activity_words", _("What you want back"), wanted)
    before = _words(BEFORE_WORDS.get(answers.acupuncture_before or "", ""))
    yield _line("acupuncture_before", _("Acupuncture before"), before)
    stopping = {True: (_("Yes"),), False: (_("No"),)}
    yield _line(
        "stopping_medicine",
        _("Thinking of stopping or changing a medicine"),
        () if answers.stopping_medicine is None else stopping[answers.stopping_medicine],
    )


def _line(
    key: str,
    question: str,
    answer: tuple[str, ...],
    *,
    ids: tuple[str, ...] = (),
    flags: tuple[str, ...] = (),
    private: bool = False,
) -> AnswerLine:
    words = answer or (_("Not answered"),)
    return AnswerLine(
        key=key, ids=ids, question=question, words=words, private=private, flags=flags, given=bool(answer)
    )
