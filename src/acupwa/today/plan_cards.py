"""What Today says of a plan: its sessions, the check-ins that it waits for, the talk. Pure."""

from __future__ import annotations

from typing import assert_never

from acupwa.planner.as_seen import session_mark
from acupwa.planner.log import begins
from acupwa.planner.model import WEEKDAYS, PlannedSession, SavedPlan
from acupwa.planner.on_hold import sessions_left
from acupwa.planner.words import weekday_words
from acupwa.sentences import say
from acupwa.today.card import Act, Card, check_in_again
from acupwa.today.model import (
    CheckInDue,
    GoOn,
    KnownPerson,
    SafetyCheck,
    SessionSoon,
    SessionToLog,
    SessionToTell,
    TalkReady,
)
from acupwa.wording import gettext as _
from acupwa.wording import time_words, weekday_date_words


def to_tell(thing: SafetyCheck | SessionToTell, plan: SavedPlan | None) -> Card:
    number = thing.session.number
    first = isinstance(thing, SafetyCheck)
    href = f"/plan/sessions/{number}?to=today"
    return Card(
        title=say("today.tell.first") if first else say("today.tell.later", number=number),
        href=href,
        lines=(say("today.tell.how"), _number_words(thing.session, plan)),
        acts=(Act(words=_("Tell us"), href=href),),
    )


def to_log(thing: SessionToLog, plan: SavedPlan | None) -> Card:
    session = thing.session
    address, seen = f"/plan/sessions/{session.number}", session_mark(plan, session.number)
    went = say("planner.story.went", number=session.number)
    missed = say("planner.story.missed", number=session.number)
    return Card(
        title=_when_words(thing),
        href="/plan",
        lines=(_number_words(session, plan),),
        acts=(
            _log_act(_("Went"), f"{address}/log", "went", later=went, seen=seen),
            _log_act(_("Missed"), f"{address}/log", "missed", later=missed, seen=seen),
            Act(words=_("Moved"), href=f"{address}/move?to=today"),
        ),
        alike=True,
    )


def soon(thing: SessionSoon, person: KnownPerson) -> Card:
    session, time = thing.session, time_words(thing.session.local)
    title = say("today.soon.tomorrow", time=time) if thing.tomorrow else say("today.soon.today", time=time)
    stop = say("today.soon.closed") if thing.closed else say("today.soon.ask_first") if thing.ask_first else ""
    sheet = (Act(words=_("My summary"), href=f"/results/{person.newest.id}"),) if person.newest else ()
    move = Act(words=_("Move"), href=f"/plan/sessions/{session.number}/move?to=today")
    return Card(
        title=title,
        href="/plan",
        lines=(_number_words(session, person.plan),),
        stop=stop,
        acts=(check_in_again(person.newest), move)
        if thing.closed
        else (Act(words=_("My plan"), href="/plan"), move, *sheet),
        alike=not thing.closed,
    )


def due(thing: CheckInDue, person: KnownPerson) -> Card:
    title, how = _due_words(thing)
    # More sessions would begin the course again: what to know before needles is asked at once, not in a second one.
    confirm = thing.why == "decide" and begins(person.plan, person.now)
    acts = (check_in_again(person.newest, confirm=confirm), Act(words=_("My plan"), href="/plan"))
    return Card(title=title, href="/plan" if thing.why in ("closed", "held") else "/check-in", lines=(how,), acts=acts)


def going_on(thing: GoOn) -> Card:
    acts = (Act(words=_("Go on"), href="/plan/pause"), Act(words=_("My plan"), href="/plan"))
    how = (say("today.due.go_on_how", n=thing.left),) if thing.left else ()
    return Card(title=say("today.due.go_on"), href="/plan/pause", lines=how, acts=acts)


def talk(thing: TalkReady) -> Card:
    return Card(
        title=say("today.talk.title", number=thing.number),
        href="/plan/talk",
        lines=(say("planner.stages.talk"),),
        acts=(Act(words=_("Prepare the talk"), href="/plan/talk"), Act(words=_("My plan"), href="/plan")),
    )


def _log_act(words: str, address: str, log: str, *, later: str, seen: str) -> Act:
    fields = (("log", log), ("to", "today"))
    return Act(words=words, href=address, posts=True, fields=fields, later=later, seen=seen)


def _when_words(thing: SessionToLog) -> str:
    match thing.days_ago:
        case 0:
            return say("today.log.today")
        case 1:
            return say("today.log.yesterday")
        case days if days < 7:
            return say("today.log.this_week", weekday=weekday_words(WEEKDAYS[thing.session.day.weekday()]))
    return say("today.log.before", day=weekday_date_words(thing.session.day))


def _due_words(thing: CheckInDue) -> tuple[str, str]:
    match thing.why:
        case "closed":
            return say("today.due.closed"), say("planner.hold.closed")
        case "held":
            return say("today.due.held"), say("today.due.held_how")
        case "before":
            return say("today.due.before", number=thing.number), say("today.due.before_how")
        case "second":
            return say("today.due.second"), say("planner.fair.why")
        case "light":
            return say("today.due.light", number=thing.number), say("today.due.light_how")
        case "decide":
            return say("today.due.decide", number=thing.number), say("today.due.decide_how")
    assert_never(thing.why)


def _number_words(session: PlannedSession, plan: SavedPlan | None) -> str:
    count = len(plan.standing) + (sessions_left(plan) if plan.pause else 0) if plan else session.number
    return say("today.soon.number", number=session.number, all=count, minutes=session.minutes)
