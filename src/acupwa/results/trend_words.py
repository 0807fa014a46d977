"""Where a trend stands, in words that a reader can redo (docs/rules.md, "Standing"). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.chance_change import chance_change_words, find_chance_change
from acupwa.results.change import LEAST_DAYS
from acupwa.results.sentences import full_words, meaning_words, size_words
from acupwa.results.trend import Point, Trend
from acupwa.sentences import say
from acupwa.wording import date_words, number_words
from acupwa.wording import gettext as _
from acupwa.zones import days_between

# Our choice (docs/rules.md, "Standing"): from here down a clear fall has hardly any room.
LITTLE_ROOM = 2


class TrendWords(msgspec.Struct, frozen=True, kw_only=True):
    """All that is said of one trend. `grounds` stand with the main outcome alone, `points` with each answer."""

    name: str
    standing: str
    grounds: tuple[str, ...]
    picture: str
    points: tuple[str, ...]


def words_of_trends(named: Iterable[tuple[str, Trend]], library: Library) -> tuple[TrendWords, ...]:
    """Of each trend, with the name of its rating."""
    return tuple(
        TrendWords(
            name=name,
            standing=standing_words(trend),
            grounds=grounds_words(trend, library) if trend.main else (),
            picture=_picture_words(name, trend),
            points=tuple(_point_words(point, trend) for point in trend.points),
        )
        for name, trend in named
    )


def standing_words(trend: Trend) -> str:
    """The figures and the one word that the rule gives: `6 at the start, 2 now: 4 lower. Better so far.`"""
    match trend.standing:
        case "first" | "too-early" | "not-answered":
            return _not_yet(trend)
    return f"{_figures(trend)} {_so_far(trend)}".rstrip()


def grounds_words(trend: Trend, library: Library) -> tuple[str, ...]:
    """What the main outcome needs beside it: how firm its change is, and what its start is made of."""
    return tuple(part for part in _grounds(trend, library) if part)


def start_words(trend: Trend) -> str:
    """`Your start is 6.5: (7 + 6) ÷ 2, …`; empty when it is just the first answer."""
    if len(trend.start.figures) < 2:
        return ""
    return say(
        "results.trend.start",
        start=number_words(trend.start.value),
        figures=" + ".join(number_words(one) for one in trend.start.figures),
    )


def room_words(trend: Trend) -> str:
    if trend.thresholds is None or trend.start.value > LITTLE_ROOM or trend.newest.meaning in ("better", "worse"):
        return ""
    return say("results.trend.little_room", start=number_words(trend.start.value))


def _point_words(point: Point, trend: Trend) -> str:
    """What stands beside one answer in the table."""
    if point.value is None:
        return ""
    if point.at <= trend.start.at:
        return _("Start")
    if trend.thresholds is None:
        return _("Not compared")
    if point.change is None:
        return say("results.trend.too_near_start", days=LEAST_DAYS)
    meaning = meaning_words(point.meaning, borrowed=trend.borrowed)
    size = size_words(point.change) if point.change or not meaning else ""
    return " ".join(part for part in (size[:1].upper() + size[1:], meaning) if part)


def _picture_words(name: str, trend: Trend) -> str:
    """The picture for those who do not see it: every answer in order."""
    answers = ", ".join(_("not answered") if one.value is None else number_words(one.value) for one in trend.points)
    return say(
        "results.trend.picture",
        name=name,
        first=date_words(trend.points[0].at),
        last=date_words(trend.newest.at),
        answers=answers,
    )


def _grounds(trend: Trend, library: Library) -> Iterator[str]:
    if trend.standing in ("now", "twice"):
        yield full_words(trend.newest.meaning, borrowed=trend.borrowed)
        days = days_between(trend.start.at, trend.newest.at)
        yield chance_change_words(find_chance_change(trend.key, trend.newest.change, days, library), days)
        yield room_words(trend)
    yield start_words(trend)


def _not_yet(trend: Trend) -> str:
    if trend.standing == "not-answered":
        return say("results.trend.not_answered")
    if trend.standing == "too-early":
        return say("results.trend.too_early", days=LEAST_DAYS)
    if len(trend.start.figures) > 1:
        return say("results.trend.too_early_next")
    return say("results.trend.one_answer", value=number_words(trend.start.value))


def _figures(trend: Trend) -> str:
    newest = trend.newest
    start, now = number_words(trend.start.value), number_words(newest.value or 0)
    if trend.thresholds is None:
        return say("results.trend.never_judged", start=start, now=now)
    return say("results.trend.figures", start=start, now=now, size=size_words(newest.change))


def _so_far(trend: Trend) -> str:
    """One word, or where it may not be said, what two check-ins in a row show."""
    twice = trend.standing == "twice"
    match (trend.newest.meaning, trend.borrowed):
        case ("better", True):
            return say("results.trend.lower_twice") if twice else ""
        case ("worse", True):
            return say("results.trend.higher_twice") if twice else ""
        case ("better", False):
            return say("results.trend.better_twice") if twice else say("results.trend.better")
        case ("worse", False):
            return say("results.trend.worse_twice") if twice else say("results.trend.worse")
    return meaning_words(trend.newest.meaning, borrowed=trend.borrowed)
