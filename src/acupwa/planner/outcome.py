"""What has just happened to a plan, said once on the page that one is led to. Pure."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal, TypeVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.as_seen import session_mark
from acupwa.planner.history import last_step, steps_of
from acupwa.planner.model import PlannedSession, SavedPlan, Step
from acupwa.planner.on_hold import Cause, causes_of, causes_told
from acupwa.planner.stages import is_owed
from acupwa.planner.story import story_of
from acupwa.planner.undo import mark_of
from acupwa.sentences import say
from acupwa.wording import weekday_date_words


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`title` goes after that of the page. `undo` is the number of a session whose log can be taken back here, and `seen`
    marks that session (`as_seen`); `step` is the mark of any other step that can. `replan` is the number of a session that was missed and can be planned again.

    `why` says more of it, line by line. `tone` is that of a notice: calm when something was done.
    """

    title: str
    words: str
    why: tuple[str, ...] = ()
    undo: int | None = None
    seen: str = ""
    step: str = ""
    replan: int | None = None
    tone: Literal["calm", "info"] = "calm"


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A page that can begin with what has just happened. Its heading is `title`, or `heading` where the title says more."""

    title: str
    heading: str = ""
    done: Outcome | None = None


P = TypeVar("P", bound=Told)


def told(page: P, outcome: Outcome | None) -> P:
    """The page with it, said in the title too."""
    if outcome is None:
        return page
    title = f"{page.title} – {outcome.title}"
    return msgspec.structs.replace(page, title=title, heading=page.title, done=outcome)


def outcome_of(
    done: str,
    session: str,
    plan: SavedPlan | None,
    library: Library | None = None,
    since: Collection[str] = (),
) -> Outcome | None:
    """`done` and `session` are those of the address (`session_form.way_on`); None when they say nothing that is so.

    Why needles wait is told by the `library`; after the end of a course, of the precautions told `since` (`safety.told_since`).
    """
    if plan is None:
        deleted = Outcome(title=say("planner.done.deleted"), words=say("planner.done.deleted_words"))
        return deleted if done == "deleted" else None
    if done == "saved":
        return Outcome(title=say("planner.done.saved"), words=say("planner.done.saved_words"))
    if done == "changed":
        step = mark_of(plan) if steps_of(plan)[-1].kind == "changed" else ""
        return Outcome(title=say("planner.done.changed"), words=say("planner.done.changed_words"), step=step)
    if done in ("paused", "resumed", "days-off", "undone"):
        return _of_step(done, plan)
    if (last := last_step(plan)) and (staged := _staged(done, last, plan)):
        return msgspec.structs.replace(staged, step=mark_of(plan))
    found = next((one for one in plan.standing if str(one.number) == session), None)
    if not found:
        return None
    of_telling = done in ("told", "waits")
    causes = _causes(plan, library, since) if library else ()
    outcome = _of_telling(done, found, plan, causes) if of_telling else _of_session(done, found, plan)
    return _with_what_fell_away(_as_seen(outcome, plan), found, plan)


def _as_seen(outcome: Outcome | None, plan: SavedPlan) -> Outcome | None:
    if outcome is None or outcome.undo is None:
        return outcome
    return msgspec.structs.replace(outcome, seen=session_mark(plan, outcome.undo))


def _causes(plan: SavedPlan, library: Library, since: Collection[str]) -> tuple[Cause, ...]:
    """Why needles wait."""
    if plan.ended_at:
        return causes_told(since, library)
    return causes_of(plan.pause, library) if plan.pause else ()


def _of_telling(done: str, session: PlannedSession, plan: SavedPlan, causes: tuple[Cause, ...]) -> Outcome | None:
    number = session.number
    if done == "waits":
        if plan.ended_at:
            return _to_go_through(session, causes)
        return _waits(session, causes) if causes else None
    if session.log != "went":
        return None
    words = say("planner.done.told_words", number=number)
    return Outcome(title=say("planner.done.logged"), words=words, undo=number)


def _to_go_through(session: PlannedSession, causes: tuple[Cause, ...]) -> Outcome:
    """What was told does not hold up a course that has ended; it does, new sessions."""
    words, why = say("planner.done.to_go_through_words", number=session.number), _cause_words(causes)
    return Outcome(title=say("planner.done.logged"), words=words, why=why, undo=session.number, tone="info")


def _waits(session: PlannedSession, causes: tuple[Cause, ...]) -> Outcome:
    words, why = say("planner.done.waits_words", number=session.number), _cause_words(causes)
    return Outcome(title=say("planner.hold.title"), words=words, why=why, undo=session.number, tone="info")


def _cause_words(causes: tuple[Cause, ...]) -> tuple[str, ...]:
    """What the course waits for, what to do, and why as the evidence has it."""
    return tuple(say("planner.done.waits_why", name=one.name, says=one.says, why=one.why).strip() for one in causes)


def _of_session(done: str, session: PlannedSession, plan: SavedPlan) -> Outcome | None:
    number, newest = session.number, steps_of(plan)[-1]
    step = mark_of(plan) if (newest.kind, newest.number) == (done, number) else ""
    if done == "moved":
        words = say("planner.done.moved_words", number=number, day=weekday_date_words(session.day))
        return Outcome(title=say("planner.done.moved"), words=words, why=_tell_them(), step=step)
    if done == "replanned" and step:
        words = say("planner.done.replanned_words", number=number, day=weekday_date_words(newest.laid[0].day))
        return Outcome(title=say("planner.done.replanned"), words=words, why=_tell_them(), step=step)
    if done == "went" and session.log == "went":
        words = say("planner.done.went_words", number=number)
        return Outcome(title=say("planner.done.logged"), words=words, undo=number)
    if done == "missed" and session.log == "missed":
        words = say("planner.done.missed_words", number=number)
        owed = number if is_owed(plan, number) and not plan.pause and not plan.ended_at else None
        return Outcome(title=say("planner.done.logged"), words=words, undo=number, replan=owed)
    if done == "undo" and session.log is None:
        return Outcome(title=say("planner.done.undone"), words=say("planner.done.undone_words", number=number))
    return None


def _with_what_fell_away(outcome: Outcome | None, session: PlannedSession, plan: SavedPlan) -> Outcome | None:
    """A missed session that counts after all lets the one go that was planned in its place."""
    newest = steps_of(plan)[-1]
    if not outcome or (newest.kind, newest.number) != ("logged", session.number) or newest.pause or not newest.dropped:
        return outcome
    return msgspec.structs.replace(outcome, why=(*outcome.why, say("planner.done.counts_again")))


def _of_step(done: str, plan: SavedPlan) -> Outcome | None:
    """Of the newest step, if that is what it was."""
    newest, step = steps_of(plan)[-1], mark_of(plan)
    if newest.kind != done:
        return None
    if done == "undone":
        what = story_of(plan, ())[-1].words
        return Outcome(title=say("planner.done.undone"), words=say("planner.done.step_undone", what=what))
    if done == "paused":
        words = say("planner.done.paused_words")
        return Outcome(title=say("planner.done.paused"), words=words, why=_tell_them(), step=step)
    if done == "resumed":
        day = weekday_date_words(newest.laid[0].day) if newest.laid else ""
        words = say("planner.done.resumed_words", n=len(newest.laid), day=day)
        if not newest.laid:
            words = say("planner.done.resumed_none")
        return Outcome(title=say("planner.done.resumed"), words=words, why=_tell_them(), step=step)
    moved = story_of(plan, ())[-1].moved
    words = say("planner.done.days_off_words", n=moved) if moved else say("planner.done.days_off_none")
    return Outcome(title=say("planner.done.days_off"), words=words, why=_tell_them() if moved else (), step=step)


def _tell_them() -> tuple[str, ...]:
    """Someone who moved a session here may think that they have told the clinic."""
    return (say("planner.done.tell_them"),)


def _staged(done: str, last: Step, plan: SavedPlan) -> Outcome | None:
    """Of what was decided after the course; only of the last step."""
    match done, last.kind, last.ended_as:
        case "extended", "extended", _:
            words = say("planner.stage_done.extended_words", number=plan.standing[-1].number)
            return Outcome(title=say("planner.stage_done.extended"), words=words)
        case "finished", "finished", "finished":
            return Outcome(title=say("planner.stage_done.finished"), words=say("planner.stage_done.finished_words"))
        case "stopped", "finished", "stopped":
            return Outcome(title=say("planner.stage_done.stopped"), words=say("planner.stage_done.stopped_words"))
        case "tapered", "tapered", _:
            return Outcome(title=say("planner.stage_done.tapered"), words=say("planner.stage_done.tapered_words"))
        case "restarted", "restarted", _:
            words = say("planner.stage_done.restarted_words", day=weekday_date_words(last.laid[0].day))
            return Outcome(title=say("planner.stage_done.restarted"), words=words)
    return None
