"""What `/progress` shows: a picture and its table for each rating, and what was going on between. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import is_for_someone_else
from acupwa.results.assess import IMPRESSION
from acupwa.results.between import changed_names
from acupwa.results.chance_change import chance_of
from acupwa.results.change import rule_of
from acupwa.results.sentences import rule_words, symptom_words
from acupwa.results.trend import Trend, trends_of
from acupwa.results.trend_picture import TrendPicture, draw_trend
from acupwa.results.trend_words import grounds_words, point_words, standing_words, told_words
from acupwa.wording import gettext as _
from acupwa.wording import number_words, short_date_words


class TrendRow(msgspec.Struct, frozen=True, kw_only=True):
    """One check-in in the table of a rating."""

    day: str
    value: str
    sessions: str
    beside: str


class TrendPart(msgspec.Struct, frozen=True, kw_only=True):
    """One rating. `scale` says what its ends mean, `days` are its first and last.

    `earlier`: it is asked in other words now.
    """

    id: str
    name: str
    main: bool
    earlier: bool
    scale: str
    days: tuple[str, ...]
    words: str
    grounds: tuple[str, ...]
    told: str
    picture: TrendPicture
    rows: tuple[TrendRow, ...]


class CheckInRow(msgspec.Struct, frozen=True, kw_only=True):
    """What was told at one check-in besides the ratings."""

    href: str
    day: str
    sessions: str
    changes: str
    impression: str


class ProgressPage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "results/progress.html"
    title: str
    for_other: bool = False
    trends: tuple[TrendPart, ...] = ()
    check_ins: tuple[CheckInRow, ...] = ()
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()


def progress_page(check_ins: Sequence[CheckIn], library: Library) -> ProgressPage:
    """The page of a person's finished check-ins, in any order; each with answers alone that the library knows."""
    title = _("How it has been over time")
    finished = sorted((one for one in check_ins if one.finished_at), key=lambda one: one.finished_at or one.updated_at)
    if not finished:
        return ProgressPage(title=title)
    trends = trends_of(finished, library)
    return ProgressPage(
        title=title,
        for_other=is_for_someone_else(finished[-1].answers),
        trends=tuple(_part(trend, number, library) for number, trend in enumerate(trends)),
        check_ins=tuple(_row(one, library) for one in reversed(finished)),
        rules=rule_words(_rules(trends, library)),
        sources=tuple(dict.fromkeys(_sources(trends, library))),
        credits=tuple(library.instruments[one.key].credit for one in trends if one.key in library.instruments),
    )


def _part(trend: Trend, number: int, library: Library) -> TrendPart:
    name = _name(trend, library)
    return TrendPart(
        id=f"trend-{number}",
        name=name,
        main=trend.main,
        earlier=not trend.asked_now,
        scale=_scale(trend, library),
        days=_days(trend),
        words=standing_words(trend),
        grounds=grounds_words(trend, library) if trend.main else (),
        told=told_words(name, trend),
        picture=draw_trend(trend),
        rows=tuple(
            TrendRow(
                day=short_date_words(point.at.date(), year=True),
                value=_value_words(point.value, asked=point.asked),
                sessions="" if point.sessions is None else str(point.sessions),
                beside=point_words(point, trend),
            )
            for point in reversed(trend.points)
        ),
    )


def _days(trend: Trend) -> tuple[str, ...]:
    first, last = trend.points[0].at.date(), trend.newest.at.date()
    year = first.year != last.year
    return tuple(dict.fromkeys(short_date_words(day, year=year) for day in (first, last)))


def _name(trend: Trend, library: Library) -> str:
    if trend.key in library.instruments:
        return library.instruments[trend.key].name
    return symptom_words(trend.key, library, trend.problem_words)


def _scale(trend: Trend, library: Library) -> str:
    if trend.key in library.ratings:
        rating = library.ratings[trend.key]
        return _("0: {low}. 10: {high}. Lower is better.").format(low=rating.low, high=rating.high)
    if trend.thresholds is None:
        return _("From 0 to {most}.").format(most=trend.most)
    return _("From 0 to {most}. Lower is better.").format(most=trend.most)


def _value_words(value: float | None, *, asked: bool) -> str:
    if value is not None:
        return number_words(value)
    return _("Not answered") if asked else _("Not asked")


def _row(check_in: CheckIn, library: Library) -> CheckInRow:
    answers = check_in.answers
    return CheckInRow(
        href=f"/results/{check_in.id}",
        day=short_date_words((check_in.finished_at or check_in.updated_at).date(), year=True),
        sessions="" if answers.sessions_since is None else str(answers.sessions_since),
        changes=changed_names(answers, library) or (_("nothing") if answers.none_changed else ""),
        impression=_impression(answers.instruments.get(IMPRESSION, ()), library),
    )


def _impression(given: tuple[int | None, ...], library: Library) -> str:
    choices = library.instruments[IMPRESSION].choices
    return next((choice.text for choice in choices if given and choice.value == given[0]), "")


def _rules(trends: Sequence[Trend], library: Library) -> Iterator[tuple[str, str]]:
    for trend in trends:
        if trend.thresholds is not None and any(point.change is not None for point in trend.points):
            step = 0.1 if trend.key in library.instruments else 1
            yield _name(trend, library), rule_of(trend.thresholds, step)


def _sources(trends: Sequence[Trend], library: Library) -> Iterator[str]:
    """The ground of the chance that stands with the main outcome."""
    for trend in trends:
        chance = chance_of(trend.key, trend.newest.change, (trend.newest.at - trend.start.at).days, library)
        if trend.main and chance:
            yield chance.source
