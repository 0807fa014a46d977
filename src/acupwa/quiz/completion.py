"""What becomes of a check-in when answers are read over it, and when it is finished. Pure."""

from __future__ import annotations

from datetime import datetime

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.advice_given import advice_given
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.none_marks import without_false_none
from acupwa.quiz.retired_answers import has_retired_signs, known_answers, version_after, with_retired, with_unasked
from acupwa.quiz.rules import PRESSED_TWICE_WITHIN, complete, path_of
from acupwa.quiz.safety import derive, stricter, strictest
from acupwa.quiz.standing_signs import still_helped

replace = msgspec.structs.replace


def change(check_in: CheckIn, read: FormAnswers, now: datetime, library: Library) -> CheckIn:
    """The check-in with the answers of a form; a finished one stays complete.

    A draft takes a form with faults, too: what is ticked in it counts, not "None of these" beside it.
    """
    answers = with_retired(read.answers, check_in.answers, library)
    changed = replace(
        check_in,
        answers=answers,
        open_items=read.open_items,
        quiz_version=version_after(check_in, answers, library),
        content_version=library.version,
        updated_at=now,
    )
    changed = still_helped(without_false_none(changed, library), library)
    return _finished_again(check_in, changed, library) if check_in.finished else changed


def finish(check_in: CheckIn, now: datetime, library: Library) -> CheckIn:
    """The check-in as it is kept for good, with its urgency. What it took over ends here, where it is not told again."""
    return _completed(replace(check_in, finished_at=now, updated_at=now, taken_over=()), library)


def is_sent_twice(latest: CheckIn, new: CheckIn) -> bool:
    """Whether `latest`, which was finished minutes ago, says all that the new one does."""
    said = [(one.variant, one.answers, one.open_items) for one in (latest, new)]
    return said[0] == said[1] and new.created_at - latest.created_at < PRESSED_TWICE_WITHIN


def _finished_again(check_in: CheckIn, changed: CheckIn, library: Library) -> CheckIn:
    """A change may drop answers whose question no longer fits; a new version of the quiz alone drops none."""
    again = _completed(changed, library, check_in.answers)
    still = complete(known_answers(check_in.answers, library), check_in.open_items, library)
    answers = with_unasked(again.answers, changed.answers, check_in.answers, still)
    urgency = again.urgency
    if has_retired_signs(answers, library):
        urgency = stricter(check_in.urgency, again.urgency)
    return replace(again, answers=answers, urgency=urgency)


def _completed(check_in: CheckIn, library: Library, kept_before: Answers | None = None) -> CheckIn:
    known = known_answers(check_in.answers, library)
    answers = complete(known, check_in.open_items, library)
    if kept_before:
        answers = _still_told(answers, known, kept_before)
    urgency = strictest(derive(answers, library).flag_ids, library)
    advice = advice_given(answers, library)
    if check_in.answers.main_symptom != known.main_symptom:
        # What was named stays named, also when there are no words for it any more.
        answers = replace(answers, main_symptom=None)
    answers = with_retired(answers, check_in.answers, library)
    return replace(check_in, answers=answers, urgency=urgency, advice=advice)


def _still_told(completed: Answers, changed: Answers, kept_before: Answers) -> Answers:
    """A short path keeps what raises a sign. When that sign is unticked, what was kept for it stays: ticked again by
    someone who erred, the two make the emergency that they made before.
    """
    if "full" in (path_of(kept_before), path_of(changed)):
        return completed
    before = {*kept_before.precautions, *kept_before.unsure, *kept_before.groups}
    return replace(
        completed,
        **{
            name: tuple(one for one in getattr(changed, name) if one in before or one in getattr(completed, name))
            for name in ("precautions", "unsure", "groups")
        },
    )
