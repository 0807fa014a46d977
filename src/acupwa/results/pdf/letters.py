"""Letters for the PDF: which the font has, Arabic letters joined, and lines in the order that the eye meets them. Pure.

The PDF library lays out from left to right only. Joining is arabic-reshaper's, the order of a line is the Unicode
bidirectional algorithm (UAX 9) of python-bidi, in lines that run from left to right as the page does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import msgspec
from arabic_reshaper import ArabicReshaper
from bidi import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "DejaVu", "DejaVu-Bold"
NO_SIGN = "□"
_FONTS = Path(__file__).parent / "fonts"
_RIGHT_TO_LEFT = ("R", "AL", "AN")
# What sets words apart from those around them: the order of a line is made by it, no font shows it.
_ISOLATES = re.compile("[\u2066-\u2069]")
# The vowel marks of Hebrew and Arabic, and the letter after them.
_MARKS = re.compile("([\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+)(.)")
_OPENING, _CLOSING = "([{«", ")]}»"
_PARTNER = dict(zip(_OPENING + _CLOSING, _CLOSING + _OPENING, strict=True))
_JOINER = ArabicReshaper({"delete_harakat": False, "support_ligatures": False})


class Letters(msgspec.Struct, frozen=True):
    """Words as the font can show them, in the order they are read; `missing` are the letters it has no sign for."""

    plain: str
    missing: frozenset[str]


def letters(words: str) -> Letters:
    known = _known()
    shown = _JOINER.reshape(unicodedata.normalize("NFC", " ".join(words.split())))
    shown = "".join(
        letter
        for letter in shown
        if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Mn") or letter in known or _ISOLATES.match(letter)
    )
    missing = frozenset(_ISOLATES.sub("", shown)) - known
    return Letters("".join(NO_SIGN if letter in missing else letter for letter in shown), missing)


def as_seen(line: str) -> str:
    """One line from left to right as the eye meets it; a line without right-to-left letters is left as it is."""
    if not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in line):
        return _ISOLATES.sub("", line)
    seen = _mirrored(_ISOLATES.sub("", get_display(line, base_dir="L")))
    # A mark is drawn over the letter that stands before it, so it follows its letter on the page too.
    return _MARKS.sub(lambda found: found[2] + found[1][::-1], seen)


def as_typed(words: str) -> str:
    """Joined Arabic forms as the letters that they stand for."""
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\ufb50" <= letter <= "\ufefc" else letter
        for letter in _ISOLATES.sub("", words)
    )


def _mirrored(seen: str) -> str:
    """Brackets that were turned round with their words open to the other side (rule L4, which python-bidi leaves out)."""
    made = list(seen)
    waiting: list[int] = []
    for place, letter in enumerate(seen):
        if letter not in _PARTNER:
            continue
        if waiting and seen[waiting[-1]] == _PARTNER[letter]:
            partner = waiting.pop()
            if letter in _OPENING:
                made[partner], made[place] = letter, seen[partner]
        else:
            waiting.append(place)
    return "".join(made)


@cache
def _known() -> frozenset[str]:
    """Registers the fonts, once, and says which letters both have."""
    held = []
    for name, file in ((REGULAR, "DejaVuSans.ttf"), (BOLD, "DejaVuSans-Bold.ttf")):
        font = TTFont(name, str(_FONTS / file))
        pdfmetrics.registerFont(font)
        held.append(frozenset(map(chr, font.face.charToGlyph)))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)
    return held[0] & held[1]
