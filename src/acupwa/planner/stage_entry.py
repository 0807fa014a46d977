"""What stands against laying new sessions now, and what to do about it. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from acupwa.library.model import Library
from acupwa.planner.closed_gate import ClosedGate, closed_to
from acupwa.planner.gate import Gate, gate
from acupwa.planner.plan import PlannerState
from acupwa.planner.safety import complete_answers, to_confirm


class Barred(msgspec.Struct, frozen=True, kw_only=True):
    """`closed`: why, by the answers. Else what to do first: a whole `check-in`, or to `confirm` what was answered."""

    first: Literal["check-in", "confirm"] = "check-in"
    closed: ClosedGate | None = None


def entry_for_stages(state: PlannerState, library: Library, now: datetime) -> Gate | Barred:
    """The gate, open, or what bars it. Without a finished check-in there is none to go by."""
    if state.check_in is None:
        return Barred()
    entry = gate(complete_answers(state.check_in.answers, library), library)
    if not entry.open:
        return Barred(closed=closed_to(state.check_ins, entry.because, library))
    return Barred(first="confirm") if to_confirm(state, now) else entry
