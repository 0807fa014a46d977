"""The addresses that make the app installable and readable with no network. All are public bytes."""

import hashlib
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import ClassVar

import msgspec
from litestar import Request, Response, Router, get

from acupwa.library.model import Library
from acupwa.offline.files import (
    BUNDLE,
    DownloadSizes,
    PageBundle,
    WorkerLists,
    as_classic,
    folders_of,
    in_shell,
    short_hash,
)
from acupwa.offline.manifest import make_manifest
from acupwa.offline.pages import SavedPage, backup_page, offline_page, save_page, unsent_page
from acupwa.web.assets import Assets
from acupwa.web.inject import Answer
from acupwa.web.public import ALWAYS_ASK, JsonText, Offline, PageCache, PublicPage
from acupwa.web.templates import Templates

_JSON = "application/json"


class OfflineFiles:
    """What a phone saves, from what each public page says of itself. Renders pages only when it is asked."""

    def __init__(self, assets: Assets, cache: PageCache, build: str, notices: Mapping[str, str]) -> None:
        self._assets = assets
        self._cache = cache
        self._build = build
        self._notices = notices

    def paths(self, kind: Offline) -> tuple[str, ...]:
        return tuple(path for path, page in self._cache.pages.items() if page.offline == kind)

    def titles(self, kind: Offline) -> tuple[SavedPage, ...]:
        """Pages with a title; data files have none."""
        return tuple(
            SavedPage(path, str(page.page.title))
            for path, page in self._cache.pages.items()
            if page.offline == kind and hasattr(page.page, "title")
        )

    @cached_property
    def versions(self) -> dict[str, str]:
        return {path: self._cache.of(path).tag[:6] for path in self.paths("library")}

    @cached_property
    def bundle(self) -> PageBundle:
        pages = self.paths("bundle")
        version = short_hash("".join(self._cache.of(path).tag for path in pages))
        return PageBundle(BUNDLE, version, folders_of(pages), len(pages))

    @cached_property
    def bundle_text(self) -> str:
        """Pages that are much alike cost little in one file: what they share is sent once."""
        pages = {path: self._cache.of(path).data.decode() for path in self.paths("bundle")}
        return msgspec.json.encode(pages).decode()

    @cached_property
    def worker_text(self) -> str:
        first = self.paths("first")
        saved = {*first, *self.paths("library"), *self.paths("bundle")}
        html = (path for path, page in self._cache.pages.items() if page.media_type.startswith("text/html"))
        lists = WorkerLists(
            build=self._build,
            shell=(*first, *(self._assets.url(name) for name in self._assets.names() if in_shell(name))),
            library=self.versions,
            bundles=(self.bundle,),
            others=tuple(path for path in html if path not in saved),
            led=tuple(path for path, page in self._cache.pages.items() if page.leads_on),
            notices=self._notices,
            icon=self._assets.url("img/icon-192.png"),
        )
        return msgspec.json.encode(lists).decode()

    @cached_property
    def worker_modules(self) -> str:
        """What the worker and the pages have in common."""
        return as_classic({name: self._assets.text(f"js/{name}.js") for name in ("phone-store", "queue")})

    @cached_property
    def sizes(self) -> bytes:
        """Compresses all of the library when first asked: seconds, not milliseconds."""

        def size(path: str) -> int:
            return len(self._cache.of(path).coded(b"br")[0])

        files = {path: (version, size(path)) for path, version in self.versions.items()}
        files[BUNDLE] = (self.bundle.version, size(BUNDLE))
        return msgspec.json.encode(DownloadSizes(files, {BUNDLE: self.paths("bundle")}))


class WorkerPage:
    template: ClassVar[str] = "offline/service-worker.js"

    def __init__(self, files: OfflineFiles) -> None:
        self._files = files

    @property
    def text(self) -> str:
        return self._files.worker_text

    @property
    def modules(self) -> str:
        return self._files.worker_modules


class AsidePage(msgspec.Struct, frozen=True):
    """A worker that takes off whichever a phone has."""

    template: ClassVar[str] = "offline/aside.js"


class BundlePage:
    template: ClassVar[str] = "offline/json.txt"

    def __init__(self, files: OfflineFiles) -> None:
        self._files = files

    @property
    def text(self) -> str:
        return self._files.bundle_text


def public_pages(files: OfflineFiles, assets: Assets, *, worker: bool = True) -> Iterable[PublicPage]:
    """Built last: the files know every other public address. `worker` False: phones are told to do without one."""
    library, bundled = files.titles("library"), files.titles("bundle")
    yield PublicPage("/offline", offline_page(library), offline="first")
    yield PublicPage("/offline/library", save_page((*library, *bundled)), offline="first")
    yield PublicPage("/offline/unsent", unsent_page(), offline="first")
    yield PublicPage("/offline/backup", backup_page(), offline="first")
    yield PublicPage(BUNDLE, BundlePage(files), _JSON)
    made = make_manifest(assets.url, assets.names())
    yield PublicPage(
        "/manifest.webmanifest",
        JsonText(msgspec.json.encode(made).decode()),
        "application/manifest+json",
    )
    yield PublicPage(
        "/service-worker.js",
        WorkerPage(files) if worker else AsidePage(),
        "text/javascript; charset=utf-8",
        ALWAYS_ASK,
    )


def make_offline_files(
    library: Library, assets: Assets, templates: Templates, cache: PageCache, notices: Mapping[str, str]
) -> OfflineFiles:
    """`notices` are the words of reminders, by their kind."""
    build = hashlib.sha256(f"{library.version}{assets.version}{templates.version}".encode()).hexdigest()[:12]
    return OfflineFiles(assets, cache, build, notices)


@get("/offline/sizes.json", name="offline.sizes", sync_to_thread=True)
def show_sizes(request: Request) -> Answer:  # type: ignore[type-arg]
    """How many bytes each file of the library is over the wire."""
    files: OfflineFiles = request.app.state.offline
    return Response(files.sizes, media_type=_JSON, headers={"cache-control": ALWAYS_ASK})


router = Router("/", route_handlers=[show_sizes])
