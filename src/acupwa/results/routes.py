"""The page "What you told us" of one check-in."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.model import Person
from acupwa.results.assess import assess
from acupwa.results.beside import beside
from acupwa.results.pages import results_page
from acupwa.results.plain_text import plain_text
from acupwa.results.service import find_in_time
from acupwa.web.rendering import go_to, render

TEXT = ".txt"


@get("/results/{check_in:str}", name="results.show_results")
async def show_results(
    request: Request[Any, Any, Any],
    check_in: FromPath[str],
    work: NamedDependency[Work],
    library: NamedDependency[Library],
    person: NamedDependency[Person | None],
) -> Response[Any]:
    """The page, or with `.txt` its plain text. A draft leads on to its last screen."""
    key = _key(check_in.removesuffix(TEXT))
    found = await work(find_in_time, person.id, key) if person and key else None
    if found is None:
        raise NotFoundException
    if found.check_in.finished_at is None:
        return go_to(request, f"/quiz/{key}/review")
    assessment = assess(found.check_in.answers, beside(found.check_in, found.earlier), library)
    page = results_page(found.check_in, found.earlier, assessment, library)
    if check_in.endswith(TEXT):
        return Response(plain_text(page), media_type="text/plain", headers=_TEXT_HEADERS)
    return render(request, "results/results.html", page)


_TEXT_HEADERS = {
    "cache-control": "no-store",
    "content-disposition": 'inline; filename="what-you-told-us.txt"',
}


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


router = Router("/", route_handlers=[show_results])
