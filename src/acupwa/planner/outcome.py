"""What has just happened to a plan, said once on the page that one is led to. Pure."""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec

from acupwa.planner.history import last_step
from acupwa.planner.model import SavedPlan, Step
from acupwa.sentences import say
from acupwa.wording import weekday_date_words


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """`title` goes after that of the page. `undo` is the number of a session whose log can be taken back here.

    `tone` is that of a notice: calm when something was done.
    """

    title: str
    words: str
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


def outcome_of(done: str, session: str, plan: SavedPlan | None) -> Outcome | None:
    """`done` and `session` are those of the address (`session_form.way_on`); None when they say nothing that is so."""
    found = next((one for one in plan.standing if str(one.number) == session), None) if plan else None
    if done == "deleted" and plan is None:
        return Outcome(title=say("planner.done.deleted"), words=say("planner.done.deleted_words"))
    if done == "saved" and plan:
        return Outcome(title=say("planner.done.saved"), words=say("planner.done.saved_words"))
    if done == "changed" and plan:
        return Outcome(title=say("planner.done.changed"), words=say("planner.done.changed_words"))
    if plan and (last := last_step(plan)) and (staged := _staged(done, last, plan)):
        return staged
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
    if done == "undo" and found.log is None:
        return Outcome(title=say("planner.done.undone"), words=say("planner.done.undone_words", number=found.number))
    return None


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
