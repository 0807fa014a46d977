"""The person's own main problem before session 1 and now, told beside what trials did. Pure.

Nothing is decided by it (docs/rules.md, "Dose and course"): it is a number for the talk with the acupuncturist.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import msgspec

from acupwa.library.model import Library
from acupwa.planner.model import SavedPlan
from acupwa.planner.plan import sessions_of
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.rules import OWN_PROBLEM, main_outcome
from acupwa.quiz.wording import same_words
from acupwa.sentences import say
from acupwa.web.text import search_key
from acupwa.wording import short_date_words


class OwnNumbers(msgspec.Struct, frozen=True, kw_only=True):
    """One rating, 0 (best) to 10 (worst), at two check-ins; the times are UTC."""

    name: str
    before: int
    asked_before: datetime
    now: int
    asked_now: datetime

    @property
    def percent_lower(self) -> int | None:
        """By how much it fell, in whole percent of the first number; None when it did not fall."""
        return round(100 * (self.before - self.now) / self.before) if self.now < self.before else None


def own_numbers(check_ins: Iterable[CheckIn], plan: SavedPlan, library: Library) -> OwnNumbers | None:
    """From the last finished check-in before session 1 to the newest one, by the main outcome of the newest; where that
    has no number in both, by what the newest names as closest to the main problem.

    None where there are no two such, where one of them left the number out, or where they asked it in other words.
    """
    finished = sorted((one for one in check_ins if one.finished_at), key=_finished)
    start = min((session.start for session in sessions_of(plan)), default=None)
    earlier = [one for one in finished if start and _finished(one) < start]
    if not earlier or earlier[-1] is finished[-1]:
        return None
    first, last = earlier[-1], finished[-1]
    keys = (main_outcome(last.answers), last.answers.main_symptom)
    return next((own for key in keys if key and (own := _compared(key, first, last, library))), None)


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


def _compared(key: str, first: CheckIn, last: CheckIn, library: Library) -> OwnNumbers | None:
    before, now = first.answers.ratings.get(key), last.answers.ratings.get(key)
    if key not in library.ratings or before is None or now is None or not _same_words(key, first, last, library):
        return None
    return OwnNumbers(
        name=_name(key, last.answers, library),
        before=before,
        asked_before=_finished(first),
        now=now,
        asked_now=_finished(last),
    )


def _finished(check_in: CheckIn) -> datetime:
    return check_in.finished_at or check_in.updated_at


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
