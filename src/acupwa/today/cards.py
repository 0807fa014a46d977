"""What Today says of each thing, and what can be done about it at once. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from typing import assert_never

from acupwa.library.model import Library
from acupwa.planner.gate import advice_for, is_sign
from acupwa.planner.model import PlannedSession
from acupwa.planner.words import reason_words
from acupwa.quiz.reason import Reason
from acupwa.reading import reasons
from acupwa.sentences import say
from acupwa.today.card import Act, Card, check_in_again
from acupwa.today.danger_card import danger_card
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
from acupwa.today.plan_cards import due, going_on, soon, talk, to_log, to_tell
from acupwa.wording import gettext as _
from acupwa.wording import time_words, weekday_date_words

SHOWN = "shown"


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


def clinic(thing: ClinicWaits) -> Card:
    title, how, act = _clinic_words(thing)
    if thing.what != "again":
        return Card(title=title, href=thing.href, lines=(how,), acts=(Act(words=act, href=thing.href),))
    stop = Act(words=_("Do not ask me again"), href=f"{thing.href}/stop")
    begin = Act(words=act, href=f"{thing.href}/open", posts=True)
    return Card(title=title, href="/me", lines=(how,), acts=(begin, stop))


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
