"""A plan out of its steps. The rule: docs/rules.md, "A plan that is lived". Pure.

A step says what it came to, so nothing is worked out anew here: neither the rules of today nor the clock change what
was. Only two things look at the whole past: the sequence of a session, which tells a calendar what is newer, and when
one began with nothing noted of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from acupwa.planner.model import AskedPlan, Laid, Part, Pause, PlannedSession, SavedPlan, Step, StepKind

replace = msgspec.structs.replace
# Of a plan with more steps than this, or more days off in them, the older half is kept as what it came to.
MOST_STEPS = 200
MOST_DAYS_OFF = 10_000
# After these the course runs (again).
_RUNNING: tuple[StepKind, ...] = ("changed", "resumed", "extended", "tapered", "restarted")


def new_plan(id: UUID, step: Step) -> SavedPlan:
    """Of its first step, `made`."""
    return _begun(id, step)


def with_step(plan: SavedPlan, step: Step) -> SavedPlan:
    """The plan after one more step. `undone` takes back the last one that stands; raises IndexError when there is none
    but the first.
    """
    steps = _shortened((*steps_of(plan), step), plan)
    after = _folded(plan.id, standing_steps(steps)) if step.kind == "undone" else _after(plan, step)
    done = _succeeding(plan, after, step.at)
    return replace(done, steps=steps, created_at=plan.created_at, updated_at=step.at)


def stepped(plan: SavedPlan, step: Step) -> SavedPlan:
    """The plan after it; the plan itself where the step comes to nothing, as the second of two presses does."""
    after = with_step(plan, step)
    same = replace(after, steps=plan.steps, updated_at=plan.updated_at) == plan
    return plan if same and step.kind != "undone" else after


def replayed(plan: SavedPlan) -> Iterator[SavedPlan]:
    """What the steps of the plan make of it, one after the other."""
    steps = steps_of(plan)
    made = replace(_begun(plan.id, steps[0]), created_at=plan.created_at)
    yield made
    for step in steps[1:]:
        made = with_step(made, step)
        yield made


def steps_of(plan: SavedPlan) -> tuple[Step, ...]:
    """Of a plan that is older than its steps: one that carries it over as it stood."""
    if plan.steps:
        return plan.steps
    carried = Step(
        kind="carried",
        at=plan.created_at,
        asked=_asked(plan),
        content_version=plan.content_version,
        language=plan.language,
        sessions=plan.sessions,
        part=plan.part,
        pause=plan.pause,
        ended_at=plan.ended_at,
    )
    return (carried,)


def standing_steps(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Those that were not undone. Raises IndexError where one undoes the first."""
    kept: list[Step] = []
    for step in steps:
        if step.kind != "undone":
            kept.append(step)
        elif len(kept) > 1:
            kept.pop()
        else:
            raise IndexError("the first step of a plan is never undone")
    return tuple(kept)


def last_step(plan: SavedPlan) -> Step | None:
    """The one that can be undone next; None when there is only the first."""
    kept = standing_steps(steps_of(plan))
    return kept[-1] if len(kept) > 1 else None


def last_pause(plan: SavedPlan) -> Pause | None:
    """The newest that was not undone, also when the course went on since, or ended."""
    return next((step.pause for step in reversed(standing_steps(steps_of(plan))) if step.pause), None)


def starts_at(session: PlannedSession, plan: SavedPlan) -> datetime:
    """In UTC."""
    return session.local.replace(tzinfo=ZoneInfo(plan.request.time_zone)).astimezone(UTC)


def laid_at(session: PlannedSession) -> Laid:
    """The place of a session as a step keeps it."""
    return Laid(
        number=session.number,
        day=session.day,
        time=session.time,
        minutes=session.minutes,
        phase=session.phase,
        moved=session.moved,
    )


def _folded(id: UUID, steps: Sequence[Step]) -> SavedPlan:
    plan = _begun(id, steps[0])
    for step in steps[1:]:
        plan = _succeeding(plan, _after(plan, step), step.at)
    return plan


def _begun(id: UUID, step: Step) -> SavedPlan:
    if step.asked is None:
        raise ValueError("the first step of a plan says what was asked for")
    return SavedPlan(
        id=id,
        request=step.asked.request,
        sessions=step.sessions or tuple(map(_placed, step.laid)),
        own_days_off=step.asked.own_days_off,
        country=step.asked.country,
        content_version=step.content_version,
        language=step.language,
        created_at=step.at,
        updated_at=step.at,
        part=step.part or Part(),
        pause=step.pause,
        ended_at=step.ended_at,
        steps=(step,),
    )


def _after(plan: SavedPlan, step: Step) -> SavedPlan:
    """As the step leaves it; sequences are not looked at."""
    sessions = {one.number: one for one in plan.sessions}
    for laid in step.laid:
        sessions[laid.number] = _placed(laid, sessions.get(laid.number))
    for number in step.dropped:
        sessions[number] = replace(sessions[number], cancelled=True)
    if step.kind == "logged" and step.number is not None:
        sessions[step.number] = _noted(sessions[step.number], step)
    running = step.kind in _RUNNING
    return replace(
        plan,
        sessions=_in_order(sessions.values()),
        part=step.part or plan.part,
        pause=None if running or step.kind == "finished" else step.pause or plan.pause,
        ended_at=step.at if step.kind == "finished" else None if running else plan.ended_at,
        updated_at=step.at,
        **_asked_fields(step),
    )


def _asked_fields(step: Step) -> dict[str, Any]:
    if step.asked is None:
        return {}
    asked = step.asked
    fields = {"request": asked.request, "own_days_off": asked.own_days_off, "country": asked.country}
    words = {"content_version": step.content_version, "language": step.language} if step.content_version else {}
    return fields | words


def _placed(laid: Laid, before: PlannedSession | None = None) -> PlannedSession:
    """A session that was noted keeps its note."""
    kept = before or PlannedSession(
        number=laid.number, day=laid.day, time=laid.time, minutes=laid.minutes, phase=laid.phase
    )
    return replace(
        kept, day=laid.day, time=laid.time, minutes=laid.minutes, phase=laid.phase, moved=laid.moved, cancelled=False
    )


def _noted(session: PlannedSession, step: Step) -> PlannedSession:
    return replace(
        session,
        log=step.log,
        logged_at=step.at if step.log else None,
        felt=step.felt,
        followed=step.followed,
        told=step.told,
    )


def _succeeding(before: SavedPlan, after: SavedPlan, at: datetime) -> SavedPlan:
    """`after`, coming after `before` in the eyes of a calendar: whatever it showed is shown newer, or cancelled."""
    now_there = {one.number for one in after.sessions}
    gone = (replace(one, cancelled=True) for one in before.sessions if one.number not in now_there)
    old = {one.number: one for one in before.sessions}
    same_zone = before.request.time_zone == after.request.time_zone
    sessions = (
        _newer(one, old[one.number], before, at, same_zone) if one.number in old else one
        for one in (*after.sessions, *gone)
    )
    return replace(after, sessions=_in_order(sessions))


def _newer(
    new: PlannedSession, old: PlannedSession, before: SavedPlan, at: datetime, same_zone: bool
) -> PlannedSession:
    both_gone = new.cancelled and old.cancelled
    stays = both_gone or ((new.day, new.time, new.cancelled) == (old.day, old.time, old.cancelled) and same_zone)
    changed = not stays or (new.minutes != old.minutes and not both_gone)
    began = starts_at(old, before)
    left = not stays and not old.cancelled and old.log is None and began <= at
    return replace(new, sequence=old.sequence + changed, left_open=began if left else old.left_open)


def _in_order(sessions: Iterable[PlannedSession]) -> tuple[PlannedSession, ...]:
    """Those that stand first."""
    return tuple(sorted(sessions, key=lambda one: (one.cancelled, one.number)))


def _asked(plan: SavedPlan) -> AskedPlan:
    return AskedPlan(request=plan.request, own_days_off=plan.own_days_off, country=plan.country)


def _shortened(steps: tuple[Step, ...], plan: SavedPlan) -> tuple[Step, ...]:
    """With too many, the older half is carried over as it stood; what can be undone among the others stays."""
    days_off = sum(len(step.asked.request.days_off) for step in steps if step.asked)
    if len(steps) <= MOST_STEPS and days_off <= MOST_DAYS_OFF:
        return steps
    cut = next((at for at in range(len(steps) // 2, len(steps)) if _undoes_no_other(steps[at:])), len(steps))
    *_, older = replayed(replace(plan, steps=steps[:cut]))
    (carried,) = steps_of(replace(older, steps=()))
    ended = (one.ended_as for one in reversed(standing_steps(steps[:cut])) if one.ended_as)
    return (replace(carried, ended_as=next(ended, None) if older.ended_at else None), *steps[cut:])


def _undoes_no_other(steps: Sequence[Step]) -> bool:
    """Whether each step that is undone among these is one of them."""
    depth = 0
    for step in steps:
        depth += -1 if step.kind == "undone" else 1
        if depth < 0:
            return False
    return True
