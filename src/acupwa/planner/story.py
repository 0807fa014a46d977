"""What happened to a plan so far, in words: a line a step, none missing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import msgspec

from acupwa.library.model.planner import PauseReason
from acupwa.planner.history import steps_of
from acupwa.planner.model import Laid, SavedPlan, Step
from acupwa.sentences import say
from acupwa.wording import list_words, short_weekday_date_words
from acupwa.zones import day_in

Places = Mapping[int, tuple[date, str]]


class StoryLine(msgspec.Struct, frozen=True, kw_only=True):
    """One step, with its day where the sessions are. `moved`: how many sessions it put elsewhere. It may have been
    `undone`, or be what `undoes` another.
    """

    day: str
    words: str
    moved: int = 0
    undone: bool = False
    undoes: bool = False


class _Before(msgspec.Struct, frozen=True):
    """What a step found: where the sessions were, and the days off."""

    line: int
    places: Places
    days_off: frozenset[date]


def story_of(plan: SavedPlan, pauses: Iterable[PauseReason]) -> tuple[StoryLine, ...]:
    """The oldest first."""
    names = {one.id: one.name for one in pauses}
    lines: list[StoryLine] = []
    stack: list[_Before] = []
    places: Places = {}
    days_off: frozenset[date] = frozenset()
    for step in steps_of(plan):
        day = short_weekday_date_words(day_in(plan.request.time_zone, step.at))
        if step.kind == "undone":
            was = stack.pop()
            places, days_off, taken_back = was.places, was.days_off, lines[was.line]
            lines[was.line] = msgspec.structs.replace(taken_back, undone=True)
            lines.append(StoryLine(day=day, words=say("planner.story.undone", what=taken_back.words), undoes=True))
            continue
        stack.append(_Before(len(lines), places, days_off))
        moved = sum(1 for one in step.laid if one.number in places and places[one.number] != (one.day, one.time))
        off = frozenset(step.asked.own_days_off) if step.asked else days_off
        words = _words(step, moved, off - days_off, names)
        lines.append(StoryLine(day=day, words=words, moved=moved))
        places, days_off = _places_after(places, step), off
    return tuple(lines)


def _places_after(places: Places, step: Step) -> Places:
    laid = {one.number: (one.day, one.time) for one in step.sessions if not one.cancelled}
    laid |= {one.number: (one.day, one.time) for one in step.laid}
    return {number: place for number, place in {**places, **laid}.items() if number not in step.dropped}


def _words(step: Step, moved: int, new_off: frozenset[date], names: Mapping[str, str]) -> str:
    held = _hold_words(names.get(step.pause.reason, "")) if step.pause else ""
    return ". ".join(part for part in (_of_kind(step, moved, new_off), held) if part)


def _hold_words(reason: str) -> str:
    return say("planner.story.paused", reason=reason) if reason else say("planner.story.on_hold")


def _of_kind(step: Step, moved: int, new_off: frozenset[date]) -> str:
    count, first = len(step.laid), min(step.laid, key=lambda one: one.number, default=None)
    day = short_weekday_date_words(first.day) if first else ""
    match step.kind:
        case "logged":
            return _log_words(step)
        case "moved":
            return _move_words(step)
        case "replanned":
            return say("planner.story.replanned", number=step.number or 0, day=day)
        case "days-off":
            went = say("planner.story.days_off_moved", n=moved) if moved else ""
            return " ".join((say("planner.story.days_off", days=list_words(day_spans(new_off))), went)).strip()
        case "paused":
            return ""
        case "made":
            return say("planner.story.made", n=count)
        case "resumed":
            return say("planner.story.resumed", day=day)
        case "extended":
            return say("planner.story.extended", n=count)
        case "tapered":
            return say("planner.story.tapered", n=count, day=day)
        case "restarted":
            return say("planner.story.restarted", n=count, day=day)
        case "finished":
            stopped = step.ended_as == "stopped"
            return say("planner.stage_done.stopped") if stopped else say("planner.stage_done.finished")
        case "carried":
            return say("planner.story.carried")
    return say("planner.done.changed")


def _log_words(step: Step) -> str:
    number = step.number or 0
    if step.log == "went":
        told = step.felt or step.told
        return say("planner.story.told", number=number) if told else say("planner.story.went", number=number)
    if step.log == "missed":
        return say("planner.story.missed", number=number)
    return say("planner.story.cleared", number=number)


def _move_words(step: Step) -> str:
    number = step.number or 0
    own: Laid | None = next((one for one in step.laid if one.number == number), None)
    if own is None:
        return say("planner.story.moved_none", number=number)
    day = short_weekday_date_words(own.day)
    if step.rest and len(step.laid) > 1:
        return say("planner.story.moved_rest", number=number, day=day)
    return say("planner.story.moved", number=number, day=day)


def day_spans(days: Iterable[date]) -> list[str]:
    """In words; days in a row as one span."""
    spans: list[list[date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][-1] == timedelta(days=1):
            spans[-1].append(day)
        else:
            spans.append([day])
    return [
        short_weekday_date_words(one[0])
        if len(one) == 1
        else say("planner.story.span", first=short_weekday_date_words(one[0]), last=short_weekday_date_words(one[-1]))
        for one in spans
    ]
