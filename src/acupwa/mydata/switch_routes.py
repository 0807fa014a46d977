"""Let someone else use this phone: the key of whoever is here goes, and the library stays."""

from litestar import get, post

from acupwa.mydata.switch_page import switch_page, switched_page
from acupwa.person.cookie import PersonDep, forget_cookie, token_of
from acupwa.person.service import forget_device
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.owner import forget_owner
from acupwa.web.refused import read_declared
from acupwa.web.rendering import render


@get("/me/switch", name="person.ask_switch")
async def ask_switch(request: AnyRequest, person: PersonDep) -> Answer:
    return render(request, switch_page(known=person is not None))


@post("/me/switch", name="person.switch", status_code=200)
async def switch_person(request: AnyRequest, work: WorkDep, person: PersonDep) -> Answer:
    """Takes the key off this browser. What is held of the person stays, and so does what the phone saved for everyone."""
    await read_declared(request, {})
    if person is not None:
        await work(forget_device, token_of(request))
    forget_owner(request)
    return render(request, switched_page(), cookies=[forget_cookie(request)], headers={"clear-site-data": '"cache"'})


SWITCH = [ask_switch, switch_person]
