"""The one page of a course in blocks, for page and PDF. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from acupwa.library.model import Library
from acupwa.planner.main_problem import OwnNumbers
from acupwa.planner.talk import sum_words
from acupwa.quiz.chance_change import chance_change_words, find_chance_change
from acupwa.results.blocks import Block, Foot, Item, Items, Note, Part, Text, Title
from acupwa.results.course_summary import CourseSummary, Paused
from acupwa.results.sentences import record_title, record_words
from acupwa.sentences import say
from acupwa.wording import date_words, list_words, short_date_words
from acupwa.wording import gettext as _

# So many of each stand on the page; of the rest it is said how many there are.
MOST_LINES = 6


def course_title(summary: CourseSummary) -> str:
    return _("Course of acupuncture so far") if summary.stage == "so-far" else _("Course of acupuncture")


def course_blocks(summary: CourseSummary, library: Library) -> tuple[Block, ...]:
    return (
        Title(text=course_title(summary)),
        Text(text=f"{say('results.course.lead')} {_ended(summary)}"),
        *_problem(summary),
        Part(id="course-numbers", title=_("Start and end"), blocks=tuple(_numbers(summary, library))),
        Part(id="course-sessions", title=_("Sessions"), blocks=(Items(items=tuple(_sessions(summary))),)),
        Part(id="course-changes", title=_("What else changed"), blocks=(Items(items=tuple(_changes(summary))),)),
        Foot(blocks=(Note(strong=record_title(), text=record_words()), Note(text=say("planner.reviews.no_orders")))),
    )


def _ended(summary: CourseSummary) -> str:
    if summary.ended_on is None:
        return say("results.course.so_far")
    day = date_words(summary.ended_on)
    match summary.stage:
        case "stopped":
            return say("results.course.stopped", day=day)
        case "finished":
            return say("results.course.finished", day=day)
    return say("results.course.over", day=day)


def _problem(summary: CourseSummary) -> Iterator[Block]:
    words = []
    if summary.problem_words:
        words.append(Item(text=say("results.ratings.own_words", words=summary.problem_words)))
    if summary.activity_words:
        words.append(Item(text=say("results.course.activity", words=summary.activity_words)))
    if words:
        yield Part(id="course-problem", title=_("Main problem"), blocks=(Items(items=tuple(words)),))


def _numbers(summary: CourseSummary, library: Library) -> Iterator[Block]:
    own = summary.own
    if own is None:
        yield Text(text=say("results.course.no_number"))
        return
    yield Text(strong=say("results.course.named", name=own.name))
    yield Items(items=tuple(_number_items(own, summary)))
    yield Text(strong=sum_words(own))
    chance = find_chance_change(own.key, own.now - own.before, own.days, library)
    if chance:
        yield Text(text=chance_change_words(chance, own.days))
        yield Note(text=chance.source)


def _number_items(own: OwnNumbers, summary: CourseSummary) -> Iterator[Item]:
    if own.earlier is not None and own.asked_earlier is not None:
        yield Item(text=say("results.course.earlier", number=own.earlier, day=date_words(own.asked_earlier)))
    yield Item(text=say("results.course.start", number=own.before, day=date_words(own.asked_before)))
    day = date_words(own.asked_now)
    so_far = summary.stage == "so-far"
    yield Item(
        text=say("results.course.end", number=own.now, day=day)
        if so_far
        else say("results.course.end_done", number=own.now, day=day)
    )


def _sessions(summary: CourseSummary) -> Iterator[Item]:
    counts = [say("results.course.went", n=summary.went)]
    if summary.missed:
        counts.append(say("results.course.missed", n=summary.missed))
    if summary.not_noted:
        counts.append(say("results.course.not_noted", n=summary.not_noted))
    yield Item(strong=f"{', '.join(counts)}.", text=_dates(summary))
    for pause in summary.pauses[:MOST_LINES]:
        yield Item(text=_pause(pause))
    felt = summary.felt
    if felt:
        yield Item(
            text=say(
                "results.course.felt",
                good=felt.get("good", 0),
                all_right=felt.get("all-right", 0),
                bad=felt.get("bad", 0),
            )
        )
    if summary.followed:
        names = [say("results.course.times", what=_lower(what), times=n) for what, n in summary.followed]
        yield Item(text=say("results.course.followed", what=list_words(names)))
    elif summary.asked and not summary.also_followed:
        yield Item(text=say("results.course.followed_none"))
    if summary.also_followed:
        names = [_lower(one) for one in summary.also_followed]
        yield Item(text=say("results.course.also_followed", what=list_words(names)))


def _dates(summary: CourseSummary) -> str:
    if summary.first is None or summary.last is None:
        return ""
    return say("results.course.dates", first=date_words(summary.first), last=date_words(summary.last))


def _pause(pause: Paused) -> str:
    first, reason = date_words(pause.since), _lower(pause.reason or _("Something else"))
    if pause.until is None:
        return say("results.course.pause_open", first=first, reason=reason)
    return say("results.course.pause", first=first, last=date_words(pause.until), reason=reason)


def _changes(summary: CourseSummary) -> Iterator[Item]:
    for one in summary.changes:
        days = list_words([short_date_words(day, year=True) for day in one.days[-MOST_LINES:]])
        yield Item(text=say("results.course.changed", what=one.name, days=days))
    if not summary.changes:
        yield Item(text=say("results.course.changed_none"))


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]
