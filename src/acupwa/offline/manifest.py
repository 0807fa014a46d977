"""The web app manifest. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from acupwa.wording import gettext as _

MANIFEST_COLOUR = "#fbf8f3"


def make_manifest(asset_url: Callable[[str], str], assets: Collection[str]) -> dict[str, Any]:
    """`asset_url` gives the address of a static file; screenshots are listed when they are among `assets`."""
    return {
        "id": "/",
        "name": "Acupwa",
        "short_name": "Acupwa",
        "description": _("Acupuncture alongside your usual care: a check-in, reading and a plan."),
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "lang": "en",
        "dir": "ltr",
        "theme_color": MANIFEST_COLOUR,
        "background_color": MANIFEST_COLOUR,
        "categories": ["health", "education"],
        "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
        "icons": _icons(asset_url),
        "shortcuts": [
            {"name": _("Is it urgent?"), "url": "/emergency"},
            {"name": _("Check in"), "url": "/quiz"},
            {"name": _("Read"), "url": "/read"},
        ],
        "screenshots": _screenshots(asset_url, assets),
    }


def _icons(asset_url: Callable[[str], str]) -> list[dict[str, str]]:
    icons = (
        ("img/icon.svg", "any", "any", "image/svg+xml"),
        ("img/icon-192.png", "192x192", "any", "image/png"),
        ("img/icon-512.png", "512x512", "any", "image/png"),
        ("img/icon-maskable-512.png", "512x512", "maskable", "image/png"),
    )
    return [
        {"src": asset_url(name), "sizes": sizes, "type": type, "purpose": purpose}
        for name, sizes, purpose, type in icons
    ]


def _screenshots(asset_url: Callable[[str], str], assets: Collection[str]) -> list[dict[str, str]]:
    shots = (
        ("img/screenshot-home.png", "780x1688", "narrow", _("The start page")),
        ("img/screenshot-quiz.png", "780x1688", "narrow", _("A question of the check-in")),
        ("img/screenshot-read.png", "780x1688", "narrow", _("A reading page")),
        ("img/screenshot-wide.png", "1280x800", "wide", _("The library on a wide screen")),
    )
    return [
        {"src": asset_url(name), "sizes": sizes, "type": "image/png", "form_factor": form, "label": label}
        for name, sizes, form, label in shots
        if name in assets
    ]
