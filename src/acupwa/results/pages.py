"""The page of one summary. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

import msgspec

from acupwa.results.blocks import Block
from acupwa.results.model import WaitingClinic
from acupwa.results.same_day import SameDay
from acupwa.results.summary import Summary
from acupwa.results.summary_blocks import blocks_of

# After the last press the summary says that the check-in is saved; later it would be no news.
JUST_SAVED = timedelta(minutes=1)


class ResultsPage(msgspec.Struct, frozen=True, kw_only=True):
    """`red`: it is the red card of an emergency. `last`: there is none after it. `same_day`: there is another of its day."""

    template: ClassVar[str] = "results/results.html"
    title: str
    red: bool
    last: bool
    blocks: tuple[Block, ...]
    same_day: SameDay | None


def results_page(
    summary: Summary,
    requests: Sequence[WaitingClinic],
    *,
    saved: bool = False,
    last: bool = True,
    same_day: SameDay | None = None,
) -> ResultsPage:
    """`requests`: clinics that asked to see this summary. `saved`: the check-in was finished a moment ago."""
    blocks = blocks_of(summary, requests, saved=saved)
    return ResultsPage(title=summary.title, red=bool(summary.red_card), last=last, blocks=blocks, same_day=same_day)
