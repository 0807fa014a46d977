"""What each button of the list does to a person's marks, and the list with these marks. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import msgspec

from acupwa.library.model import Library, PageChange, ReadingPage
from acupwa.quiz.model import Answers
from acupwa.reading.model import Action, LastPress, ListState, Press
from acupwa.reading.ranking import ListedPage, rank
from acupwa.wording import gettext as _

replace = msgspec.structs.replace


class ArrangedList(msgspec.Struct, frozen=True, kw_only=True):
    """The list in its three parts.

    `changed` holds the read pages that say something else since they were read, with what changed, the newest first
    (nothing where that is not known). `own_order`: some were moved or pinned.
    """

    to_read: tuple[ListedPage, ...]
    read: tuple[ListedPage, ...]
    hidden: tuple[ListedPage, ...]
    pinned: frozenset[str]
    changed: Mapping[str, tuple[PageChange, ...]]
    own_order: bool


class ReadingList(msgspec.Struct, frozen=True, kw_only=True):
    """The list to show. `from_check_in`: when the check-in behind it was finished; None: general.

    `conditions` are those that its library has pages of. `last` is the press that can be undone. `marks` are those that
    were arranged.
    """

    arranged: ArrangedList
    from_check_in: datetime | None
    conditions: tuple[str, ...] = ()
    last: LastPress | None = None
    marks: ListState = ListState()

    def has_done(self, action: Press, slug: str) -> bool:
        """Whether this press was the newest that changed something."""
        return self.last is not None and (self.last.action, self.last.slug) == (action, slug)


def arrange(answers: Answers, library: Library, state: ListState) -> ArrangedList:
    """The ranked list, with what the person pinned, moved, read and hid."""
    ranked = rank(answers, library)
    ranked += _own_choice([*state.pinned, *state.read], ranked, library)
    hidden, read = frozenset(state.hidden), frozenset(state.read)
    by_slug = {listed.slug: listed for listed in ranked}
    shown = [listed.slug for listed in ranked if listed.slug not in hidden | read]
    pins = [slug for slug in state.pinned if slug in shown]
    rest = in_own_order([slug for slug in shown if slug not in pins], state.order)
    return ArrangedList(
        to_read=tuple(by_slug[slug] for slug in (*pins, *rest)),
        read=tuple(listed for listed in ranked if listed.slug in read - hidden),
        hidden=tuple(listed for listed in ranked if listed.slug in hidden),
        pinned=frozenset(pins),
        changed={
            slug: changes
            for slug, as_read in state.read.items()
            if slug in library.pages
            and (changes := _changes_after(library.pages[slug], as_read, state.read_on.get(slug))) is not None
        },
        own_order=bool(state.order or state.pinned),
    )


def _changes_after(page: ReadingPage, as_read: str, day: date | None) -> tuple[PageChange, ...] | None:
    """What changed on a page since that reading; None for nothing that a reader need know.

    A page whose bytes differ with no entry in its change log had a word mended. Of a reading whose day was not kept
    only the bytes tell, so that one counts as changed.
    """
    if page.hash == as_read:
        return None
    newest_first = sorted(page.head.changes, key=lambda change: change.date, reverse=True)
    if day is None:
        return tuple(newest_first[:1]) if len(newest_first) > 1 else ()
    return tuple(change for change in newest_first if change.date >= day) or None


def _own_choice(chosen: Sequence[str], ranked: Sequence[ListedPage], library: Library) -> tuple[ListedPage, ...]:
    """Pages that the person found in the library, beside those of the ranking."""
    there = {listed.slug for listed in ranked}
    own = [slug for slug in dict.fromkeys(chosen) if slug in library.pages and slug not in there]
    return tuple(ListedPage(slug, (), _("You chose it yourself")) for slug in own)


def in_own_order(ranked: Sequence[str], order: Sequence[str]) -> list[str]:
    """`ranked` as the person ordered it; what is new follows what it follows in the ranking."""
    known = set(ranked)
    result = [slug for slug in order if slug in known]
    for place, slug in enumerate(ranked):
        if slug in result:
            continue
        before = next((one for one in reversed(ranked[:place]) if one in result), None)
        result.insert(0 if before is None else result.index(before) + 1, slug)
    return result


def apply_action(
    state: ListState, action: Action, slug: str, arranged: ArrangedList, library: Library, day: date
) -> ListState:
    """The marks after one press on `day`. Pressing twice does no more than pressing once, but for up and down."""
    match action:
        case "read":
            pinned = _without(state.pinned, slug)
            read = state.read | {slug: library.pages[slug].hash}
            return replace(state, read=read, read_on=state.read_on | {slug: day}, pinned=pinned)
        case "unread":
            read = {one: seen for one, seen in state.read.items() if one != slug}
            return replace(state, read=read, read_on={one: on for one, on in state.read_on.items() if one != slug})
        case "hide":
            return replace(state, hidden=_with(state.hidden, slug), pinned=_without(state.pinned, slug))
        case "show":
            return replace(state, hidden=_without(state.hidden, slug))
        case "pin":
            return replace(state, pinned=_with(state.pinned, slug), hidden=_without(state.hidden, slug))
        case "unpin":
            return replace(state, pinned=_without(state.pinned, slug))
        case "up" | "down":
            return _move(state, slug, -1 if action == "up" else 1, arranged)


def _move(state: ListState, slug: str, step: int, arranged: ArrangedList) -> ListState:
    """One place up or down among its like: pinned pages stay above the others."""
    shown = [listed.slug for listed in arranged.to_read]
    pins = [one for one in shown if one in arranged.pinned]
    rest = [one for one in shown if one not in arranged.pinned]
    if slug in pins:
        return replace(state, pinned=tuple(_swapped(pins, slug, step)))
    if slug in rest:
        return replace(state, order=tuple(_swapped(rest, slug, step)))
    return state


def _swapped(slugs: list[str], slug: str, step: int) -> list[str]:
    place = slugs.index(slug)
    other = place + step
    if 0 <= other < len(slugs):
        slugs[place], slugs[other] = slugs[other], slugs[place]
    return slugs


def _with(slugs: tuple[str, ...], slug: str) -> tuple[str, ...]:
    return slugs if slug in slugs else (*slugs, slug)


def _without(slugs: tuple[str, ...], slug: str) -> tuple[str, ...]:
    return tuple(one for one in slugs if one != slug)
