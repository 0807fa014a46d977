"""The sign-in cookie of a practitioner. It is another one than a patient's: a phone may hold both."""

from contextlib import suppress

import msgspec
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException, NotFoundException

from acupwa.db.work import Work
from acupwa.practice.accounts.model import NewSignIn, ShutDoor, SignedIn
from acupwa.practice.accounts.nav import bar_of
from acupwa.practice.accounts.rules import DEVICE_KNOWN, REMEMBERED, browser_words
from acupwa.practice.accounts.sign_in_service import find_visitor, note_visit
from acupwa.practice.accounts.unsent_service import drop_unsent, find_unsent, keep_unsent
from acupwa.practice.accounts.way_back import form_page, own_page, page_of_another
from acupwa.practice.accounts.zones import country_of
from acupwa.web.cookie import TokenCookie, keeps_cookies
from acupwa.web.forms import FormData
from acupwa.web.inject import AnyRequest, WorkDep
from acupwa.web.rendering import read_form
from acupwa.wording import set_country, set_zone

# It outlives the sign-in: who comes back after it ended is led to the sign-in page.
_COOKIE = TokenCookie("acupwa-practice", int(REMEMBERED.total_seconds()))
_DOOR = TokenCookie("acupwa-practice-door", 3_600)
_DEVICE = TokenCookie("acupwa-practice-device", int(DEVICE_KNOWN.total_seconds()))
token_of, token_cookie = _COOKIE.read, _COOKIE.make
device_of = _DEVICE.read

Who = NamedDependency[SignedIn | None]


class SignInNeeded(NotFoundException):
    """Nobody is signed in, or not any more."""


async def signed_in_of(request: AnyRequest, work: WorkDep) -> SignedIn | None:
    """Whoever the cookie names, or nobody.

    What comes from a page of somebody else's is sent by nobody; it is sealed for them, as what was sent by a sign-in
    that has ended.
    """
    token = token_of(request)
    signed_in = await _find(work, token) if token else None
    if request.method == "POST" and own_page(request.url.path):
        with suppress(HTTPException):
            signed_in = await _sender(request, work, token, signed_in)
    request.state.signed_in = signed_in
    if signed_in is not None and own_page(request.url.path):
        request.state.bar = bar_of(signed_in, request.url.path)
    if signed_in is None or request.method == "POST":
        return signed_in
    if "typed" in request.query_params:
        request.state.sent = await work.read(find_unsent, signed_in.sign_in_id, request.url.path)
    done, about = (request.query_params.get(name, "") for name in ("done", "about"))
    return msgspec.structs.replace(signed_in, done=done, about=about)


async def _find(work: Work, token: str) -> SignedIn | None:
    found = await work.read(find_visitor, token)
    if found is None:
        return None
    signed_in, to_note = found
    if to_note:
        await work.note(note_visit, signed_in)
    return signed_in


async def _sender(request: AnyRequest, work: Work, token: str, signed_in: SignedIn | None) -> SignedIn | None:
    """Who is signed in, when it is their form. What was sent waits in the state of the request for the pages at its end."""
    form = request.state.sent = await read_form(request)
    another = signed_in is not None and page_of_another(form, signed_in.practitioner.id)
    if signed_in is not None and not another:
        await work(drop_unsent, signed_in.sign_in_id, form_page(request.url.path))
        return signed_in
    if token or form.one("whose"):
        request.state.unsent = await work.read(keep_unsent, token, request.url.path, form, another=another)
    return None


def typed_before(request: AnyRequest) -> FormData | None:
    """What was typed in the form of this page when the sign-in before had ended, after the way back from it."""
    found: FormData | None = request.state.get("sent")
    return found


def shut_door(request: AnyRequest, form: FormData | None = None) -> ShutDoor | None:
    """Why a sign-in cannot be kept in this browser, before anything is used up; None when nothing speaks against it.

    `form` is one of our pages that was sent: its page came with a cookie, which a browser that keeps cookies sends back.
    """
    if not keeps_cookies(request):
        return "no-https"
    return "no-cookies" if form is not None and form.one("probe") and not _DOOR.read(request) else None


def door_cookie(request: AnyRequest) -> Cookie:
    """With each page at the door."""
    return _DOOR.make(request, "1")


def in_cookies(request: AnyRequest, new: NewSignIn) -> list[Cookie]:
    """After a sign-in. Who is half in is not known in this browser yet."""
    if new.half:
        return [_COOKIE.make(request, new.token)]
    return [_COOKIE.make(request, new.token), _DEVICE.make(request, new.device)]


SIGNED_IN = {"signed_in": Provide(signed_in_of)}


def was_signed_in(request: AnyRequest) -> bool:
    """Whether this browser still has the cookie of a sign-in, ended or not."""
    return bool(token_of(request))


def need(signed_in: SignedIn | None) -> SignedIn:
    """Without a sign-in there is nothing here but the way to it. From here on days and times are those of the clinic."""
    if signed_in is None:
        raise SignInNeeded
    # Set here, in the task of the handler: a dependency may run in one of its own.
    set_zone(signed_in.clinic.time_zone)
    set_country(country_of(signed_in.clinic.time_zone))
    return signed_in


def need_owner(signed_in: SignedIn | None) -> SignedIn:
    if not need(signed_in).practitioner.is_owner:
        raise NotFoundException
    return need(signed_in)


async def press_of(request: AnyRequest, who: SignedIn) -> str:
    """Which press of a button this is (`db.presses`): the same page, with the same words, from the same sign-in.

    Empty where the form was not one of our pages.
    """
    form = await read_form(request)
    if not form.one("press"):
        return ""
    return f"{who.sign_in_id} {request.url.path} {msgspec.json.encode(form.fields).decode()}"


def browser_of(request: AnyRequest) -> str:
    return browser_words(request.headers.get("user-agent", ""))
