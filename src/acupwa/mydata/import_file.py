"""Reading a person's file: whole, or not at all. Pure.

A file comes from outside: each name is looked at, each number and length has its bounds, each time is one that can
have been. Answers to questions that this library does not have are kept (`quiz.retired_answers`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from acupwa.library.model import Library
from acupwa.mydata.export_format import FORMAT, MAX_BYTES, VERSION, Export
from acupwa.mydata.import_readers import file_readers
from acupwa.person.model import Consent, Device, Person
from acupwa.planner.calendar_model import CalendarExport
from acupwa.planner.kept_plan import impossible_in_plan
from acupwa.planner.model import SavedPlan
from acupwa.quiz.kept_check_in import impossible_in_check_in
from acupwa.quiz.model import MOST_CHECK_INS, CheckIn
from acupwa.reading.model import KeptList
from acupwa.web.reading_input import object_of
from acupwa.web.strict_json import Faults
from acupwa.wording import gettext as _
from acupwa.zones import day_in

# The first answers were kept after this; the clock of another server may be a little ahead of ours.
_EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(minutes=5)
# Where a day begins first.
_EAST = timedelta(hours=14)
# Every question there is, answered, with the longest words, takes about half of this.
MOST_BYTES_OF_CHECK_IN = 16 * 1024
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
T = TypeVar("T")


class ImportFile(msgspec.Struct, frozen=True, kw_only=True):
    """What another Acupwa's file holds. `person`, `devices`, the secret address of a calendar and the copies that
    clinics have there (`shares`, their number) stay there.
    """

    exported_at: datetime
    person: Person
    devices: tuple[Device, ...]
    consents: tuple[Consent, ...]
    check_ins: tuple[CheckIn, ...]
    plan: SavedPlan | None
    reading_list: KeptList | None
    calendar: CalendarExport | None = None
    shares: int = 0


class ImportRefused(msgspec.Struct, frozen=True):
    """Why a file is not taken, in words for the person. `place` names the spot in the file, if there is one."""

    reason: str
    place: str = ""
    too_large: bool = False


def read_import_file(data: bytes, now: datetime, library: Library) -> ImportFile | ImportRefused:
    """The file, or why it is not taken. What is in it is held against the `library` of this server."""
    if len(data) > MAX_BYTES:
        return too_large()
    try:
        value = msgspec.json.decode(data.removeprefix(_BYTE_ORDER_MARK))
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _broken(data)
    return _of_another(value) or _read(value, now, library)


def too_large() -> ImportRefused:
    words = _("This file is larger than 5 MB. An Acupwa file is smaller. Nothing was changed.")
    return ImportRefused(words, too_large=True)


def too_many() -> ImportRefused:
    words = _(
        "That would make more than {most} check-ins, which is the most we keep. Nothing was changed. Delete old ones "
        "on the You page first."
    )
    return ImportRefused(words.format(most=MOST_CHECK_INS))


def not_ours() -> ImportRefused:
    return ImportRefused(_("This is not an Acupwa file. Choose the one from “Download my data”."))


def _broken(data: bytes) -> ImportRefused:
    if data.lstrip()[:1] == b"{":
        return ImportRefused(
            _("This file is damaged or incomplete. Download it again, then try once more. Nothing was changed.")
        )
    return not_ours()


def _of_another(value: Any) -> ImportRefused | None:
    """Enough of it is looked at to know whose file it is; a later one may hold anything else."""
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        return not_ours()
    version = value.get("version")
    if type(version) is int and version > VERSION:
        return ImportRefused(
            _(
                "This file was made by a newer version of Acupwa, so this one cannot read all of it. "
                "Nothing was changed. Ask whoever runs this server to bring it up to date."
            )
        )
    return None


def _read(value: Any, now: datetime, library: Library) -> ImportFile | ImportRefused:
    faults = Faults()
    file = _FILE(value, "", faults)
    place = next(iter(faults.places() if file is None else _impossible(file, now, library)), None)
    if file is None or place is not None:
        return ImportRefused(
            _(
                "This file holds something that Acupwa does not write. Nothing was changed. Download it again, "
                "if you can."
            ),
            place or "",
        )
    return file


def _file(**given: Any) -> ImportFile:
    taken = {name: given[name] for name in _TAKEN}
    return ImportFile(**taken, calendar=given.get("calendar"), shares=len(given.get("shares", ())))


_TAKEN = ("exported_at", "person", "devices", "consents", "check_ins", "plan", "reading_list")
_REQUIRED = [one.encode_name for one in msgspec.structs.fields(Export) if one.required]
_FILE = object_of(_file, file_readers(), ("format", "version", *_REQUIRED))


# ------------------------------------------------------------------ what no reader of one value can see


def _impossible(file: ImportFile, now: datetime, library: Library) -> Iterator[str]:
    """The places of what cannot be, the first first."""
    latest = now + _AHEAD
    if not _can_be(latest, file.exported_at):
        yield "exported_at"
    if not _can_be(latest, file.person.created_at):
        yield "person.created_at"
    for place, device in _each("devices", file.devices):
        if not _can_be(latest, device.created_at, device.seen_at):
            yield f"{place}.seen_at"
    for place, consent in _each("consents", file.consents):
        if not _can_be(latest, consent.given_at, consent.withdrawn_at):
            yield f"{place}.given_at"
        if not consent.wording.strip():
            yield f"{place}.wording"
    yield from _twice("check_ins", [one.id for one in file.check_ins])
    for place, check_in in _each("check_ins", file.check_ins):
        yield from (f"{place}.{name}" for name in _impossible_check_in(check_in, latest, library))
    if file.plan:
        if not _can_be(latest, file.plan.created_at, file.plan.updated_at):
            yield "plan.created_at"
        yield from (f"plan.{name}" for name in impossible_in_plan(file.plan, library))
    feed = file.calendar.feed if file.calendar else None
    if feed and not _can_be(latest, feed.made_at, feed.fetched_at):
        yield "calendar.feed.made_at"
    if file.reading_list:
        today = _today(file, latest)
        yield from (f"reading_list.{name}" for name in _impossible_in_list(file.reading_list, latest, today))


def _impossible_check_in(check_in: CheckIn, latest: datetime, library: Library) -> Iterator[str]:
    if not _can_be(latest, check_in.created_at, check_in.finished_at, check_in.updated_at):
        yield "created_at"
    if not _can_be(latest, check_in.created_at, check_in.had_help_at, check_in.updated_at):
        yield "had_help_at"
    if not _can_be(latest, check_in.finished_at, check_in.received_at) or (
        check_in.received_at and not check_in.finished
    ):
        yield "received_at"
    yield from impossible_in_check_in(check_in, library)
    if len(msgspec.json.encode(check_in)) > MOST_BYTES_OF_CHECK_IN:
        yield "answers"


def _today(file: ImportFile, latest: datetime) -> date:
    """The person's day: of their zone or their plan's, and else the latest there is."""
    zones = {file.person.time_zone, file.plan.request.time_zone if file.plan else None} - {None}
    return max((day_in(zone, latest) for zone in zones), default=(latest + _EAST).date())


def _impossible_in_list(kept: KeptList, latest: datetime, today: date) -> Iterator[str]:
    marks = kept.marks
    if not _can_be(latest, kept.updated_at):
        yield "updated_at"
    days_fit = all(_EARLIEST.date() <= day <= today for day in marks.read_on.values())
    if not days_fit or not marks.read_on.keys() <= marks.read.keys():
        yield "marks.read_on"
    if set(marks.pinned) & set(marks.hidden):
        yield "marks.pinned"


def _can_be(latest: datetime, *moments: datetime | None) -> bool:
    """Each can have been, and none is before the one that it follows."""
    given = [moment for moment in moments if moment is not None]
    return all(_EARLIEST <= moment <= latest for moment in given) and given == sorted(given)


def _each(place: str, values: Iterable[T]) -> Iterable[tuple[str, T]]:
    return ((f"{place}[{number}]", value) for number, value in enumerate(values))


def _twice(place: str, ids: Collection[Any]) -> Iterable[str]:
    if len(set(ids)) != len(ids):
        yield place
