"""The library for everyone, and each person's own list."""

from collections.abc import Iterable

from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep, person_or_new
from acupwa.person.model import Person
from acupwa.reading.evidence_pages import evidence_page, others_page
from acupwa.reading.forms import LIST_FIELDS, ORDER_FIELDS, parse_action
from acupwa.reading.hard_words import glossary_page
from acupwa.reading.list_pages import ListPage, list_page
from acupwa.reading.model import Action
from acupwa.reading.pages import article_makers, library_page
from acupwa.reading.popular_pages import popular_claim_pages, popular_page
from acupwa.reading.reasons import done_words
from acupwa.reading.search_pages import Search, search_page
from acupwa.reading.service import act_on_list, forget_order, general_list, get_list
from acupwa.reading.study_list import studies_page
from acupwa.reading.study_pages import find_study_of_alias, study_pages
from acupwa.web.aside import aside_when
from acupwa.web.forms import FieldError
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, WorkDep
from acupwa.web.public import LazyPage, PublicPage
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render, wants_fragment


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
    found = await work.read(get_list, person.id, library) if person else general_list(library)
    return render(request, list_page(found.arranged, found.from_check_in, library))


@post("/list", name="reading.forget_order", status_code=200)
async def forget_own_order(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    await read_declared(request, ORDER_FIELDS)
    if person is None or not wants_fragment(request):
        if person:
            await work(forget_order, person.id, library)
        return go_to(request, "/list")
    found = await work(forget_order, person.id, library)
    page = list_page(found.arranged, found.from_check_in, library, done=done_words(None, ""))
    return render(request, page)


@post("/list/{slug:str}", name="reading.act_on_list", status_code=200)
async def act_on_page(
    request: AnyRequest,
    slug: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    person: PersonDep,
) -> Answer:
    if slug not in library.pages:
        raise NotFoundException
    action = parse_action(await read_declared(request, LIST_FIELDS))
    if isinstance(action, FieldError):
        return render(request, await _list_with_fault(work, library, person, action), status_code=422)
    return await _press(request, work, library, person, action, slug)


async def _press(
    request: AnyRequest, work: Work, library: Library, person: Person | None, action: Action, slug: str
) -> Answer:
    person, cookies = await person_or_new(request, work, person)
    found = await work(act_on_list, person.id, library, action, slug)
    if not wants_fragment(request):
        return go_to(request, f"/list#page-{slug}", cookies=cookies)
    done = done_words(action, library.pages[slug].head.title)
    return render(request, list_page(found.arranged, found.from_check_in, library, done=done), cookies=cookies)


async def _list_with_fault(work: Work, library: Library, person: Person | None, fault: FieldError) -> ListPage:
    found = await work.read(get_list, person.id, library) if person else general_list(library)
    return list_page(found.arranged, found.from_check_in, library, errors=(fault,))


router = Router("/", route_handlers=[show_search, show_alias, show_list, forget_own_order, act_on_page])
