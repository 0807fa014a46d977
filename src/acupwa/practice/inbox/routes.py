"""The inbox: what was shared with the clinic, the most pressing first; one share on one page, and its files."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from litestar import Response, Router, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from acupwa.db.work import Work
from acupwa.library.model import Library
from acupwa.practice.accounts.cookie import Who, need, token_of, typed_before
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.way_back import SIGN_IN
from acupwa.practice.inbox import service as inbox
from acupwa.practice.inbox.blocks import blocks_of
from acupwa.practice.inbox.csv_file import to_csv, to_workbook
from acupwa.practice.inbox.fhir import bundle_of_share
from acupwa.practice.inbox.pages import InboxPage, inbox_page, note_fault, note_page, search_page, shared_page
from acupwa.practice.inbox.rules import (
    ALL,
    MOST_NAMED,
    FileKind,
    InboxQuery,
    address_of,
    file_subject,
    not_found_words,
    read_query,
    read_shared,
)
from acupwa.practice.inbox.summary import shared_summary
from acupwa.practice.sharing.notes import service as notes
from acupwa.practice.sharing.shares import service
from acupwa.practice.sharing.shares.model import Share
from acupwa.results.fhir.datatypes import to_json
from acupwa.results.paper_text import text_of
from acupwa.web.aside import aside
from acupwa.web.declared import Declared, fields_of
from acupwa.web.forms import FormData
from acupwa.web.inject import Answer, AnyRequest, LibraryDep, NowDep, WorkDep
from acupwa.web.keys import read_key
from acupwa.web.refused import Refused, read_declared
from acupwa.web.rendering import go_to, render
from acupwa.web.ticks import TICKS, read_tick

PAGE = 30

NOTE_FIELDS: Declared = {"kept": TICKS, **fields_of("note", "whose")}


@get("/", name="practice.show_inbox")
async def show_inbox(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """The first address that anybody types: without a sign-in it is the door."""
    if signed_in is None and not token_of(request):
        return go_to(request, SIGN_IN)
    who = need(signed_in)
    typed = typed_before(request)
    return render(request, search_page(who, typed.one("alias"), "") if typed else await _list(request, work, who))


@post("/find", name="practice.find_alias", status_code=303)
async def find_alias(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """A post, so that an alias, which may name a patient, is in no address; the list goes by the keys of links."""
    who = need(signed_in)
    typed = (await read_declared(request, fields_of("alias", "whose"))).one("alias")
    links = await work.read(inbox.find_links, who, typed)
    if 0 < len(links) <= MOST_NAMED:
        return go_to(request, address_of(InboxQuery(show=ALL, of=tuple(one.id for one in links))))
    return render(request, search_page(who, typed, not_found_words(typed, len(links))), status_code=422)


@get("/inbox/{share:str}", name="practice.show_shared")
async def show_shared(
    request: AnyRequest,
    share: FromPath[str],
    work: WorkDep,
    library: LibraryDep,
    now: NowDep,
    signed_in: Who,
) -> Answer:
    """One page, or with an ending one of its files. Each look is told to the patient."""
    who, (key, kind) = need(signed_in), read_shared(share)
    found = await work(service.look, who, read_key(key), kind.taken if kind else "opened", renewed=_renewed(request))
    if not found:
        raise NotFoundException
    if kind:
        return await _file(kind, found, library, now)
    summary = shared_summary(found[0], found[1:], await work.read(notes.read_note, who, found[0].id), library)
    return render(request, shared_page(who, summary))


@get("/inbox/{share:str}/there", name="practice.still_there")
async def still_there(share: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    """For an open page: whether it may still be shown. This is no look."""
    if not await work.read(service.still_there, need(signed_in), read_key(share)):
        raise NotFoundException
    return Response(None, status_code=200, headers={"cache-control": "no-store"})


@post("/inbox/{share:str}/seen", name="practice.mark_seen", status_code=303)
async def mark_seen(request: AnyRequest, share: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who = need(signed_in)
    key, form = read_key(share), await read_declared(request, {"seen": TICKS})
    seen = bool(read_tick(form.one("seen", "yes")))
    if not await work(service.mark, who, key, seen):
        raise NotFoundException
    return go_to(request, f"/practice?done={'seen' if seen else 'unseen'}&about={key}")


@get("/inbox/{share:str}/note", name="practice.show_note")
async def show_note(request: AnyRequest, share: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    """A page of its own, without any answer: it is not renewed while someone types."""
    who, key = need(signed_in), read_key(share)
    found, typed = await _open_share(work, who, key), typed_before(request)
    kept = await work.read(notes.read_note, who, key)
    note = typed.one("note") if typed else kept
    return render(request, note_page(who, found, note, kept=bool(kept)))


@post("/inbox/{share:str}/note", name="practice.save_note", status_code=303)
async def save_note(request: AnyRequest, share: FromPath[str], work: WorkDep, signed_in: Who) -> Answer:
    who, key, form = need(signed_in), read_key(share), await read_declared(request, NOTE_FIELDS, "note")
    note, kept = form.one("note"), bool(read_tick(form.one("kept")))
    if fault := note_fault(note, kept=kept):
        found = await _open_share(work, who, key)
        return render(request, note_page(who, found, note, kept=False, fault=fault), status_code=422)
    if not await work(notes.save_note, who, key, note):
        raise NotFoundException
    return go_to(request, f"/practice/inbox/{key}?done={'note' if note else 'note-deleted'}")


def _renewed(request: AnyRequest) -> bool:
    """Where there is no script, an open page comes again by itself, and says so in its address."""
    return request.query_params.get("renewed") == "yes"


async def _list(request: AnyRequest, work: Work, who: SignedIn) -> InboxPage:
    asked = FormData(request.query_params.multi_items())
    query = read_query(asked)
    if isinstance(query, tuple):
        raise Refused(asked, query)
    shares = await work.read(service.list_inbox, who, query.filter, PAGE + 1, query.after)
    found = await work.read(inbox.names_of, who, query.of) if query.of else ()
    return inbox_page(who, query, shares[:PAGE], found, more=len(shares) > PAGE)


async def _open_share(work: Work, who: SignedIn, key: UUID) -> Share:
    found = await work.read(service.find_open, who.clinic.id, key)
    if found is None:
        raise NotFoundException
    return found


Found = Sequence[Share]


def _pdf(found: Found, library: Library, now: datetime) -> bytes:
    # Loaded when the first one is asked for: most servers start without.
    from acupwa.results.pdf.paper import pdf_of

    summary = shared_summary(found[0], found[1:], "", library)
    return pdf_of(blocks_of(summary), summary.title, summary.answered, file_subject())


def _text(found: Found, library: Library, now: datetime) -> bytes:
    return text_of(blocks_of(shared_summary(found[0], found[1:], "", library))).encode()


def _csv(found: Found, library: Library, now: datetime) -> bytes:
    return to_csv(found[0])


def _workbook(found: Found, library: Library, now: datetime) -> bytes:
    return to_workbook(found[0])


def _bundle(found: Found, library: Library, now: datetime) -> bytes:
    return to_json(bundle_of_share(found[0], library, now))


_MAKERS = {".txt": _text, ".pdf": _pdf, ".xlsx": _workbook, ".csv": _csv, ".json": _bundle}


async def _file(kind: FileKind, found: Found, library: Library, now: datetime) -> Answer:
    """`found` is the share, and what the same person shared before. The note is in no file."""
    content = await aside(_MAKERS[kind.ending], found, library, now)
    # On a screen that others see: no word of health in the name of a file.
    disposition = f'{kind.disposition}; filename="summary{kind.ending}"'
    headers = {"cache-control": "no-store", "content-disposition": disposition}
    return Response(content, media_type=kind.media_type, headers=headers)


router = Router(
    "/practice", route_handlers=[show_inbox, find_alias, show_shared, still_there, mark_seen, show_note, save_note]
)
