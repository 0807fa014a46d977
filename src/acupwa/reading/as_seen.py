"""A line of the list as a page showed it, and a press on it that waited on a phone. The rule: docs/rules.md, "Pressed with no network".

Pure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from acupwa.library.model import Library
from acupwa.person.as_seen import Weighed, mark_of, weigh
from acupwa.quiz.model import Answers
from acupwa.reading.list_marks import apply_action, arrange
from acupwa.reading.model import Action, ListState
from acupwa.web.queued_press import ANY
from acupwa.wording import gettext as _
from acupwa.wording import list_words

# They go by the lines around: pressed again they do more.
_MOVES: tuple[Action, ...] = ("up", "down")


def line_mark(state: ListState, slug: str) -> str:
    return mark_of(slug, state.read.get(slug), slug in state.hidden, slug in state.pinned)


def weigh_action(state: ListState, action: Action, slug: str, seen: Collection[str], library: Library) -> Weighed:
    """A page that is the same for everyone shows no marks: what is pressed there adds to those that there are."""
    if ANY in seen:
        return "do"
    now = line_mark(state, slug)
    return weigh(
        now=now, seen=seen, is_so=action not in _MOVES and now == line_mark(_after(state, action, slug, library), slug)
    )


def changed_line(state: ListState, action: Action, slug: str, library: Library) -> str:
    title, marks = library.pages[slug].head.title, list_words(list(_marks(state, slug))) or _("not marked")
    says = _("“{title}” was changed somewhere else, so we changed nothing. It is now: {now}. You chose: {wanted}.")
    return says.format(title=title, now=marks, wanted=_button(action))


def _after(state: ListState, action: Action, slug: str, library: Library) -> ListState:
    arranged = arrange(Answers(), library, state)
    return apply_action(state, action, slug, arranged, library, state.read_on.get(slug, date.min))


def _marks(state: ListState, slug: str) -> Iterator[str]:
    if slug in state.read:
        yield _("marked as read")
    if slug in state.hidden:
        yield _("hidden")
    if slug in state.pinned:
        yield _("at the top")


def _button(action: Action) -> str:
    words: dict[Action, str] = {
        "read": _("Mark as read"),
        "unread": _("Mark as unread"),
        "hide": _("Hide"),
        "show": _("Show again"),
        "pin": _("Pin to the top"),
        "unpin": _("Unpin"),
        "up": _("Move up"),
        "down": _("Move down"),
    }
    return words[action]
