"""What to do for danger signs that stand and do not wait for days: for each page on which a person stops or begins. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from acupwa.library.model import Library
from acupwa.quiz.care import Care, make_care
from acupwa.quiz.model import CheckIn
from acupwa.quiz.standing_signs import standing_signs


def urgent_care(check_ins: Iterable[CheckIn], country: str | None, library: Library) -> tuple[Care, ...]:
    """A card for each urgency, the strictest first. `country` is a code, None when it is not known."""
    raised = standing_signs(check_ins, library).raised
    return tuple(one for one in make_care(raised, country, library) if one.urgency != "within-days")
