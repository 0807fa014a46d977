"""What a phone saves: the lists of the service worker, the bundle of many pages, and what saving costs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property

import msgspec

from acupwa.offline.pages import SavedPage
from acupwa.web.assets import Assets
from acupwa.web.public import Bodies, Offline

BUNDLE = "/offline/bundle.json"


class PageBundle(msgspec.Struct, frozen=True):
    """Many pages in one file at `path`."""

    path: str
    version: str
    pages: tuple[str, ...]


class WorkerLists(msgspec.Struct, frozen=True):
    """The lists that the service worker is rendered with.

    `library` maps a page to a version that changes with its bytes; `others` are public and are not saved ahead.
    """

    build: str
    shell: tuple[str, ...]
    library: Mapping[str, str]
    bundles: tuple[PageBundle, ...]
    others: tuple[str, ...]


class DownloadSizes(msgspec.Struct, frozen=True):
    """What saving costs: (version, bytes over the wire) of each address to fetch."""

    files: Mapping[str, tuple[str, int]]
    bundles: Mapping[str, tuple[str, ...]]


class OfflineFiles:
    """What a phone saves, from what each public page says of itself. Renders pages only when it is asked."""

    def __init__(self, assets: Assets, bodies: Bodies, build: str) -> None:
        self._assets = assets
        self._bodies = bodies
        self._build = build

    def paths(self, kind: Offline) -> tuple[str, ...]:
        return tuple(path for path, page in self._bodies.pages.items() if page.offline == kind)

    def titles(self, kind: Offline) -> tuple[SavedPage, ...]:
        """Pages with a title; data files have none."""
        return tuple(
            SavedPage(path, str(page.page.title))
            for path, page in self._bodies.pages.items()
            if page.offline == kind and hasattr(page.page, "title")
        )

    @cached_property
    def versions(self) -> dict[str, str]:
        return {path: self._bodies.of(path).tag[:10] for path in self.paths("library")}

    @cached_property
    def bundle(self) -> PageBundle:
        pages = self.paths("bundle")
        return PageBundle(BUNDLE, _short_hash("".join(self._bodies.of(path).tag for path in pages)), pages)

    @cached_property
    def bundle_text(self) -> str:
        """Pages that are much alike cost little in one file: what they share is sent once."""
        pages = {path: self._bodies.of(path).data.decode() for path in self.paths("bundle")}
        return msgspec.json.encode(pages).decode()

    @cached_property
    def worker_text(self) -> str:
        first = self.paths("first")
        saved = {*first, *self.paths("library"), *self.paths("bundle")}
        html = (path for path, page in self._bodies.pages.items() if page.media_type.startswith("text/html"))
        lists = WorkerLists(
            build=self._build,
            shell=(*first, *(self._assets.url(name) for name in self._assets.names() if _in_shell(name))),
            library=self.versions,
            bundles=(self.bundle,),
            others=tuple(path for path in html if path not in saved),
        )
        return msgspec.json.encode(lists).decode()

    @cached_property
    def sizes(self) -> bytes:
        """Compresses all of the library when first asked: seconds, not milliseconds."""

        def size(path: str) -> int:
            return len(self._bodies.of(path).coded(b"br")[0])

        files = {path: (version, size(path)) for path, version in self.versions.items()}
        files[BUNDLE] = (self.bundle.version, size(BUNDLE))
        return msgspec.json.encode(DownloadSizes(files, {BUNDLE: self.bundle.pages}))


def _in_shell(asset: str) -> bool:
    """Whether a static file is saved with the app itself."""
    if asset in ("app.css", "img/icon.svg", "img/icon-192.png"):
        return True
    return asset.startswith("js/") or (asset.startswith("vendor/") and asset.endswith(".js"))


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:10]
