"""The cookies that hold a token of ours: one for a person, another for a practitioner. A phone may hold both."""

import msgspec
from litestar.datastructures import Cookie

from acupwa.web.inject import AnyRequest

_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_TOKEN_LENGTH = 64


class TokenCookie(msgspec.Struct, frozen=True):
    """`max_age` in seconds. No script reads it and no other site sends it; only on one's own machine it goes by plain
    HTTP, where it has no `__Host-` before its name.
    """

    name: str
    max_age: int

    def read(self, request: AnyRequest) -> str:
        """The token that this browser sent; empty when it sent none."""
        token = request.cookies.get(self._name(request), "")
        return token if len(token) <= _TOKEN_LENGTH else ""

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

    def _name(self, request: AnyRequest) -> str:
        return self.name if _plain_local(request) else f"__Host-{self.name}"


def keeps_cookies(request: AnyRequest) -> bool:
    """Whether a browser can keep a cookie of ours at this address: not by plain HTTP under a name.

    A proxy that speaks HTTPS to the browser says so, and so does the page that a form came from.
    """
    headers = request.headers
    said = (headers.get("x-forwarded-proto", ""), headers.get("origin", ""))
    return request.url.scheme == "https" or _plain_local(request) or any(one.startswith("https") for one in said)


def _plain_local(request: AnyRequest) -> bool:
    return request.url.scheme == "http" and request.url.hostname in _LOCAL
