"""One rating over time: its start value, each answer beside that start, and where it stands now. Pure.

The rule: docs/rules.md, "Standing". The words of a question never change within a trend: a question that was reworded,
or a main problem in other words, begins another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from acupwa.library.model import Library, Thresholds
from acupwa.quiz.model import MOOD, PEG, CheckIn
from acupwa.quiz.rules import OWN_PROBLEM, main_outcome
from acupwa.quiz.wording import wording_of
from acupwa.results.change import LEAST_DAYS, ComparisonTerms, Meaning, compare, mean, rule_of, total
from acupwa.web.text import search_key
from acupwa.zones import days_between

Standing = Literal["first", "not-answered", "too-early", "now", "twice"]


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """One check-in. `value` is None where there is no answer; `asked` tells a passed question from one not asked.

    `sessions` are those since the check-in before, None when not told. `change` is the value less the start.
    """

    at: datetime
    value: float | None
    asked: bool
    sessions: int | None
    change: float | None = None
    meaning: Meaning = "not-compared"


class Start(msgspec.Struct, frozen=True, kw_only=True):
    """What later answers are compared with: the first answer, or the mean of the first two (`figures`)."""

    value: float
    figures: tuple[float, ...]
    at: datetime


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """`key` is a rating or an instrument; `problem_words` are the person's own for the main problem.

    `points` begin with the first answer. `standing` says what the newest one can tell: `twice` when the two newest,
    a week or more apart, mean the same. `thresholds` is None where nothing is ever called better or worse.
    `asked_now` is False for a question that is no longer asked in these words.
    """

    key: str
    problem_words: str | None
    main: bool
    asked_now: bool
    points: tuple[Point, ...]
    start: Start
    standing: Standing
    most: int
    thresholds: Thresholds | None

    @property
    def borrowed(self) -> bool:
        """Whether its bounds were found for another question, so that people are told the difference alone."""
        return self.thresholds is not None and self.thresholds.borrowed

    @property
    def newest(self) -> Point:
        return self.points[-1]


def trends_of(check_ins: Sequence[CheckIn], library: Library) -> tuple[Trend, ...]:
    """Every trend of these finished check-ins: the main outcome first, then the order of the quiz, then older words.

    `check_ins` may stand in any order, and must hold answers alone that the library knows (`known_check_in`).
    """
    finished = sorted((one for one in check_ins if one.finished_at), key=lambda one: one.place)
    if not finished:
        return ()
    main = main_outcome(finished[-1].answers)
    trends = [
        trend
        for key in (*library.ratings, PEG, MOOD)
        for wording in _wordings(key, finished, library)
        if (trend := _trend(key, wording, finished, main, library))
    ]
    return tuple(sorted(trends, key=lambda one: (not one.asked_now, not one.main)))


def _wording(key: str, check_in: CheckIn, library: Library) -> tuple[str, str]:
    """Where nobody can say which words were answered, they are those of this check-in alone."""
    own = search_key(check_in.answers.problem_words or "") if key == OWN_PROBLEM else ""
    wording = wording_of(key, check_in.quiz_version, library)
    return str(check_in.id) if wording is None else wording, own


def _wordings(key: str, check_ins: Sequence[CheckIn], library: Library) -> Iterator[tuple[str, str]]:
    """The newest first."""
    return iter(dict.fromkeys(_wording(key, one, library) for one in reversed(check_ins)))


def _trend(
    key: str, wording: tuple[str, str], finished: Sequence[CheckIn], main: str | None, library: Library
) -> Trend | None:
    asked_now = _wording(key, finished[-1], library) == wording and _is_asked(key, finished[-1], library)
    asked = [one for one in finished if _wording(key, one, library) == wording]
    values = _values(key, asked)
    answered = [at for at, value in enumerate(values) if value is not None]
    if not answered:
        return None
    # One that is asked no more ends with its last answer: after that nobody passed it over.
    kept = slice(answered[0], None if _is_asked(key, asked[-1], library) else answered[-1] + 1)
    check_ins, values = asked[kept], values[kept]
    thresholds = library.ratings[key].thresholds if key in library.ratings else library.instruments[key].thresholds
    start = _start(key, check_ins, values, from_the_first=check_ins[:2] == list(finished[:2]))
    begun = len(start.figures)
    points = tuple(
        _point(key, one, value, start if at >= begun else None, thresholds)
        for at, (one, value) in enumerate(zip(check_ins, values, strict=True))
    )
    return Trend(
        key=key,
        problem_words=check_ins[-1].answers.problem_words if key == OWN_PROBLEM else None,
        main=asked_now and key == main,
        asked_now=asked_now,
        points=points,
        start=start,
        standing=_standing(points, begun, thresholds),
        most=library.instruments[key].high if key in library.instruments else 10,
        thresholds=thresholds,
    )


def _is_asked(key: str, newest: CheckIn, library: Library) -> bool:
    rating = library.ratings.get(key)
    return rating is None or rating.asked != "never" or key in newest.answers.ratings


def _start(key: str, check_ins: Sequence[CheckIn], values: Sequence[float | None], *, from_the_first: bool) -> Start:
    """The mean of two when both came before the second session: people seek help on bad days, and those ease."""
    figures = [value for value in values[:2] if value is not None]
    if len(figures) == 2 and key != MOOD and from_the_first and _before_second_session(*check_ins[:2]):
        # A hair more, so that 6.25 becomes 6.3 as people round it.
        return Start(value=round(sum(figures) / 2 + 1e-9, 1), figures=tuple(figures), at=_at(check_ins[1]))
    return Start(value=figures[0], figures=(figures[0],), at=_at(check_ins[0]))


def _before_second_session(first: CheckIn, second: CheckIn) -> bool:
    sessions = second.answers.sessions_since
    if first.answers.acupuncture_before == "now" or sessions is None:
        return False
    return sessions <= 1 and days_between(_at(first), _at(second)) >= LEAST_DAYS


def _point(
    key: str, check_in: CheckIn, value: float | None, start: Start | None, thresholds: Thresholds | None
) -> Point:
    answers, at = check_in.answers, _at(check_in)
    point = Point(
        at=at,
        value=value,
        asked=key in answers.ratings or key in answers.instruments,
        sessions=answers.sessions_since,
    )
    if start is None or thresholds is None:
        return point
    score = compare(
        point.value,
        start.value,
        ComparisonTerms(days_ago=days_between(start.at, at)),
        thresholds,
        rule=rule_of(thresholds),
        source=key,
    )
    return msgspec.structs.replace(point, change=score.change, meaning=score.meaning)


def _standing(points: Sequence[Point], begun: int, thresholds: Thresholds | None) -> Standing:
    newest = points[-1]
    if newest.value is None:
        return "not-answered"
    if len(points) <= begun:
        return "first"
    if thresholds is None:
        return "now"
    if newest.meaning == "not-compared":
        return "too-early"
    previous = points[-2]
    same = previous.meaning == newest.meaning and days_between(previous.at, newest.at) >= LEAST_DAYS
    return "twice" if same else "now"


def _values(key: str, check_ins: Sequence[CheckIn]) -> Sequence[float | None]:
    if key == PEG:
        return [mean(one.answers.instruments.get(key, ())) for one in check_ins]
    if key == MOOD:
        return [total(one.answers.instruments.get(key, ())) for one in check_ins]
    return [one.answers.ratings.get(key) for one in check_ins]


def _at(check_in: CheckIn) -> datetime:
    return check_in.finished_at or check_in.updated_at
