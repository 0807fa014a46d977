"""Where "None of these" is ticked beside something: no form is taken so, and nothing is kept so. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec.structs import replace

from acupwa.library.model import Library
from acupwa.quiz.groups import precaution_groups, sign_groups, urgencies_in
from acupwa.quiz.model import FOLLOW_UP, OLD_FOLLOW_UP_SCREENS, Answers, CheckIn
from acupwa.quiz.rules import AFTER_NEEDLES, precautions_asked
from acupwa.quiz.safety import EMERGENCY


def false_none_marks(check_in: CheckIn, library: Library) -> tuple[str, ...]:
    """The `none_…` marks of its answers that something ticked speaks against. What has no words any more does not."""
    ticked = _ticked_beside(check_in, library)
    return tuple(mark for mark, ids in ticked.items() if getattr(check_in.answers, mark) and any(ids))


def without_false_none(check_in: CheckIn, library: Library) -> CheckIn:
    """The check-in in which what was ticked stands, and no "None of these" beside it."""
    marks = dict.fromkeys(false_none_marks(check_in, library), False)
    return replace(check_in, answers=replace(check_in.answers, **marks)) if marks else check_in


def _ticked_beside(check_in: CheckIn, library: Library) -> Mapping[str, Iterable[str]]:
    answers = check_in.answers
    signs = [flag for flag in library.red_flags.values() if flag.id in answers.red_flags]
    if _is_one_page(check_in):
        right_now, groups = signs, list(sign_groups(answers, library))
    elif _has_own_screens(check_in):
        right_now = [flag for flag in signs if flag.group != AFTER_NEEDLES]
        groups = [one for one in sign_groups(answers, library) if one != AFTER_NEEDLES]
    else:
        right_now = [flag for flag in signs if flag.urgency == EMERGENCY]
        groups = [one for one in sign_groups(answers, library) if EMERGENCY in urgencies_in(one, library)]
    return {
        "none_right_now": [*(flag.id for flag in right_now), *groups],
        "none_lately": [
            *(flag.id for flag in signs if flag.urgency != EMERGENCY),
            *(one for one in sign_groups(answers, library) if EMERGENCY not in urgencies_in(one, library)),
        ],
        "none_before_needles": _told(answers, library),
        "none_side_effects": [one for one in answers.side_effects if one in library.side_effects],
        "none_changed": [one.id for one in library.quiz.changes if one.id in answers.changed_since],
    }


def _is_one_page(check_in: CheckIn) -> bool:
    """A follow-up that was answered on its one page: all danger signs stand there together."""
    return FOLLOW_UP in check_in.seen and _has_own_screens(check_in)


def _has_own_screens(check_in: CheckIn) -> bool:
    """A follow-up, unless it was sent with all screens of the full quiz, and so was asked as these ask. Those of old have
    asked for the signs after needles apart.
    """
    return check_in.variant == "follow-up" and set(check_in.seen) <= {FOLLOW_UP, *OLD_FOLLOW_UP_SCREENS}


def _told(answers: Answers, library: Library) -> list[str]:
    told = {*answers.precautions, *answers.unsure}
    asked = [one.id for one in precautions_asked(answers, library) if one.id in told]
    return [*asked, *precaution_groups(answers, library)]
