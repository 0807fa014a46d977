"""What has just happened to a plan, said once on the page that one is led to. Pure."""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec

from acupwa.library.model import Library
from acupwa.planner.after_session import pause_of
from acupwa.planner.model import Pause, PlannedSession, SavedPlan
from acupwa.sentences import say
from acupwa.wording import weekday_date_words


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`title` goes after that of the page. `undo` is the number of a session whose log can be taken back here.

    `why` says more of it. `tone` is that of a notice: calm when something was done.
    """

    title: str
    words: str
    why: str = ""
    undo: int | None = None
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


def outcome_of(done: str, session: str, plan: SavedPlan | None, library: Library | None = None) -> Outcome | None:
    """`done` and `session` are those of the address (`session_form.way_on`); None when they say nothing that is so.

    Why the course waits is told by the `library`.
    """
    found = next((one for one in plan.standing if str(one.number) == session), None) if plan else None
    if done == "deleted" and plan is None:
        return Outcome(title=say("planner.done.deleted"), words=say("planner.done.deleted_words"))
    if done == "saved" and plan:
        return Outcome(title=say("planner.done.saved"), words=say("planner.done.saved_words"))
    if done == "changed" and plan:
        return Outcome(title=say("planner.done.changed"), words=say("planner.done.changed_words"))
    if found is None:
        return None
    day = weekday_date_words(found.day)
    if done == "moved":
        words = say("planner.done.moved_words", number=found.number, day=day)
        return Outcome(title=say("planner.done.moved"), words=words)
    if done == "went" and found.log == "went":
        words = say("planner.done.went_words", number=found.number)
        return Outcome(title=say("planner.done.logged"), words=words, undo=found.number)
    if done == "missed" and found.log == "missed":
        words = say("planner.done.missed_words", number=found.number)
        return Outcome(title=say("planner.done.logged"), words=words, undo=found.number)
    if done == "told" and found.log == "went":
        words = say("planner.done.told_words", number=found.number)
        return Outcome(title=say("planner.done.logged"), words=words, undo=found.number)
    if done == "waits" and plan and plan.pause and library:
        return _waits(plan.pause, found, library)
    if done == "undo" and found.log is None:
        return Outcome(title=say("planner.done.undone"), words=say("planner.done.undone_words", number=found.number))
    return None


def _waits(pause: Pause, session: PlannedSession, library: Library) -> Outcome | None:
    """What the course waits for, what to do, and why as the evidence has it."""
    reason = pause_of(pause.reason, library)
    if reason is None:
        return None
    return Outcome(
        title=say("planner.done.waits"),
        words=say("planner.done.waits_words", number=session.number, reason=reason.name, says=reason.says),
        why=library.precautions[reason.precaution].why if reason.precaution else "",
        undo=session.number,
        tone="info",
    )
