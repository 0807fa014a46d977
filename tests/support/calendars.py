"""A calendar that subscribes, as honest as one can be: it looks, keeps what it has by UID, and takes what is newer."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from icalendar import Calendar

from acupwa.db.tokens import new_token

ADDRESS = re.compile(r"<code>https?://[^/]+(/plan/calendar/[\w-]{43}\.ics)</code>")


def calendar_page(client: Any) -> str:
    answer = client.get("/plan/calendar")
    assert answer.status_code == 200
    return str(answer.text)


def press_make(client: Any) -> Any:
    """The button for an address, or for another one, as the page has it."""
    number = re.search(r'name="number" value="(\d+)"', calendar_page(client))
    return client.post("/plan/calendar", {"do": "make", "press": new_token(), "number": number[1] if number else "1"})


def calendar_address(client: Any) -> str:
    """The path of a new secret address of this person."""
    answer = press_make(client)
    assert answer.status_code == 200, answer.text[:2000]
    found = ADDRESS.search(answer.text)
    assert found, answer.text[:2000]
    return found[1]


class Shown(msgspec.Struct, frozen=True):
    """One entry as a calendar has it. `start` is the moment, in UTC."""

    sequence: int
    stamp: datetime
    start: datetime
    minutes: int
    title: str
    cancelled: bool
    alarms: tuple[int, ...]


def read_calendar(text: str) -> dict[str, Shown]:
    """The entries by UID; two of one UID are a fault."""
    events = Calendar.from_ical(text).walk("VEVENT")
    found = {str(event["uid"]): _shown(event) for event in events}
    assert len(found) == len(events)
    return found


def _shown(event: Any) -> Shown:
    return Shown(
        sequence=int(event["sequence"]),
        stamp=event["dtstamp"].dt,
        start=event["dtstart"].dt.astimezone(ZoneInfo("UTC")),
        minutes=int(event["duration"].dt.total_seconds()) // 60,
        title=str(event["summary"]),
        cancelled=str(event["status"]) == "CANCELLED",
        alarms=tuple(int(-one["trigger"].dt.total_seconds()) // 60 for one in event.walk("VALARM")),
    )


class Subscriber:
    """Of two versions of an entry the higher SEQUENCE holds, of equal ones the later DTSTAMP (RFC 5546, 2.1.5).

    What is there no more goes. Without an answer it keeps what it has, as calendars do.
    """

    def __init__(self, client: Any, path: str) -> None:
        self._client, self._path = client, path
        self._tag = ""
        self.kept: dict[str, Shown] = {}
        self.answers: list[int] = []

    def look(self) -> int:
        """The status of the answer."""
        headers = {"if-none-match": self._tag} if self._tag else {}
        answer = self._client.get(self._path, headers=headers)
        self.answers.append(answer.status_code)
        if answer.status_code == 200:
            self._tag = answer.headers["etag"]
            self._take(read_calendar(answer.text))
        return int(answer.status_code)

    @property
    def standing(self) -> list[Shown]:
        """What the person sees, in order."""
        return sorted((one for one in self.kept.values() if not one.cancelled), key=lambda one: one.start)

    def _take(self, found: dict[str, Shown]) -> None:
        for uid, new in found.items():
            old = self.kept.get(uid)
            if old is None or (new.sequence, new.stamp) > (old.sequence, old.stamp):
                self.kept[uid] = new
        self.kept = {uid: one for uid, one in self.kept.items() if uid in found}
