"""What a phone saves: the lists of the service worker, the bundle of many pages, and what saving costs. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

BUNDLE = "/offline/bundle.json"


class PageBundle(msgspec.Struct, frozen=True):
    """Many pages in one file at `path`."""

    path: str
    version: str
    pages: tuple[str, ...]


class WorkerLists(msgspec.Struct, frozen=True):
    """The lists that the service worker is rendered with.

    `library` maps a page to a version that changes with its bytes; `others` are public and are not saved ahead. From
    `led` the server leads a person on: they are asked for with the cookie, and what comes is not kept. `notices` are the
    words of reminders by their kind, beside the `icon`.
    """

    build: str
    shell: tuple[str, ...]
    library: Mapping[str, str]
    bundles: tuple[PageBundle, ...]
    others: tuple[str, ...]
    led: tuple[str, ...]
    notices: Mapping[str, str]
    icon: str


class DownloadSizes(msgspec.Struct, frozen=True):
    """What saving costs: (version, bytes over the wire) of each address to fetch."""

    files: Mapping[str, tuple[str, int]]
    bundles: Mapping[str, tuple[str, ...]]


def in_shell(asset: str) -> bool:
    """Whether a static file is saved with the app itself."""
    if asset in ("app.css", "img/icon.svg", "img/icon-192.png"):
        return True
    return asset.startswith("js/") or (asset.startswith("vendor/") and asset.endswith(".js"))


def short_hash(text: str) -> str:
    """Ten hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
