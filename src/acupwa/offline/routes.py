"""The three addresses that make the app installable and readable with no network. All are public bytes."""

import hashlib

import msgspec

from acupwa.library.model import Library
from acupwa.offline.pages import manifest, offline_page, worker
from acupwa.web.assets import Assets
from acupwa.web.public import ALWAYS_ASK, PublicPage
from acupwa.web.templates import Templates


class Json(msgspec.Struct, frozen=True):
    text: str


def public_pages(
    library: Library, assets: Assets, templates: Templates, others: tuple[PublicPage, ...]
) -> tuple[PublicPage, ...]:
    """Built last: the worker knows every other public address."""
    build = hashlib.sha256(f"{library.version}{assets.version}{templates.version}".encode()).hexdigest()[:12]
    html = tuple(page.path for page in others if page.media_type.startswith("text/html"))
    lists = worker(
        library, build=build, assets=assets.names(), asset_url=assets.url, public_paths=html
    )
    made = manifest(assets.url, assets.names())
    return (
        PublicPage("/offline", "offline/offline.html", offline_page(library)),
        PublicPage(
            "/manifest.webmanifest",
            "offline/json.txt",
            Json(msgspec.json.encode(made).decode()),
            "application/manifest+json",
        ),
        PublicPage(
            "/service-worker.js",
            "offline/service-worker.js",
            Json(msgspec.json.encode(lists).decode()),
            "text/javascript; charset=utf-8",
            ALWAYS_ASK,
        ),
    )
