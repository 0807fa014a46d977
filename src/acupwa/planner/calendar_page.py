"""The page of a person's calendar: the file, the secret address, two choices. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

import msgspec

from acupwa.planner.calendar_model import Feed, KeptCalendar
from acupwa.planner.feed import shown_until
from acupwa.planner.outcome import Outcome, Told
from acupwa.sentences import say
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import date_words, time_words
from acupwa.wording import gettext as _
from acupwa.zones import in_zone


class Address(msgspec.Struct, frozen=True):
    """The secret address, shown once: to copy, and as iPhones and Macs open it in their calendar."""

    copied: str
    opened: str


class CalendarPage(Told, frozen=True, kw_only=True):
    """`address` right after it was made, and never again. `on` says of the one that is on since when, `looked` when a
    calendar was last there. `number` is that of the address that would be made next. `cancelled_until` is empty unless
    a deleted plan still shows.
    """

    template: ClassVar[str] = "planner/calendar.html"
    has_plan: bool
    address: Address | None
    on: str
    looked: str
    number: int
    cancelled_until: str
    chosen_title: str
    chosen_alarms: str
    errors: tuple[FieldError, ...] = ()


def calendar_page(kept: KeptCalendar, *, has_plan: bool, now: datetime, zone: str | None) -> CalendarPage:
    """`zone` is that of the person's days."""
    until = shown_until(kept, now)
    return CalendarPage(
        title=_("Your calendar"),
        has_plan=has_plan,
        address=None,
        on=say("planner.calendar.since", day=date_words(in_zone(kept.feed.made_at, zone))) if kept.feed else "",
        looked=_looked(kept.feed, zone) if kept.feed else "",
        number=kept.addresses + 1,
        cancelled_until=date_words(in_zone(until, zone)) if until else "",
        chosen_title=kept.choices.title,
        chosen_alarms=kept.choices.alarms,
    )


def with_address(page: CalendarPage, origin: str, path: str) -> CalendarPage:
    """The page that shows it. `origin` is that of this server, `path` begins with a slash."""
    host = origin.partition("://")[2]
    return msgspec.structs.replace(page, address=Address(f"{origin}{path}", f"webcal://{host}{path}"))


def with_faults(page: CalendarPage, form: FormData, errors: tuple[FieldError, ...]) -> CalendarPage:
    """The page with what was chosen, and what to do about it."""
    return msgspec.structs.replace(
        page, chosen_title=form.one("title"), chosen_alarms=form.one("alarms"), errors=errors
    )


def calendar_outcome(done: str, kept: KeptCalendar) -> Outcome | None:
    """What has just happened; None when `done` says nothing that is so."""
    if done == "chosen":
        return Outcome(title=say("planner.calendar.chosen"), words=say("planner.calendar.chosen_words"))
    if done == "ended" and kept.feed is None:
        return Outcome(title=say("planner.calendar.ended"), words=say("planner.calendar.ended_words"))
    if done == "older":
        return Outcome(title=say("planner.calendar.older"), words=say("planner.calendar.older_words"), tone="info")
    return None


def _looked(feed: Feed, zone: str | None) -> str:
    if feed.fetched_at is None:
        return say("planner.calendar.never_looked")
    here = in_zone(feed.fetched_at, zone)
    return say("planner.calendar.looked", day=date_words(here), time=time_words(here))
