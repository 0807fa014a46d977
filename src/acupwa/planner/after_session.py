"""How a session was, and what came up after it: what a person is asked, and what becomes of it. Pure.

The rule: docs/rules.md, "After a session".
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from acupwa.library.model import Library, PauseReason, RedFlag
from acupwa.planner.log import SessionNote
from acupwa.planner.model import Felt, PlannedSession, SavedPlan, Step
from acupwa.quiz.groups import signs_in
from acupwa.quiz.rules import AFTER_NEEDLES
from acupwa.quiz.told_signs import ToldSigns

FELT: tuple[Felt, ...] = ("good", "all-right", "bad")


class AfterSession(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a session that they went to, by ids. `group`: danger signs after needles, and not which."""

    felt: Felt | None = None
    red_flags: tuple[str, ...] = ()
    group: bool = False
    pauses: tuple[str, ...] = ()
    side_effects: tuple[str, ...] = ()
    none: bool = False

    @property
    def danger(self) -> bool:
        return bool(self.red_flags) or self.group

    @property
    def ticked(self) -> bool:
        return self.danger or bool(self.pauses or self.side_effects)


def signs_asked(library: Library) -> tuple[RedFlag, ...]:
    """The danger signs after needles, the most urgent first as the content has them."""
    return signs_in(AFTER_NEEDLES, library)


def pauses_asked(library: Library) -> tuple[PauseReason, ...]:
    return tuple(one for one in library.guidance.pauses if one.in_log)


def note_after(said: AfterSession, session: PlannedSession) -> SessionNote:
    """What the plan keeps of it. Who says only how it felt was not asked what followed, unless they said that before."""
    return SessionNote(
        log="went", felt=said.felt, followed=said.side_effects, told=said.ticked or said.none or session.told
    )


def pause_after(said: AfterSession, note: SessionNote, before: SessionNote, plan: SavedPlan) -> str:
    """The reason for which the course waits from now on; empty when none is new. A course that ended does not wait.

    The same said again of the same session, as by a second press, is not new.
    """
    reason = said.pauses[0] if said.pauses else ""
    again = note == before and plan.pause is not None and plan.pause.reasons == said.pauses
    return "" if again or plan.ended_at else reason


def with_also(step: Step, said: AfterSession) -> Step:
    """With all reasons that were ticked, where the course waits by this step."""
    return replace(step, pause=replace(step.pause, also=said.pauses[1:])) if step.pause else step


def told_signs(said: AfterSession, library: Library) -> ToldSigns:
    """What of it belongs into a check-in."""
    precautions = (one.precaution for one in pauses_asked(library) if one.id in said.pauses)
    return ToldSigns(
        red_flags=said.red_flags,
        groups=(AFTER_NEEDLES,) if said.group else (),
        precautions=tuple(one for one in precautions if one),
    )
