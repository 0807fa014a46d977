"""What a person told us. Frozen; the names are those of the answers in the `assess` format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from acupwa.library.model import AgeBand

Variant = Literal["full", "follow-up"]
AnsweringFor = Literal["myself", "someone-i-care-for", "my-child"]
AcupunctureBefore = Literal["no", "in-the-past", "now"]

SCREENS = (
    "right-now",
    "about-you",
    "lately",
    "what-matters",
    "ratings",
    "impact",
    "before-needles",
    "review",
)
SINCE, FOLLOW_UP = "since", "follow-up"
FOLLOW_UP_SCREENS = (FOLLOW_UP, "review")
# A follow-up had these until version 2 of the quiz. A page of one may be open for as long as a draft lives.
OLD_FOLLOW_UP_SCREENS = ("right-now", SINCE, "ratings")
ALL_SCREENS = (*SCREENS, SINCE, FOLLOW_UP)
PROBLEM_WORDS_LENGTH = 80
ACTIVITY_WORDS_LENGTH = 80
NOTE_LENGTH = 500
# What a page says of itself beside the answers: its version, when it was opened, when it was sent.
STAMP_FIELDS = ("version", "opened", "made")
MOST_SESSIONS = 99
# A whole day.
MOST_MINUTES = 24 * 60
# Finished ones of one person. One a week for more than seven years; each more would slow all that is drawn over time.
MOST_CHECK_INS = 400
# With the one that is being answered.
MOST_HELD = MOST_CHECK_INS + 1
PEG, MOOD, IMPRESSION = "peg", "phq4", "pgic"
SINCE_KNOWN, EFFECTS_KNOWN = "since-known", "effects-known"


class LoggedSessions(msgspec.Struct, frozen=True, kw_only=True):
    """What the log of a plan tells of the sessions since a moment. `any`: there was one, noted or not. `went`: to how many
    the person went; None when it is not known. `followed`: the side effects that came after these; None when they were
    not asked of each.
    """

    any: bool = False
    went: int | None = None
    followed: tuple[str, ...] | None = None


# For a unit of work: with the person's key and a moment.
SessionsSince = Callable[..., LoggedSessions]


class Answers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One person's answers, whole or as far as they have got.

    `ratings`: whole numbers 0-10 by rating key; None is "prefer not to say"; a missing key was not answered.
    `instruments`: answers by item in order; None as above. The `none_*` marks keep "None of these" apart from
    "not answered yet". `stiffness_minutes` (0-1440) is how long morning stiffness lasts. `unsure`: precautions answered
    "not sure"; `groups`: groups of signs or precautions that were ticked with nothing chosen inside. `sessions_since`
    (0-99), side effects and changes are asked from the second time on.
    """

    answering_for: AnsweringFor | None = None
    age_band: AgeBand | None = None
    country: str | None = None
    conditions: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    none_right_now: bool = False
    none_lately: bool = False
    ratings: dict[str, int | None] = {}
    stiffness_minutes: int | None = None
    instruments: dict[str, tuple[int | None, ...]] = {}
    precautions: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    none_before_needles: bool = False
    groups: tuple[str, ...] = ()
    main_symptom: str | None = None
    problem_words: str | None = None
    activity_words: str | None = None
    acupuncture_before: AcupunctureBefore | None = None
    stopping_medicine: bool | None = None
    sessions_since: int | None = None
    side_effects: tuple[str, ...] = ()
    none_side_effects: bool = False
    changed_since: tuple[str, ...] = ()
    none_changed: bool = False
    note: str | None = None


class CheckIn(msgspec.Struct, frozen=True, kw_only=True):
    """A quiz as stored. `finished_at` is None for a draft. Times are UTC. `received_at`: when it came in, of one that was
    finished on a phone before.

    `seen` are the screens that were answered and gone past. `open_items` are items of an instrument that were
    not answered (`peg.2`), to tell them from "prefer not to say": both are None among the answers.
    `asks` are the rating keys and instruments of a follow-up: those of the time before. In a full quiz it is the
    impression of change, when there is a previous check-in. With `SINCE_KNOWN` and `EFFECTS_KNOWN`, how many sessions
    there were since and what followed them stand in a fold alone. `confirmed_at` is when what to know before needles was last
    gone through, as far as a follow-up knows; a full check-in always goes through it (`confirming.py`).
    `helped` are the danger signs of it for which the person said, at `had_help_at`, that they have had help;
    `taken_over` those of a draft in whose place this draft came (`standing_signs.py`). `advice` are fingerprints of
    what was to be done when it was finished (`advice_given.py`); empty for a draft, and for one of before they were
    kept.
    """

    id: UUID
    variant: Variant
    answers: Answers
    quiz_version: str
    content_version: str
    language: str
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None = None
    urgency: str | None = None
    seen: tuple[str, ...] = ()
    open_items: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    received_at: datetime | None = None
    had_help_at: datetime | None = None
    helped: tuple[str, ...] = ()
    taken_over: tuple[str, ...] = ()
    advice: dict[str, str] = {}
    confirmed_at: datetime | None = None

    @property
    def finished(self) -> bool:
        return self.finished_at is not None

    @property
    def place(self) -> tuple[datetime, UUID]:
        """Where it stands among all: by when it was finished; a draft by when it was begun."""
        return (self.finished_at or self.created_at, self.id)

    @property
    def heard_at(self) -> datetime:
        """Since when all that it says is known here."""
        return max(self.updated_at, self.received_at or self.updated_at)

    @property
    def undated(self) -> bool:
        """Nobody knows when it was finished: its phone's clock could not be right."""
        return self.received_at is not None and self.finished_at == self.received_at

    @property
    def has_previous(self) -> bool:
        """Whether it asks what happened since the previous one."""
        return self.variant == "follow-up" or IMPRESSION in self.asks


class Write(msgspec.Struct, frozen=True, omit_defaults=True):
    """The newest write of one screen.

    `version` counts its writes. If a draft is the newest, `page` is when its page was opened, and `base` the version
    that this page was made from; after a press 0, and the version. `made` is when the write was made, as its page
    says. Times: milliseconds since 1970 by the server's clock; 0 is not known.
    """

    version: int = 0
    page: int = 0
    base: int = 0
    made: int = 0


Writes = Mapping[str, Write]
UNWRITTEN = Write()
