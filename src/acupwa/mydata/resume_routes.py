"""Carry on with a code: typed, looked at, used."""

import anyio
from litestar import get, post

from acupwa.db.attempts import SLOWED_SECONDS
from acupwa.mydata.code_contents import CodeContents
from acupwa.mydata.forms import RESUME_FIELDS, Locked, read_resume_form
from acupwa.mydata.resume_page import NotOpened, contents_page, opened_path, resume_page
from acupwa.mydata.resume_service import open_with_code
from acupwa.person.cookie import PersonDep, need_kept_cookie, token_cookie
from acupwa.person.model import Opened, WrongCode
from acupwa.web.address import address_of
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render


@get("/resume", name="person.show_resume")
async def show_resume(request: AnyRequest, person: PersonDep) -> Answer:
    """`person` marks whose page it is."""
    return render(request, resume_page())


@post("/resume", name="person.resume", status_code=303)
async def resume(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    form = read_resume_form(await read_declared(request, RESUME_FIELDS))
    need_kept_cookie(request)
    found = await work(open_with_code, form, address_of(request), person)
    if isinstance(found, CodeContents):
        return render(request, contents_page(form.typed, found))
    return _opened(request, found) if isinstance(found, Opened) else await _not_opened(request, form.typed, found)


def _opened(request: AnyRequest, found: Opened) -> Answer:
    cookies = [token_cookie(request, found.token)] if found.token else ()
    return go_to(request, opened_path(found), cookies=cookies)


async def _not_opened(request: AnyRequest, typed: str, found: NotOpened) -> Answer:
    if isinstance(found, WrongCode) and found.slow:
        await anyio.sleep(SLOWED_SECONDS)
    locked = isinstance(found, Locked)
    headers = {"retry-after": str(found.seconds)} if isinstance(found, Locked) else None
    return render(request, resume_page(typed, found), status_code=429 if locked else 422, headers=headers)


RESUME = [show_resume, resume]
