"""Blocks as a PDF: two A4 pages at most, real text, tagged, in a font of our own. Pure.

Import it late: the library behind it takes a fifth of a second to load.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO
from math import ceil
from typing import Any

from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate

from acupwa.results.blocks import Block
from acupwa.results.paper_lines import Line, paper_lines
from acupwa.results.pdf.letters import BOLD, REGULAR, as_seen, letters
from acupwa.results.pdf.sheet import A4, Sheet
from acupwa.results.pdf.tags import TaggedCanvas, TaggedParagraph, artifact
from acupwa.sentences import say
from acupwa.wording import gettext as _
from acupwa.wording import isolated, language

MOST_PAGES = 2
# In points. One sheet is what people take along; smaller letters would be hard to read on it.
ONE_PAGE_FROM = 8.2
_SIZES = (10.0, 9.5, 9.0, 8.6, 8.2, 7.8, 7.4, 7.0, 6.6)
_MARGIN: float
_GAP: float
_FOOT: float
_MARGIN, _GAP, _FOOT = 14 * mm, 8 * mm, 7 * mm
_MOST = 10
_SMALL, _QUIET = 0.88, "#333333"
_LEADING, _LETTER = 1.3, 0.58
_MAYBE = 1.04


def pdf_of(blocks: Iterable[Block], title: str, day: str, subject: str, sheet: Sheet = A4) -> bytes:
    """On one page, where letters of `ONE_PAGE_FROM` points or more let it fit; else in the largest that fit on two.

    `title` and `day` stand at the foot of each.
    """
    lines, room = list(paper_lines(blocks)), 2 * MOST_PAGES * _height(sheet)
    for size in (one for one in _SIZES if one >= ONE_PAGE_FROM):
        if _guessed_height(lines, size, sheet) <= room / MOST_PAGES * _MAYBE:
            made, pages = _draw(lines, size, title, f"{title} · {day}", subject, sheet)
            if pages == 1:
                return made
    likely = [size for size in _SIZES if _guessed_height(lines, size, sheet) <= room * _MAYBE] or [_SIZES[-1]]
    for size in likely:
        made, pages = _draw(lines, size, title, f"{title} · {day}", subject, sheet)
        if pages <= MOST_PAGES:
            break
    return made


def _column(sheet: Sheet) -> float:
    return (sheet.width - 2 * _MARGIN - _GAP) / 2


def _height(sheet: Sheet) -> float:
    return sheet.height - 2 * _MARGIN - _FOOT


def _guessed_height(lines: Sequence[Line], size: float, sheet: Sheet) -> float:
    """About how long one column of all lines would be: laying them out to find out takes ten times as long."""
    a_line = _column(sheet) / (size * _LETTER)
    height = 0.0
    for line in lines:
        height += ceil((len(line.strong) * 1.1 + len(line.text) + len(line.small) * _SMALL) / a_line)
        height += {"heading": 1.4, "subheading": 0.6, "alarm": 1.1, "title": 1.2, "rating": 1.3}.get(line.kind, 0.2)
    return height * size * _LEADING


def _draw(lines: Sequence[Line], size: float, title: str, foot: str, subject: str, sheet: Sheet) -> tuple[bytes, int]:
    out = BytesIO()
    document = BaseDocTemplate(out, pagesize=sheet, title=title, lang=language(), author="Acupwa", subject=subject)
    document.addPageTemplates(
        PageTemplate(frames=_frames(sheet), onPageEnd=lambda canvas, _doc: _number(canvas, foot, sheet))
    )
    missing: set[str] = set()
    document.build(list(_story(lines, _styles(size), missing)), canvasmaker=TaggedCanvas)
    return out.getvalue(), document.page


def _frames(sheet: Sheet) -> list[Frame]:
    close = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
    column = _column(sheet)
    places = (_MARGIN, _MARGIN + column + _GAP)
    return [Frame(left, _MARGIN + _FOOT, column, _height(sheet), **close) for left in places]


def _number(canvas: Any, foot: str, sheet: Sheet) -> None:
    """Loose sheets find each other again: what, when, which page."""
    with artifact(canvas):
        canvas.setFont(REGULAR, 7)
        canvas.drawString(_MARGIN, _MARGIN, as_seen(letters(foot).plain))
        words = _("Page {number}").format(number=canvas.getPageNumber())
        canvas.drawRightString(sheet.width - _MARGIN, _MARGIN, words)


def _styles(size: float) -> dict[str, ParagraphStyle]:
    def style(name: str, scale: float = 1.0, **more: Any) -> ParagraphStyle:
        points = size * scale
        kept = {"fontName": REGULAR, "fontSize": points, "leading": points * _LEADING, "alignment": TA_LEFT}
        return ParagraphStyle(name, **{**kept, "spaceAfter": size * 0.25, "allowOrphans": 0, "allowWidows": 0, **more})

    bold = {"fontName": BOLD, "keepWithNext": 1}
    return {
        "title": style("H1", 1.9, **bold),
        "heading": style("H2", 1.25, **bold, spaceBefore=size * 1.0),
        "subheading": style("H3", 1.0, **bold, spaceBefore=size * 0.4),
        "alarm": style(
            "H3", 1.1, **bold, textColor="white", backColor="black", borderPadding=size * 0.3,
            spaceBefore=size * 0.7, spaceAfter=size * 0.7, leftIndent=size * 0.3,
        ),
        "text": style("P"),
        "item": style("LI", leftIndent=size * 1.1, bulletIndent=size * 0.2),
        "rating": style("P", spaceAfter=size * 0.1),
        "note": style("P", _SMALL, textColor=_QUIET),
    }  # fmt: skip


def _story(lines: Iterable[Line], styles: dict[str, ParagraphStyle], missing: set[str]) -> Iterable[Flowable]:
    for line in lines:
        paragraph = _paragraph(line, styles[line.kind], missing)
        if line.kind == "rating":
            yield KeepTogether([paragraph, _Bar(line, styles["rating"].fontSize)])
        else:
            yield paragraph
    if missing:
        words = say("results.paper.no_letter")
        yield _paragraph(Line(kind="note", text=words), styles["note"], set())


def _paragraph(line: Line, style: ParagraphStyle, missing: set[str]) -> TaggedParagraph:
    strong = f"◆ {line.strong}" if line.main else line.strong
    if line.kind == "rating":
        strong = f"{isolated(strong)}:"
    parts = []
    small = style.fontSize * _SMALL
    for words, font, points in ((strong, BOLD, 0), (line.text, style.fontName, 0), (line.small, REGULAR, small)):
        if words:
            made = letters(words)
            missing |= made.missing
            size = f' size="{points}" color="{_QUIET}"' if points else ""
            parts.append(f'<font name="{font}"{size}>{escape(made.plain)}</font>')
    bullet = "•" if line.kind == "item" else None
    return TaggedParagraph(" ".join(parts), style, bulletText=bullet)


class _Bar(Flowable):  # type: ignore[misc]
    """A rating from 0 to 10; the words above it say the same, so it is no part of the text."""

    def __init__(self, line: Line, size: float) -> None:
        super().__init__()
        self._line, self._size = line, size

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = width, self._size * 1.5
        return self.width, self.height

    def draw(self) -> None:
        canvas, value = self.canv, self._line.value
        tall, low = self._size * 0.55, self._size * 0.85
        with artifact(canvas):
            canvas.setLineWidth(0.5)
            canvas.setDash([] if value is not None else [1.5, 1.5])
            canvas.rect(0, low, self.width, tall, stroke=1, fill=0)
            if value:
                canvas.setFillGray(0.35)
                canvas.rect(0, low, self.width * value / _MOST, tall, stroke=1, fill=1)
