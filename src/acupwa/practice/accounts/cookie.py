"""The sign-in cookie of a practitioner. It is another one than a patient's: a phone may hold both."""

import msgspec
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException

from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.rules import SIGN_IN_LASTS, browser_words
from acupwa.practice.accounts.sign_in_service import find_signed_in
from acupwa.web.cookie import TokenCookie
from acupwa.web.inject import AnyRequest, WorkDep
from acupwa.web.rendering import read_form

_COOKIE = TokenCookie("acupwa-practice", int(SIGN_IN_LASTS.total_seconds()))
token_of, token_cookie, forget_cookie = _COOKIE.read, _COOKIE.make, _COOKIE.forget

Who = NamedDependency[SignedIn | None]


async def signed_in_of(request: AnyRequest, work: WorkDep) -> SignedIn | None:
    """Whoever the cookie names, or nobody."""
    token = token_of(request)
    return await work(find_signed_in, token) if token else None


SIGNED_IN = {"signed_in": Provide(signed_in_of)}


def need(signed_in: SignedIn | None) -> SignedIn:
    """Without a sign-in there is nothing here."""
    if signed_in is None:
        raise NotFoundException
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


def address_of(request: AnyRequest) -> str:
    return request.client.host if request.client else ""
