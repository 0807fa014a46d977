"""The paper that people print on. Pure."""

from __future__ import annotations

from typing import NamedTuple

from reportlab.lib.pagesizes import A4 as _A4
from reportlab.lib.pagesizes import LETTER as _LETTER

# Where Letter is the paper in use, by the territories of Unicode CLDR ("paperSize": US-Letter).
LETTER_COUNTRIES = frozenset(("BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"))


class Sheet(NamedTuple):
    """In points."""

    width: float
    height: float


A4, LETTER = Sheet(*_A4), Sheet(*_LETTER)


def sheet_for(country: str | None) -> Sheet:
    return LETTER if country in LETTER_COUNTRIES else A4
