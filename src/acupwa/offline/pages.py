"""What the manifest, the service worker and the offline page are made of. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from acupwa.library.model import Library
from acupwa.wording import gettext as _

MANIFEST_COLOUR = "#fbf8f3"

# Saved with the app itself, before anything else: they must open even when the library never got here.
SHELL_PAGES = ("/", "/emergency", "/offline", "/quiz")
_ALSO_SAVED = ("/read", "/claims", "/glossary", "/about", "/about/grades", "/privacy", "/credits")


class Saved(msgspec.Struct, frozen=True):
    path: str
    title: str


class OfflinePage(msgspec.Struct, frozen=True):
    title: str
    first: tuple[Saved, ...]
    library: tuple[Saved, ...]


class Worker(msgspec.Struct, frozen=True):
    """The lists that the service worker is rendered with."""

    build: str
    shell: tuple[str, ...]
    library: Mapping[str, str]
    public: tuple[str, ...]


def offline_page(library: Library) -> OfflinePage:
    first = (
        Saved("/emergency", _("Is it urgent? What to do now")),
        Saved("/", _("Start page")),
        Saved("/read", _("All reading")),
    )
    return OfflinePage(
        title=_("You are offline"),
        first=first,
        library=tuple(Saved(f"/read/{slug}", page.head.title) for slug, page in library.pages.items()),
    )


def worker(
    library: Library,
    *,
    build: str,
    assets: tuple[str, ...],
    asset_url: Callable[[str], str],
    public_paths: tuple[str, ...],
) -> Worker:
    """`library` maps each page to a version that changes with its words or the app's look."""
    shell_files = tuple(asset_url(name) for name in assets if _in_shell(name))
    pages = {f"/read/{slug}": _short(page.hash + build) for slug, page in library.pages.items()}
    also = (*_ALSO_SAVED, *(f"/claims/{id}" for id in library.popular))
    pages |= {path: _short(library.version + build) for path in also if path in public_paths}
    return Worker(
        build=build,
        shell=(*(path for path in SHELL_PAGES if path in (*public_paths, "/offline")), *shell_files),
        library=pages,
        public=public_paths,
    )


def _in_shell(name: str) -> bool:
    if name in ("app.css", "img/icon.svg", "img/icon-192.png"):
        return True
    return name.startswith("js/") or (name.startswith("vendor/") and name.endswith(".js"))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def manifest(asset_url: Callable[[str], str], assets: tuple[str, ...]) -> dict[str, Any]:
    """The web app manifest. Screenshots are listed when they are there."""

    def icon(name: str, sizes: str, purpose: str, type: str = "image/png") -> dict[str, str]:
        return {"src": asset_url(name), "sizes": sizes, "type": type, "purpose": purpose}

    def screenshot(name: str, sizes: str, form: str, label: str) -> dict[str, str]:
        return {
            "src": asset_url(name), "sizes": sizes, "type": "image/png", "form_factor": form, "label": label
        }

    shots = [
        ("img/screenshot-home.png", "780x1688", "narrow", _("The start page")),
        ("img/screenshot-quiz.png", "780x1688", "narrow", _("A question of the check-in")),
        ("img/screenshot-read.png", "780x1688", "narrow", _("A reading page")),
        ("img/screenshot-wide.png", "1280x800", "wide", _("The library on a wide screen")),
    ]
    return {
        "id": "/",
        "name": "Acupwa",
        "short_name": "Acupwa",
        "description": _("Acupuncture beside your usual care: a check-in, reading and a plan."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": "en",
        "dir": "ltr",
        "theme_color": MANIFEST_COLOUR,
        "background_color": MANIFEST_COLOUR,
        "categories": ["health", "education"],
        "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
        "icons": [
            icon("img/icon.svg", "any", "any", "image/svg+xml"),
            icon("img/icon-192.png", "192x192", "any"),
            icon("img/icon-512.png", "512x512", "any"),
            icon("img/icon-maskable-512.png", "512x512", "maskable"),
        ],
        "shortcuts": [
            {"name": _("Is it urgent?"), "url": "/emergency"},
            {"name": _("Check in"), "url": "/quiz"},
            {"name": _("Read"), "url": "/read"},
        ],
        "screenshots": [screenshot(*shot) for shot in shots if shot[0] in assets],
    }
