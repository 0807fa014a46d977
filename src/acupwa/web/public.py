"""Pages that are the same bytes for everyone, and the door in front of the app that serves them.

A page is rendered when it is first asked for and kept; the app's content does not change while it runs.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Literal

import msgspec
from anyio import to_thread
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Receive, Scope, Send

from acupwa.web.assets import Assets
from acupwa.web.bytes import Body, BytesAnswer, RawHeaders
from acupwa.web.templates import Page, Templates

PUBLIC = "public, max-age=300"
ALWAYS_ASK = "public, no-cache"
_READ = ("GET", "HEAD")


Offline = Literal["no", "first", "library", "bundle"]


class LazyPage(msgspec.Struct, frozen=True):
    """What a template gets, made when the page is first asked for; only its title is known before."""

    title: str
    make: Callable[[], Page]


class PublicPage(msgspec.Struct, frozen=True):
    """One public address. `more_headers` are added to those that every answer carries.

    `offline` is how a phone saves it: not at all, with the app itself, page by page as part of the library, or many
    small ones in one file (for pages that few will open, and that are much alike). Where `asks` is set, an address
    with a query goes to the app.
    """

    path: str
    page: Page | LazyPage
    media_type: str = "text/html; charset=utf-8"
    cache_control: str = PUBLIC
    more_headers: tuple[tuple[str, str], ...] = ()
    reviewed: date | None = None
    offline: Offline = "no"
    asks: bool = False


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
    """Serves public pages and static files from memory, hands everything else to the app."""

    def __init__(
        self,
        inner: ASGIApp,
        cache: PageCache,
        assets: Assets,
        hsts: RawHeaders,
    ) -> None:
        self.inner = inner
        self.pages = cache.pages
        self._cache = cache
        self._assets = assets
        self._hsts = hsts
        self._answers: dict[str, BytesAnswer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == ScopeType.HTTP and scope["method"] in _READ:
            path = scope["path"]
            query = scope["query_string"]
            headers = dict(scope["headers"])
            answer = self._answers.get(path)
            if path.startswith("/static/"):
                answer = self._find(path, query)
            elif path in self.pages and query and self.pages[path].asks:
                answer = None
            elif path in self.pages and answer is None:
                # The largest take a second to make: nobody else should wait for it.
                answer = await to_thread.run_sync(self._made, path, query, headers)
            if answer is not None:
                await answer(scope["method"], headers, send)
                return
            if scope["method"] == "HEAD":
                await self._head(scope, receive, send)
                return
        await self.inner(scope, receive, send)

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
        if path.startswith("/static/"):
            return self._asset(path.removeprefix("/static/"), query)
        page = self.pages.get(path)
        if page is None or (page.asks and query):
            return None
        answer = BytesAnswer(self._cache.of(path), page.cache_control, page.more_headers, self._hsts)
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
            answer = self._answers[key] = BytesAnswer(body, cache_control, (), self._hsts)
        return answer

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Litestar answers HEAD with 405; here it is the GET without its body."""

        async def without_body(message: object) -> None:
            if message["type"] == "http.response.body":  # type: ignore[index]
                message = {**message, "body": b""}  # type: ignore[dict-item]
            await send(message)  # type: ignore[arg-type]

        await self.inner({**scope, "method": "GET"}, receive, without_body)  # type: ignore[arg-type]
