"""What a first visit costs on the wire, and what installing needs."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.browser import PHONE

pytestmark = pytest.mark.browser
KILOBYTE = 1024


def visit(browser: Any, url: str, path: str) -> list[tuple[str, int]]:
    """Address and bytes over the wire of each request until the page is ready."""
    context = browser.new_context(**PHONE, base_url=url, service_workers="block")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, int] = {}
    wire.on("Network.requestWillBeSent", lambda e: names.setdefault(e["requestId"], e["request"]["url"]))
    wire.on(
        "Network.loadingFinished",
        lambda e: sizes.__setitem__(e["requestId"], int(e["encodedDataLength"])),
    )
    page.goto(path, wait_until="load")
    page.wait_for_timeout(700)
    context.close()
    return [(names[id], size) for id, size in sizes.items() if not names[id].startswith("data:")]


def test_the_start_page_is_light(browser, shared_server):
    seen = visit(browser, shared_server.url, "/")

    assert all(address.startswith(shared_server.url) for address, _ in seen)
    assert len(seen) <= 7, seen
    assert sum(size for _, size in seen) <= 35 * KILOBYTE, seen


@pytest.mark.parametrize("path", ["/read", "/read/safety-in-numbers", "/quiz", "/emergency", "/studies"])
def test_other_pages_load_nothing_from_elsewhere_and_little_from_here(browser, shared_server, path):
    seen = visit(browser, shared_server.url, path)

    assert all(address.startswith(shared_server.url) for address, _ in seen)
    assert sum(size for _, size in seen) <= 60 * KILOBYTE, seen


def test_every_page_is_fourteen_kilobytes_or_less(client, app):
    """But the one that has all questions of the check-in, to be answered with no network."""
    heavy = {}
    for path, page in app.pages.items():
        if page.media_type.startswith("text/html"):
            content, _ = app.body_of(path).coded(b"br")
            if len(content) > (30 if path == "/quiz/whole" else 14) * KILOBYTE:
                heavy[path] = len(content)

    assert not heavy


def test_saving_the_whole_library_takes_one_megabyte_or_less(app):
    """Everything a phone fetches: the shell with its code and style, each page, the studies and the search index."""
    lists = lists_of(app)
    files = [*lists["shell"], *lists["library"], *(bundle["path"] for bundle in lists["bundles"])]

    total = sum(len(bytes_of(app, address)) for address in files)

    saved = {*lists["shell"], *lists["library"], *json.loads(app.body_of("/offline/bundle.json").data)}
    html = {path for path, page in app.pages.items() if page.media_type.startswith("text/html")}
    assert html - saved <= {"/about/design"}
    assert total <= 1_000_000, total


def lists_of(app: Any) -> dict[str, Any]:
    script = app.body_of("/service-worker.js").data.decode()
    return json.loads(script.split("const LISTS = ")[1].split(";\n")[0])


def bytes_of(app: Any, address: str) -> bytes:
    return app.body_of(address.partition("?")[0]).coded(b"br")[0]


def test_chromium_finds_nothing_that_keeps_it_from_being_installed(shared_server, browser, tmp_path):
    kind = browser.browser_type
    context = kind.launch_persistent_context(
        tmp_path,
        executable_path="/usr/bin/chromium",
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        **PHONE,
    )
    page = context.new_page()
    page.goto(shared_server.url + "/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    wire = context.new_cdp_session(page)
    faults = wire.send("Page.getInstallabilityErrors")["installabilityErrors"]
    manifest = wire.send("Page.getAppManifest")
    identity = wire.send("Page.getAppId")
    context.close()

    assert faults == []
    assert manifest["errors"] == []
    assert identity["appId"] == f"{shared_server.url}/"
