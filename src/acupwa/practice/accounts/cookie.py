"""The sign-in cookie of a practitioner. It is another one than a patient's: a phone may hold both."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.di import NamedDependency, Provide
from litestar.exceptions import NotFoundException

from acupwa.db.work import Work
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.rules import SIGN_IN_LASTS, browser_words
from acupwa.practice.accounts.service import find_signed_in

_NAME = "acupwa-practice"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_TOKEN_LENGTH = 64


async def signed_in_of(request: Request[Any, Any, Any], work: NamedDependency[Work]) -> SignedIn | None:
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


def token_of(request: Request[Any, Any, Any]) -> str:
    token = request.cookies.get(_cookie_name(request), "")
    return token if len(token) <= _TOKEN_LENGTH else ""


def token_cookie(request: Request[Any, Any, Any], token: str) -> Cookie:
    return _cookie(request, token, int(SIGN_IN_LASTS.total_seconds()))


def forget_cookie(request: Request[Any, Any, Any]) -> Cookie:
    return _cookie(request, "", 0)


def browser_of(request: Request[Any, Any, Any]) -> str:
    return browser_words(request.headers.get("user-agent", ""))


def address_of(request: Request[Any, Any, Any]) -> str:
    return request.client.host if request.client else ""


def _cookie(request: Request[Any, Any, Any], token: str, max_age: int) -> Cookie:
    return Cookie(
        key=_cookie_name(request),
        value=token,
        max_age=max_age,
        path="/",
        secure=not _plain_local(request),
        httponly=True,
        samesite="lax",
    )


def _cookie_name(request: Request[Any, Any, Any]) -> str:
    return _NAME if _plain_local(request) else f"__Host-{_NAME}"


def _plain_local(request: Request[Any, Any, Any]) -> bool:
    return request.url.scheme == "http" and request.url.hostname in _LOCAL
