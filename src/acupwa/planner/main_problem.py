"""The person's own main problem before session 1 and now, told beside what trials did. Pure.

Nothing is decided by it (docs/rules.md, "Dose and course"): it is a number for the talk with the acupuncturist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from acupwa.library.model import Library
from acupwa.planner.fair_start import NEAR, WEEK, begins_at, finished_at
from acupwa.planner.model import SavedPlan
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import OWN_PROBLEM, main_outcome
from acupwa.quiz.wording import same_words
from acupwa.sentences import say
from acupwa.web.text import search_key
from acupwa.wording import short_date_words


class OwnNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """One rating, 0 (best) to 10 (worst), at two check-ins; the times are UTC. `earlier` is the number of a check-in a week
    or more before the first of them, where there is one: it is shown, and not reckoned with.
    """

    key: str
    name: str
    before: int
    asked_before: datetime
    now: int
    asked_now: datetime
    earlier: int | None = None
    asked_earlier: datetime | None = None

    @property
    def days(self) -> int:
        return (self.asked_now - self.asked_before).days

    @property
    def percent_lower(self) -> int | None:
        """By how much it fell, in whole percent of the first number; None when it did not fall."""
        return round(100 * (self.before - self.now) / self.before) if self.now < self.before else None


def own_numbers(check_ins: Iterable[CheckIn], plan: SavedPlan, library: Library) -> OwnNumbers | None:
    """From the last finished check-in before session 1 to the newest one, by the main outcome of the newest; where that
    has no number in both, by what the newest names as closest to the main problem.

    None where there are no two such, where one of them left the number out, or where they asked it in other words.
    """
    earlier, later = around_start(check_ins, plan)
    if not earlier or not later:
        return None
    first, last = earlier[-1], later[-1]
    keys = (main_outcome(last.answers), last.answers.main_symptom)
    found = next((own for key in keys if key and (own := _compared(key, first, last, library))), None)
    return _with_earlier(found, earlier, library) if found else None


def around_start(check_ins: Iterable[CheckIn], plan: SavedPlan) -> tuple[tuple[CheckIn, ...], tuple[CheckIn, ...]]:
    """The finished check-ins before session 1, and those since, the oldest first; all are before while none stands."""
    finished = sorted((one for one in check_ins if one.finished_at), key=finished_at)
    start = begins_at(plan)
    earlier = tuple(one for one in finished if start is None or finished_at(one) < start)
    return earlier, tuple(finished[len(earlier) :])


def own_words(own: OwnNumbers) -> str:
    """What the plan says of them."""
    numbers = say(
        "planner.reviews.own",
        name=own.name,
        before=own.before,
        first=short_date_words(own.asked_before.date(), year=True),
        now=own.now,
        last=short_date_words(own.asked_now.date(), year=True),
    )
    if own.percent_lower is None:
        return numbers
    return f"{numbers} {say('planner.reviews.own_lower', size=own.before - own.now, percent=own.percent_lower)}"


def _with_earlier(own: OwnNumbers, earlier: Sequence[CheckIn], library: Library) -> OwnNumbers:
    """The newest of those that are a week or more before the one that is compared, and not of long ago."""
    last = earlier[-1]
    for one in reversed(earlier[:-1]):
        found = _compared(own.key, one, last, library)
        if found and WEEK <= finished_at(last) - finished_at(one) <= NEAR:
            return replace(own, earlier=found.before, asked_earlier=found.asked_before)
    return own


def _compared(key: str, first: CheckIn, last: CheckIn, library: Library) -> OwnNumbers | None:
    before, now = first.answers.ratings.get(key), last.answers.ratings.get(key)
    if key not in library.ratings or before is None or now is None or not _same_words(key, first, last, library):
        return None
    return OwnNumbers(
        key=key,
        name=_name(key, last.answers, library),
        before=before,
        asked_before=finished_at(first),
        now=now,
        asked_now=finished_at(last),
    )


def _same_words(key: str, first: CheckIn, last: CheckIn, library: Library) -> bool:
    if not same_words(key, first.quiz_version, last.quiz_version, library):
        return False
    if key != OWN_PROBLEM:
        return True
    return search_key(first.answers.problem_words or "") == search_key(last.answers.problem_words or "")


def _name(key: str, answers: Answers, library: Library) -> str:
    if key == OWN_PROBLEM and answers.problem_words:
        return say("planner.reviews.own_name", words=answers.problem_words)
    return library.ratings[key].name
