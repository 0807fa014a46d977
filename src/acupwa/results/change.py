"""What an answer says beside the previous one. A rating of 0 is the best, so a change below zero is better.

The rule and its grounds: docs/rules.md, "Change". The bounds of each item stand in the content (`Thresholds`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from acupwa.library.model import Band, Instrument, Library, Rating, Thresholds
from acupwa.quiz.model import IMPRESSION, MOOD, PEG, Answers
from acupwa.quiz.rules import STIFFNESS
from acupwa.quiz.stiffness import STIFFNESS_MINUTES
from acupwa.results.answers_file import Previous

Meaning = Literal["better", "a-little-better", "about-the-same", "a-little-worse", "worse", "not-compared"]
Reason = Literal["first-time", "skipped", "too-soon", "reworded", "no-threshold", "already-a-change"]

# A rating looks back 7 days and PHQ-4 looks back 14: two answers closer together share days.
LEAST_DAYS = 7
LEAST_DAYS_OF_MOOD = 14

NEVER_COMPARED = "never compared"
IMPRESSION_RULE = "1-2, 3-5, 6-7"


class Score(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One score and what it says. `change` is the value less the previous one; None when the two are not compared.

    `not_compared` says why `meaning` is `not-compared`. `band` is the published name of a range of PHQ-4. `borrowed`:
    the bounds behind `meaning` were found for another question, so it is for programs and sorting: people are told the
    difference (`sentences.meaning_words`).
    """

    value: float | None
    previous: float | None
    change: float | None
    meaning: Meaning
    rule: str
    source: str
    band: str | None = None
    not_compared: Reason | None = None
    borrowed: bool = False


class ComparisonTerms(msgspec.Struct, frozen=True, kw_only=True):
    """How the previous answers stand to these. Unknown days count as far enough apart."""

    days_ago: int | None = None
    same_words: bool = True


def meaning_of(change: float, thresholds: Thresholds) -> Meaning:
    """The word for a change in one person: under `small` none, under `clear` a little."""
    if abs(change) < thresholds.small:
        return "about-the-same"
    if abs(change) < thresholds.clear:
        return "a-little-better" if change < 0 else "a-little-worse"
    return "better" if change < 0 else "worse"


def scores_of(answers: Answers, previous: Previous | None, library: Library) -> dict[str, Score]:
    """Every score that was answered or passed over, in the order of the content."""
    known = previous or Previous()

    def terms(key: str) -> ComparisonTerms | None:
        if previous is None:
            return None
        return ComparisonTerms(days_ago=previous.days_ago, same_words=key not in previous.other_words)

    scores = {
        key: score_rating(library.ratings[key], answers.ratings[key], known.ratings.get(key), terms(key))
        for key in library.ratings
        if key in answers.ratings
    }
    if answers.stiffness_minutes is not None:
        scores[STIFFNESS_MINUTES] = score_minutes(answers.stiffness_minutes, known.stiffness_minutes, terms(STIFFNESS))
    given = answers.instruments
    if PEG in given:
        scores[PEG] = score_mean(library.instruments[PEG], given[PEG], known.instruments.get(PEG), terms(PEG))
    if MOOD in given:
        scores[MOOD] = score_mood(library.instruments[MOOD], given[MOOD], known.instruments.get(MOOD), terms(MOOD))
    if IMPRESSION in given:
        scores[IMPRESSION] = score_impression(library.instruments[IMPRESSION], given[IMPRESSION][0])
    return scores


def score_rating(rating: Rating, value: int | None, previous: int | None, terms: ComparisonTerms | None) -> Score:
    """One 0-10 rating. None is `prefer not to say`, for either of the two."""
    return compare(value, previous, terms, rating.thresholds, rule=rule_of(rating.thresholds), source=rating.item)


def score_mean(
    instrument: Instrument,
    answers: Sequence[int | None],
    previous: Sequence[int | None] | None,
    terms: ComparisonTerms | None,
) -> Score:
    """An instrument scored by the mean of its items, to one decimal; one item skipped gives no score."""
    if instrument.thresholds is None:
        raise ValueError(f"{instrument.id} has no thresholds")
    return compare(
        mean(answers),
        None if previous is None else mean(previous),
        terms,
        instrument.thresholds,
        rule=rule_of(instrument.thresholds, step=0.1),
        source=instrument.id,
    )


def score_mood(
    instrument: Instrument,
    answers: Sequence[int | None],
    previous: Sequence[int | None] | None,
    terms: ComparisonTerms | None,
) -> Score:
    """PHQ-4: its sum and published band. No threshold was found, so it is never better or worse."""
    value = total(answers)
    previous_value = None if previous is None else total(previous)
    return Score(
        value=value,
        previous=previous_value,
        change=None,
        meaning="not-compared",
        rule=NEVER_COMPARED,
        source=instrument.id,
        band=band_of(instrument.bands, value),
        not_compared=_why_not(value, previous_value, terms, LEAST_DAYS_OF_MOOD) or "no-threshold",
    )


def score_minutes(value: int, previous: int | None, terms: ComparisonTerms | None) -> Score:
    """Minutes then and now, 0-1440. No threshold was found, so they are never better or worse."""
    return Score(
        value=value,
        previous=previous,
        change=None,
        meaning="not-compared",
        rule=NEVER_COMPARED,
        source=STIFFNESS_MINUTES,
        not_compared=_why_not(value, previous, terms, LEAST_DAYS) or "no-threshold",
    )


def score_impression(instrument: Instrument, value: int | None) -> Score:
    """PGIC (1-7) is a change in itself: 1-2 better, 3-5 about the same, 6-7 worse."""
    meaning: Meaning = "not-compared"
    if value is not None:
        meaning = "better" if value <= 2 else "worse" if value >= 6 else "about-the-same"
    return Score(
        value=value,
        previous=None,
        change=None,
        meaning=meaning,
        rule=IMPRESSION_RULE,
        source=instrument.id,
        band=band_of(instrument.bands, value),
        not_compared="skipped" if value is None else None,
    )


def mean(answers: Sequence[int | None]) -> float | None:
    """The mean to one decimal; None when an item was skipped."""
    sum_of_answers = total(answers)
    return None if sum_of_answers is None else round(sum_of_answers / len(answers), 1)


def total(answers: Sequence[int | None]) -> int | None:
    """The sum; None when an item was skipped."""
    given = [answer for answer in answers if answer is not None]
    return sum(given) if given and len(given) == len(answers) else None


def band_of(bands: Sequence[Band], value: float | None) -> str | None:
    """The published name of the range that a score falls in, if it has one."""
    if value is None:
        return None
    return next((band.label for band in bands if band.low <= value <= band.high), None)


def rule_of(thresholds: Thresholds, step: float = 1) -> str:
    """The three ranges in figures, such as `0-1, 2, 3`: about the same, a little, clear (and above)."""
    same = _range(0, thresholds.small - step, step)
    little = _range(thresholds.small, thresholds.clear - step, step)
    return f"{same}, {little}, {_figure(thresholds.clear, step)}"


def _range(low: float, high: float, step: float) -> str:
    shown_low, shown_high = _figure(low, step), _figure(high, step)
    return shown_low if shown_low == shown_high else f"{shown_low}-{shown_high}"


def _figure(number: float, step: float) -> str:
    return f"{number:.1f}" if step < 1 else f"{number:g}"


def compare(
    value: float | None,
    previous: float | None,
    terms: ComparisonTerms | None,
    thresholds: Thresholds,
    *,
    rule: str,
    source: str,
) -> Score:
    reason = _why_not(value, previous, terms, LEAST_DAYS)
    if reason is not None or value is None or previous is None:
        return Score(
            value=value,
            previous=previous,
            change=None,
            meaning="not-compared",
            rule=rule,
            source=source,
            not_compared=reason,
            borrowed=thresholds.borrowed,
        )
    change = _difference(value, previous)
    return Score(
        value=value,
        previous=previous,
        change=change,
        meaning=meaning_of(change, thresholds),
        rule=rule,
        source=source,
        borrowed=thresholds.borrowed,
    )


def _why_not(
    value: float | None, previous: float | None, terms: ComparisonTerms | None, least_days: int
) -> Reason | None:
    if terms is None:
        return "first-time"
    if value is None or previous is None:
        return "skipped"
    if not terms.same_words:
        return "reworded"
    if terms.days_ago is not None and terms.days_ago < least_days:
        return "too-soon"
    return None


def _difference(value: float, previous: float) -> float:
    """The difference of the two figures as shown, so that a reader gets the same when redoing it."""
    if isinstance(value, int) and isinstance(previous, int):
        return value - previous
    return round(value - previous, 1)
