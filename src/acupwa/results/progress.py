"""What `/progress` shows: a picture and its table for each rating, and what was going on between. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.model import SavedPlan
from acupwa.quiz.chance_change import find_chance_change
from acupwa.quiz.model import IMPRESSION, CheckIn
from acupwa.quiz.reason_words import symptom_words
from acupwa.quiz.rules import is_for_someone_else
from acupwa.results.change import rule_of
from acupwa.results.happened import Happened, happened_of
from acupwa.results.interval import changed_names
from acupwa.results.ratings import instrument_words
from acupwa.results.sentences import UsedRule, record_title, record_words, rule_words, someone_else_words
from acupwa.results.trend import Trend, trends_of
from acupwa.results.trend_picture import Spark, TrendPicture, draw_spark, draw_trends
from acupwa.results.trend_words import TrendWords, words_of_trends
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import number_words, short_date_words
from acupwa.zones import days_between


class TrendRow(msgspec.Struct, frozen=True, kw_only=True):
    """One check-in in the table of a rating."""

    day: str
    value: str
    sessions: str
    comparison: str


class TrendPart(msgspec.Struct, frozen=True, kw_only=True):
    """One rating. `scale` says what its ends mean, `days` are its first and last.

    `reworded`: it is asked in other words now. `told` says the picture, which is drawn from two answers on (`spark`
    is the small one). `start` and `now` are the first and the newest answer, `now` empty where that one was passed over.
    """

    id: str
    name: str
    main: bool
    reworded: bool
    scale: str
    days: tuple[str, ...]
    words: str
    grounds: tuple[str, ...]
    told: str
    picture: TrendPicture
    spark: Spark | None
    start: str
    now: str
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
    about: str = ""
    record: str = ""
    main: TrendPart | None = None
    others: tuple[TrendPart, ...] = ()
    check_ins: tuple[CheckInRow, ...] = ()
    rules: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()

    @property
    def has_impressions(self) -> bool:
        return any(row.impression for row in self.check_ins)


def progress_page(check_ins: Sequence[CheckIn], library: Library, plan: SavedPlan | None = None) -> ProgressPage:
    """The page of a person's finished check-ins, in any order; each with answers alone that the library knows."""
    title = _("Your progress")
    finished = sorted((one for one in check_ins if one.finished_at), key=lambda one: one.place)
    if not finished:
        return ProgressPage(title=title)
    trends = trends_of(finished, library)
    parts = trend_parts(trends, library, happened=happened_of(finished, plan))
    return ProgressPage(
        title=title,
        about=someone_else_words() if is_for_someone_else(finished[-1].answers) else "",
        record=f"{record_title()} {record_words()}",
        main=next((one for one in parts if one.main), None),
        others=tuple(one for one in parts if not one.main),
        check_ins=tuple(_row(one, library) for one in reversed(finished)),
        rules=rule_words(_rules(trends, parts, library)),
        sources=tuple(dict.fromkeys(_sources(trends, library))),
        credits=tuple(library.instruments[one.key].credit for one in trends if one.key in library.instruments),
    )


def trend_parts(
    trends: Sequence[Trend], library: Library, *, least: int = 1, happened: Happened = Happened()
) -> tuple[TrendPart, ...]:
    """Those with `least` check-ins or more; each goes by its number among all."""
    shown = {f"trend-{number}": trend for number, trend in enumerate(trends) if len(trend.points) >= least}
    names = [_name(trend, library) for trend in shown.values()]
    words = words_of_trends(zip(names, shown.values(), strict=True), library)
    pictures = draw_trends(shown.values(), happened)
    return tuple(
        _part(id, trend, said, picture, library)
        for (id, trend), said, picture in zip(shown.items(), words, pictures, strict=True)
    )


def _part(id: str, trend: Trend, said: TrendWords, picture: TrendPicture, library: Library) -> TrendPart:
    return TrendPart(
        id=id,
        name=said.name,
        main=trend.main,
        reworded=not trend.asked_now,
        scale=_scale(trend, library),
        days=_days(trend),
        words=said.standing,
        grounds=said.grounds,
        told=said.picture,
        picture=picture,
        spark=draw_spark(trend),
        start=number_words(trend.start.value),
        now="" if trend.newest.value is None else number_words(trend.newest.value),
        rows=tuple(
            TrendRow(
                day=short_date_words(point.at.date(), year=True),
                value=_value_words(point.value, asked=point.asked),
                sessions="" if point.sessions is None else str(point.sessions),
                comparison=comparison,
            )
            for point, comparison in reversed(tuple(zip(trend.points, said.points, strict=True)))
        ),
    )


def _days(trend: Trend) -> tuple[str, ...]:
    first, last = trend.points[0].at.date(), trend.newest.at.date()
    year = first.year != last.year
    return tuple(dict.fromkeys(short_date_words(day, year=year) for day in (first, last)))


def _name(trend: Trend, library: Library) -> str:
    if trend.key in library.instruments:
        return instrument_words(trend.key, library)
    return symptom_words(trend.key, library, trend.problem_words)


def _scale(trend: Trend, library: Library) -> str:
    if trend.key in library.ratings:
        rating = library.ratings[trend.key]
        return say("results.progress.scale_words", low=rating.low, high=rating.high)
    if trend.thresholds is None:
        return say("results.progress.scale", most=trend.most)
    return say("results.progress.scale_lower", most=trend.most)


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


def _rules(trends: Sequence[Trend], parts: Sequence[TrendPart], library: Library) -> Iterator[UsedRule]:
    for trend, part in zip(trends, parts, strict=True):
        if trend.thresholds is not None and any(point.change is not None for point in trend.points):
            step = 0.1 if trend.key in library.instruments else 1
            yield UsedRule(part.name, rule_of(trend.thresholds, step), trend.thresholds.borrowed)


def _sources(trends: Sequence[Trend], library: Library) -> Iterator[str]:
    """The ground of the chance that stands with the main outcome."""
    for trend in (one for one in trends if one.main):
        chance = find_chance_change(
            trend.key, trend.newest.change, days_between(trend.start.at, trend.newest.at), library
        )
        if chance:
            yield chance.source
