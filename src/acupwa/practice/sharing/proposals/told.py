"""What a copy says that a plan must know of. Pure. All of the patient's answers are asked anew when they take the plan."""

from __future__ import annotations

import msgspec

from acupwa.library.model import Library
from acupwa.practice.sharing.shares.model import Copy
from acupwa.practice.sharing.shares.said import answers_of
from acupwa.quiz.model import Answers


def told(copy: Copy, library: Library) -> Answers:
    """The answers that were left in; a danger sign that was shared counts without the answer that it follows from."""
    answers, _open = answers_of((item.said for item in copy.items), library)
    flags = (flag for item in copy.items for flag in item.flags if flag in library.red_flags)
    return msgspec.structs.replace(answers, red_flags=tuple(dict.fromkeys((*answers.red_flags, *flags))))
