"""Posted fields are read one by one; a fault stands beside its field."""

from __future__ import annotations

import pytest

from acupwa.web.forms import FieldError, FormData, FormReader
from acupwa.web.text import one_line


def reader(**fields: str | list[str]) -> FormReader:
    return FormReader(FormData.of(fields))


def test_what_is_right_is_read():
    form = reader(day="mon", days=["tue", "mon", ""], count=" 7 ", words=" a\n b ")

    assert form.one_of("day", ("mon", "tue"), "no") == "mon"
    assert form.many_of("days", ("mon", "tue"), "no") == ("tue", "mon")
    assert form.whole_number("count", 0, 10, "no") == 7
    assert form.text("words", 3, "no") == "a b"
    assert form.errors == ()


def test_what_is_empty_is_nothing_and_no_fault():
    form = reader(day="", words=" \n")

    assert form.one_of("day", ("mon",), "no") is None
    assert form.many_of("days", ("mon",), "no") == ()
    assert form.whole_number("count", 0, 10, "no") is None
    assert form.text("words", 3, "no") is None
    assert form.errors == ()


def test_each_fault_stands_beside_its_field_and_the_first_one_is_told():
    form = reader(day="x", days=["mon", "x"], count="11", words="abcd")

    assert form.one_of("day", ("mon",), "Choose a day.") is None
    assert form.many_of("days", ("mon",), "Tick days.") == ("mon",)
    assert form.whole_number("count", 0, 10, "From {low} to {high}.") is None
    assert form.text("words", 3, "{most} letters or fewer.") is None
    form.fault("day", "Another fault.")
    assert form.errors == (
        FieldError("day", "Choose a day."),
        FieldError("days", "Tick days."),
        FieldError("count", "From 0 to 10."),
        FieldError("words", "3 letters or fewer."),
    )


@pytest.mark.parametrize("given", ["-1", "1.0", "٣", "²", "1 0", "00001", "1e1", "x"])
def test_only_a_few_plain_digits_are_a_whole_number(given):
    form = reader(count=given)

    assert form.whole_number("count", 0, 10, "no") is None
    assert form.errors == (FieldError("count", "no"),)


def test_one_line_has_words_and_single_spaces():
    assert one_line(" a\0b \t c\u00a0d\n") == "ab c d"
