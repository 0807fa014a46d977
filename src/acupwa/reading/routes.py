"""The library for everyone, and each person's own list."""

from collections.abc import Iterable, Sequence

from litestar import Response, Router, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, person_or_new
from acupwa.person.model import Person
from acupwa.person.queued_press_service import is_done
from acupwa.reading.evidence_pages import evidence_page, others_page
from acupwa.reading.forms import LIST_FIELDS, ORDER_FIELDS, parse_action
from acupwa.reading.hard_words import glossary_page
from acupwa.reading.library_page import for_you_page, library_page
from acupwa.reading.list_marks import ReadingList
from acupwa.reading.list_pages import Done, list_page
from acupwa.reading.model import Action
from acupwa.reading.pages import article_makers
from acupwa.reading.popular_pages import popular_claim_pages, popular_page
from acupwa.reading.search_pages import Search, search_page
from acupwa.reading.service import act_as_seen, forget_order, general_list, get_list, undo
from acupwa.reading.study_list import studies_page
from acupwa.reading.study_pages import find_study_of_alias, study_pages
from acupwa.web.aside import aside_when
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.public import LazyPage, PublicPage
from acupwa.web.queued import NOBODY, OfAnother, queued_by
from acupwa.web.queued_press import QueuedPress, queued_press
from acupwa.web.refused import has_only, read_declared
from acupwa.web.rendering import HTML, go_to, render, wants_fragment


def public_pages(library: Library, search: Search) -> Iterable[PublicPage]:
    """The library, the claims check and the studies: the same bytes for everyone."""
    yield PublicPage("/read", library_page(library), offline="library")
    for make in article_makers(library):
        yield PublicPage(
            make.link.href,
            LazyPage(make.link.title, make),
            reviewed=library.pages[make.link.slug].head.reviewed,
            offline="library",
        )
    yield PublicPage("/claims", popular_page(library), offline="library")
    for claim in popular_claim_pages(library):
        yield PublicPage(claim.link.href, claim, offline="bundle")
    yield PublicPage("/glossary", glossary_page(library), offline="library")
    yield PublicPage("/evidence", evidence_page(library), offline="library")
    yield PublicPage("/evidence/others", others_page(library), offline="library")
    yield PublicPage("/studies", studies_page(library), offline="library")
    for study in study_pages(library):
        yield PublicPage(f"/studies/{study.study.id}", study, offline="bundle")

    yield PublicPage("/search", search_page(), offline="first", asks=True)
    yield PublicPage("/search/index.json", search, "application/json", offline="library")


@get("/search", name="reading.search")
async def show_search(request: AnyRequest, search: NamedDependency[Search]) -> Answer:
    """What was asked is in no log, no cookie and no store; 422 when it is too long."""
    page = await aside_when(not search.is_built, search.page, request.query_params.get("q", ""))
    return render(request, page, status_code=422 if page.errors else 200)


@get("/studies/{name:str}", name="reading.show_alias", sync_to_thread=False)
def show_alias(name: FromPath[str], library: LibraryDep) -> Redirect:
    """Studies are public pages; what comes here is another name of one, or nothing."""
    found = find_study_of_alias(library, name)
    if found is None:
        raise NotFoundException
    return Redirect(f"/studies/{found}", status_code=301, headers={"cache-control": "public, max-age=300"})


@get("/list", name="reading.show_list")
async def show_list(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    found = await _find_list(work, library, person)
    return render(request, list_page(found, library, done=request.query_params.get("done", "")))


@post("/list", name="reading.change_list", status_code=200)
async def change_list(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    """Back to our order, or Undo."""
    form = await read_declared(request, ORDER_FIELDS)
    if person is None:
        return go_to(request, "/list")
    if form.one("action") == "undo":
        done: Done = "undone" if await work(undo, person.id, form.one("press")) else "same"
    else:
        done = "pressed" if (await work(forget_order, person.id, library)).has_done("our-order", "") else "same"
    return await _show_done(request, work, library, person, done)


@post("/list/for-you", name="reading.show_for_you", status_code=200, guards=[has_only()])
async def show_for_you(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep) -> Answer:
    """The next pages of someone's list, for a page that is the same for everyone; nothing for whom we do not know."""
    if not wants_fragment(request):
        return go_to(request, "/list")
    if person is None:
        return Response(b"", media_type=HTML, status_code=204, headers={"cache-control": "no-store"})
    return render(request, for_you_page(await work.read(get_list, person.id, library), library))


@post("/list/{slug:str}", name="reading.act_on_list", status_code=200)
async def act_on_page(
    request: AnyRequest,
    slug: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
    now: NowDep,
) -> Answer:
    if slug not in library.pages:
        raise NotFoundException
    action = parse_action(await read_declared(request, LIST_FIELDS))
    if isinstance(action, FieldError):
        page = list_page(await _find_list(work, library, person), library, errors=(action,))
        return render(request, page, status_code=422)
    return await _press(request, work, library, person, queued_press(request.headers, now), action, slug)


async def _press(
    request: AnyRequest,
    work: Work,
    library: Library,
    person: Person | None,
    press: QueuedPress | None,
    action: Action,
    slug: str,
) -> Answer:
    await _need_owner(request, work, person, press)
    person, cookies = await person_or_new(request, work, person)
    found = await work(act_as_seen, person.id, library, action, slug, press)
    done: Done = "pressed" if found.has_done(action, slug) else "same"
    return await _show_done(request, work, library, person, done, cookies)


async def _need_owner(request: AnyRequest, work: Work, person: Person | None, press: QueuedPress | None) -> None:
    """What nobody had pressed is for who is here to say that it is theirs. Raises OfAnother unless it is done."""
    if person is None or press is None or queued_by(request) != NOBODY:
        return
    if not await work.read(is_done, person.id, press):
        raise OfAnother


async def _find_list(work: Work, library: Library, person: Person | None) -> ReadingList:
    return await work.read(get_list, person.id, library) if person else general_list(library)


async def _show_done(
    request: AnyRequest, work: Work, library: Library, person: Person, done: Done, cookies: Sequence[Cookie] = ()
) -> Answer:
    if not wants_fragment(request):
        return go_to(request, f"/list?done={done}", cookies=cookies)
    page = list_page(await _find_list(work, library, person), library, done=done)
    return render(request, page, cookies=cookies)


router = Router("/", route_handlers=[show_search, show_alias, show_list, change_list, show_for_you, act_on_page])
