"""What a person brings along: shown first, then kept."""

from datetime import datetime

from litestar import get, post

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.mydata.export_format import MAX_BYTES
from acupwa.mydata.forms import (
    IMPORT_FIELDS,
    ImportForm,
    read_import_form,
)
from acupwa.mydata.import_file import ImportFile, ImportRefused, not_ours, read_import_file, too_large
from acupwa.mydata.import_page import import_page, import_refused_page, preview_page
from acupwa.mydata.service import keep_import, preview_import
from acupwa.person.cookie import (
    PersonDep,
    person_or_new,
)
from acupwa.person.model import Person
from acupwa.quiz.consent import ConsentGiven, consent_lines
from acupwa.web.aside import aside
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.refused import need_declared
from acupwa.web.rendering import go_to, render
from acupwa.web.upload import NotText, TooLarge, read_upload

# A larger body than is taken is still read, up to here, so that the browser shows why it was refused.
_READ_AND_THROWN_AWAY = 64 * 1024 * 1024


@get("/me/import", name="person.show_import")
async def show_import(request: AnyRequest, person: PersonDep) -> Answer:
    """`person` marks whose page it is."""
    return render(request, import_page())


@post("/me/import", name="person.import", status_code=200, request_max_body_size=_READ_AND_THROWN_AWAY)
async def import_(
    request: AnyRequest,
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    person: PersonDep,
) -> Answer:
    """A file first shows what it would do; the press that follows sends it again, as nothing was kept till then."""
    form = await _import_form(request)
    file = await aside(_file_of, form, now, library)
    if isinstance(file, ImportRefused):
        return _refused(request, form, file)
    consent = _consent_lines(request, library)
    if form.press:
        return await _keep(
            request, work, person, form, file, ConsentGiven(library.quiz.consent.version, "\n".join(consent))
        )
    return await _preview(request, work, person, form, file, consent)


async def _import_form(request: AnyRequest) -> ImportForm:
    try:
        return read_import_form(need_declared(await read_upload(request, MAX_BYTES), IMPORT_FIELDS))
    except TooLarge:
        return ImportForm(refused=too_large())
    except NotText:
        return ImportForm(refused=not_ours())


def _consent_lines(request: AnyRequest, library: Library) -> tuple[str, ...]:
    settings = request.app.state.settings
    return consent_lines(library, settings.draft_days, settings.person_days)


async def _preview(
    request: AnyRequest,
    work: Work,
    person: Person | None,
    form: ImportForm,
    file: ImportFile,
    consent: tuple[str, ...],
) -> Answer:
    outcome = await work.read(preview_import, person, file, request.app.state.settings.draft_days)
    if isinstance(outcome, ImportRefused):
        return _refused(request, form, outcome)
    return await aside(lambda: render(request, preview_page(file, outcome, form.text, consent)))


async def _keep(
    request: AnyRequest, work: Work, person: Person | None, form: ImportForm, file: ImportFile, consent: ConsentGiven
) -> Answer:
    person, cookies = await person_or_new(request, work, person)
    outcome = await work(keep_import, person, file, consent, request.app.state.settings.draft_days)
    if isinstance(outcome, ImportRefused):
        return _refused(request, form, outcome)
    return go_to(request, "/me?done=imported", cookies=cookies)


def _refused(request: AnyRequest, form: ImportForm, why: ImportRefused) -> Answer:
    return render(request, import_refused_page(why, form), status_code=413 if why.too_large else 422)


def _file_of(form: ImportForm, now: datetime, library: Library) -> ImportFile | ImportRefused:
    return form.refused or read_import_file(form.text.encode(), now, library)


IMPORTS = [show_import, import_]
