"""What a patient shared: a copy, line by line, of just what they left in."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

import msgspec

from acupwa.practice.links.model import Ended, NamedLink
from acupwa.quiz.model import Answers, CheckIn

# Where a share stands in the inbox: 0 to 2 a danger sign, the strictest urgency first; then the main outcome; the rest.
LAST_RED_FLAG, WORSE, REST = 2, 3, 4


class SharedAnswers(Answers, frozen=True, kw_only=True, forbid_unknown_fields=False, omit_defaults=True):
    """A piece of `Answers`: what one line tells, and no more. Whatever it does not tell is as if never asked.

    Of an instrument it has single items, by their key (`peg.2`); None is "prefer not to say".
    """

    items: dict[str, int | None] = msgspec.field(default_factory=dict)

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields in which it tells something."""
        return frozenset(msgspec.to_builtins(self))


class SharedLine(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: `data` is what it tells; the words are to be read, and nothing is ever decided by them.

    `flags` are the ids of the danger signs in it (of a group the strictest), `signs` their words; `worse` is a main outcome that got worse by the
    change rules. `change` is the last of `words` when it tells of the time before, and `meaning` the word of the rules
    for it. `own_words` are the patient's words inside `question`, empty where it stands without any; None for any
    other question, and in copies that were shared before the words were kept beside it.
    """

    key: str
    question: str
    words: tuple[str, ...] = msgspec.field(name="answer")
    signs: tuple[str, ...] = ()
    main: bool = False
    worse: bool = False
    flags: tuple[str, ...] = ()
    change: str = ""
    meaning: str = ""
    data: SharedAnswers = msgspec.field(default=SharedAnswers(), name="said")
    own_words: str | None = None

    @property
    def screen(self) -> str:
        """Where it was asked."""
        return self.key.partition(".")[0]

    @property
    def plain(self) -> tuple[str, ...]:
        """The words without what stood beside them the time before."""
        return self.words[:-1] if self.change else self.words


class Part(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    lines: tuple[SharedLine, ...] = msgspec.field(name="items")


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """What the patient saw and gave. `wording` is what stood above the button, `quiz_version` tells its questions apart."""

    clinic: str
    practitioner: str
    wording: tuple[str, ...]
    answered_on: date
    variant: str
    parts: tuple[Part, ...]
    answered_at: datetime | None = None
    quiz_version: str = ""

    @property
    def lines(self) -> tuple[SharedLine, ...]:
        return tuple(line for part in self.parts for line in part.lines)

    @property
    def signs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(sign for line in self.lines for sign in line.signs))

    @property
    def main(self) -> SharedLine | None:
        return next((line for line in self.lines if line.main), None)


class SharePreview(msgspec.Struct, frozen=True, kw_only=True):
    """All of a check-in that could be shared with whoever asks."""

    check_in: CheckIn
    link: NamedLink
    parts: tuple[Part, ...]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """`alias` is the clinic's own name of the link that it came by; on the patient's side it is empty."""

    id: UUID
    clinic_id: UUID
    rank: int
    seen: bool
    created_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    copy: Copy
    alias: str = ""


class ListedShare(msgspec.Struct, frozen=True, kw_only=True):
    """A share as a list of the clinic has it: nothing that was answered, which is told by opening it alone."""

    id: UUID
    alias: str
    rank: int
    seen: bool
    created_at: datetime


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """A check-in of which nothing is to be shared by a link, or not any more. `share` is what was given, taken back or
    not; `ended` why the link takes no share, where it was not answered before. With neither it was declined, or is not
    asked for.
    """

    check_in_id: UUID
    share: Share | None = None
    ended: Ended | None = None


class ShareFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which shares are asked for; None for all. `ranks` are the least and the greatest, `links` where they came by."""

    seen: bool | None = None
    ranks: tuple[int, int] | None = None
    links: tuple[UUID, ...] | None = None


class InboxCursor(msgspec.Struct, frozen=True, kw_only=True):
    """Where a share stands in the inbox."""

    rank: int
    seen: bool
    id: UUID


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Someone of the clinic opened it, or took it as text. `name` is the one that they had then."""

    name: str
    what: str
    at: datetime


class OwnShare(msgspec.Struct, frozen=True, kw_only=True):
    """A share as its person sees it, with who looked at it."""

    share: Share
    views: tuple[View, ...]


class SharedCopy(msgspec.Struct, frozen=True, kw_only=True):
    """A share as it stands in the patient's export."""

    id: UUID
    shared_at: datetime
    ends_at: datetime
    withdrawn_at: datetime | None
    copy: Copy
    views: tuple[View, ...]
