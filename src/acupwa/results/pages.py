"""The page "What you told us" of one check-in. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import msgspec

from acupwa.results.blocks import Block
from acupwa.results.model import WaitingClinic
from acupwa.results.summary import Summary
from acupwa.results.summary_blocks import blocks_of


class ResultsPage(msgspec.Struct, frozen=True, kw_only=True):
    """`red`: it is the red card of an emergency."""

    template: ClassVar[str] = "results/results.html"
    title: str
    red: bool
    blocks: tuple[Block, ...]


def results_page(summary: Summary, requests: Sequence[WaitingClinic]) -> ResultsPage:
    """`requests`: clinics that asked to see this summary."""
    return ResultsPage(title=summary.title, red=bool(summary.red_card), blocks=blocks_of(summary, requests))
