"""A check-in as one line of the person's own page. Pure."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from acupwa.library.model import Library
from acupwa.quiz.model import CheckIn
from acupwa.quiz.retired_answers import retired_answers
from acupwa.wording import date_words, ngettext
from acupwa.wording import gettext as _


class CheckInLine(msgspec.Struct, frozen=True, kw_only=True):
    """`retired` says how many of its answers are to questions that are no longer asked, if there are any."""

    href: str
    words: str
    state: str
    delete: str
    review: str
    retired: str


def check_in_line(check_in: CheckIn, draft_days: int, library: Library) -> CheckInLine:
    """A draft is deleted `draft_days` after it was last changed."""
    return CheckInLine(
        href=f"/results/{check_in.id}" if check_in.finished else f"/quiz/{check_in.id}",
        words=check_in_words(check_in),
        state=_state(check_in, draft_days),
        delete=delete_address(check_in),
        review=f"/quiz/{check_in.id}/review#older",
        retired=_retired_words(len(retired_answers(check_in.answers, library))),
    )


def check_in_words(check_in: CheckIn) -> str:
    if check_in.finished_at:
        return _("Check-in of {day}").format(day=date_words(check_in.finished_at))
    return _("Check-in started on {day}").format(day=date_words(check_in.created_at))


def delete_address(check_in: CheckIn) -> str:
    return f"/me/check-ins/{check_in.id}/delete"


def _state(check_in: CheckIn, draft_days: int) -> str:
    if not check_in.finished:
        end = date_words(check_in.updated_at + timedelta(days=draft_days))
        return _("not finished; will be deleted on {day} unless you go on").format(day=end)
    return _("follow-up") if check_in.variant == "follow-up" else _("full")


def _retired_words(count: int) -> str:
    words = ngettext(
        "{n} answer to a question that is no longer asked",
        "{n} answers to questions that are no longer asked",
        count,
    )
    return words.format(n=count) if count else ""
