"""The web app manifest. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from acupwa.wording import gettext as _

# As in base.html, in light, and as the paper of every page.
THEME = "#ffffff"
PAPER = "#fbf8f3"


def make_manifest(asset_url: Callable[[str], str], assets: Collection[str]) -> dict[str, Any]:
    """`asset_url` gives the address of a static file; screenshots are listed when they are among `assets`."""
    return {
        "id": "/",
        "name": "Acupwa",
        "short_name": "Acupwa",
        "description": _("Acupuncture alongside your usual care: check-ins, reading and a plan."),
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "lang": "en",
        "dir": "ltr",
        "theme_color": THEME,
        "background_color": PAPER,
        "categories": ["health", "education"],
        "launch_handler": {"client_mode": ["navigate-existing", "auto"]},
        "icons": _icons(asset_url),
        "shortcuts": [
            {"name": _("Check in"), "url": "/check-in"},
            {"name": _("My plan"), "url": "/plan"},
            {"name": _("Danger signs"), "url": "/emergency"},
            {"name": _("For practitioners"), "url": "/practice"},
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
        ("img/screenshot-quiz.png", "780x1688", "narrow", _("A question in the check-in")),
        ("img/screenshot-read.png", "780x1688", "narrow", _("A library page")),
        ("img/screenshot-wide.png", "1280x800", "wide", _("The library on a wide screen")),
    )
    return [
        {"src": asset_url(name), "sizes": sizes, "type": "image/png", "form_factor": form, "label": label}
        for name, sizes, form, label in shots
        if name in assets
    ]
