"""The one cookie: made at the first write, never before."""

from uuid import UUID

from anyio import sleep
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException

from acupwa.db.attempts import SLOWED_SECONDS
from acupwa.db.work import Work
from acupwa.person.model import Newcomer, Person
from acupwa.person.service import find_visitor, is_crowded, make_person, note_visit
from acupwa.web.address import address_of
from acupwa.web.cookie import TokenCookie
from acupwa.web.inject import AnyRequest
from acupwa.web.owner import name_nobody, name_owner
from acupwa.web.queued import claimed_token, need_same_person

_COOKIE = TokenCookie("acupwa", 400 * 24 * 3600)
PersonDep = NamedDependency[Person | None]
token_of, token_cookie, forget_cookie = _COOKIE.read, _COOKIE.make, _COOKIE.forget
offered_token, need_kept_cookie = _COOKIE.read_offered, _COOKIE.need_kept
holds_key = _COOKIE.is_held


async def person_of(request: AnyRequest, work: Work) -> Person | None:
    """Whoever the cookie names, or nobody. Raises OfAnother for what waited on the phone for somebody else."""
    token = token_of(request)
    found = await work.read(find_visitor, token) if token else None
    if found is None:
        name_nobody(request)
        need_same_person(request)
        return None
    if found.to_note:
        await work.note(note_visit, found.person.id, token)
    name_owner(request, found.person.id, back=found.back)
    need_same_person(request)
    return found.person


def zone_of(person: Person | None) -> str | None:
    """Whose days theirs are; None while it is not known."""
    return person.time_zone if person else None


def need_id(person: Person | None) -> UUID:
    """Whose it is. Raises NotFoundException for nobody: without answers of one's own there is nothing here."""
    if person is None:
        raise NotFoundException
    return person.id


def newcomer(request: AnyRequest) -> Newcomer:
    """Whoever asks, as somebody new. What waited on a phone makes the same one each time, also when no answer arrived."""
    return Newcomer(address=address_of(request), token=offered_token(request) or claimed_token(request))


async def person_or_new(request: AnyRequest, work: Work, person: Person | None) -> tuple[Person, list[Cookie]]:
    """The person, made now if there was none, and the cookies to send with the answer.

    Raises TooMany, and what `need_kept_cookie` raises: nobody is made whom this browser could not find again.
    """
    if person is not None:
        return person, []
    need_kept_cookie(request)
    if await work.read(is_crowded):
        await sleep(SLOWED_SECONDS)
    new, token = await work(make_person, newcomer(request))
    name_owner(request, new.id)
    return new, [token_cookie(request, token)]
