"""Tables that no spreadsheet runs, and that open in columns everywhere."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from acupwa.web.spreadsheet import harmless, spreadsheet, workbook

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"
BEFORE = (
    "",
    " ",
    "\t",
    "\r",
    "\n",
    "\x00",
    "\ufeff",
    "\u200b",
    "\u00a0",
    "\u3000",
    '"',
    '""',
    ' "',
    "\u202e",
    "\u2028",
)
SPLITS = ("", "x;", 'x; "', "x|", "a\n", "a\r\n", "a\t", "x;;")
CELLS = st.text(
    st.sampled_from([*SIGNS, *'ax1 ;|,\t\n\r"\x00\ufeff\u200b\u00a0']) | st.characters(exclude_categories=("Cs",)),
    max_size=12,
)


PASSED_OVER = '"\ufeff\u00ad\u200b\u200e\u200f\u202a\u202e\u2060\u2066'


def runs(cell: str) -> bool:
    """Our own reading of the rule, cell by cell of each spreadsheet that splits at another sign."""
    if re.fullmatch(r"-?\d+(\.\d+)?", cell):
        return False
    begins = [cell, *re.split(r"[;|\t\r\n]", cell)]
    return cell[:1] in ("\t", "\r", "\n", "\x00") or any(first_seen(begin) in SIGNS for begin in begins)


def first_seen(begin: str) -> str:
    seen = (
        one for one in begin if one not in PASSED_OVER and unicodedata.category(one) not in ("Cc", "Zs", "Zl", "Zp")
    )
    return next(seen, "nothing")


@pytest.mark.parametrize("sign", SIGNS)
def test_no_cell_runs_whatever_stands_before_its_sign(sign):
    for before, split in product(BEFORE, SPLITS):
        cell = f"{split}{before}{sign}HYPERLINK(1)"

        assert runs(cell), (before, split)
        assert not runs(harmless(cell)), (before, split)


@given(CELLS)
def test_no_cell_at_all_runs_and_no_word_is_lost(cell):
    guarded = harmless(cell)

    assert not runs(guarded)
    assert guarded.replace("'", "") == cell.replace("'", "")
    assert harmless(guarded) == guarded


@pytest.mark.parametrize("number", ["-3", "0", "7", "-0.5", "2027", "1.7"])
def test_a_number_stays_one(number):
    assert harmless(number) == number
    (row,) = list(load_workbook(io.BytesIO(workbook(("a",), [(number,)]))).active.iter_rows(min_row=2))
    assert row[0].value == float(number)
    assert row[0].data_type == "n"


@given(st.lists(st.tuples(CELLS, CELLS), max_size=4))
def test_programs_read_the_rows_back(rows):
    text = spreadsheet(("a", "b"), rows).decode("utf-8-sig")

    found = list(csv.reader(io.StringIO(text, newline="")))

    assert found == [["a", "b"], *([harmless(one) for one in row] for row in rows)]
    assert text.splitlines()[0] == "a,b", "no line before the names"


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("before", ["", " ", "\n", '"'])
def test_in_a_workbook_everything_is_text_as_it_was_typed(sign, before):
    typed = f"{before}{sign}1+1; שלום 👩🏽‍🦱"
    sheet = load_workbook(
        io.BytesIO(workbook(("words", "more"), [(typed, "https://x.example"), ("0012", "1e5")]))
    ).active

    first, second = sheet.iter_rows(min_row=2)
    assert [one.data_type for one in (*first, *second)] == ["s"] * 4
    assert [one.value for one in (*first, *second)] == [typed, "https://x.example", "0012", "1e5"]
    assert [one.value for one in next(sheet.iter_rows())] == ["words", "more"]
    assert not first[1].hyperlink
