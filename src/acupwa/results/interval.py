"""What a follow-up says of the time since the previous check-in: sessions, what followed them, what else changed. Pure."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.model import Answers
from acupwa.sentences import say


class SideEffect(msgspec.Struct, frozen=True, kw_only=True):
    says: str
    do: str


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """`changes` stand beside every change of a rating: without them it cannot be read."""

    sessions: str
    effects: tuple[SideEffect, ...]
    changes: str
    note: str


def interval_of(answers: Answers, library: Library) -> Interval | None:
    """None when nothing of it was answered."""
    made = Interval(
        sessions=_sessions(answers.sessions_since),
        effects=tuple(
            SideEffect(says=library.side_effects[one].words, do=library.side_effects[one].do)
            for one in answers.side_effects
            if one in library.side_effects
        ),
        changes=_changes(answers, library),
        note=answers.note or "",
    )
    return made if made.sessions or made.effects or made.changes or made.note else None


def _sessions(count: int | None) -> str:
    if count is None:
        return ""
    if count == 0:
        return say("results.interval.no_session")
    return say("results.interval.sessions", n=count)


def changed_names(answers: Answers, library: Library) -> str:
    """What else changed, as a list in words; empty when nothing was named."""
    names = [one.name for one in library.quiz.changes if one.id in answers.changed_since]
    return ", ".join(name[0].lower() + name[1:] for name in names)


def _changes(answers: Answers, library: Library) -> str:
    names = changed_names(answers, library)
    if names:
        return say("results.interval.changes", what=names)
    return say("results.interval.no_changes") if answers.none_changed else ""
