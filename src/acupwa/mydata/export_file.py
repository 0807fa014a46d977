"""The file of a person's data: what is in it, and reading one to the letter. Pure.

A file comes from outside: each name is looked at, each number and length has its bounds, each time is one that can
have been. Answers to questions that this library does not have are kept (`quiz.older`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from msgspec import Meta

from acupwa.library.model import Library
from acupwa.person.model import Consent, Device, Person, Waiting
from acupwa.planner.model import WEEKDAYS, PlanRequest
from acupwa.planner.plan import PlannedVisit, SavedPlan
from acupwa.planner.zones_and_currencies import currencies, time_zones
from acupwa.practice.links.model import AskedBy
from acupwa.practice.sharing.follow_up.model import AskedAgain
from acupwa.practice.sharing.proposals.model import Proposed
from acupwa.practice.sharing.shares.model import SharedCopy
from acupwa.quiz.countries import COUNTRIES
from acupwa.quiz.model import (
    ACTIVITY_WORDS_LENGTH,
    MOST_SESSIONS,
    NOTE_LENGTH,
    PROBLEM_WORDS_LENGTH,
    Answers,
    CheckIn,
)
from acupwa.quiz.safety import NO_URGENCY, URGENCIES
from acupwa.reading.model import KeptList, ListState
from acupwa.wording import gettext as _

FORMAT = "acupwa-export"
VERSION = 1
MAX_BYTES = 5 * 1024 * 1024
# The first answers were kept after this; a phone's file may be a day ahead of this server's clock.
_EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(days=1)
_MOST_CHECK_INS = 5_000
T = TypeVar("T")


class Everything(msgspec.Struct, frozen=True, kw_only=True):
    """What we hold about a person. Written as JSON it is their export.

    `person`, `devices` and `codes` say what this server holds; they are not taken over by another. Nor is what has to
    do with a clinic: it agreed to nothing there.
    """

    format: str
    version: int
    exported_at: datetime
    person: Person
    devices: tuple[Device, ...]
    codes: tuple[Waiting, ...]
    consents: tuple[Consent, ...]
    check_ins: tuple[CheckIn, ...]
    plan: SavedPlan | None
    reading_list: KeptList | None
    shares: tuple[SharedCopy, ...] = ()
    proposals: tuple[Proposed, ...] = ()
    asked_by: tuple[AskedBy, ...] = ()
    asked_again: tuple[AskedAgain, ...] = ()

    @property
    def sent_back(self) -> tuple[Proposed, ...]:
        """What a clinic sent and the person may still look at."""
        return tuple(one for one in self.proposals if one.holds)


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """What another Acupwa's file brings along. `shares`: how many copies clinics hold there; they stay there."""

    exported_at: datetime
    consents: tuple[Consent, ...]
    check_ins: tuple[CheckIn, ...]
    plan: SavedPlan | None
    reading_list: KeptList | None
    shares: int = 0


class Refused(msgspec.Struct, frozen=True):
    """Why a file is not taken, in words for the person. `place` names the spot in the file, if there is one."""

    reason: str
    place: str = ""


def to_json(everything: Everything) -> bytes:
    return msgspec.json.format(msgspec.json.encode(everything), indent=2)


def read_export(data: bytes, library: Library, now: datetime) -> Brought | Refused:
    """The file, or why it is not taken."""
    if len(data) > MAX_BYTES:
        return Refused(too_big_words())
    try:
        head = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Head)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return Refused(_broken_words(data))
    if head.format != FORMAT:
        return Refused(_("This is not a file of Acupwa. Choose the one that “Download my data” gave you."))
    if head.version > VERSION:
        return Refused(
            _(
                "This file was made by a later Acupwa than this one, so this one cannot read all of it. "
                "Nothing was changed. Ask whoever runs this server to bring it up to date."
            )
        )
    try:
        whole = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Whole)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as fault:
        return _changed(_place_of(str(fault)))
    place = next(_faults(whole, library, now), None)
    if place:
        return _changed(place)
    return Brought(
        exported_at=whole.exported_at,
        consents=tuple(_as(Consent, one) for one in whole.consents),
        check_ins=tuple(_as(CheckIn, one, answers=_as(Answers, one.answers)) for one in whole.check_ins),
        plan=_plan(whole.plan) if whole.plan else None,
        reading_list=_kept_list(whole.reading_list) if whole.reading_list else None,
        shares=len(whole.shares),
    )


def _place_of(fault: str) -> str:
    """`check_ins[0].answers` out of msgspec's words: the path, and the key that is not known."""
    path = "".join(re.findall(r"at `(?:key in )?\$\.?([^`]*)`", fault)[-1:])
    key = "".join(re.findall(r"field `([^`]*)`", fault)[:1])
    return ".".join(part for part in (path, key) if part)


def too_big_words() -> str:
    return _("This file is larger than 5 MB. A file of Acupwa is smaller. Nothing was changed.")


def _broken_words(data: bytes) -> str:
    if data.lstrip()[:1] == b"{":
        return _("This file is broken or was cut short. Download it anew, then try again. Nothing was changed.")
    return _("This is not a file of Acupwa. Choose the one that “Download my data” gave you.")


def _changed(place: str) -> Refused:
    return Refused(
        _("This file holds something that Acupwa does not write. Nothing was changed. Download it anew, if you can."),
        place,
    )


# ------------------------------------------------------------------ the types of a file from outside

_PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*\Z"
_Id = Annotated[str, Meta(max_length=80, pattern=r"^[A-Za-z0-9._:-]+\Z")]
_Ids = Annotated[tuple[_Id, ...], Meta(max_length=200)]
_Moment = Annotated[datetime, Meta(tz=True)]
_Whole0To10 = Annotated[int, Meta(ge=0, le=10)]
_Version = Annotated[str, Meta(max_length=20, pattern=r"^[A-Za-z0-9._-]+\Z")]
_Hash = Annotated[str, Meta(max_length=64, pattern=r"^[A-Za-z0-9._-]*\Z")]
_Language = Annotated[str, Meta(max_length=12, pattern=r"^[A-Za-z0-9_-]+\Z")]
_Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
_Minutes = Annotated[int, Meta(ge=0, le=24 * 60)]
_Text = Annotated[str, Meta(pattern=_PLAIN)]


class _Head(msgspec.Struct, frozen=True):
    """Enough to know whose file it is; a later one may hold anything else."""

    format: str = ""
    version: int = 0


class _Answers(Answers, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    country: Annotated[str, Meta(min_length=2, max_length=2)] | None = None
    conditions: _Ids = ()
    red_flags: _Ids = ()
    ratings: Annotated[dict[_Id, _Whole0To10 | None], Meta(max_length=200)] = msgspec.field(default_factory=dict)
    instruments: Annotated[
        dict[_Id, Annotated[tuple[Annotated[int, Meta(ge=-100, le=1_000)] | None, ...], Meta(max_length=100)]],
        Meta(max_length=50),
    ] = msgspec.field(default_factory=dict)
    precautions: _Ids = ()
    main_symptom: _Id | None = None
    problem_words: Annotated[str, Meta(max_length=PROBLEM_WORDS_LENGTH, pattern=_PLAIN)] | None = None
    activity_words: Annotated[str, Meta(max_length=ACTIVITY_WORDS_LENGTH, pattern=_PLAIN)] | None = None
    sessions_since: Annotated[int, Meta(ge=0, le=MOST_SESSIONS)] | None = None
    side_effects: _Ids = ()
    changed_since: _Ids = ()
    note: Annotated[str, Meta(max_length=NOTE_LENGTH, pattern=_PLAIN)] | None = None


class _CheckIn(CheckIn, frozen=True, kw_only=True, forbid_unknown_fields=True):
    answers: _Answers
    quiz_version: _Version
    content_version: _Hash
    language: _Language
    created_at: _Moment
    updated_at: _Moment
    finished_at: _Moment | None = None
    urgency: str | None = None
    seen: _Ids = ()
    open_items: _Ids = ()
    asks: _Ids = ()


class _Consent(Consent, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: _Version
    language: _Language
    wording: Annotated[str, Meta(max_length=10_000, pattern=_PLAIN)]
    given_at: _Moment
    withdrawn_at: _Moment | None = None


class _Request(PlanRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    conditions: _Ids
    weekdays: Annotated[tuple[str, ...], Meta(min_length=1, max_length=7)]
    time: _Clock
    time_zone: Annotated[str, Meta(max_length=60)]
    per_week: Annotated[int, Meta(ge=1, le=7)]
    max_sessions: Annotated[int, Meta(ge=1, le=100)]
    minutes: _Minutes
    days_off: Annotated[tuple[date, ...], Meta(max_length=1_000)] = ()
    price: Annotated[float, Meta(ge=0, le=1_000_000_000)] | None = None
    currency: Annotated[str, Meta(max_length=3)] | None = None
    travel_minutes: _Minutes = 0
    red_flags: _Ids = ()
    precautions: _Ids = ()
    main_symptom: _Id | None = None


class _Visit(PlannedVisit, frozen=True, kw_only=True, forbid_unknown_fields=True):
    number: Annotated[int, Meta(ge=1, le=1_000)]
    time: _Clock
    minutes: _Minutes
    sequence: Annotated[int, Meta(ge=0, le=1_000_000)] = 0


class _Plan(SavedPlan, frozen=True, kw_only=True, forbid_unknown_fields=True):
    request: _Request
    visits: Annotated[tuple[_Visit, ...], Meta(max_length=1_000)]
    own_days_off: Annotated[tuple[date, ...], Meta(max_length=1_000)]
    country: Annotated[str, Meta(max_length=2)] | None
    content_version: _Hash
    language: _Language
    created_at: _Moment
    updated_at: _Moment


class _Marks(ListState, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    read: Annotated[dict[_Id, _Hash], Meta(max_length=2_000)] = msgspec.field(default_factory=dict)
    read_on: Annotated[dict[_Id, date], Meta(max_length=2_000)] = msgspec.field(default_factory=dict)
    hidden: Annotated[tuple[_Id, ...], Meta(max_length=2_000)] = ()
    pinned: Annotated[tuple[_Id, ...], Meta(max_length=2_000)] = ()
    order: Annotated[tuple[_Id, ...], Meta(max_length=2_000)] = ()


class _KeptList(KeptList, frozen=True, kw_only=True, forbid_unknown_fields=True):
    updated_at: _Moment
    marks: _Marks


class _Person(Person, frozen=True, forbid_unknown_fields=True):
    pass


class _Device(Device, frozen=True, forbid_unknown_fields=True):
    pass


class _Waiting(Waiting, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class _Whole(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    format: Literal["acupwa-export"]
    version: Annotated[int, Meta(ge=1, le=VERSION)]
    exported_at: _Moment
    person: _Person
    devices: Annotated[tuple[_Device, ...], Meta(max_length=1_000)]
    codes: Annotated[tuple[_Waiting, ...], Meta(max_length=100)]
    consents: Annotated[tuple[_Consent, ...], Meta(max_length=_MOST_CHECK_INS)]
    check_ins: Annotated[tuple[_CheckIn, ...], Meta(max_length=_MOST_CHECK_INS)]
    plan: _Plan | None
    reading_list: _KeptList | None
    shares: Annotated[tuple[dict[str, Any], ...], Meta(max_length=_MOST_CHECK_INS)] = ()
    proposals: Annotated[tuple[dict[str, Any], ...], Meta(max_length=_MOST_CHECK_INS)] = ()
    asked_by: Annotated[tuple[dict[str, Any], ...], Meta(max_length=_MOST_CHECK_INS)] = ()
    asked_again: Annotated[tuple[dict[str, Any], ...], Meta(max_length=_MOST_CHECK_INS)] = ()


# ------------------------------------------------------------------ what types cannot say


def _faults(whole: _Whole, library: Library, now: datetime) -> Iterator[str]:
    """The places of what cannot be, the first first."""
    latest = now + _AHEAD

    def sane(*moments: datetime | None) -> bool:
        """Each can have been, and none is before the one that it follows."""
        given = [moment for moment in moments if moment is not None]
        return all(_EARLIEST <= moment <= latest for moment in given) and given == sorted(given)

    if not sane(whole.exported_at):
        yield "exported_at"
    for place, consent in _each("consents", whole.consents):
        if not sane(consent.given_at, consent.withdrawn_at):
            yield f"{place}.given_at"
    yield from _twice("check_ins", [one.id for one in whole.check_ins])
    for place, check_in in _each("check_ins", whole.check_ins):
        yield from _faults_of_check_in(place, check_in, sane)
    if whole.plan:
        yield from _faults_of_plan(whole.plan, sane)
    if whole.reading_list and not sane(whole.reading_list.updated_at):
        yield "reading_list.updated_at"


def _faults_of_check_in(place: str, check_in: _CheckIn, sane: Callable[..., bool]) -> Iterable[str]:
    answers = check_in.answers
    if check_in.id.version != 7:
        yield f"{place}.id"
    if not sane(check_in.created_at, check_in.finished_at, check_in.updated_at):
        yield f"{place}.created_at"
    if check_in.urgency not in (None, NO_URGENCY, *URGENCIES):
        yield f"{place}.urgency"
    if answers.country is not None and answers.country not in COUNTRIES:
        yield f"{place}.answers.country"
    if check_in.finished and (answers.age_band is None or not answers.conditions):
        yield f"{place}.answers"


def _faults_of_plan(plan: _Plan, sane: Callable[..., bool]) -> Iterable[str]:
    request = plan.request
    if plan.id.version != 7:
        yield "plan.id"
    if not sane(plan.created_at, plan.updated_at):
        yield "plan.created_at"
    if request.time_zone not in time_zones():
        yield "plan.request.time_zone"
    if not set(request.weekdays) <= set(WEEKDAYS):
        yield "plan.request.weekdays"
    if request.currency is not None and request.currency not in currencies():
        yield "plan.request.currency"
    if plan.country is not None and plan.country not in COUNTRIES:
        yield "plan.country"
    yield from _twice("plan.visits", [visit.number for visit in plan.visits])
    days = [request.first_day, *request.days_off, *plan.own_days_off, *(visit.day for visit in plan.visits)]
    if not all(1970 <= day.year <= 2200 for day in days):
        yield "plan.visits"


def _each(place: str, values: Iterable[T]) -> Iterable[tuple[str, T]]:
    return ((f"{place}[{number}]", value) for number, value in enumerate(values))


def _twice(place: str, ids: Collection[Any]) -> Iterable[str]:
    if len(set(ids)) != len(ids):
        yield place


def _plan(plan: _Plan) -> SavedPlan:
    visits = tuple(_as(PlannedVisit, visit) for visit in plan.visits)
    return _as(SavedPlan, plan, request=_as(PlanRequest, plan.request), visits=visits)


def _kept_list(kept: _KeptList) -> KeptList:
    return _as(KeptList, kept, marks=_as(ListState, kept.marks))


def _as(plain: type[T], strict: Any, **changed: Any) -> T:
    """The value in the type that all else knows."""
    return plain(**(msgspec.structs.asdict(strict) | changed))
