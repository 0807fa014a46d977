"""What a person tells outside a check-in, such as after a session, put into the one that is open. Pure.

The rule: docs/rules.md, "After a session".
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.completion import change
from acupwa.quiz.model import Answers, CheckIn
from acupwa.quiz.reason import Reason
from acupwa.quiz.retired_answers import known_answers, known_check_in
from acupwa.quiz.safety import derive
from acupwa.quiz.standing_signs import key_of, signs_of

replace = msgspec.structs.replace


class ToldSigns(msgspec.Struct, frozen=True, kw_only=True):
    """Danger signs, their groups that were ticked with nothing chosen inside, and precautions: ids of this library."""

    red_flags: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.red_flags or self.groups or self.precautions)

    @property
    def reasons(self) -> frozenset[Reason]:
        return frozenset(
            (
                *(Reason("red_flags", one) for one in self.red_flags),
                *(Reason("groups", one) for one in self.groups),
                *(Reason("precautions", one) for one in self.precautions),
            )
        )


def raised_by(told: ToldSigns, known: Answers, draft: Answers, library: Library) -> tuple[str, ...]:
    """The keys of the danger signs that it makes, itself or with what is known: the answers that a next check-in takes
    over (`known`), and those of the open one.
    """
    both = replace(
        known_answers(known, library),
        red_flags=told.red_flags,
        groups=_with(_with(draft.groups, known.groups), told.groups),
        precautions=_with(_with(known.precautions, draft.precautions), told.precautions),
        unsure=_with(known.unsure, draft.unsure),
        conditions=_with(known.conditions, draft.conditions),
    )
    found = derive(known_answers(both, library), library).red_flags
    return tuple(dict.fromkeys(key_of(one) for one in found if not told.reasons.isdisjoint(one.because)))


def with_told(draft: CheckIn, told: ToldSigns, known: Answers, now: datetime, library: Library) -> CheckIn:
    """The draft with what was told, as if it had been ticked there; nothing is taken off.

    A sign that its own answers do not make, as it does not ask that far yet, is taken over. One that help was had for
    stands anew: it was told again.
    """
    stored = known_check_in(draft, library).answers
    signs = raised_by(told, known, stored, library)
    answers = replace(
        stored,
        red_flags=_with(stored.red_flags, told.red_flags),
        groups=_with(stored.groups, told.groups),
        precautions=_with(stored.precautions, told.precautions),
        unsure=tuple(one for one in stored.unsure if one not in told.precautions),
    )
    changed = change(draft, FormAnswers(answers=answers, open_items=draft.open_items), now, library)
    own = signs_of(changed, library)
    return replace(
        changed,
        helped=tuple(one for one in changed.helped if one not in signs),
        taken_over=(*changed.taken_over, *(one for one in signs if one not in own)),
        # What to know before needles has changed, so all of it is gone through.
        confirmed_at=None if told.precautions else changed.confirmed_at,
    )


def _with(before: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*before, *more)))
