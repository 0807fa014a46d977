"""What a person takes along: all of it as one file, the answers as a table."""

from litestar import get
from litestar.exceptions import NotFoundException

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.mydata.export_format import Export, to_json
from acupwa.mydata.service import make_export
from acupwa.mydata.table import HEAD, table_rows, to_csv
from acupwa.person.cookie import PersonDep
from acupwa.person.model import Person
from acupwa.web.aside import aside
from acupwa.web.files import download
from acupwa.web.inject import Answer, LibraryDep, WorkDep
from acupwa.web.spreadsheet import MEDIA_TYPE, workbook
from acupwa.zones import localised


@get("/me/export.json", name="person.export")
async def export(work: WorkDep, person: PersonDep) -> Answer:
    if person is None:
        raise NotFoundException
    return download(
        await aside(to_json, await work.read(make_export, person)), "application/json", "acupwa-my-data.json"
    )


@get("/me/export.csv", name="person.export_table")
async def export_table(work: WorkDep, library: LibraryDep, person: PersonDep) -> Answer:
    if person is None:
        raise NotFoundException
    return download(await aside(_table_of, await _found(work, person), library), "text/csv", "acupwa-my-answers.csv")


@get("/me/export.xlsx", name="person.export_workbook")
async def export_workbook(work: WorkDep, library: LibraryDep, person: PersonDep) -> Answer:
    if person is None:
        raise NotFoundException
    return download(
        await aside(_workbook_of, await _found(work, person), library), MEDIA_TYPE, "acupwa-my-answers.xlsx"
    )


def _table_of(found: Export, library: Library) -> bytes:
    return to_csv(found.check_ins, library, found.shares, found.proposals)


def _workbook_of(found: Export, library: Library) -> bytes:
    return workbook(HEAD, table_rows(found.check_ins, library, found.shares, found.proposals))


async def _found(work: Work, person: Person) -> Export:
    """A table names days: those where the person is."""
    return localised(await work.read(make_export, person), person.time_zone)


EXPORTS = [export, export_table, export_workbook]
