"""The page Today, and what a newcomer gets in its place. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.log import next_session
from acupwa.planner.outcome import outcome_of
from acupwa.planner.strip import Strip, strip_of
from acupwa.quiz.minutes import about_words
from acupwa.sentences import say
from acupwa.today.card import Card
from acupwa.today.cards import ahead_words, card_of
from acupwa.today.going import Going, going_of
from acupwa.today.model import (
    CheckInDue,
    DangerStands,
    KnownPerson,
    Newcomer,
    NoPlan,
    NothingDue,
    ReadNext,
    SessionSoon,
    Tab,
    Thing,
)
from acupwa.today.next_thing import to_read, waiting_things
from acupwa.wording import gettext as _
from acupwa.wording import weekday_date_words
from acupwa.zones import day_in

HELPED = "noted"
_TWO = 2


class ReadingLink(msgspec.Struct, frozen=True):
    href: str
    title: str


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What has just happened. `undo` is the number of a session whose log can be taken back, which `seen` marks, `step` the
    mark of any other step, `replan` the number of one that was missed and can be planned again.
    """

    title: str
    words: str
    undo: int | None = None
    seen: str = ""
    step: str = ""
    replan: int | None = None


class NewcomerPage(msgspec.Struct, frozen=True, kw_only=True):
    """`waiting`: nothing waits for somebody of whom nothing is known."""

    template: ClassVar[str] = "today/newcomer.html"
    title: str
    minutes: str
    waiting: tuple[Tab, ...] = ()


class TodayPage(msgspec.Struct, frozen=True, kw_only=True):
    """`next` is the one next thing, `also` what else waits. `waiting` are the tabs on which something does.

    With a danger sign the rest stays away, but for what waits. `ahead` is when the next session is, where nothing above
    says it and the plan is not on hold.
    """

    template: ClassVar[str] = "today/today.html"
    title: str
    day: str
    next: Card
    also: tuple[Card, ...]
    waiting: tuple[Tab, ...]
    done: Done | None = None
    strip: Strip | None = None
    ahead: str = ""
    going: Going | None = None
    reading: tuple[ReadingLink, ...] = ()


def newcomer_page(library: Library) -> NewcomerPage:
    return NewcomerPage(title=say("today.newcomer.title"), minutes=about_words("full", library))


def today_page(person: KnownPerson, library: Library, *, done: str = "", session: str = "") -> TodayPage | NewcomerPage:
    """`done` and `session` are those of the address: what a button has just done."""
    first, *others = waiting_things(person, library)
    if isinstance(first, Newcomer):
        return newcomer_page(library)
    happened = _done(done, session, first, person)
    title, in_danger = _("Today"), isinstance(first, DangerStands)
    return TodayPage(
        title=f"{title} – {happened.title}" if happened else title,
        day=weekday_date_words(person.now.date()),
        next=card_of(first, person, library),
        also=tuple(card_of(one, person, library) for one in others if not isinstance(one, _AT_LEISURE)),
        waiting=tuple(dict.fromkeys(one.tab for one in (first, *others) if one.tab)),
        done=happened,
        strip=None if in_danger or person.plan is None else strip_of(person.plan, person.now, library),
        ahead="" if in_danger else _ahead((first, *others), person),
        going=None if in_danger else going_of(person.check_ins, library),
        reading=() if in_danger else _reading(first, person, library),
    )


_AT_LEISURE = (NoPlan, ReadNext, NothingDue, Newcomer)


def _ahead(things: tuple[Thing, ...], person: KnownPerson) -> str:
    plan = person.plan
    if plan and plan.pause:
        return say("planner.hold.since", day=weekday_date_words(day_in(plan.request.time_zone, plan.pause.since)))
    for one in things:
        if isinstance(one, SessionSoon | NothingDue) or (isinstance(one, CheckInDue) and one.why == "closed"):
            return ""
    session = next_session(plan, person.now) if plan else None
    return ahead_words(session) if session else ""


def _done(done: str, session: str, first: Thing, person: KnownPerson) -> Done | None:
    """Only what is so is said, whatever the address says."""
    if done == HELPED:
        so = any(one.had_help_at for one in person.check_ins) and not isinstance(first, DangerStands)
        return Done(title=say("today.done.helped_title"), words=say("today.done.helped")) if so else None
    found = outcome_of(done, session, person.plan)
    return (
        Done(
            title=found.title,
            words=found.words,
            undo=found.undo,
            seen=found.seen,
            step=found.step,
            replan=found.replan,
        )
        if found
        else None
    )


def _reading(first: Thing, person: KnownPerson, library: Library) -> tuple[ReadingLink, ...]:
    """Two pages of their list, beside the one that is the next thing."""
    if person.newest is None:
        return ()
    begin = 1 if isinstance(first, ReadNext) else 0
    slugs = [one.slug for one in to_read(person, library)[begin : begin + _TWO]]
    return tuple(ReadingLink(f"/read/{slug}", library.pages[slug].head.title) for slug in slugs)
