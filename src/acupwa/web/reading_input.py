"""What comes from outside, read to the letter: every fault with its place, all of them at once. Pure.

A reader takes a value as JSON gives it, its place (`answers.ratings.pain`; empty for the whole) and the faults so far.
It gives the value that the program works with, or adds a fault: what it gives then counts for nothing. A feature puts
its format together from the readers below.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeAlias, TypeVar, cast
from uuid import UUID

import msgspec

from acupwa.web.strict_json import Faults, path_to, read_json, shown_text
from acupwa.web.text import one_line

T = TypeVar("T")
S = TypeVar("S", bound=msgspec.Struct)
Reader: TypeAlias = Callable[[Any, str, Faults], T | None]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LONGEST_UNCLEANED = 20_000
_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


def read_input(source: str | bytes, reader: Reader[T]) -> T | tuple[str, ...]:
    """What `source` holds (JSON, 256 KB or less), or its faults, one line each: `answers.red_flags[1]: …`."""
    faults = Faults()
    value = read_json(source, faults)
    if faults and value is None:
        return faults.lines()
    found = reader(value, "", faults)
    return faults.lines() if faults else cast("T", found)


# ------------------------------------------------------------------ one value


def text(longest: int) -> Reader[str]:
    """Up to `longest` characters, to the letter; no control character but tab and line breaks."""

    def read(value: Any, place: str, faults: Faults) -> str | None:
        if not isinstance(value, str):
            faults.add(place, "must be text")
        elif len(value) > longest:
            faults.add(place, f"must be {longest} characters or fewer")
        elif _CONTROL.search(value):
            faults.add(place, "holds a control character")
        else:
            return value
        return None

    return read


def words(longest: int) -> Reader[str]:
    """What a person typed on one line, cleaned as a form cleans it, and then `longest` characters or fewer.

    Words of which nothing can be seen are none.
    """

    def read(value: Any, place: str, faults: Faults) -> str | None:
        given = text(_LONGEST_UNCLEANED)(value, place, faults)
        cleaned = one_line(given or "")
        if len(cleaned) > longest:
            faults.add(place, f"must be {longest} characters or fewer")
            return None
        return cleaned or None

    return read


def matching(pattern: re.Pattern[str], sentence: str) -> Reader[str]:
    """Text that `pattern` fits from end to end; `sentence` says what it must be."""

    def read(value: Any, place: str, faults: Faults) -> str | None:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        faults.add(place, sentence)
        return None

    return read


def one_of(allowed: Collection[str], otherwise: str = "") -> Reader[Any]:
    """One of the words; `otherwise` ends the sentence about another one."""
    not_allowed = otherwise or f"is not one of {', '.join(allowed)}"

    def read(value: Any, place: str, faults: Faults) -> str | None:
        if not isinstance(value, str):
            faults.add(place, "must be text")
        elif value not in allowed:
            faults.add(place, f"{shown_text(value)} {not_allowed}")
        else:
            return value
        return None

    return read


def whole_number(low: int, high: int, *, null: bool = False) -> Reader[int]:
    """From `low` to `high`, both in. True is an int to Python and 7.0 a float: neither is one as written."""
    sentence = f"must be a whole number from {low} to {high}{', or null' if null else ''}"

    def read(value: Any, place: str, faults: Faults) -> int | None:
        if type(value) is int and low <= value <= high:
            return value
        if value is not None or not null:
            faults.add(place, sentence)
        return None

    return read


def number_in(low: float, high: float) -> Reader[float]:
    """From `low` to `high`, both in."""

    def read(value: Any, place: str, faults: Faults) -> float | None:
        # True is an int to Python.
        if type(value) in (int, float) and low <= value <= high:
            return float(value)
        faults.add(place, f"must be a number from {low} to {high}")
        return None

    return read


def yes_or_no(value: Any, place: str, faults: Faults) -> bool | None:
    if isinstance(value, bool):
        return value
    faults.add(place, "must be true or false")
    return None


def day(value: Any, place: str, faults: Faults) -> date | None:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            faults.add(place, f"{shown_text(value)} is not a day of the calendar")
            return None
    faults.add(place, "must be a day as YYYY-MM-DD")
    return None


def moment(value: Any, place: str, faults: Faults) -> datetime | None:
    """A time with its offset (RFC 3339)."""
    try:
        return msgspec.convert(value, _Moment)
    except msgspec.ValidationError:
        faults.add(place, "must be a time with its offset, as 2026-01-31T12:00:00Z")
        return None


def uuid(value: Any, place: str, faults: Faults) -> UUID | None:
    try:
        return msgspec.convert(value, UUID)
    except msgspec.ValidationError:
        faults.add(place, "must be a UUID")
        return None


def or_null(reader: Reader[T]) -> Reader[T]:
    return lambda value, place, faults: None if value is None else reader(value, place, faults)


# ------------------------------------------------------------------ many values


def list_of(reader: Reader[T], most: int | None = None, *, once: bool = False) -> Reader[tuple[T, ...]]:
    """Each as `reader` takes it; `once`: none of them twice."""

    def read(value: Any, place: str, faults: Faults) -> tuple[T, ...]:
        if not isinstance(value, list):
            faults.add(place, "must be a list")
        elif most is not None and len(value) > most:
            faults.add(place, f"must hold {most} or fewer")
        else:
            found = tuple(cast("T", reader(one, f"{place}[{index}]", faults)) for index, one in enumerate(value))
            if once and len(set(found)) < len(found):
                faults.add(place, "holds one of them twice")
            return found
        return ()

    return read


def many_of(
    allowed: Collection[str], otherwise: str = "is not a known id", *, thing: str = "", alone: str = ""
) -> Reader[tuple[str, ...]]:
    """Some of the words, each once. With `thing`, one must be named; `alone` is a word that takes no other beside it."""
    each = list_of(one_of(allowed, otherwise))

    def read(value: Any, place: str, faults: Faults) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(one for one in each(value, place, faults) or () if one is not None))
        if thing and value == []:
            faults.add(place, f"must name one {thing} or more")
        if alone in chosen and len(chosen) > 1:
            faults.add(place, f"{alone} cannot stand beside another {thing}")
        return chosen

    return read


def dict_of(readers: Mapping[str, Reader[T]]) -> Reader[dict[str, T]]:
    """An object of which each key has a reader; any may be left out."""

    def read(value: Any, place: str, faults: Faults) -> dict[str, T] | None:
        if not _is_object_of(readers, value, place, faults):
            return None
        return {
            key: cast("T", readers[key](one, path_to(place, key), faults))
            for key, one in value.items()
            if key in readers
        }

    return read


def map_of(name: Reader[str], reader: Reader[T], most: int) -> Reader[dict[str, T]]:
    """An object of up to `most` keys that are not known beforehand; `name` reads each of them."""

    def read(value: Any, place: str, faults: Faults) -> dict[str, T] | None:
        if not isinstance(value, dict):
            faults.add(place, "must be an object")
            return None
        if len(value) > most:
            faults.add(place, f"must hold {most} or fewer")
            return None
        found = {}
        for key, one in value.items():
            here = path_to(place, key)
            name(key, here, faults)
            found[key] = cast("T", reader(one, here, faults))
        return found

    return read


def object_of(make: Callable[..., T], readers: Mapping[str, Reader[Any]], required: Collection[str] = ()) -> Reader[T]:
    """An object of these keys; `make` gets by name those that are given, once none of them is at fault."""

    def read(value: Any, place: str, faults: Faults) -> T | None:
        before = faults.count
        if not _is_object_of(readers, value, place, faults):
            return None
        for key in required:
            if key not in value:
                faults.add(path_to(place, key), "is required")
        prefix = f"{place}." if place else ""
        given = {key: read_one(value[key], prefix + key, faults) for key, read_one in readers.items() if key in value}
        return make(**given) if faults.count == before else None

    return read


def struct_of(
    kind: type[S],
    readers: Mapping[str, Reader[Any]],
    *,
    required: Collection[str] = (),
    usual: Mapping[str, Any] | None = None,
) -> Reader[S]:
    """A msgspec struct, by the names that its fields have in JSON. Raises TypeError unless each has its reader.

    What has no default of its own is required, but for `usual`: what holds where nothing is given.
    """
    usual = usual or {}
    fields = msgspec.structs.fields(kind)
    names = {one.encode_name: one.name for one in fields}
    if names.keys() != readers.keys():
        raise TypeError(f"{kind.__name__}: these have no reader or no field: {sorted(names.keys() ^ readers.keys())}")
    needed = [one.encode_name for one in fields if one.required and one.encode_name not in usual]

    def make(**given: Any) -> S:
        return kind(**{names[key]: value for key, value in {**usual, **given}.items()})

    return object_of(make, readers, [*needed, *required])


def _is_object_of(known: Collection[str], value: Any, place: str, faults: Faults) -> bool:
    if not isinstance(value, dict):
        faults.add(place, "must be an object")
        return False
    for key in value:
        if key not in known:
            faults.add(path_to(place, key), "is not a known key")
    return True
