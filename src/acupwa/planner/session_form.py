"""The buttons of one session, and where they lead: posted names to what became of it. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from acupwa.planner.model import SessionLog
from acupwa.sentences import say
from acupwa.web.declared import Declared
from acupwa.web.forms import FieldError, FormData

LogChoice = Literal["went", "missed", "undo"]
_CHOICES: dict[str, LogChoice] = {"went": "went", "missed": "missed", "undo": "undo"}
# Where one goes on, by what the form says; without a word to the plan.
TO: Declared = {"to": ("today", "plan")}
LOG_FIELDS: Declared = {"log": tuple(_CHOICES), **TO}


def read_choice(form: FormData) -> LogChoice | FieldError:
    return _CHOICES.get(form.one("log")) or FieldError("log", say("planner.faults.log"))


def log_of(choice: LogChoice) -> SessionLog | None:
    return None if choice == "undo" else choice


def not_yet() -> FieldError:
    return FieldError("log", say("planner.faults.not_yet"))


def way_on(to: str, done: str, number: int | None = None) -> str:
    """The address to go on to, with what has just happened, to session `number` if it was one (`planner.outcome`)."""
    session = "" if number is None else f"&session={number}"
    return f"{'/today' if to == 'today' else '/plan'}?done={done}{session}"


def way_after_log(to: str, choice: LogChoice, number: int) -> str:
    """Whoever went is asked how it was."""
    if choice != "went":
        return way_on(to, choice, number)
    return f"/plan/sessions/{number}?done=went&to={'today' if to == 'today' else 'plan'}"


def after_way_on(to: str, number: int, pauses: Collection[str], *, danger: bool) -> str:
    """After a danger sign Today, which says at once what to do and nothing before it; after a pause the plan."""
    if danger:
        return "/today"
    return way_on("plan", "waits", number) if pauses else way_on(to, "told", number)
