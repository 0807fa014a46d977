"""The page of reminders: what they say, what of, when not, and how they come to this phone. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.reminders.model import Choices, Kind, Reminders
from acupwa.reminders.notices import notices
from acupwa.sentences import say
from acupwa.web.forms import FieldError, FormData
from acupwa.wording import gettext as _


class Tick(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to be reminded of, and the very words that a phone shows then."""

    kind: Kind
    words: str
    shows: str


class RemindersPage(msgspec.Struct, frozen=True, kw_only=True):
    """`known` is False for a browser of which nothing is held. `on` when some phone gets reminders, `wanted` also when the
    last one that did was lost, `here` when this browser is one that does. `sends` is False where this server sends none.

    `key` is the public key by which a browser takes what we send. `chosen`, `quiet_from` and `quiet_to` stand in the form.
    """

    template: ClassVar[str] = "reminders/reminders.html"
    title: str
    ticks: tuple[Tick, ...]
    instead: str
    known: bool = False
    sends: bool = True
    on: bool = False
    wanted: bool = False
    here: bool = False
    key: str = ""
    done: str = ""
    chosen: tuple[str, ...] = ()
    quiet_from: str = ""
    quiet_to: str = ""
    errors: tuple[FieldError, ...] = ()


def reminders_page(found: Reminders | None, *, sends: bool = True, done: str = "") -> RemindersPage:
    """`found` is None for nobody; `done` is that of the address: what a button has just done."""
    said = notices()
    words: dict[Kind, str] = {
        "day-before": _("The day before a session"),
        "hour-before": _("An hour before a session"),
        "check-in": _("When a check-in is due"),
        "sent": _("When your clinic sends you something"),
    }
    page = RemindersPage(
        title=_("Reminders"),
        ticks=tuple(Tick(kind=kind, words=label, shows=said[kind]) for kind, label in words.items()),
        instead=said["notice"],
    )
    if found is None:
        return page
    begins, ends = _quiet_words(found.choices)
    return msgspec.structs.replace(
        page,
        known=True,
        sends=sends and found.key is not None,
        on=found.on,
        wanted=found.wanted,
        here=found.here,
        key=found.key or "",
        done=_done_words(done, found),
        chosen=found.choices.kinds,
        quiet_from=begins,
        quiet_to=ends,
    )


def with_errors(page: RemindersPage, form: FormData, errors: tuple[FieldError, ...]) -> RemindersPage:
    """The page with what was ticked and typed, and what to do about it."""
    return msgspec.structs.replace(
        page,
        done="",
        chosen=form.many("kinds"),
        quiet_from=form.one("quiet_from"),
        quiet_to=form.one("quiet_to"),
        errors=errors,
    )


def _quiet_words(choices: Choices) -> tuple[str, str]:
    """As a field for a time takes them."""
    if choices.quiet is None:
        return "", ""
    return f"{choices.quiet.begins:%H:%M}", f"{choices.quiet.ends:%H:%M}"


def _done_words(done: str, found: Reminders) -> str:
    """Only what is so is said, whatever the address says."""
    words = {} if found.here else {"stopped": say("reminders.done.stopped")}
    if found.wanted:
        words |= {"kept": say("reminders.done.kept")}
    if found.on:
        words |= {
            "subscribed": say("reminders.done.subscribed"),
            "tested": say("reminders.done.tested"),
            "untested": say("reminders.done.untested"),
        }
    else:
        words |= {"ended": say("reminders.done.ended")}
    return words.get(done, "")
