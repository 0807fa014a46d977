"""A browser without a screen, and the event loop that it runs on."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.support.page_judge import judge


@contextmanager
def running_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """In a thread of its own: the browser's driver has one running in the main thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()


class Client:
    """A browser without a screen, on the real app: keeps cookies, judges every HTML answer."""

    def __init__(self, app: Any, loop: asyncio.AbstractEventLoop, address: str = "127.0.0.1") -> None:
        self.app = app
        self._loop = loop
        self._address = address
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(address, 123))
        base_url = app.inner.state.settings.public_url or "http://localhost"
        self._client = httpx.AsyncClient(transport=transport, base_url=base_url)

    @property
    def cookies(self) -> httpx.Cookies:
        return self._client.cookies

    def another(self, address: str | None = None) -> Client:
        """The same app, another person; from elsewhere if `address` says so."""
        return Client(self.app, self._loop, address or self._address)

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, data: Mapping[str, str | Sequence[str]] | None = None, **options: Any) -> httpx.Response:
        headers = {"sec-fetch-site": "same-origin", **options.pop("headers", {})}
        if data is None and "content" not in options:
            data = {}
            headers.setdefault("content-type", "application/x-www-form-urlencoded")
        return self.request("POST", path, data=data, headers=headers, **options)

    def post_at_once(self, times: int, path: str, data: Any, **options: Any) -> list[httpx.Response]:
        """The same form `times` times, none waiting for another; with the cookies of before the first answer."""
        return self.post_all_at_once([(path, data)] * times, **options)

    def post_all_at_once(self, forms: Sequence[tuple[str, Any]], **options: Any) -> list[httpx.Response]:
        headers = {"sec-fetch-site": "same-origin", **options.pop("headers", {})}
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
        if cookies := "; ".join(f"{one.name}={one.value}" for one in self.cookies.jar):
            headers["cookie"] = cookies

        async def post(path: str, data: Any) -> httpx.Response:
            # A browser each: what one answer sets must not reach the others.
            transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as browser:
                return await browser.post(
                    path, content=data if isinstance(data, bytes) else urlencode(data, doseq=True), headers=headers
                )

        async def post_all() -> list[httpx.Response]:
            return await asyncio.gather(*(post(path, data) for path, data in forms))

        answers = asyncio.run_coroutine_threadsafe(post_all(), self._loop).result(60)
        for answer in answers:
            self._judge(answer)
        return answers

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        sent = self._client.request(method, path, **options)
        answer = asyncio.run_coroutine_threadsafe(sent, self._loop).result(60)
        self._judge(answer)
        return answer

    def follow(self, answer: httpx.Response) -> httpx.Response:
        """Go where a 303 points, as a browser does."""
        assert answer.status_code == 303, (answer.status_code, answer.text[:300])
        return self.get(answer.headers["location"])

    def _judge(self, answer: httpx.Response) -> None:
        assert "content-security-policy" in answer.headers, f"{answer.url}: no security headers"
        assert answer.headers.get("content-type", "").count("charset") <= 1, f"{answer.url}: charset twice"
        if not answer.headers.get("content-type", "").startswith("text/html") or not answer.text:
            return
        request = answer.request
        fragment = request.headers.get("hx-request") == "true" and request.method != "GET"
        whole = not fragment or answer.text.lstrip().lower().startswith("<!doctype")
        faults = judge(answer.text, whole=whole, address=f"{request.method} {answer.url.path}")
        personal = "no-store" in answer.headers.get("cache-control", "")
        if not personal and "set-cookie" in answer.headers:
            faults.append(f"{answer.url.path}: a cookie on a public page")
        assert not faults, "\n".join(faults)
