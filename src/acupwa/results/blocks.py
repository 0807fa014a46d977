"""The pieces of a summary as data. Page, text and PDF are made from the same ones. Pure.

The page shows them by `results/_blocks.html`, text and PDF by `paper_lines`.
"""

from __future__ import annotations

from typing import ClassVar, Literal

import msgspec

from acupwa.library.model import Call, Claim, Urgency
from acupwa.quiz.help_lines import CountryNumbers, Phone
from acupwa.reading.sources import StudyLink
from acupwa.results.ratings import RatingLine

On = Literal["everywhere", "screen", "paper"]
# How a part stands on a screen: always open, or in a fold that is closed or open at first. Paper has nothing to open.
Folded = Literal["no", "closed", "open"]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """`on`: some make sense on a screen only, or on paper (text and PDF) only. `look` are names for the style sheet.

    A kind of block with a `template` of its own is shown by that.
    """

    kind: ClassVar[str] = "template"
    on: On = "everywhere"
    look: str = ""


class Link(msgspec.Struct, frozen=True):
    """To follow on a screen; paper leaves it out."""

    words: str
    href: str


class Title(Block, frozen=True, kw_only=True):
    """`said`: what has just happened. A reader of screens begins here, and hears it."""

    kind: ClassVar[str] = "title"
    text: str
    said: str = ""


class Subheading(Block, frozen=True, kw_only=True):
    kind: ClassVar[str] = "subheading"
    text: str


class Text(Block, frozen=True, kw_only=True):
    """A paragraph. `because` names the answers that it stands on. `alarm`: on paper as loud as the head of a card."""

    kind: ClassVar[str] = "text"
    strong: str = ""
    text: str = ""
    because: str = ""
    links: tuple[Link, ...] = ()
    alarm: bool = False


class Note(Block, frozen=True, kw_only=True):
    """A paragraph in small letters."""

    kind: ClassVar[str] = "note"
    strong: str = ""
    text: str


class Because(Block, frozen=True, kw_only=True):
    """The answers that what stands above it stands on, where paper has no room for them."""

    kind: ClassVar[str] = "because"
    on: On = "screen"
    text: str


class Button(Block, frozen=True, kw_only=True):
    """A link that looks like a button. `second`: another one beside it is the main one."""

    kind: ClassVar[str] = "button"
    on: On = "screen"
    words: str
    href: str
    second: bool = False


class Links(Block, frozen=True, kw_only=True):
    """Where to go on, one below the other."""

    kind: ClassVar[str] = "links"
    on: On = "screen"
    links: tuple[Link, ...]


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a list. `main` is the main outcome."""

    strong: str = ""
    text: str = ""
    small: str = ""
    because: str = ""
    main: bool = False


class Items(Block, frozen=True, kw_only=True):
    kind: ClassVar[str] = "items"
    items: tuple[Item, ...]


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Something to read. `minutes` in words; `because` are the answers that it is on the list for."""

    slug: str
    title: str
    minutes: str
    because: str


class Pages(Block, frozen=True, kw_only=True):
    """What to read, in order. Why, stands on a screen only."""

    kind: ClassVar[str] = "pages"
    pages: tuple[Page, ...]


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """`note` is how it compares. `sign`: a red flag is among the answers."""

    question: str
    answer: str
    note: str = ""
    sign: bool = False


class Answers(Block, frozen=True, kw_only=True):
    kind: ClassVar[str] = "answers"
    answers: tuple[Answer, ...]


class Phones(Block, frozen=True, kw_only=True):
    """Numbers to call. `call` are their kinds, `others` leads to those of other countries.

    `with_local`: what to do where a number does not work stands on paper too.
    """

    kind: ClassVar[str] = "phones"
    phones: tuple[Phone, ...]
    country: str | None
    call: tuple[Call, ...] = ()
    others: str = "/emergency#numbers"
    with_local: bool = False


class Numbers(Block, frozen=True, kw_only=True):
    """The numbers of every country, to choose from."""

    kind: ClassVar[str] = "numbers"
    on: On = "screen"
    countries: tuple[CountryNumbers, ...]


class Alarm(Block, frozen=True, kw_only=True):
    """What is urgent and what to do, set apart from all else. `title` goes on after the word of the urgency.

    `first`: a reader of screens begins here.
    """

    kind: ClassVar[str] = "alarm"
    first: bool = False
    title: str
    urgency: Urgency | None = None
    level: int = 3
    blocks: tuple[Block, ...]


class Notice(Block, frozen=True, kw_only=True):
    kind: ClassVar[str] = "notice"
    tone: Literal["info", "caution", "calm"]
    blocks: tuple[Block, ...]


class RatingBars(Block, frozen=True, kw_only=True):
    """Ratings, each with its bar. `large`: the main problem, alone."""

    template: ClassVar[str] = "results/_ratings.html"
    kind: ClassVar[str] = "ratings"
    lines: tuple[RatingLine, ...]
    large: bool = False


class Finding(Block, frozen=True, kw_only=True):
    """A graded sentence. `about` says of what, and compared with what."""

    kind: ClassVar[str] = "finding"
    claim: Claim
    about: str


class Studies(Block, frozen=True, kw_only=True):
    """What a finding rests on. `more`: how many other studies there are."""

    kind: ClassVar[str] = "studies"
    on: On = "screen"
    studies: tuple[StudyLink, ...]
    more: str


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """`title` stands under the heading of its part, `paper_title` alone."""

    title: str
    paper_title: str
    items: Items


class Columns(Block, frozen=True, kw_only=True):
    kind: ClassVar[str] = "columns"
    columns: tuple[Column, ...]


class Part(Block, frozen=True, kw_only=True):
    """A heading and what stands under it. `id` is its name on the page. With `title_on` screen paper has no heading.

    `hint`: what is inside, in few words, beside the heading of one that is closed. `main` marks the main outcome.
    """

    kind: ClassVar[str] = "part"
    id: str
    title: str
    title_on: On = "everywhere"
    folded: Folded = "no"
    hint: str = ""
    main: bool = False
    blocks: tuple[Block, ...]


class Fold(Block, frozen=True, kw_only=True):
    """Closed until it is opened. On paper its blocks stand without its title."""

    kind: ClassVar[str] = "fold"
    title: str
    blocks: tuple[Block, ...]


class Foot(Block, frozen=True, kw_only=True):
    kind: ClassVar[str] = "foot"
    blocks: tuple[Block, ...]


class TakeAlong(Block, frozen=True, kw_only=True):
    """To share or print the summary of this check-in. `file` is the name of its files, without an ending. `main`: it is
    what to do next.
    """

    template: ClassVar[str] = "results/_take_along.html"
    on: On = "screen"
    check_in: str
    file: str
    main: bool = False
