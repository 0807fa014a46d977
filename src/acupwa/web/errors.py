"""Faults as calm pages. What went wrong goes to the log under an id that the page shows; no health word does."""

import secrets
from traceback import extract_tb
from typing import ClassVar, Literal

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException

from acupwa.db.attempts import TooMany
from acupwa.db.work import DatabaseLost, Gone
from acupwa.logs import Seldom, log_fault
from acupwa.web.admission import VisitorLeft
from acupwa.web.aside import Busy
from acupwa.web.cookie import NoCookieKept, keeps_cookies
from acupwa.web.inject import AnyRequest
from acupwa.web.rendering import render
from acupwa.web.templates import Templates
from acupwa.wording import gettext as _

_LOST = Seldom()
# Of these a little later the same address may answer; of all others of the client's it will not.
_PASSING = (408, 429)
WayOn = Literal["again", "back", ""]


class ErrorPage(msgspec.Struct, frozen=True):
    """`not_kept` is all that a press by htmx gets: one sentence, to stand beside what was pressed.

    `way_on`: what was asked for is asked for again by a link; to what was sent one goes back. `typed_stays`: it still
    stands there, as far as we can know; not on a page of another site.
    """

    template: ClassVar[str] = "error.html"
    title: str
    message: str
    not_kept: str
    reference: str | None = None
    way_on: WayOn = ""
    typed_stays: bool = True


def show_error(request: AnyRequest, fault: Exception) -> Response[bytes]:
    """Every fault, ours or the client's, ends here: a page, or a sentence where a part of a page was asked for."""
    if isinstance(fault, VisitorLeft):
        return Response(b"", status_code=fault.status_code)
    headers: dict[str, str] = {}
    reference = None
    if isinstance(fault, DatabaseLost):
        status, headers["retry-after"] = 503, "10"
    elif isinstance(fault, TooMany):
        status, headers["retry-after"] = 429, str(fault.wait.seconds)
    elif isinstance(fault, Gone):
        status = 404
    elif isinstance(fault, HTTPException):
        status = fault.status_code
        if status == 401:
            status = 404
        headers.update(
            {k: v for k, v in (fault.headers or {}).items() if k.lower() in ("retry-after", "allow", "connection")}
        )
    else:
        status = 500
    if status >= 500 and not isinstance(fault, Busy):
        reference = _told(fault, status)
    no_cookie = isinstance(fault, NoCookieKept)
    title, message = _no_cookie_words(request) if no_cookie else _words(status)
    not_kept = f"{title}. {message}" if no_cookie else _not_kept(status)
    page = ErrorPage(title, message, not_kept, reference, _way_on(request.method, status), typed_stays=status != 403)
    return render(request, page, status_code=status, headers=headers)


def bare_page(templates: Templates, status: int, reference: str | None = None) -> bytes:
    """The page of a status, whatever was asked, and even when no page can be made any more."""
    title, message = _words(status)
    try:
        return templates.render(ErrorPage(title, message, "", reference), path="").encode()
    except Exception:
        return f"{title}. {message} {reference or ''}".encode()


def new_reference() -> str:
    """What the page of a fault of ours and its line in the log have in common."""
    return secrets.token_hex(4)


def _told(fault: Exception, status: int) -> str | None:
    """The number of its line in the log, if it has one: a lost database has one for all who ask meanwhile."""
    reference = new_reference()
    line = {"reference": reference, "kind": type(fault).__name__, "where": frames_of(fault)}
    if status == 503:
        return reference if _LOST.log_fault("fault", **line) else None
    log_fault("fault", **line)
    return reference


def _way_on(method: str, status: int) -> WayOn:
    if method not in ("GET", "HEAD"):
        return "back"
    return "again" if status in _PASSING or status >= 500 else ""


def frames_of(fault: Exception) -> list[str]:
    """Where it happened. Frames only: the message of a fault may quote what someone typed."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(fault.__traceback__)[-6:]]


def _no_cookie_words(request: AnyRequest) -> tuple[str, str]:
    title = _("This browser does not accept cookies")
    kept = _("Nothing was saved, and no code or link was used up.")
    if not keeps_cookies(request):
        why = _(
            "We need one cookie to find your answers again. Browsers do not keep it at an address that begins with http://. "
            "Ask for the address that begins with https://."
        )
    else:
        why = _(
            "We need one cookie to find your answers again. Allow cookies for this site and press the button again, "
            "or open this site in another browser."
        )
    return title, " ".join((kept, why, _("You can read all our pages without a cookie.")))


def _words(status: int) -> tuple[str, str]:
    match status:
        case 403:
            return _("That request did not come from this site"), _("Go back, open the page again and try again.")
        case 404:
            return _("Page not found"), _("It may have moved or been deleted, or the address may be wrong.")
        case 405:
            return _("You cannot do that here"), _("Go back and use the buttons on the page.")
        case 408:
            return _("That took too long to arrive"), _("Nothing was saved. Go back and send it again.")
        case 413:
            return _("That is too long"), _("Please send less text and try again.")
        case 415:
            return _("We could not read that"), _("Please use the form on the page.")
        case 429:
            return _("Please wait a moment"), _("Too many attempts in a short time. Try again in a minute.")
        case 503:
            return (
                _("We cannot save right now"),
                _("You have not lost anything. Please wait a few seconds and try again."),
            )
        case status if status < 500:
            return _("We could not use that"), _("Go back, check what you typed, and try again.")
        case _other:
            return _("Something went wrong"), _(
                "This is our fault, not yours. Nothing was partly saved. Please try again."
            )


def _not_kept(status: int) -> str:
    match status:
        case 403 | 405 | 415:
            return _("Not saved. Please open this page again and retry.")
        case 404:
            return _("Not saved: this is no longer here. It may have been deleted or moved to another phone.")
        case 409:
            return _("Not saved: it was changed on another page or phone. Please open this page again.")
        case 408:
            return _("Not saved: it took too long to arrive. Please try again.")
        case 413:
            return _("Not saved: that is too long. Please use fewer words.")
        case 429:
            return _("Not saved yet: too many attempts in a short time. Please try again in a minute.")
        case 503:
            return _("Not saved yet: we cannot save right now. Please try again in a few seconds.")
        case status if status < 500:
            return _("Not saved: we could not use that. Please check what you typed.")
        case _other:
            return _("Not saved: something went wrong on our side. Please try again.")
