"""Letters for the PDF: which the font has, Arabic letters joined, and lines of right-to-left words turned round. Pure.

The library lays out from left to right only. People's own words are short, so the plain rule is enough: within a line,
a run of right-to-left letters is turned round, numbers in it are not. Joined Arabic forms are read from Unicode.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import msgspec
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

REGULAR, BOLD = "DejaVu", "DejaVu-Bold"
NO_SIGN = "□"
_FONTS = Path(__file__).parent / "fonts"
_RIGHT_TO_LEFT = ("R", "AL", "AN")
_FORMS = ("<isolated>", "<final>", "<initial>", "<medial>")
_MIRRORED = str.maketrans("()[]{}«»", ")(][}{»«")


class Letters(msgspec.Struct, frozen=True):
    """Words as the font can show them, in the order they are read; `missing` are the letters it has no sign for."""

    plain: str
    missing: frozenset[str]


def letters(words: str) -> Letters:
    known = _known()
    shown = _joined(unicodedata.normalize("NFC", " ".join(words.split())))
    shown = "".join(
        letter for letter in shown if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Mn") or letter in known
    )
    missing = frozenset(letter for letter in shown if letter not in known)
    return Letters("".join(NO_SIGN if letter in missing else letter for letter in shown), missing)


def as_seen(line: str) -> str:
    """One line from left to right as the eye meets it; a line without right-to-left letters is left as it is."""
    kinds = [unicodedata.bidirectional(letter) for letter in line]
    if not any(kind in _RIGHT_TO_LEFT for kind in kinds):
        return line
    made, place = [], 0
    while place < len(line):
        end = _end_of_run(kinds, place)
        made.append(_turned(line[place:end]) if end > place else line[place])
        place = max(end, place + 1)
    return "".join(made)


def as_typed(words: str) -> str:
    """Joined Arabic forms as the letters that they stand for."""
    return "".join(
        unicodedata.normalize("NFKC", letter) if "\ufb50" <= letter <= "\ufefc" else letter for letter in words
    )


def _end_of_run(kinds: list[str], start: int) -> int:
    """Where the run of right-to-left letters that begins here ends: what stands between two of them belongs to it."""
    end = start
    if kinds[start] not in _RIGHT_TO_LEFT:
        return end
    for place in range(start, len(kinds)):
        if kinds[place] == "L":
            break
        if kinds[place] in _RIGHT_TO_LEFT:
            end = place + 1
            while end < len(kinds) and kinds[end] == "NSM":
                end += 1
    return end


def _turned(run: str) -> str:
    clusters: list[str] = []
    for letter in run:
        if unicodedata.bidirectional(letter) == "NSM" and clusters:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    turned = "".join(reversed(clusters)).translate(_MIRRORED)
    return re.sub(r"\d(?:[\d.,:/]*\d)?", lambda number: number[0][::-1], turned)


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


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Each Arabic letter with its signs by place in the word."""
    made: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD)):
        form, _space, base = unicodedata.decomposition(chr(code)).partition(" ")
        if form in _FORMS and " " not in base:
            made.setdefault(chr(int(base, 16)), {})[form] = chr(code)
    return made


def _joined(words: str) -> str:
    forms, made = _forms(), list(words)
    bases = [place for place, letter in enumerate(words) if unicodedata.bidirectional(letter) != "NSM"]
    for index, place in enumerate(bases):
        own = forms.get(words[place])
        if own:
            before = words[bases[index - 1]] if index else ""
            after = words[bases[index + 1]] if index + 1 < len(bases) else ""
            from_before = "<initial>" in forms.get(before, {}) and "<final>" in own
            to_after = "<final>" in forms.get(after, {}) and "<initial>" in own
            form = _FORMS[2 * to_after + from_before]
            made[place] = own.get(form, words[place])
    return "".join(made)
