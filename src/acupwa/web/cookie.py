"""The cookies that hold a token of ours: one for a person, another for a practitioner. A phone may hold both."""

import msgspec
from litestar import Response
from litestar.datastructures import Cookie
from litestar.exceptions import HTTPException

from acupwa.db.tokens import new_token
from acupwa.web.accepted import takes_pages
from acupwa.web.addresses import written
from acupwa.web.host import is_loopback
from acupwa.web.inject import AnyRequest
from acupwa.web.origin import own_origin

_TOKEN_LENGTH = 64
# Before a token with which nothing was made yet. No token of ours has a full stop in it.
_OFFERED = "new."
_ASKED = "cookie"


class CookieAsked(Exception):
    """The browser is to show that it keeps `cookie`, by sending what it sent once more."""

    def __init__(self, cookie: Cookie) -> None:
        super().__init__()
        self.cookie = cookie


class NoCookieKept(HTTPException):
    """This browser does not keep cookies of ours, so what it would make could never be found again."""

    status_code = 400


def ask_for_cookie(request: AnyRequest, asked: CookieAsked) -> Response[bytes]:
    """307: a browser sends the same form again by itself, with the cookie if it keeps one. No script is needed."""
    headers = {"location": f"{written(request.scope['path'])}?{_ASKED}=", "cache-control": "no-store"}
    return Response(b"", status_code=307, cookies=[asked.cookie], headers=headers)


class TokenCookie(msgspec.Struct, frozen=True):
    """`max_age` in seconds. No script reads it and no other site sends it; only on one's own machine it goes by plain
    HTTP, where it has no `__Host-` before its name.
    """

    name: str
    max_age: int

    def read(self, request: AnyRequest) -> str:
        """The token that this browser sent; empty when it sent none."""
        token = self._sent(request).removeprefix(_OFFERED)
        return token if len(token) <= _TOKEN_LENGTH else ""

    def read_offered(self, request: AnyRequest) -> str | None:
        """The token that this browser was offered to find out whether it keeps one, and sent back."""
        sent = self._sent(request)
        return self.read(request) or None if sent.startswith(_OFFERED) else None

    def is_held(self, request: AnyRequest) -> bool:
        """Whether this browser sent a token that something was made with. Whose it is, and whether still, is not asked."""
        return bool(self.read(request)) and not self.read_offered(request)

    def need_kept(self, request: AnyRequest) -> None:
        """Before anything is stored or used up for a browser: does it keep our cookie? One that has not shown it is
        asked, by sending the same form again.

        Who takes any answer, not just a page, is a program that minds its own cookies: it is not asked. Raises
        CookieAsked the first time, NoCookieKept the second.
        """
        if self.read(request) or not _wants_page(request):
            return
        if request.query_params.get(_ASKED) is not None:
            raise NoCookieKept
        raise CookieAsked(self._cookie(request, _OFFERED + new_token(), self.max_age))

    def make(self, request: AnyRequest, token: str) -> Cookie:
        return self._cookie(request, token, self.max_age)

    def forget(self, request: AnyRequest) -> Cookie:
        return self._cookie(request, "", 0)

    def _cookie(self, request: AnyRequest, token: str, max_age: int) -> Cookie:
        return Cookie(
            key=self._name(request),
            value=token,
            max_age=max_age,
            path="/",
            secure=not _plain_local(request),
            httponly=True,
            samesite="lax",
        )

    def _sent(self, request: AnyRequest) -> str:
        return request.cookies.get(self._name(request), "")

    def _name(self, request: AnyRequest) -> str:
        return self.name if _plain_local(request) else f"__Host-{self.name}"


def _wants_page(request: AnyRequest) -> bool:
    return takes_pages(request.headers.get("accept", ""))


def keeps_cookies(request: AnyRequest) -> bool:
    """Whether a browser can keep a cookie of ours at this address: not by plain HTTP under a name.

    A proxy that nobody named and that speaks HTTPS to the browser says so, and so does the page that a form came from.
    Both are believed: nothing hangs on it but these words.
    """
    headers = request.headers
    said = (headers.get("x-forwarded-proto", ""), headers.get("origin", ""))
    https = own_origin(request).scheme == "https" or any(one.lower().startswith("https") for one in said)
    return https or _plain_local(request)


def _plain_local(request: AnyRequest) -> bool:
    own = own_origin(request)
    return own.scheme == "http" and is_loopback(own.host)
