"""Views for a doctor: the patient makes and ends them, the doctor opens one by address and code."""

from collections.abc import Mapping
from types import MappingProxyType

from litestar import Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, need_id
from acupwa.person.model import Person
from acupwa.practice.sharing.service import zone_for
from acupwa.practice.sharing.views import service
from acupwa.practice.sharing.views.model import CodeFault, DoctorView, ViewKeys, ViewPreview
from acupwa.practice.sharing.views.pages import (
    ViewDoorPage,
    ViewedPage,
    ViewGonePage,
    code_fault_words,
    new_view_page,
    own_view_page,
    view_door_page,
    view_gone_page,
    view_keys_page,
    viewed_page,
    views_page,
    wait_words,
)
from acupwa.web.address import address_of
from acupwa.web.declared import fields_of, many_of
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.origin import origin_of
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import go_to, render
from acupwa.wording import set_zone

# Without a referrer browsers that are old send no origin with a form: so only what has no form is without.
_CLOSED: Mapping[str, str] = {"x-robots-tag": "noindex, nofollow, noarchive"}
_SHOWN: Mapping[str, str] = {**_CLOSED, "referrer-policy": "no-referrer"}


@get("/me/views/new/{check_in:str}", name="practice.show_new_view")
async def show_new_view(
    request: AnyRequest, check_in: FromPath[str], work: WorkDep, library: LibraryDep, person: PersonDep
) -> Answer:
    """Exactly what a doctor would see, line by line."""
    found = await _preview(work, person, check_in, library)
    return render(request, new_view_page(found))


@post("/me/views/new/{check_in:str}", name="practice.make_view", status_code=200)
async def make_view(
    request: AnyRequest, check_in: FromPath[str], work: WorkDep, library: LibraryDep, person: PersonDep
) -> Answer:
    """Address and code stand in the answer itself: only their hashes are kept."""
    form = await read_declared(request, {**fields_of("seen", "press"), **many_of("item")})
    found = await _preview(work, person, check_in, library)
    keys, seen = form.many("item"), form.one("seen")
    made = await work(service.make_view, need_id(person), found, keys, seen, form.one("press"))
    if made is None:
        return render(request, new_view_page(found, keys, seen), status_code=422)
    return await _keys(request, work, person, made)


@get("/me/views", name="practice.show_views")
async def show_views(request: AnyRequest, work: WorkDep, person: PersonDep, now: NowDep) -> Answer:
    if person is None:
        return render(request, views_page((), now))
    set_zone(await work.read(zone_for, person.id))
    return render(request, views_page(await work.read(service.list_own, person.id), now))


@get("/me/views/{view:str}", name="practice.show_own_view")
async def show_own_view(
    request: AnyRequest, view: FromPath[str], work: WorkDep, person: PersonDep, now: NowDep
) -> Answer:
    found = await work.read(service.find_own, need_id(person), read_key(view))
    if found is None:
        raise NotFoundException
    set_zone(await work.read(zone_for, need_id(person)))
    return render(request, own_view_page(found, now))


@post("/me/views/{view:str}/end", name="practice.end_view", status_code=303, guards=[has_only()])
async def end_view(request: AnyRequest, view: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    if await work.read(service.find_own, need_id(person), read_key(view)) is None:
        raise NotFoundException
    await work(service.end_view, need_id(person), read_key(view))
    return go_to(request, f"/me/views/{read_key(view)}")


@post("/me/views/{view:str}/code", name="practice.make_view_code", status_code=200)
async def make_view_code(request: AnyRequest, view: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    form = await read_declared(request, fields_of("press"))
    made = await work(service.make_code, need_id(person), read_key(view), form.one("press"))
    if made is None:
        raise NotFoundException
    return await _keys(request, work, person, made)


@get("/v/{address:str}", name="practice.show_view_door")
async def show_view_door(request: AnyRequest, address: FromPath[str], work: WorkDep) -> Answer:
    """Who looks at an address alone learns nothing, and it is no look: messengers do, too."""
    if not await work.read(service.may_be_opened, address):
        return _closed(request, view_gone_page(), 404)
    return _closed(request, view_door_page(address), 200)


@post("/v/{address:str}", name="practice.open_view", status_code=200)
async def open_view(request: AnyRequest, address: FromPath[str], work: WorkDep) -> Answer:
    """The answer itself is the record: nothing that opens it stays in the browser, and to load it again is a look again."""
    typed = (await read_declared(request, fields_of("code"))).one("code")
    found = await work(service.look, address, typed, address_of(request))
    if isinstance(found, DoctorView):
        set_zone(found.copy.zone)
        return _closed(request, viewed_page(found), 200)
    return _unopened(request, address, found)


def _unopened(request: AnyRequest, address: str, found: Wait | CodeFault | None) -> Answer:
    if found is None:
        return _closed(request, view_gone_page(), 404)
    if isinstance(found, Wait):
        return _closed(request, view_door_page(address, wait_words()), 429, {"retry-after": str(found.seconds)})
    return _closed(request, view_door_page(address, code_fault_words(found)), 422)


async def _preview(work: Work, person: Person | None, check_in: str, library: Library) -> ViewPreview:
    found = await work.read(service.find_preview, need_id(person), read_key(check_in), library)
    if found is None:
        raise NotFoundException
    return found


async def _keys(request: AnyRequest, work: Work, person: Person | None, made: ViewKeys) -> Answer:
    set_zone(await work.read(zone_for, need_id(person)))
    return render(request, view_keys_page(made, origin_of(request)))


def _closed(
    request: AnyRequest,
    page: ViewDoorPage | ViewGonePage | ViewedPage,
    status_code: int,
    more: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    headers = _CLOSED if isinstance(page, ViewDoorPage) else _SHOWN
    return render(request, page, status_code=status_code, headers={**headers, **more})


router = Router(
    "/",
    route_handlers=[
        show_new_view, make_view, show_views, show_own_view, end_view, make_view_code, show_view_door, open_view,
    ],
)  # fmt: skip
