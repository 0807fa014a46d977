"""What Today says of each thing, and what can be done about it at once. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import assert_never

import msgspec

from acupwa.library.model import Library
from acupwa.planner.gate import advice_for, is_sign
from acupwa.planner.log import begins
from acupwa.planner.model import WEEKDAYS, PlannedSession, SavedPlan
from acupwa.planner.on_hold import sessions_left
from acupwa.planner.words import reason_words, weekday_words
from acupwa.quiz.follow_up import can_follow_up
from acupwa.quiz.model import CheckIn
from acupwa.quiz.reason import Reason
from acupwa.reading import reasons
from acupwa.sentences import say
from acupwa.today.danger_card import DangerCard, danger_card
from acupwa.today.model import (
    CheckInDue,
    ClinicWaits,
    DangerStands,
    DraftWaits,
    GoOn,
    KnownPerson,
    Newcomer,
    NoPlan,
    NothingDue,
    ReadNext,
    SafetyCheck,
    SessionSoon,
    SessionToLog,
    SessionToTell,
    Settling,
    TalkReady,
    Thing,
)
from acupwa.wording import gettext as _
from acupwa.wording import time_words, weekday_date_words

SHOWN = "shown"


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A link to `href`; with `posts` a button that sends `fields` there. `zone`: the phone's zone goes with it."""

    words: str
    href: str
    posts: bool = False
    fields: tuple[tuple[str, str], ...] = ()
    zone: bool = False


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """`href` is where it is seen to when it is not the next thing. The first of `acts` is the main one, but for `alike`.

    `stop` is what to mind before anything else.
    """

    title: str
    href: str
    lines: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    alike: bool = False
    stop: str = ""
    because: tuple[str, ...] = ()
    danger: DangerCard | None = None


def card_of(thing: Thing, person: KnownPerson, library: Library) -> Card:
    match thing:
        case DangerStands():
            return danger(thing, person, library)
        case DraftWaits():
            return draft(thing)
        case SafetyCheck() | SessionToTell():
            return to_tell(thing, person.plan)
        case SessionToLog():
            return to_log(thing, person.plan)
        case SessionSoon():
            return soon(thing, person)
        case ClinicWaits():
            return clinic(thing)
        case CheckInDue():
            return due(thing, person)
        case GoOn():
            return going_on(thing)
        case Settling():
            return Card(title=say("today.due.settling"), href="/plan")
        case TalkReady():
            return talk(thing)
        case NoPlan():
            return no_plan(thing, library)
        case ReadNext():
            return reading(thing, library)
        case NothingDue():
            return nothing(thing)
        case Newcomer():
            return Card(title=say("today.newcomer.title"), href="/quiz", acts=())
    assert_never(thing)


def danger(thing: DangerStands, person: KnownPerson, library: Library) -> Card:
    card = danger_card(thing.signs, person.newest, library)
    return Card(
        title=card.title,
        href="/today",
        danger=card,
        lines=(say("today.danger.after"),),
        acts=(_had_help(person.now), check_in_again(person.newest)),
        alike=True,
    )


def _had_help(now: datetime) -> Act:
    """It says when the page was made: help is for the signs that it shows, not for one that was told since."""
    fields = ((SHOWN, now.astimezone(UTC).isoformat()),)
    return Act(words=_("I have had help"), href="/today/had-help", posts=True, fields=fields)


def draft(thing: DraftWaits) -> Card:
    address, at = f"/quiz/{thing.draft.id}", thing.position
    return Card(
        title=say("today.draft.title", step=at.step, steps=at.steps),
        href=address,
        lines=(say("today.draft.saved", day=weekday_date_words(thing.draft.updated_at.date())),),
        acts=(Act(words=_("Carry on"), href=address),),
    )


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
    address = f"/plan/sessions/{session.number}"
    return Card(
        title=_when_words(thing),
        href="/plan",
        lines=(_number_words(session, plan),),
        acts=(
            _log_act(_("Went"), f"{address}/log", "went"),
            _log_act(_("Missed"), f"{address}/log", "missed"),
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


def clinic(thing: ClinicWaits) -> Card:
    title, how, act = _clinic_words(thing)
    if thing.what != "again":
        return Card(title=title, href=thing.href, lines=(how,), acts=(Act(words=act, href=thing.href),))
    stop = Act(words=_("Do not ask me again"), href=f"{thing.href}/stop")
    begin = Act(words=act, href=f"{thing.href}/open", posts=True)
    return Card(title=title, href="/me", lines=(how,), acts=(begin, stop))


def due(thing: CheckInDue, person: KnownPerson) -> Card:
    title, how = _due_words(thing)
    # More sessions would begin the course again: what to know before needles is asked at once, not in a second one.
    confirm = thing.why == "decide" and begins(person.plan, person.now)
    acts = (check_in_again(person.newest, confirm=confirm), Act(words=_("My plan"), href="/plan"))
    return Card(title=title, href="/plan" if thing.why in ("paused", "held") else "/check-in", lines=(how,), acts=acts)


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


def no_plan(thing: NoPlan, library: Library) -> Card:
    summary = Act(words=_("My summary"), href=f"/results/{thing.check_in.id}")
    if thing.gate.open:
        return Card(
            title=say("today.plan.open"),
            href="/plan",
            lines=(say("today.plan.open_how"),),
            stop=say("today.soon.ask_first") if thing.ask_first else "",
            acts=(Act(words=_("Make a plan"), href="/plan"), summary),
        )
    signs = [one for one in thing.gate.because if is_sign(one, library)]
    others = [one for one in thing.gate.because if one not in signs]
    return Card(
        title=say("today.plan.closed"),
        href="/plan",
        # What a sign asks for stood here before help was had.
        lines=(*((say("today.plan.signs"),) if signs else ()), *advice_for(others, library)),
        because=tuple(reason_words(one, library) for one in thing.gate.because),
        acts=(*((check_in_again(thing.check_in),) if signs else ()), summary, *_numbers(others)),
    )


def reading(thing: ReadNext, library: Library) -> Card:
    page = library.pages[thing.page.slug]
    why = [reasons.reason_words(one, library) for one in thing.page.because][:1] or [thing.page.why]
    return Card(
        title=say("today.read.title", title=page.head.title),
        href=f"/read/{page.slug}",
        lines=(f"{say('today.read.minutes', n=page.minutes)} {why[0]}.",),
        acts=(Act(words=_("Read it"), href=f"/read/{page.slug}"),),
    )


def nothing(thing: NothingDue) -> Card:
    lines: tuple[str, ...] = (say("today.nothing.warm"),)
    if thing.session:
        lines = (ahead_words(thing.session), *lines)
    return Card(title=say("today.nothing.title"), href="/plan", lines=lines)


def ahead_words(session: PlannedSession) -> str:
    return say("today.nothing.next", day=weekday_date_words(session.day), time=time_words(session.local))


def _numbers(reasons: Collection[Reason]) -> Iterator[Act]:
    """Where what is advised may be to call somebody."""
    if any(one.kind in ("precautions", "unsure", "groups") for one in reasons):
        yield Act(words=_("Numbers to call"), href="/emergency#numbers")


def check_in_again(newest: CheckIn | None, *, confirm: bool = False) -> Act:
    """Begins the short one at once, for whoever can follow something up. `confirm`: with what to know before needles."""
    words = _("Check in again")
    fields: tuple[tuple[str, str], ...] = (("variant", "follow-up"), *((("confirm", "1"),) if confirm else ()))
    if can_follow_up(newest):
        return Act(words=words, href="/quiz", posts=True, fields=fields, zone=True)
    return Act(words=words, href="/quiz")


def _log_act(words: str, address: str, log: str) -> Act:
    return Act(words=words, href=address, posts=True, fields=(("log", log), ("to", "today")))


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
        case "paused":
            return say("planner.hold.title"), say("planner.hold.closed")
        case "held":
            return say("today.due.held"), say("today.due.held_how")
        case "before":
            return say("today.due.before"), say("today.due.before_how")
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


def _clinic_words(thing: ClinicWaits) -> tuple[str, str, str]:
    """Title, what it means, and the words of its button."""
    match thing.what:
        case "again":
            title = say("today.clinic.again", clinic=thing.clinic)
            return title, say("today.clinic.again_how"), _("Start the short check-in")
        case "first":
            return say("today.clinic.first", clinic=thing.clinic), say("today.clinic.first_how"), _("Start a check-in")
        case "share":
            title = say("today.clinic.share", clinic=thing.clinic)
            return title, say("today.clinic.share_how"), _("See what would be shared")
        case "plan":
            return say("today.clinic.plan", clinic=thing.clinic), say("today.clinic.sent_how"), _("See the plan")
        case "pages":
            return say("today.clinic.pages", clinic=thing.clinic), say("today.clinic.sent_how"), _("See it")
    assert_never(thing.what)
