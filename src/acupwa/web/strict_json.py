"""JSON read without mercy: a key given twice, NaN, half a character are told, not passed over. Pure."""

from __future__ import annotations

import json
import re
from typing import Any

MAX_BYTES = 256 * 1024
WHOLE = "input"
_PLAIN_KEY = re.compile(r"[A-Za-z0-9_-]{1,60}")
_LONGEST_WHOLE_NUMBER = 18
_LONGEST_SHOWN = 40


class NotANumber:
    """Stands for NaN, Infinity or a number too big to hold; it has no right type anywhere."""


class _Pairs(list[tuple[str, Any]]):
    """An object as read, before its keys are looked at."""


class Faults:
    """What is wrong, one line a place; the first fault of a place is the one that is told.

    `count` grows with each fault, also with a second one of a place.
    """

    def __init__(self) -> None:
        self._by_path: dict[str, str] = {}
        self.count = 0

    def add(self, path: str, message: str) -> None:
        self.count += 1
        self._by_path.setdefault(path or WHOLE, message)

    def lines(self) -> tuple[str, ...]:
        return tuple(f"{path}: {message}" for path, message in self._by_path.items())

    def places(self) -> tuple[str, ...]:
        return tuple(self._by_path)

    def __bool__(self) -> bool:
        return bool(self._by_path)


def read_json(source: str | bytes, faults: Faults) -> Any:
    """The value in `source`, or None with a fault. Objects become dicts; the last of two equal keys stays."""
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    if len(data) > MAX_BYTES:
        faults.add(WHOLE, f"must be {MAX_BYTES // 1024} KB or less")
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.add(WHOLE, f"is not UTF-8 text (byte {error.start + 1})")
        return None
    try:
        value = json.loads(
            text,
            object_pairs_hook=_Pairs,
            parse_int=_whole_number,
            parse_float=_broken_number,
            parse_constant=lambda _: NotANumber(),
        )
        return _checked(value, "", faults)
    except json.JSONDecodeError as error:
        faults.add(WHOLE, f"is not valid JSON (line {error.lineno}, column {error.colno})")
    except RecursionError:
        faults.add(WHOLE, "is nested too deep")
    return None


def path_to(path: str, key: str) -> str:
    """The place of `key` inside `path`, on one line whatever the key holds."""
    shown = key if _PLAIN_KEY.fullmatch(key) else shown_text(key)
    return f"{path}.{shown}" if path else shown


def shown_text(text: str) -> str:
    """`text` in quotes, in ASCII, cut when long: safe on one line of any terminal."""
    return json.dumps(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "...")


def _whole_number(digits: str) -> int | NotANumber:
    return int(digits) if len(digits) <= _LONGEST_WHOLE_NUMBER else NotANumber()


def _broken_number(digits: str) -> float | NotANumber:
    number = float(digits)
    return number if abs(number) != float("inf") else NotANumber()


def _checked(value: Any, path: str, faults: Faults) -> Any:
    if isinstance(value, _Pairs):
        fields: dict[str, Any] = {}
        for key, inner in value:
            place = path_to(path, key)
            if key in fields:
                faults.add(place, "is given twice")
            if _holds_half_a_character(key):
                faults.add(place, "holds half a character (a lone surrogate)")
            fields[key] = _checked(inner, place, faults)
        return fields
    if isinstance(value, list):
        return [_checked(inner, f"{path or WHOLE}[{index}]", faults) for index, inner in enumerate(value)]
    if isinstance(value, str) and _holds_half_a_character(value):
        faults.add(path or WHOLE, "holds half a character (a lone surrogate)")
    return value


def _holds_half_a_character(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)
