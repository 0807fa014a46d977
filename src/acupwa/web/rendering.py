"""Between Litestar and a page: read a form, answer with a template, go on to the next address."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl

import brotli
from litestar import Response
from litestar.datastructures import Cookie
from litestar.exceptions import ClientException, HTTPException
from multipart import MultipartError  # type: ignore[import-untyped]

from acupwa.web.accepted import best_coding
from acupwa.web.forms import FormData
from acupwa.web.inject import AnyRequest
from acupwa.web.origin import origin_of, passkeys_work_at
from acupwa.web.owner import owner_mark
from acupwa.web.parts import UTF_8, form_of, read_parts
from acupwa.web.queued import answer_queued, queued_by, queued_done, queued_fault
from acupwa.web.templates import Page, Templates

MAX_FIELDS = 2_000
_WORTH_COMPRESSING = 1_000
HTML = "text/html"  # Litestar adds the charset


class UnsupportedMediaType(HTTPException):
    status_code = 415


async def read_form(request: AnyRequest) -> FormData:
    """The posted fields; a bare button without a body is an empty form.

    415 for another content type, 400 for broken text. A file is known as one, for `declared.py` to refuse.
    """
    media_type, options = request.content_type
    if not media_type and not await request.body():
        return FormData(())
    if options.get("charset", "utf-8").lower() not in UTF_8:
        raise UnsupportedMediaType("send it as UTF-8")
    if media_type == "application/x-www-form-urlencoded":
        try:
            text = (await request.body()).decode("utf-8")
            pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
        except ValueError:
            raise ClientException("the form cannot be read") from None
        return FormData(pairs)
    if media_type == "multipart/form-data":
        body = await request.body()
        try:
            parts = read_parts(body, options.get("boundary", ""), most_parts=MAX_FIELDS, most_bytes=len(body))
        except MultipartError:
            raise ClientException("the form cannot be read") from None
        return form_of(parts)
    raise UnsupportedMediaType("send a form")


def wants_fragment(request: AnyRequest) -> bool:
    """A GET is always a whole page: only the answer to a write by htmx may be a part of one."""
    headers = request.headers
    return (
        request.method not in ("GET", "HEAD")
        and headers.get("hx-request") == "true"
        and headers.get("hx-request-type", "partial") == "partial"
    )


def render(
    request: AnyRequest,
    page: Page,
    *,
    status_code: int = 200,
    cookies: Sequence[Cookie] = (),
    headers: Mapping[str, str] | None = None,
) -> Response[bytes]:
    """A personal page: never stored. Its template `a/b.html` is the whole page, `a/_b.html` its fragment.

    What waited on a phone and cannot be done gets the words of the page as data.
    """
    if status_code >= 400 and queued_by(request):
        return answer_queued(queued_fault(request, page), status_code)
    templates: Templates = request.app.state.templates
    template = page.template
    if wants_fragment(request):
        folder, _, name = template.rpartition("/")
        fragment = f"{folder}/_{name}" if folder else f"_{name}"
        if templates.has(fragment):
            template = fragment
    posted, owner = request.method == "POST", owner_mark(request)
    content = templates.render(
        page,
        path=request.scope["path"],
        template=template,
        posted=posted,
        owner=owner,
        back=request.state.get("back", False),
        passkeys_work=passkeys_work_at(origin_of(request)),
        bar=request.state.get("bar"),
    ).encode()
    made = {"cache-control": "no-store", "acupwa-length": str(len(content)), **(headers or {})}
    if len(content) > _WORTH_COMPRESSING and best_coding(request.headers.get("accept-encoding", ""), ("br",)):
        content = brotli.compress(content, quality=4)
        made["content-encoding"] = "br"
    return Response(content, media_type=HTML, status_code=status_code, cookies=list(cookies), headers=made)


def go_to(
    request: AnyRequest,
    path: str,
    *,
    cookies: Sequence[Cookie] = (),
    headers: Mapping[str, str] | None = None,
    says: tuple[str, ...] = (),
) -> Response[bytes]:
    """On to another address of ours: 303 for a form, `HX-Redirect` for htmx, data for what waited on a phone.

    `says` is told beside that address where nobody is led on to it.
    """
    if queued_by(request):
        done = answer_queued(queued_done(request, path, says), 200)
        done.cookies = list(cookies)
        return done
    made = {"cache-control": "no-store", **(headers or {})}
    fragment = wants_fragment(request)
    made["hx-redirect" if fragment else "location"] = path
    return Response(b"", media_type=HTML, status_code=200 if fragment else 303, cookies=list(cookies), headers=made)
