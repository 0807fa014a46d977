"""The patient's answer to being asked again: go on, or no more of it."""

from litestar import Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.person.cookie import PersonDep, need_id
from acupwa.practice.sharing.confirm_page import confirm_stop
from acupwa.practice.sharing.follow_up import service
from acupwa.quiz.follow_up import can_follow_up
from acupwa.quiz.service import find_latest_finished
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.refused import has_only
from acupwa.web.rendering import go_to, render


@post("/{follow_up:str}/open", name="practice.open_again", status_code=303, guards=[has_only()])
async def open_again(request: AnyRequest, follow_up: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    if person is None or not await work(service.open_again, person.id, read_key(follow_up)):
        raise NotFoundException
    again = can_follow_up(await work.read(find_latest_finished, person.id))
    return go_to(request, "/check-in" if again else "/quiz")


@post("/{follow_up:str}/stop", name="practice.stop_asking", status_code=303, guards=[has_only()])
async def stop(request: AnyRequest, follow_up: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    if person is None or not await work(service.stop, person.id, read_key(follow_up)):
        raise NotFoundException
    return go_to(request, "/me?done=asking-stopped")


@get("/{follow_up:str}/stop", name="practice.ask_stop")
async def ask_stop(request: AnyRequest, follow_up: FromPath[str], work: WorkDep, person: PersonDep) -> Answer:
    found = await work.read(service.find_own, need_id(person), read_key(follow_up))
    if found is None:
        raise NotFoundException
    return render(request, confirm_stop(found))


router = Router("/me/follow-up", route_handlers=[open_again, ask_stop, stop])
