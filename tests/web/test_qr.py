"""The QR code on paper."""

from __future__ import annotations

import re

import segno

from acupwa.web.qr import qr_picture

ADDRESS = "https://acupwa.example/read/needles-and-lowered-immunity"


def dark(lines: str) -> set[tuple[int, int]]:
    """The dark squares that the path strokes, as (column, row)."""
    x = y = 0.0
    found = set()
    for command, numbers in re.findall(r"([Mmh])([^Mmh]*)", lines):
        values = [float(number) for number in re.findall(r"-?\d*\.?\d+", numbers)]
        if command == "M":
            x, y = values
        elif command == "m":
            x, y = x + values[0], y + values[1]
        else:
            found |= {(int(x) + step, int(y)) for step in range(int(values[0]))}
            x += values[0]
    return found


def test_the_drawing_is_the_code_inside_its_quiet_zone():
    picture = qr_picture(ADDRESS)
    code = segno.make_qr(ADDRESS, error="m", boost_error=False)

    wanted = {(x + 4, y + 4) for y, row in enumerate(code.matrix) for x, cell in enumerate(row) if cell}
    assert dark(picture.lines) == wanted
    assert picture.size == len(code.matrix) + 8


def test_a_page_address_makes_a_code_that_a_phone_reads_from_paper():
    # 26 mm on paper: below 0.5 mm a square, a phone at arm's length fails.
    assert 26 / qr_picture(ADDRESS).size >= 0.5
