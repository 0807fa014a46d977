"""How long a view lasts, what its code looks like, how it stands. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from acupwa.person.codes import read_letters
from acupwa.practice.sharing.views.model import DoctorView
from acupwa.wording import gettext as _

VIEW_DAYS = 7
LASTS = timedelta(days=VIEW_DAYS)
# To be read out on the phone. 32 bits are enough: the address has 256, and so few wrong codes shut the view.
CODE_LENGTH = 8
MOST_WRONG = 10
MOST_VIEWS = 10
# Of wrong codes from one place, before its next wrong one waits. A right one always opens.
TRIES_BY_PLACE, TRIES_WITHIN = 20, timedelta(hours=1)


def read_view_code(typed: str) -> str | None:
    return read_letters(typed, CODE_LENGTH)


def shown_view_code(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def is_open(view: DoctorView, now: datetime) -> bool:
    return view.ended_at is None and view.wrong < MOST_WRONG and now < view.ends_at


def is_shut(view: DoctorView, now: datetime) -> bool:
    """By wrong codes: a new code opens it again."""
    return view.ended_at is None and view.wrong >= MOST_WRONG and now < view.ends_at


def wording() -> tuple[str, ...]:
    """What is agreed to by pressing the button."""
    return (
        _(
            "Who: anyone who has both the address and the code. Send the address one way, and give the code another way."
        ),
        _("How long: 7 days, or until you end it. Then we delete this copy."),
        _("What you see: every time it is opened, and when. We do not know who it was."),
        _("What they saw, printed or wrote down stays with them."),
        _("Nobody watches these answers for you. If you need help now, do not wait for your doctor to read this."),
    )
