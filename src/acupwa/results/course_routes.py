"""The addresses of a course on one page. They stand under the plan, whose course it is."""

from datetime import datetime

import msgspec
from litestar import get
from litestar.exceptions import NotFoundException

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.person.cookie import PersonDep
from acupwa.person.model import Person
from acupwa.planner.earlier_course import as_of_course, course_asked, course_before
from acupwa.planner.model import SavedPlan
from acupwa.planner.plan import country_of
from acupwa.quiz.retired_answers import known_check_in
from acupwa.results.course_blocks import course_blocks, course_title
from acupwa.results.course_page import course_page
from acupwa.results.course_summary import CourseSummary, course_summary
from acupwa.results.sentences import record_subject
from acupwa.results.service import find_course
from acupwa.web.aside import aside
from acupwa.web.files import download
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.rendering import render
from acupwa.wording import date_words, set_country
from acupwa.zones import day_in

FILE_NAME = "your-course.pdf"


class Found(msgspec.Struct, frozen=True):
    """A course, with the number with which it begins, that of the course before, and the country that the person told."""

    summary: CourseSummary
    first: int
    before: int
    country: str | None


@get("/plan/summary", name="results.show_course")
async def show_course(
    request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep
) -> Answer:
    """Of the newest course, or with `?from` of the one that begins with that session."""
    found = await _course(work, person, request, library, now)
    return render(request, course_page(found.summary, found.first, found.before, library))


@get("/plan/summary.pdf", name="results.course_pdf")
async def course_pdf(request: AnyRequest, work: WorkDep, library: LibraryDep, person: PersonDep, now: NowDep) -> Answer:
    """On the paper of the person's country."""
    found = await _course(work, person, request, library, now)
    made = await aside(_pdf, found.summary, found.country, now, library, person.time_zone if person else None)
    return download(made, "application/pdf", FILE_NAME)


async def _course(work: Work, person: Person | None, request: AnyRequest, library: Library, now: datetime) -> Found:
    """Raises NotFoundException where there is no plan, or no such course in it."""
    kept = await work.read(find_course, person.id) if person else None
    if kept is None:
        raise NotFoundException
    plan, finished = kept
    country, first = country_of(finished), _first(plan, request)
    set_country(country)
    then, told = as_of_course(plan, [known_check_in(one, library) for one in finished], first)
    return Found(course_summary(then, told, now, library), first, course_before(plan, first), country)


def _first(plan: SavedPlan, request: AnyRequest) -> int:
    """With which the course begins that is asked for."""
    first = course_asked(plan, request.query_params.get("from"))
    if first is None:
        raise NotFoundException
    return first


def _pdf(summary: CourseSummary, country: str | None, now: datetime, library: Library, zone: str | None) -> bytes:
    # Loaded when the first one is asked for: most servers start without.
    from acupwa.results.pdf.paper import pdf_of
    from acupwa.results.pdf.sheet import sheet_for

    title, day = course_title(summary), date_words(day_in(zone, now))
    return pdf_of(course_blocks(summary, library), title, day, record_subject(), sheet_for(country))


handlers = [show_course, course_pdf]
