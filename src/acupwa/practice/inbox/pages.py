"""The inbox and the summary of one share: what stands there, in which order. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

import msgspec

from acupwa.library.model import Advice, Library
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.pages import Nav, nav_of
from acupwa.practice.inbox.rules import ALL, FIRST, NEW, NOTE_LENGTH, SECOND, InboxQuery, address_of, cursor_of
from acupwa.practice.inbox.trends import BesideLine, beside_lines, trends_of_shares
from acupwa.practice.sharing.shares.model import LAST_RED_FLAG, WORSE, Copy, Part, Share, SharedLine
from acupwa.practice.sharing.shares.shared_answers import answers_of
from acupwa.quiz.help_lines import Phone, phones_of
from acupwa.quiz.model import IMPRESSION
from acupwa.quiz.rules import needs_mood_support
from acupwa.quiz.safety import URGENCIES
from acupwa.results.progress import TrendPart
from acupwa.web.forms import FieldError
from acupwa.wording import date_words, ngettext
from acupwa.wording import gettext as _

_SINCE = {"sessions_since", "side_effects", "none_side_effects", "changed_since", "none_changed"}
_WORDS = {"problem_words", "activity_words"}


class InboxLine(msgspec.Struct, frozen=True, kw_only=True):
    """`kind` is red, worse or plain; `why` says it in words."""

    id: str
    name: str
    kind: str
    why: str
    day: str
    seen: bool


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    words: str
    href: str
    chosen: bool


class InboxPage(msgspec.Struct, frozen=True, kw_only=True):
    """`found` are the aliases that a search found; `says` is what to say when there is no line."""

    template: ClassVar[str] = "practice/inbox.html"
    title: str
    nav: Nav
    failures: int
    choices: tuple[Choice, ...]
    typed: str = ""
    found: tuple[str, ...] = ()
    lines: tuple[InboxLine, ...] = ()
    next: str = ""
    says: str = ""
    errors: tuple[FieldError, ...] = ()


class Sign(msgspec.Struct, frozen=True, kw_only=True):
    """`when` is how soon the app told the patient to get help."""

    words: str
    when: str


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    question: str
    answer: str
    note: str = ""


class Before(msgspec.Struct, frozen=True, kw_only=True):
    """What to mind before any needle, by what the content says of it."""

    title: str
    lines: tuple[str, ...]


class Earlier(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    day: str


class SharedPage(msgspec.Struct, frozen=True, kw_only=True):
    """One share on one page: all of it comes from the copies that the patient saw.

    `standing` is the main outcome beside its start. `mood`: a pair of the mood questions adds up to what asks for
    support. `credits` are those of the published questions in it. `beside` are the answers that differ from the last share, `same`
    is how many do not.
    """

    template: ClassVar[str] = "practice/shared.html"
    title: str
    nav: Nav
    id: str
    seen: bool
    answered: str
    until: str
    signs: tuple[Sign, ...]
    main: Answer | None
    changes: tuple[Answer, ...]
    compared: bool
    before: tuple[Before, ...]
    words: tuple[Answer, ...]
    parts: tuple[Part, ...]
    trends: tuple[TrendPart, ...]
    earlier: tuple[Earlier, ...]
    beside: tuple[BesideLine, ...]
    same: int
    standing: str
    note: str
    mood: bool
    credits: tuple[str, ...]
    phones: tuple[Phone, ...]


class NotePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "practice/inbox_note.html"
    title: str
    nav: Nav
    id: str
    name: str
    note: str
    errors: tuple[FieldError, ...] = ()


def inbox_page(
    signed_in: SignedIn, asked: InboxQuery, shares: Sequence[Share], found: Sequence[str], *, more: bool
) -> InboxPage:
    following = msgspec.structs.replace(asked, after=cursor_of(shares[-1])) if more and shares else None
    return InboxPage(
        title=_("Inbox"),
        nav=nav_of(signed_in),
        failures=signed_in.failures,
        choices=_choices(asked),
        found=tuple(one or _("link without a name") for one in found),
        lines=tuple(_line(one) for one in shares),
        next=address_of(following) if following else "",
        says=_nothing(asked),
    )


def search_page(signed_in: SignedIn, typed: str, fault: str) -> InboxPage:
    """The inbox again, with what was typed and what is wrong with it."""
    return InboxPage(
        title=_("Inbox"),
        nav=nav_of(signed_in),
        failures=signed_in.failures,
        choices=_choices(InboxQuery()),
        typed=typed,
        errors=(FieldError("alias", fault),),
    )


def shared_page(signed_in: SignedIn, share: Share, earlier: Sequence[Share], note: str, library: Library) -> SharedPage:
    """`earlier` is what the same person shared before, the newest first."""
    copy = share.copy
    main = copy.main
    trends = trends_of_shares((share, *earlier), library)
    beside = beside_lines(share, earlier[0]) if earlier else ()
    answers = answers_of(copy.lines, library)
    return SharedPage(
        title=name_of(share),
        nav=nav_of(signed_in),
        id=str(share.id),
        seen=share.seen,
        answered=date_words(copy.answered_on),
        until=date_words(share.ends_at),
        signs=signs_of(copy, library),
        main=_answer(main) if main else None,
        changes=tuple(_changes(copy)),
        compared=any(one.change for one in copy.lines),
        before=tuple(_before(copy, library)),
        words=tuple(_answer(one) for one in copy.lines if one.data.fields & _WORDS),
        parts=copy.parts,
        trends=trends,
        earlier=tuple(Earlier(id=str(one.id), day=date_words(one.copy.answered_on)) for one in earlier),
        beside=tuple(one for one in beside if one.before != one.now),
        same=sum(one.before == one.now for one in beside),
        standing=next((one.words for one in trends if one.main), ""),
        note=note,
        mood=needs_mood_support(answers),
        credits=tuple(library.instruments[one].credit for one in answers.instruments),
        phones=phones_of("emergency", None, library),
    )


def note_page(signed_in: SignedIn, share: Share, note: str, *, too_long: bool = False) -> NotePage:
    fault = _("Use 2,000 characters or fewer. You have {n}.").format(n=f"{len(note):,}")
    return NotePage(
        title=_("Note for yourself"),
        nav=nav_of(signed_in),
        id=str(share.id),
        name=name_of(share),
        note=note,
        errors=(FieldError("note", fault),) if too_long else (),
    )


def too_long(note: str) -> bool:
    return len(note) > NOTE_LENGTH


def name_of(share: Share) -> str:
    return share.copy.alias or _("Shared on {day}").format(day=date_words(share.created_at))


def signs_of(copy: Copy, library: Library) -> tuple[Sign, ...]:
    """The strictest first."""
    when = {
        "emergency-now": _("Emergency"),
        "same-day": _("Help the same day"),
        "within-days": _("A doctor within days"),
    }
    # Without an id in the first copies. What is not known counts as the strictest.
    found = [pair for item in copy.lines for pair in zip_longest(item.signs, item.flags[: len(item.signs)])]
    urgency = [
        (words, library.red_flags[id].urgency if id in library.red_flags else URGENCIES[0]) for words, id in found
    ]
    ordered = sorted(dict.fromkeys(urgency), key=lambda one: URGENCIES.index(one[1]))
    return tuple(Sign(words=words, when=when[one]) for words, one in ordered)


def _choices(asked: InboxQuery) -> tuple[Choice, ...]:
    words = {NEW: _("Unseen"), FIRST: _("Danger sign"), SECOND: _("Worse"), ALL: _("All")}
    return tuple(
        Choice(words=one, href=address_of(InboxQuery(show=show, of=asked.of)), chosen=show == asked.show)
        for show, one in words.items()
    )


def _nothing(asked: InboxQuery) -> str:
    if asked.after is not None:
        return _("That was the last one.")
    if asked.of:
        return _("Nothing here from these links. Look under All.") if asked.show != ALL else _("Nothing shared yet.")
    return {
        NEW: _("Nothing new. What patients share by your links comes here."),
        FIRST: _("No danger sign in what is shared with you now."),
        SECOND: _("Nobody’s main outcome got worse in what is shared with you now."),
    }.get(asked.show, _("Nothing here. What patients share by your links comes here."))


def _line(share: Share) -> InboxLine:
    kind, why = "plain", ""
    if share.rank <= LAST_RED_FLAG:
        says = _("Emergency sign: {signs}") if share.rank == 0 else _("Danger sign: {signs}")
        kind, why = "red", says.format(signs="; ".join(share.copy.signs))
    elif share.rank == WORSE:
        kind, why = "worse", _("Main outcome got worse")
    day = date_words(share.created_at)
    return InboxLine(id=str(share.id), name=name_of(share), kind=kind, why=why, day=day, seen=share.seen)


def _answer(item: SharedLine) -> Answer:
    return Answer(question=item.question, answer=" · ".join(item.plain), note=item.change)


def _changes(copy: Copy) -> Iterator[Answer]:
    """Clear changes first, the worse before the better; then what happened since, in the patient's words."""
    for meaning, title in (("worse", _("Worse")), ("better", _("Better"))):
        for item in copy.lines:
            if item.meaning == meaning and not item.main:
                yield Answer(question=item.question, answer=title, note=item.change)
    small = sum(item.meaning in ("a-little-worse", "a-little-better", "about-the-same") for item in copy.lines)
    if small:
        words = ngettext("{n} rating", "{n} ratings", small).format(n=small)
        yield Answer(question=_("Within usual ups and downs"), answer=words)
    for item in copy.lines:
        if item.data.fields & _SINCE or f"{IMPRESSION}.1" in item.data.items:
            yield _answer(item)


def _before(copy: Copy, library: Library) -> Iterator[Before]:
    titles: dict[Advice, str] = {
        "avoid": _("Avoid: no needles with this, or in this place"),
        "ask-first": _("Their doctor or specialist team should agree first"),
        "tell-practitioner": _("Take care: change what you do"),
    }
    told = [one for item in copy.lines for one in item.data.precautions if one in library.precautions]
    for advice, title in titles.items():
        lines = tuple(
            f"{library.precautions[one].question.rstrip('.')}. {library.precautions[one].why}"
            for one in told
            if library.precautions[one].advice == advice
        )
        if lines:
            yield Before(title=title, lines=lines)
