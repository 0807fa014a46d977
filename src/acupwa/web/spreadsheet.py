"""A table, as a workbook for a spreadsheet and as CSV for programs. Pure.

A workbook opens in columns in every country and keeps text apart from formulas. CSV does neither by itself: a European
Excel looks for semicolons, and a cell, or what it takes for one, runs when it begins like a formula.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterable[Sequence[str]]

# What OWASP lists, the full-width and small forms that Asian editions take for the same, and the sign for minus.
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻−"
# A spreadsheet looks for the sign behind what nobody sees, and behind a quotation mark.
_PASSED_OVER = '[\\s"\\x00-\\x20\\x7f-\\xa0\\xad\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u2069\\ufeff]'
# One that splits at semicolons, bars or tabs passes over our quotation marks: a cell of its own begins there.
_BEGINS = re.compile(f"(?:^|(?<=[;|\\t\\r\\n]))(?={_PASSED_OVER}*[{_SIGNS}])")
_BLANK_BEGIN = ("\t", "\r", "\n", "\x00")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?", re.ASCII)
_LONGEST_CELL = 32_767


def spreadsheet(head: Sequence[str], rows: Rows) -> bytes:
    """CSV in UTF-8, with the byte order mark that Excel needs. Cells that would be run are made text."""
    return csv_head(head) + csv_rows(rows)


def csv_head(head: Sequence[str]) -> bytes:
    """How such a table begins, for one that is sent in pieces."""
    return b"\xef\xbb\xbf" + csv_rows([head])


def csv_rows(rows: Rows) -> bytes:
    """A piece of it, without a beginning."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(map(harmless, row) for row in rows)
    return text.getvalue().encode()


def harmless(cell: str) -> str:
    """The cell as text: where a spreadsheet would run it, an apostrophe. A number stays one."""
    if _NUMBER.fullmatch(cell):
        return cell
    guarded = _BEGINS.sub("'", cell)
    return f"'{guarded}" if guarded.startswith(_BLANK_BEGIN) else guarded


def workbook(head: Sequence[str], rows: Rows) -> bytes:
    """An .xlsx file of one sheet. Numbers are numbers, everything else is text, whatever it begins with."""
    # Here: most servers start without ever making one.
    from xlsxwriter import Workbook

    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        wrapped, bold = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(head) - 1, 24, wrapped)
        sheet.write_row(0, 0, head, bold)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if _NUMBER.fullmatch(cell):
                    sheet.write_number(number, place, float(cell))
                else:
                    sheet.write_string(number, place, cell[:_LONGEST_CELL])
    return file.getvalue()
