"""The address of the Check-in tab, and those that it took the place of."""

from litestar import Router, get

from acupwa.person.cookie import PersonDep, forget_cookie, token_of
from acupwa.quiz.check_in_page import check_in_page
from acupwa.quiz.overview_service import look_over
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.rendering import go_to, render
from acupwa.zones import in_zone, localised

CHECK_IN = "/check-in"


@get("/", name="quiz.show_check_ins")
async def show_check_ins(
    request: AnyRequest, work: WorkDep, library: LibraryDep, now: NowDep, person: PersonDep
) -> Answer:
    """What there is to carry on or to begin, and what was before. Newcomers read first what a check-in is."""
    if person is None:
        # A cookie that opens nothing would lead back here from there.
        return go_to(request, "/quiz", cookies=[forget_cookie(request)] if token_of(request) else ())
    overview = localised(await work.read(look_over, person.id, library), person.time_zone)
    settings = request.app.state.settings
    today = in_zone(now, person.time_zone)
    return render(request, check_in_page(overview, library, today, settings.draft_days, settings.person_days))


@get(["/resume-draft", "/again"], name="quiz.show_old_choice")
async def show_old_choice(request: AnyRequest) -> Answer:
    """Pages of an earlier release, and bookmarks."""
    return go_to(request, CHECK_IN)


router = Router(CHECK_IN, route_handlers=[show_check_ins])
