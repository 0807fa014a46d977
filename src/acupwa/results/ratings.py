"""The main problem and the other ratings, and the published questionnaires with their sums. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from acupwa.library.model import Library, Rating
from acupwa.quiz.chance_change import find_chance_change
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, Answers, CheckIn
from acupwa.quiz.reason_words import symptom_names
from acupwa.quiz.rules import OWN_PROBLEM, main_outcome
from acupwa.quiz.stiffness import STIFFNESS_MINUTES, minutes_words
from acupwa.results.assess import Assessment
from acupwa.results.change import Score
from acupwa.results.previous import days_between
from acupwa.results.sentences import UsedRule, all_change_words, rule_words, why_not_compared
from acupwa.results.trend import trends_of
from acupwa.results.trend_words import standing_words
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import number_words


class RatingLine(msgspec.Struct, frozen=True, kw_only=True):
    """`shown` is the figure with its scale, or that it was passed over (`value` is None); `ends` say what 0 and 10 are.

    `own`: our own question, not a published one. `change` is how it compares, `why_not` why it does not.
    """

    name: str
    value: int | None
    shown: str
    ends: str
    own: bool
    change: str = ""
    why_not: str = ""


class Sum(msgspec.Struct, frozen=True, kw_only=True):
    """A published questionnaire: the figure, the sum behind it, its name for that range, its credit.

    `change` and `why_not` as of `RatingLine`.
    """

    name: str
    shown: str
    sum: str
    band: str
    change: str
    why_not: str
    credit: str


class Ratings(msgspec.Struct, frozen=True, kw_only=True):
    """All that numbers say. `main` is the main problem, `since_start` that beside its start; `lines` are all others.

    `problem_words` are the main problem in the person's own words, where no rating goes by them. `minutes` tell how
    long morning stiffness lasts. `rules` say when a change counts, `sources` where the chance comes from that stands
    with the first rating.
    """

    problem_words: str
    main: RatingLine | None
    lines: tuple[RatingLine, ...]
    since_start: str
    sums: tuple[Sum, ...]
    minutes: str
    rules: tuple[str, ...]
    sources: tuple[str, ...]


def make_ratings(
    check_in: CheckIn, all_previous: Sequence[CheckIn], assessment: Assessment, library: Library
) -> Ratings:
    """`all_previous` are the finished check-ins before this one, the oldest first."""
    answers, scores = check_in.answers, assessment.scores
    days_apart = days_between(check_in, all_previous[-1] if all_previous else None)
    main = main_outcome(answers)
    # The main outcome first, then the order of the quiz.
    keys = sorted((key for key in library.ratings if key in answers.ratings), key=lambda key: key != main)
    first = keys[0] if keys else None
    chance = find_chance_change(first, scores[first].change, days_apart, library) if first else None
    changes = all_change_words(scores, first, chance, days_apart)
    names = symptom_names(keys, library, answers.problem_words)
    whys = {key: why_not_compared(score) for key, score in scores.items()}
    rated = {
        key: _rating_line(library.ratings[key], names[key], answers.ratings[key], changes[key], whys[key])
        for key in keys
    }
    return Ratings(
        problem_words="" if OWN_PROBLEM in rated else answers.problem_words or "",
        main=rated.pop(main, None) if main else None,
        lines=tuple(rated.values()),
        since_start=_since_start((*all_previous, check_in), library),
        sums=_sums(answers, scores, changes, whys, library),
        minutes=_minutes(scores.get(STIFFNESS_MINUTES)),
        rules=_rules(scores, library),
        sources=(chance.source,) if chance else (),
    )


def _since_start(check_ins: Sequence[CheckIn], library: Library) -> str:
    """Where the main outcome stands beside its start; empty when that would say the same as "since last time"."""
    if len(check_ins) < 3:
        return ""
    main = next((trend for trend in trends_of(check_ins, library) if trend.main), None)
    return standing_words(main) if main and main.standing in ("now", "twice") else ""


def _rating_line(rating: Rating, name: str, value: int | None, change: str, why_not: str) -> RatingLine:
    return RatingLine(
        name=name,
        value=value,
        shown=_of(value, 10),
        ends=_("0\u00a0= {low}, 10\u00a0= {high}").format(low=_lower(rating.low), high=_lower(rating.high)),
        own=not rating.validated,
        change=change,
        why_not=why_not,
    )


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _rules(scores: Mapping[str, Score], library: Library) -> tuple[str, ...]:
    names = {key: rating.name for key, rating in library.ratings.items()}
    names[PEG] = library.instruments[PEG].name
    return rule_words(
        UsedRule(names[key], score.rule, score.borrowed)
        for key, score in scores.items()
        if key in names and score.meaning != "not-compared"
    )


def _minutes(score: Score | None) -> str:
    """Now, and beside it then: no more is known of what they mean."""
    if score is None or score.value is None:
        return ""
    now = say("results.ratings.minutes", minutes=minutes_words(int(score.value)))
    if score.previous is None or score.not_compared != "no-threshold":
        return now
    return f"{now} {say('results.ratings.minutes_before', minutes=minutes_words(int(score.previous)))}"


def _of(value: float | None, most: int) -> str:
    if value is None:
        return _("Not answered")
    return _("{value} of {most}").format(value=number_words(value), most=most)


def _sums(
    answers: Answers,
    scores: Mapping[str, Score],
    changes: Mapping[str, str],
    whys: Mapping[str, str],
    library: Library,
) -> tuple[Sum, ...]:
    return tuple(
        _sum(key, answers.instruments[key], scores[key], (changes[key], whys[key]), library)
        for key in (PEG, MOOD, IMPRESSION)
        if key in scores
    )


def _sum(key: str, given: tuple[int | None, ...], score: Score, compared: tuple[str, str], library: Library) -> Sum:
    """`compared`: its change, and why there is none. Only that of PEG is told."""
    instrument = library.instruments[key]
    change, why_not = compared if key == PEG else ("", "")
    return Sum(
        name=instrument_words(key, library),
        shown=_of(score.value, {PEG: 10, MOOD: 12}.get(key, 7)),
        sum="" if score.value is None else _sum_words(key, given),
        band=_band_words(key, score, library),
        change=change,
        why_not=why_not,
        credit=instrument.credit,
    )


def instrument_words(key: str, library: Library) -> str:
    """Its published name, and in plain words what it is about."""
    plain = {PEG: say("results.ratings.peg"), MOOD: say("results.ratings.mood")}
    return plain.get(key) or library.instruments[key].name


def _sum_words(key: str, given: tuple[int | None, ...]) -> str:
    figures = " + ".join(str(one) for one in given if one is not None)
    if key == PEG:
        return _("({figures}) ÷ 3").format(figures=figures)
    return figures if len(given) > 1 else ""


def _band_words(key: str, score: Score, library: Library) -> str:
    band = next((one for one in library.instruments[key].bands if one.label == score.band), None)
    if band is None:
        return ""
    if key == IMPRESSION:
        # The instrument has no official groups (instruments.yaml): the reader is told whose these are.
        return say("results.ratings.own_band", label=band.label)
    return say("results.ratings.published_band", low=band.low, high=band.high, label=band.label)
