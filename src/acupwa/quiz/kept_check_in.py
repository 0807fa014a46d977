"""What a check-in that this app keeps can be, for one that comes from elsewhere. Pure.

What an earlier quiz asked is taken as it is. What today's asks is held against it.
"""

from __future__ import annotations

from collections.abc import Iterator

from acupwa.library.model import Library
from acupwa.quiz.groups import sign_groups
from acupwa.quiz.model import CheckIn
from acupwa.quiz.none_marks import false_none_marks
from acupwa.quiz.retired_answers import known_answers
from acupwa.quiz.rules import path_of
from acupwa.quiz.safety import NO_URGENCY, derive, strictest


def impossible_in_check_in(check_in: CheckIn, library: Library) -> Iterator[str]:
    """The fields of it, by their names in a file, that no form could have made; the first first."""
    answers = check_in.answers
    if check_in.finished and (answers.age_band is None or not answers.conditions):
        yield "answers"
    # One that is no longer asked about may stand beside it.
    if "none-yet" in answers.conditions and len(library.conditions.keys() & set(answers.conditions)) > 1:
        yield "answers.conditions"
    yield from (f"answers.{mark}" for mark in false_none_marks(check_in, library))
    if check_in.quiz_version == library.quiz.version:
        yield from (f"answers.instruments.{id}" for id in _beside_their_items(check_in, library))
        yield from (f"open_items[{place}]" for place in _not_open(check_in, library))
        yield from (f"answers.{name}" for name in _not_on_the_path(check_in, library))
    if not _urgency_fits(check_in, library):
        yield "urgency"
    if check_in.helped and check_in.had_help_at is None:
        yield "helped"
    if check_in.taken_over and check_in.finished:
        yield "taken_over"


def _beside_their_items(check_in: CheckIn, library: Library) -> Iterator[str]:
    """Instruments of today's quiz with more or fewer answers than they have items, or with other numbers."""
    known = known_answers(check_in.answers, library).instruments
    yield from (id for id in check_in.answers.instruments if id in library.instruments and id not in known)


def _not_open(check_in: CheckIn, library: Library) -> Iterator[int]:
    """The places of items that there are not, or that were answered."""
    for place, item in enumerate(check_in.open_items):
        id, _dot, number = item.rpartition(".")
        if id not in library.instruments:
            continue
        items = check_in.answers.instruments.get(id, (None,) * len(library.instruments[id].items))
        if number not in {str(one) for one, value in enumerate(items, 1) if value is None}:
            yield place


def _not_on_the_path(check_in: CheckIn, library: Library) -> Iterator[str]:
    """What a short way through the quiz does not ask, and finishing on it drops."""
    known = known_answers(check_in.answers, library)
    if check_in.finished and path_of(check_in.answers) != "full":
        yield from (name for name in ("ratings", "instruments") if getattr(known, name))


def _urgency_fits(check_in: CheckIn, library: Library) -> bool:
    """A finished one has its urgency, a draft none. Other content may have held a sign for more or less urgent."""
    if check_in.urgency is None or not check_in.finished:
        return check_in.urgency is None and not check_in.finished
    answers = check_in.answers
    known = known_answers(answers, library)
    if check_in.content_version == library.version and known == answers:
        return check_in.urgency == strictest(derive(known, library).flag_ids, library)
    if known.red_flags or sign_groups(known, library):
        return check_in.urgency != NO_URGENCY
    told = (answers.red_flags, answers.precautions, answers.unsure, answers.groups)
    return any(told) or check_in.urgency == NO_URGENCY
