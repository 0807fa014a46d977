"""What a plan must know of a copy. Pure. All of the patient's answers are asked anew when they take the plan."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Library
from acupwa.practice.sharing.shares.model import Copy
from acupwa.practice.sharing.shares.shared_answers import answers_of
from acupwa.quiz.model import Answers


def plan_answers(copy: Copy, library: Library) -> Answers:
    """The answers that were left in; a danger sign that was shared counts without the answer that it follows from.

    A group of signs counts as itself.
    """
    answers = answers_of(copy.lines, library)
    lines = (line for line in copy.lines if not line.data.groups)
    flags = (flag for line in lines for flag in line.flags if flag in library.red_flags)
    return msgspec.structs.replace(answers, red_flags=tuple(dict.fromkeys((*answers.red_flags, *flags))))
