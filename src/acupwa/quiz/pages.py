"""What the quiz's templates get around its screens: begin, carry on, pause, send it on one page. No HTML here."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from acupwa.library.model import Library
from acupwa.person.codes import code_qr, shown_code
from acupwa.quiz.answer_reader import FormAnswers
from acupwa.quiz.care import Care
from acupwa.quiz.consent import consent_lines
from acupwa.quiz.minutes import about_words
from acupwa.quiz.model import CheckIn
from acupwa.quiz.posted_screen import PauseCode
from acupwa.quiz.urgent_care import urgent_care
from acupwa.sentences import say
from acupwa.web.declared import sent_fields
from acupwa.web.forms import FormData
from acupwa.web.qr import QrPicture
from acupwa.web.refused_page import RefusedPage
from acupwa.wording import gettext as _
from acupwa.wording import weekday_date_words


class StartPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the quiz is, and the button that begins it. The same for everyone."""

    template: ClassVar[str] = "quiz/start.html"
    title: str
    minutes: str
    consent: tuple[str, ...]
    consent_version: str


class SavedPage(msgspec.Struct, frozen=True):
    """A draft was saved."""

    template: ClassVar[str] = "quiz/_saved.html"


class StaleDraftPage(msgspec.Struct, frozen=True, kw_only=True):
    """A draft was not saved, as the screen was answered elsewhere since, or the check-in is finished.

    `address` shows the screen as it is now.
    """

    template: ClassVar[str] = "quiz/_stale_draft.html"
    address: str
    finished: bool


class PausedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A code as it is shown. `until` is a day in words. `left_out`: what was on the screen is not saved.

    `care` is what to do for the danger signs so far that do not wait for days: whoever rests is told, too.
    """

    template: ClassVar[str] = "quiz/paused.html"
    title: str
    left_out: bool
    code: str
    qr: QrPicture
    until: str
    go_on: str
    care: tuple[Care, ...]
    country: str | None


class ReceivedPage(msgspec.Struct, frozen=True, kw_only=True):
    """Answers with this key are kept already. Of what is in them, or whose they are, it says nothing."""

    template: ClassVar[str] = "quiz/received.html"
    title: str
    message: str


def received_page(*, another: bool) -> ReceivedPage:
    """`another`: they belong to another person than this browser's."""
    message = say("quiz.received.of_another" if another else "quiz.received.before")
    return ReceivedPage(title=_("These answers are already saved"), message=message)


def start_page(library: Library, draft_days: int, person_days: int) -> StartPage:
    return StartPage(
        title=_("Check-in"),
        minutes=about_words("full", library),
        consent=consent_lines(library, draft_days, person_days),
        consent_version=library.quiz.consent.version,
    )


def stale_draft_page(check_in: CheckIn, screen: str) -> StaleDraftPage:
    return StaleDraftPage(address=f"/quiz/{check_in.id}/{screen}", finished=check_in.finished)


def paused_page(check_in: CheckIn, code: PauseCode, origin: str, library: Library, *, left_out: bool) -> PausedPage:
    country = check_in.answers.country
    care = urgent_care((check_in,), country, library)
    return PausedPage(
        title=_("Paused") if care else _("Paused. Take a rest"),
        left_out=left_out,
        code=shown_code(code.code),
        qr=code_qr(origin, code.code),
        until=weekday_date_words(code.until.date()),
        go_on=f"/quiz/{check_in.id}",
        care=care,
        country=country,
    )


def one_page_faults(read: FormAnswers, form: FormData) -> RefusedPage:
    """What is wrong with a quiz that was sent on one page."""
    return RefusedPage(
        title=_("Some answers need a change first"),
        says=say("quiz.faults.nothing_kept"),
        errors=read.errors,
        sent=sent_fields(form),
        on=_("Open the check-in"),
        href="/quiz",
    )
