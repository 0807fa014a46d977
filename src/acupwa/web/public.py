"""Pages that are the same bytes for everyone, and the door in front of the app that serves them.

A page is rendered when it is first asked for and kept; the app's content does not change while it runs.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import ClassVar, Literal, TypeAlias

import msgspec
from anyio import to_thread
from litestar import Litestar, Request
from litestar.enums import ScopeType
from litestar.types import HTTPScope, Receive, Scope, Send

from acupwa.settings import Settings
from acupwa.web.addresses import READ, STATIC_FOLDER, Addresses, is_outside
from acupwa.web.assets import Assets
from acupwa.web.bytes import Body, BytesAnswer
from acupwa.web.errors import bare_page
from acupwa.web.guard import Guard, about_page
from acupwa.web.inject import AnyRequest
from acupwa.web.security import RawHeaders
from acupwa.web.templates import Page, Templates

PUBLIC = "public, max-age=300"
ALWAYS_ASK = "public, no-cache"
HoldsKey: TypeAlias = Callable[[AnyRequest], bool]
Offline = Literal["no", "first", "library", "bundle"]


class LazyPage(msgspec.Struct, frozen=True):
    """What a template gets, made when the page is first asked for; only its title is known before."""

    title: str
    make: Callable[[], Page]


class JsonText(msgspec.Struct, frozen=True):
    """What a template gets of a file of JSON."""

    template: ClassVar[str] = "offline/json.txt"
    text: str


class PublicPage(msgspec.Struct, frozen=True):
    """One public address. `more_headers` are added to those that every answer carries.

    `offline` is how a phone saves it: not at all, with the app itself, page by page as part of the library, or many
    small ones in one file (for pages that few will open, and that are much alike). Where `asks` is set, an address
    with a query goes to the app. `leads_on` is where a browser goes that sends the key of a person and no query; all
    others get the page, which no cache then gives without asking.
    """

    path: str
    page: Page | LazyPage
    media_type: str = "text/html; charset=utf-8"
    cache_control: str = PUBLIC
    more_headers: tuple[tuple[str, str], ...] = ()
    reviewed: date | None = None
    offline: Offline = "no"
    asks: bool = False
    leads_on: str = ""

    @property
    def headers(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What caches may do with it, and the headers that only this page carries."""
        if self.leads_on:
            return ALWAYS_ASK, (*self.more_headers, ("vary", "cookie"))
        return self.cache_control, self.more_headers


class PageCache:
    """The bytes of each public page, rendered when first asked for and kept. Raises ValueError for one address twice."""

    def __init__(self, templates: Templates) -> None:
        self.pages: dict[str, PublicPage] = {}
        self._templates = templates
        self._bodies: dict[str, Body] = {}

    def add(self, pages: Iterable[PublicPage]) -> None:
        for page in pages:
            if page.path in self.pages:
                raise ValueError(f"two public pages at one address: {page.path}")
            self.pages[page.path] = page

    def bare(self, status: int, reference: str | None = None) -> bytes:
        """The page of a fault, which looks at no request."""
        return bare_page(self._templates, status, reference)

    def of(self, path: str) -> Body:
        """Raises KeyError for an address that is no public page."""
        body = self._bodies.get(path)
        if body is None:
            page = self.pages[path]
            shown = page.page.make() if isinstance(page.page, LazyPage) else page.page
            content = self._templates.render(shown, path=path)
            body = self._bodies[path] = Body.of(content.encode(), page.media_type)
        return body


class FrontDoor:
    """Serves public pages and static files from memory, hands everything else to the app. Behind the guard.

    `holds_key`: whether a request carries the key of a person. It is not looked up: no public page asks the database.
    """

    def __init__(
        self, inner: Litestar, cache: PageCache, assets: Assets, settings: Settings, holds_key: HoldsKey
    ) -> None:
        self.inner = inner
        self.pages = cache.pages
        self._cache = cache
        self._assets = assets
        self._holds_key = holds_key
        self._addresses = Addresses(inner, cache.pages, assets)
        self._answers: dict[str, BytesAnswer] = {}
        self._guard = Guard(self._answer, settings, cache.bare)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP:
            await self._guard(scope, receive, send)
        else:
            await self.inner(scope, receive, send)

    async def _answer(self, scope: HTTPScope, receive: Receive, send: Send) -> None:
        for answered in (self._led_on, self._from_memory, self._put_right):
            if await answered(scope, send):
                return
        # Litestar answers HEAD with 405; here it is the GET whose body the guard leaves out.
        asked: HTTPScope = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        await self.inner(asked, receive, send)

    async def _led_on(self, scope: HTTPScope, send: Send) -> bool:
        """Whether it was a person who is led on from a page for newcomers."""
        page = self.pages.get(scope["path"])
        if page is None or not page.leads_on or scope["query_string"] or scope["method"] not in READ:
            return False
        known = self._holds_key(Request(scope))
        if known:
            await send_page(send, 303, b"", (b"location", page.leads_on.encode("latin-1")))
        return known

    async def _from_memory(self, scope: HTTPScope, send: Send) -> bool:
        """Whether it was a public page or a static file."""
        if scope["method"] not in READ:
            return False
        path, query, headers = scope["path"], scope["query_string"], dict(scope["headers"])
        answer = self._answers.get(path)
        if path.startswith(STATIC_FOLDER):
            answer = self._find(path, query)
        elif path in self.pages and query and self.pages[path].asks:
            answer = None
        elif path in self.pages and answer is None:
            # The largest take a second to make: nobody else should wait for it.
            answer = await to_thread.run_sync(self._made, path, query, headers)
        if answer is None:
            return False
        await answer(scope["method"], headers, send)
        return True

    async def _put_right(self, scope: HTTPScope, send: Send) -> bool:
        """Whether it was told what to ask instead: without the slash at its end, or by another method."""
        method, path = scope["method"], scope["path"]
        if is_outside(path):
            await send_page(send, 404, self._cache.bare(404))
            return True
        if method in READ:
            to = self._addresses.without_slash(path, scope["query_string"]) if path.endswith("/") else None
            if to:
                await send_page(send, 308, b"", (b"location", to.encode("latin-1")))
            return to is not None
        allowed = self._addresses.methods(path)
        if not allowed or (method in allowed and method != "OPTIONS"):
            return False
        allow = (b"allow", ", ".join(allowed).encode())
        if method == "OPTIONS":
            await send_page(send, 204, b"", allow)
        else:
            await send_page(send, 405, self._cache.bare(405), allow)
        return True

    def refusal(self, status: int) -> tuple[RawHeaders, bytes]:
        """The whole answer to what never became a request."""
        return self._guard.refusal(status)

    def body_of(self, path: str) -> Body | None:
        """The bytes of a public page, rendered if need be."""
        answer = self._find(path, b"")
        return answer.body if answer else None

    def _made(self, path: str, query: bytes, headers: Mapping[bytes, bytes]) -> BytesAnswer | None:
        """Rendered, and in the coding that is asked for."""
        answer = self._find(path, query)
        if answer is not None:
            answer.prepare(headers)
        return answer

    def _find(self, path: str, query: bytes) -> BytesAnswer | None:
        if path.startswith(STATIC_FOLDER):
            return self._asset(path.removeprefix(STATIC_FOLDER), query)
        page = self.pages.get(path)
        if page is None or (page.asks and query):
            return None
        answer = BytesAnswer(self._cache.of(path), *page.headers, self._guard.on_all)
        self._answers[path] = answer
        return answer

    def _asset(self, name: str, query: bytes) -> BytesAnswer | None:
        version = query.removeprefix(b"v=").decode("ascii", "replace") if query.startswith(b"v=") else ""
        found = self._assets.find(name, version)
        if found is None:
            return None
        body, cache_control = found
        key = f"{name} {cache_control}"
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = BytesAnswer(body, cache_control, (), self._guard.on_all)
        return answer


async def send_page(send: Send, status: int, page: bytes, *headers: tuple[bytes, bytes]) -> None:
    """An answer that needs no app: a page, or nothing but its headers."""
    start = [*headers, *(about_page(page) if status != 204 else [])]
    await send({"type": "http.response.start", "status": status, "headers": start})
    await send({"type": "http.response.body", "body": page, "more_body": False})
