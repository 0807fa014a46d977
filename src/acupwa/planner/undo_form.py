"""The button that takes the last step back, and why it or another one did nothing. Pure."""

from __future__ import annotations

from acupwa.planner.session_form import TO
from acupwa.sentences import say
from acupwa.web.declared import Declared
from acupwa.web.forms import FieldError

# `step` names the newest step as the page knew it (`undo.mark_of`).
UNDO_FIELDS: Declared = {"step": 40, **TO}


def not_undone(reason: str) -> FieldError:
    words = {
        "too-late": say("planner.faults.undo_too_late"),
        "nothing": say("planner.faults.undo_nothing"),
    }
    return FieldError("step", words.get(reason, say("planner.faults.undo_another")))


def not_replanned(reason: str) -> FieldError:
    """`reason` is one of `NotStaged`, or that no day is left."""
    words = {
        "paused": say("planner.faults.not_running"),
        "ended": say("planner.faults.not_running"),
        "not-missed": say("planner.faults.not_owed"),
        "no-money": say("planner.stage_faults.no_money"),
    }
    return FieldError("session", words.get(reason, say("planner.faults.no_day_left")))
