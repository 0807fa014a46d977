"""What someone shared with a clinic over time: a trend for each rating, and the newest beside the last one. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from acupwa.library.model import Library
from acupwa.practice.inbox.shared_check_in import problem_words
from acupwa.practice.sharing.shares.model import Share, SharedLine
from acupwa.practice.sharing.shares.shared_answers import question_of
from acupwa.quiz.model import CheckIn
from acupwa.quiz.rules import OWN_PROBLEM
from acupwa.quiz.wording import wording_of
from acupwa.results.progress import TrendPart, trend_parts
from acupwa.results.trend import trends_of
from acupwa.web.text import search_key


class BesideLine(msgspec.Struct, frozen=True, kw_only=True):
    """One question both times; empty where it was not shared or not asked."""

    question: str
    before: str
    now: str


def trends_over_time(records: Sequence[CheckIn], library: Library) -> tuple[TrendPart, ...]:
    """Ratings that were shared at least twice in the same words, the main outcome first."""
    # A check-in that was shared by two links is one point.
    by_time = {one.finished_at: one for one in records}
    return trend_parts(trends_of(tuple(by_time.values()), library), library, least=2)


def beside_lines(share: Share, earlier: Share, library: Library) -> tuple[BesideLine, ...]:
    """In the order of the newer one; then what only the earlier one has."""
    now, before = _by_question(share, library), _by_question(earlier, library)
    return tuple(
        BesideLine(
            question=(now.get(one) or before[one]).question,
            before=" · ".join(before[one].plain) if one in before else "",
            now=" · ".join(now[one].plain) if one in now else "",
        )
        for one in dict.fromkeys((*now, *before))
    )


def _by_question(share: Share, library: Library) -> dict[tuple[str, ...], SharedLine]:
    """A rating that was asked in other words is another question, as it is another trend."""
    return {(*question_of(line), *_wording(line, share, library)): line for line in share.copy.lines}


def _wording(line: SharedLine, share: Share, library: Library) -> tuple[str, ...]:
    key = next((one.partition(".")[0] for one in (*line.data.items, *line.data.ratings)), None)
    if key is None:
        return ()
    own = search_key(problem_words(share) or "") if key == OWN_PROBLEM else ""
    version = share.copy.quiz_version
    if key not in library.ratings and key not in library.instruments:
        return version, own
    wording = wording_of(key, version, library)
    return str(share.id) if wording is None else wording, own
