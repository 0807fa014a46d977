"""A table for a spreadsheet: CSV in UTF-8, with the byte order mark that Excel needs."""

import csv
import io
from collections.abc import Iterable, Sequence

# A spreadsheet runs a cell that begins so as a formula, some also after blanks.
_RUN_AS_FORMULA = ("=", "+", "-", "@")


def spreadsheet(head: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
    """Cells that would be run are made text."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(map(harmless, row) for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def harmless(cell: str) -> str:
    """The cell as text: one that a spreadsheet would run gets an apostrophe."""
    return f"'{cell}" if cell.lstrip().startswith(_RUN_AS_FORMULA) or cell[:1] in ("\t", "\r", "\n") else cell
