"""What the manifest, the service worker and the offline page are made of. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

import msgspec

from acupwa.wording import gettext as _

MANIFEST_COLOUR = "#fbf8f3"

# Pages listed together, by the beginning of their addresses.
_GROUPS = ("/read/", "/claims/", "/studies/")


class Saved(msgspec.Struct, frozen=True):
    path: str
    title: str


class OfflinePage(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "offline/offline.html"
    title: str
    first: tuple[Saved, ...]
    library: tuple[Saved, ...]


class SavedGroup(msgspec.Struct, frozen=True):
    """Pages that are listed together. `folded`: too many to show at once."""

    name: str
    pages: tuple[Saved, ...]
    folded: bool = False


class SavePage(msgspec.Struct, frozen=True):
    """Where a person saves the library: every page that can be saved, in groups."""

    template: ClassVar[str] = "offline/library.html"
    title: str
    groups: tuple[SavedGroup, ...]


class Bundle(msgspec.Struct, frozen=True):
    """Many pages in one file at `path`."""

    path: str
    version: str
    pages: tuple[str, ...]


class Worker(msgspec.Struct, frozen=True):
    """The lists that the service worker is rendered with.

    `library` maps a page to a version that changes with its bytes; `others` are public and are not saved ahead.
    """

    build: str
    shell: tuple[str, ...]
    library: Mapping[str, str]
    bundles: tuple[Bundle, ...]
    others: tuple[str, ...]


class Sizes(msgspec.Struct, frozen=True):
    """What saving costs: (version, bytes over the wire) of each address to fetch."""

    files: Mapping[str, tuple[str, int]]
    bundles: Mapping[str, tuple[str, ...]]


def offline_page(library: Sequence[Saved]) -> OfflinePage:
    first = (
        Saved("/emergency", _("Is it urgent? What to do now")),
        Saved("/", _("Start page")),
        Saved("/read", _("All reading")),
        Saved("/claims", _("Claims check")),
        Saved("/glossary", _("Hard words")),
        Saved("/search", _("Search")),
    )
    named = {saved.path for saved in first}
    return OfflinePage(
        title=_("You are offline"),
        first=first,
        # Pages about the app come after what there is to read.
        library=tuple(
            sorted(
                (saved for saved in library if saved.path not in named),
                key=lambda one: not one.path.startswith("/read/"),
            )
        ),
    )


def save_page(library: Sequence[Saved]) -> SavePage:
    def begins(*starts: str) -> tuple[Saved, ...]:
        return tuple(saved for saved in library if saved.path.startswith(starts))

    grouped = begins(*_GROUPS)
    reading, claims, studies = (begins(start) for start in _GROUPS)
    return SavePage(
        title=_("Save the reading on this phone"),
        groups=(
            SavedGroup(_("Reading pages"), reading),
            SavedGroup(_("Claims check"), claims),
            SavedGroup(_("Lists and more"), tuple(saved for saved in library if saved not in grouped)),
            SavedGroup(_("Studies"), studies, folded=True),
        ),
    )


def in_shell(asset: str) -> bool:
    """Whether a static file is saved with the app itself."""
    if asset in ("app.css", "img/icon.svg", "img/icon-192.png"):
        return True
    return asset.startswith("js/") or (asset.startswith("vendor/") and asset.endswith(".js"))


def short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]


def manifest(asset_url: Callable[[str], str], assets: tuple[str, ...]) -> dict[str, Any]:
    """The web app manifest. Screenshots are listed when they are there."""

    def icon(name: str, sizes: str, purpose: str, type: str = "image/png") -> dict[str, str]:
        return {"src": asset_url(name), "sizes": sizes, "type": type, "purpose": purpose}

    def screenshot(name: str, sizes: str, form: str, label: str) -> dict[str, str]:
        return {"src": asset_url(name), "sizes": sizes, "type": "image/png", "form_factor": form, "label": label}

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
