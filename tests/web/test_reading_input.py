"""The readers of what comes from outside: each fault is told with its place, all of them at once."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import pytest

from acupwa.web.reading_input import (
    day,
    dict_of,
    list_of,
    many_of,
    map_of,
    matching,
    moment,
    number_in,
    object_of,
    one_of,
    or_null,
    read_input,
    struct_of,
    text,
    uuid,
    whole_number,
    words,
    yes_or_no,
)

ID = "01234567-89ab-7def-8123-456789abcdef"
LETTERS = matching(re.compile("[a-z]+"), "must be letters")


def read(reader: Any, value: object) -> Any:
    return read_input(json.dumps(value), reader)


@pytest.mark.parametrize(
    ("reader", "value", "found"),
    [
        (text(3), "abc", "abc"),
        (text(9), "a\nb\tc", "a\nb\tc"),
        (words(5), " Zoe\u0301\u202e\n b ", "Zoé b"),
        (words(5), "\u3164\u200b", None),
        (LETTERS, "abc", "abc"),
        (one_of(("a", "b")), "b", "b"),
        (whole_number(0, 10), 10, 10),
        (whole_number(0, 10, null=True), None, None),
        (number_in(0, 10), 4, 4.0),
        (yes_or_no, False, False),
        (day, "2027-02-28", date(2027, 2, 28)),
        (moment, "2027-02-28T10:00:00Z", datetime(2027, 2, 28, 10, tzinfo=UTC)),
        (uuid, ID, UUID(ID)),
        (or_null(day), None, None),
        (list_of(day), ["2027-02-28"], (date(2027, 2, 28),)),
        (many_of(("a", "b")), ["b", "a", "b"], ("b", "a")),
        (dict_of({"a": yes_or_no}), {"a": True}, {"a": True}),
        (map_of(LETTERS, yes_or_no, 2), {"x": True, "y": False}, {"x": True, "y": False}),
    ],
)
def test_what_is_right_is_read(reader, value, found):
    assert read(reader, value) == found


@pytest.mark.parametrize(
    ("reader", "value", "fault"),
    [
        (text(3), 1, "must be text"),
        (text(3), "abcd", "must be 3 characters or fewer"),
        (text(9), "a\0", "holds a control character"),
        (words(9), "a\0", "holds a control character"),
        (words(3), "abcd", "must be 3 characters or fewer"),
        (LETTERS, "abc\n", "must be letters"),
        (one_of(("a", "b")), "c", '"c" is not one of a, b'),
        (one_of(("a", "b"), "is unknown"), "c", '"c" is unknown'),
        (one_of(("a", "b")), ["a"], "must be text"),
        (whole_number(0, 10), None, "must be a whole number from 0 to 10"),
        (whole_number(0, 10), True, "must be a whole number from 0 to 10"),
        (whole_number(0, 10, null=True), 7.0, "must be a whole number from 0 to 10, or null"),
        (number_in(0, 10), 10.5, "must be a number from 0 to 10"),
        (number_in(0, 10), False, "must be a number from 0 to 10"),
        (yes_or_no, 1, "must be true or false"),
        (day, "20270228", "must be a day as YYYY-MM-DD"),
        (day, "2027-02-30", '"2027-02-30" is not a day of the calendar'),
        (moment, "2027-02-28T10:00:00", "must be a time with its offset, as 2026-01-31T12:00:00Z"),
        (moment, 1, "must be a time with its offset, as 2026-01-31T12:00:00Z"),
        (uuid, "1", "must be a UUID"),
        (list_of(day), {}, "must be a list"),
        (list_of(yes_or_no, 1), [True, True], "must hold 1 or fewer"),
        (many_of(("a", "b"), thing="letter"), [], "must name one letter or more"),
        (many_of(("a", "b"), thing="letter", alone="a"), ["a", "b"], "a cannot stand beside another letter"),
        (dict_of({}), [], "must be an object"),
        (map_of(LETTERS, yes_or_no, 1), {"x": True, "y": False}, "must hold 1 or fewer"),
        (object_of(dict, {}), None, "must be an object"),
    ],
)
def test_what_is_wrong_is_told(reader, value, fault):
    assert read(reader, value) == (f"input: {fault}",)


class Box(msgspec.Struct, frozen=True, kw_only=True):
    low: int
    high: int = 9
    within: tuple[Any, ...] = msgspec.field(default=(), name="in")


SIDES = {"low": whole_number(0, 9), "high": whole_number(0, 9)}
BOX = object_of(Box, SIDES, ("low",))
BOXES = struct_of(Box, SIDES | {"in": list_of(BOX)})


def test_an_object_is_made_of_what_is_given():
    assert read(BOXES, {"low": 1, "in": [{"low": 2}]}) == Box(low=1, within=(Box(low=2),))


def test_every_fault_is_told_with_its_place():
    value = {"high": 10, "in": [{"low": 1}, {"high": "x"}, 3, {"low": 2, "a b": 1}]}

    assert read(BOXES, value) == (
        "low: is required",
        "high: must be a whole number from 0 to 9",
        "in[1].low: is required",
        "in[1].high: must be a whole number from 0 to 9",
        "in[2]: must be an object",
        'in[3]."a b": is not a known key',
    )


def test_what_is_usual_may_be_left_out():
    assert read(struct_of(Box, SIDES | {"in": list_of(BOX)}, usual={"low": 3}), {}) == Box(low=3)


def test_what_has_a_default_can_be_required():
    assert read(struct_of(Box, SIDES | {"in": list_of(BOX)}, required=("high",)), {"low": 3}) == ("high: is required",)


def test_a_struct_needs_a_reader_for_each_of_its_fields():
    with pytest.raises(TypeError, match=r"Box: .*\['in'\]"):
        struct_of(Box, SIDES)


def test_nothing_is_made_of_what_is_at_fault_twice():
    assert read_input('{"low": 5, "low": "x"}', BOX) == ("low: is given twice",)


def test_what_is_no_json_is_told():
    assert read_input(b"{", BOX) == ("input: is not valid JSON (line 1, column 2)",)
