"""The last screen: every answer in words with its change link, and what to do first. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from acupwa.library.model import Call, Library, RedFlag
from acupwa.quiz.countries import country_name
from acupwa.quiz.help_lines import Phone, kinds_of, phones_for
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, Answers, CheckIn
from acupwa.quiz.older import known_check_in, older_answers
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
from acupwa.quiz.words import AGE_WORDS, BEFORE_WORDS, FOR_WHOM_WORDS
from acupwa.wording import gettext as _


class Line(msgspec.Struct, frozen=True, kw_only=True):
    question: str
    answer: tuple[str, ...]
    given: bool


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of one screen. `done` is false while it was not gone past."""

    screen: str
    title: str
    lines: tuple[Line, ...]
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
    older: tuple[Line, ...] = ()


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
                lines=tuple(_lines(screen, check_in, library)),
                done=screen in check_in.seen,
            )
            for screen in screens_of(check_in)[:-1]
        ),
        missing=missing_screens(check_in),
        carried_over=follow_up,
        older=older,
    )


def older_lines(answers: Answers, library: Library) -> tuple[Line, ...]:
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
        _line(kinds.get(key) or _plain(key), (_plain(value) if key in kinds else value,))
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


def _lines(screen: str, check_in: CheckIn, library: Library) -> Iterable[Line]:
    answers = check_in.answers
    follow_up = check_in.variant == "follow-up"
    match screen:
        case "right-now" if follow_up:
            yield _signs(answers, answers.none_right_now, library, lambda flag: flag.group != AFTER_NEEDLES)
        case "since":
            yield from _since(check_in, library)
        case "ratings" if follow_up:
            yield from _again(check_in, library)
        case "right-now":
            yield _signs(answers, answers.none_right_now, library, lambda flag: flag.urgency == "emergency-now")
        case "about-you":
            yield from _about(answers, library)
        case "lately":
            yield _signs(answers, answers.none_lately, library, lambda flag: flag.urgency != "emergency-now")
        case "ratings":
            yield from _ratings(check_in, library)
            yield from _overall(check_in, library)
        case "impact":
            yield from _choices(check_in, MOOD, library)
        case "before-needles":
            offered = [one for one in precautions_asked(answers, library) if one.id in answers.precautions]
            ticked = tuple(one.question for one in offered)
            yield _line(_("True for you"), ticked or _none(answers.none_before_needles))
        case _:
            yield from _matters(answers, library)


def _since(check_in: CheckIn, library: Library) -> Iterable[Line]:
    """The full quiz asks the signs after needles with all others, so there they stand with those."""
    answers = check_in.answers
    asked = flags_after_needles(library) if check_in.variant == "follow-up" else ()
    sessions = () if answers.sessions_since is None else (str(answers.sessions_since),)
    yield _line(_("Sessions since last time"), sessions)
    signs = tuple(flag.short for flag in asked if flag.id in answers.red_flags)
    effects = tuple(library.side_effects[one].words for one in answers.side_effects)
    yield _line(_("After a session"), (*signs, *effects) or _none(answers.none_side_effects))
    changes = tuple(one.name for one in library.quiz.changes if one.id in answers.changed_since)
    yield _line(_("What else has changed"), changes or _none(answers.none_changed))


def _again(check_in: CheckIn, library: Library) -> Iterable[Line]:
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


def _overall(check_in: CheckIn, library: Library) -> Iterable[Line]:
    if IMPRESSION in check_in.answers.instruments:
        yield from _choices(check_in, IMPRESSION, library)
    if check_in.answers.note:
        yield _line(_("Your note"), (check_in.answers.note,))


def _peg(check_in: CheckIn, library: Library) -> Iterable[Line]:
    for number, item in enumerate(library.instruments[PEG].items, 1):
        yield _item(check_in, PEG, number, item.text, {value: f"{value}" for value in range(11)})


def _choices(check_in: CheckIn, instrument: str, library: Library) -> Iterable[Line]:
    one = library.instruments[instrument]
    words = {choice.value: choice.text for choice in one.choices}
    for number, item in enumerate(one.items, 1):
        yield _item(check_in, instrument, number, item.text, words)


def _signs(answers: Answers, none: bool, library: Library, here: Callable[[RedFlag], bool]) -> Line:
    ticked = tuple(flag.short for flag in library.red_flags.values() if flag.id in answers.red_flags and here(flag))
    return _line(_("Signs that you ticked"), ticked or _none(none))


def _none(said: bool) -> tuple[str, ...]:
    return (_("None of these"),) if said else ()


def _about(answers: Answers, library: Library) -> Iterable[Line]:
    yield _line(_("The answers are about"), _words(FOR_WHOM_WORDS.get(answers.answering_for or "", ("",))[0]))
    yield _line(_("Age"), _words(AGE_WORDS.get(answers.age_band or "", ("",))[0]))
    country = (country_name(answers.country, library.language),) if answers.country else ()
    yield _line(_("Country"), country)
    yield _line(_("Conditions"), tuple(library.conditions[one].name for one in answers.conditions))


def _words(message: str) -> tuple[str, ...]:
    return (_(message),) if message else ()


def _ratings(check_in: CheckIn, library: Library) -> Iterable[Line]:
    answers = check_in.answers
    yield from _peg(check_in, library)
    for rating in ratings_asked(answers, library):
        if rating.key != "activity" or activity_is_asked(answers):
            yield _rating(rating.text, rating.key, answers)


def _rating(question: str, key: str, answers: Answers) -> Line:
    if key not in answers.ratings:
        return _line(question, ())
    value = answers.ratings[key]
    return _line(question, (_out_of_ten(value),))


def _out_of_ten(value: int | None) -> str:
    return _("Prefer not to say") if value is None else _("%(value)d of 10") % {"value": value}


def _item(check_in: CheckIn, instrument: str, number: int, question: str, words: dict[int, str]) -> Line:
    items = check_in.answers.instruments.get(instrument)
    if items is None or f"{instrument}.{number}" in check_in.open_items:
        return _line(question, ())
    value = items[number - 1]
    if value is None:
        return _line(question, (_("Prefer not to say"),))
    return _line(question, (_out_of_ten(value) if instrument == PEG else words[value],))


def _matters(answers: Answers, library: Library) -> Iterable[Line]:
    words = answers.problem_words
    yield _line(_("Your main problem"), (words,) if words else ())
    problem = library.ratings["problem"]
    yield _rating(problem.text.replace("{words}", words or _("your main problem")), "problem", answers)
    main = library.ratings.get(answers.main_symptom or "")
    yield _line(_("Closest to"), (main.name,) if main else ())
    yield _line(_("What you want back"), (answers.activity_words,) if answers.activity_words else ())
    yield _line(_("Acupuncture before"), _words(BEFORE_WORDS.get(answers.acupuncture_before or "", "")))
    stopping = {True: (_("Yes"),), False: (_("No"),)}
    yield _line(
        _("Thinking of stopping or changing a medicine"),
        () if answers.stopping_medicine is None else stopping[answers.stopping_medicine],
    )


def _line(question: str, answer: tuple[str, ...]) -> Line:
    return Line(question=question, answer=answer or (_("Not answered"),), given=bool(answer))
