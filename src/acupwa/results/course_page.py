"""The page of a course: the same blocks as its PDF. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.results.blocks import Block
from acupwa.results.course_blocks import course_blocks, course_title
from acupwa.results.course_summary import CourseSummary


class CoursePage(msgspec.Struct, frozen=True, kw_only=True):
    """Of the course that begins with session `first`; `before` is that of the one before it, 0 for none."""

    template: ClassVar[str] = "results/course.html"
    title: str
    blocks: tuple[Block, ...]
    first: int
    before: int


def course_page(summary: CourseSummary, first: int, before: int, library: Library) -> CoursePage:
    return CoursePage(title=course_title(summary), blocks=course_blocks(summary, library), first=first, before=before)
