"""The one cookie: made at the first write, never before."""

from typing import Any
from uuid import UUID

from litestar import Request
from litestar.datastructures import Cookie
from litestar.exceptions import NotFoundException

from acupwa.db.work import Work
from acupwa.person.model import Person
from acupwa.person.service import find_person, make_person

_NAME = "acupwa"
_MAX_AGE = 400 * 24 * 3600
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_TOKEN_LENGTH = 64


async def person_of(request: Request[Any, Any, Any], work: Work) -> Person | None:
    """Whoever the cookie names, or nobody."""
    token = token_of(request)
    return await work(find_person, token) if token else None


def need_id(person: Person | None) -> UUID:
    """Whose it is. Raises NotFoundException for nobody: without answers of one's own there is nothing here."""
    if person is None:
        raise NotFoundException
    return person.id


def token_of(request: Request[Any, Any, Any]) -> str:
    """The key that this browser sent; empty when it sent none."""
    token = request.cookies.get(_cookie_name(request), "")
    return token if len(token) <= _TOKEN_LENGTH else ""


async def person_or_new(
    request: Request[Any, Any, Any], work: Work, person: Person | None
) -> tuple[Person, list[Cookie]]:
    """The person, made now if there was none, and the cookies to send with the answer."""
    if person is not None:
        return person, []
    new, token = await work(make_person)
    return new, [token_cookie(request, token)]


def token_cookie(request: Request[Any, Any, Any], token: str) -> Cookie:
    return _cookie(request, token, _MAX_AGE)


def forget_cookie(request: Request[Any, Any, Any]) -> Cookie:
    return _cookie(request, "", 0)


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
