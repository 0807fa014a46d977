"""Requests without end from one seed: an address, a role, and things gone wrong here and there."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlencode

from tools.fuzz import values
from tools.fuzz.crawl import Form

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# After one of these whoever sent it is nobody any more: they are sent with a cookie only at the end of a run.
ENDING = ("delete", "clear", "sign-out", "remove", "role", "password", "move", "resume", "forget-others", "end")
_LATE = 0.9


class Wanted(NamedTuple):
    """A request as it is to be sent. `raw` is what is no request at all."""

    role: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    raw: bytes = b""

    def __str__(self) -> str:
        kept = [(name, value[:60]) for name, value in self.headers if name != "cookie"]
        return (
            f"{self.role} {self.raw[:80]!r}"
            if self.raw
            else f"{self.role} {self.method} {self.target[:200]} {kept} {self.body[:300]!r}"
        )


class Person(NamedTuple):
    """Who sends: the cookie header, and the ids and forms of their pages."""

    cookie: str
    ids: tuple[str, ...]
    forms: tuple[Form, ...]


def generate(
    seed: int,
    count: int,
    addresses: Sequence[tuple[str, str]],
    people: Mapping[str, Sequence[Person]],
    *,
    raw: float = 0.0,
) -> Iterator[Wanted]:
    """`addresses` with `{}` where anything stands; `raw` is the share of what is no request at all."""
    maker = _Maker(random.Random(seed), addresses, people)
    for number in range(count):
        yield maker.no_request() if maker.chance(raw) else maker.request(number / count)


class _Maker:
    def __init__(
        self, chances: random.Random, addresses: Sequence[tuple[str, str]], people: Mapping[str, Sequence[Person]]
    ) -> None:
        self._random = chances
        self._addresses = addresses
        self._people = people
        self._ids = tuple(one for persons in people.values() for person in persons for one in person.ids)

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def no_request(self) -> Wanted:
        return Wanted("anonymous", "", "", (), b"", self._random.choice(values.NO_REQUESTS))

    def request(self, done: float) -> Wanted:
        one = self._random
        role = one.choice(tuple(self._people))
        person = one.choice(self._people[role])
        method, address = one.choice(self._addresses)
        form = one.choice(person.forms) if person.forms and self.chance(0.3) else None
        if form:
            method, address = "POST", form.action
        if self.chance(0.15):
            method = one.choice(METHODS)
        if done < _LATE and method == "POST" and any(word in address for word in ENDING):
            role, person = "anonymous", self._people["anonymous"][0]
        body, media_type = self._body(form) if method in ("POST", "PUT", "PATCH") else (b"", "")
        headers = [("host", "localhost"), ("x-forwarded-for", f"192.0.{one.randrange(256)}.{one.randrange(256)}")]
        headers += [("cookie", person.cookie)] if person.cookie else []
        headers += [("content-type", media_type)] if media_type else []
        headers += [("content-length", str(len(body)))] if body or method == "POST" else []
        if method == "POST" and self.chance(0.9):
            headers.append(("sec-fetch-site", "same-origin"))
        return Wanted(role, method, self._target(address, person), tuple(self._spoilt(headers)), body)

    def _target(self, address: str, person: Person) -> str:
        path = address
        while "{}" in path:
            path = path.replace("{}", quote(self._id(person), safe=""), 1)
        if self.chance(0.05):
            path += self._random.choice(
                ("/", "//", "/x", "%", "%zz", "%ff", "%00", ";a=b", "\xff", "/../me", "%2f", "?", "#x")
            )
        if self.chance(0.02):
            path = "/" + path
        if self.chance(0.35):
            path += "?" + self._query()
        return path.replace(" ", "%20")

    def _query(self) -> str:
        pairs = [
            (self._random.choice(values.QUERY_NAMES), self._value()[:2_000]) for _ in range(self._random.randint(1, 4))
        ]
        query = urlencode(pairs, errors="replace")
        if self.chance(0.1):
            query += self._random.choice(
                ("&%", "&%ff=%ff", "&=", "&&&", "&a=%00", "&" + "a=1&" * 300, "&day=%ed%a0%80")
            )
        return query

    def _id(self, person: Person) -> str:
        chance = self._random.random()
        if chance < 0.5 and person.ids:
            return self._random.choice(person.ids)
        if chance < 0.7 and self._ids:
            return self._random.choice(self._ids)
        return self._random.choice(
            (*values.IDS, *values.DATES, *values.NUMBERS, values.SCRIPT, "é", "ra", "right-now", "ratings", "review")
        )

    def _value(self) -> str:
        return self._random.choice(values.ALL if not self._ids or self.chance(0.8) else self._ids)

    def _fields(self, form: Form | None) -> list[tuple[str, str]]:
        if form and self.chance(0.9):
            return [one for field in form.fields for one in self._spoilt_field(field)]
        names = values.FIELD_NAMES
        return [(self._random.choice(names), self._value()) for _ in range(self._random.choice((0, 1, 2, 3, 8)))]

    def _spoilt_field(self, field: tuple[str, str]) -> Iterator[tuple[str, str]]:
        """As it stood in the page, nearly always."""
        chance = self._random.random()
        if chance < 0.1:
            yield field[0], self._value()
        elif chance > 0.03:
            yield field
        if chance > 0.98:
            yield field[0], self._value()

    def _body(self, form: Form | None) -> tuple[bytes, str]:
        kind, fields = self._random.random(), self._fields(form)
        if kind < 0.6:
            return urlencode(fields, errors="replace").encode(), "application/x-www-form-urlencoded"
        if kind < 0.8:
            return self._multipart(fields), "multipart/form-data; boundary=fz"
        if kind < 0.9:
            return json.dumps(dict(fields)).encode(), "application/json"
        return self._random.randbytes(self._random.choice((1, 50, 5_000))), self._random.choice(
            ("application/x-www-form-urlencoded", "")
        )

    def _multipart(self, fields: Sequence[tuple[str, str]]) -> bytes:
        parts = []
        for name, value in fields:
            file = '; filename="f.json"' if self.chance(0.3) else ""
            parts.append(
                f'--fz\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n{value}\r\n'.encode(
                    "utf-8", "replace"
                )
            )
        whole = b"".join(parts) + b"--fz--\r\n"
        return whole[: self._random.randrange(len(whole))] if self.chance(0.15) else whole

    def _spoilt(self, headers: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        host = self._random.choice(values.HOSTS) if self.chance(0.05) else "localhost"
        yield from ((name, host if name == "host" else value) for name, value in headers)
        if self.chance(0.02):
            yield "host", self._random.choice(values.HOSTS)
        if self.chance(0.15):
            yield "origin", self._random.choice(values.ORIGINS)
        for _ in range(self._random.choice((0, 0, 1, 2, 4))):
            name, wrong = self._random.choice(values.HEADERS)
            yield name, self._random.choice(wrong)
