"""The page of a course: the same blocks as its PDF. Pure."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.results.blocks import Block
from acupwa.results.course_blocks import course_blocks, course_title
from acupwa.results.course_summary import CourseSummary


class CoursePage(msgspec.Struct, frozen=True, kw_only=True):
    template: ClassVar[str] = "results/course.html"
    title: str
    blocks: tuple[Block, ...]


def course_page(summary: CourseSummary, library: Library) -> CoursePage:
    return CoursePage(title=course_title(summary), blocks=course_blocks(summary, library))
