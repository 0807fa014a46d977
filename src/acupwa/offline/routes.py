"""The addresses that make the app installable and readable with no network. All are public bytes."""

import hashlib
from collections.abc import Iterable
from typing import ClassVar

import msgspec
from litestar import Request, Response, Router, get

from acupwa.library.model import Library
from acupwa.offline.files import BUNDLE, OfflineFiles
from acupwa.offline.manifest import make_manifest
from acupwa.offline.pages import offline_page, save_page
from acupwa.web.assets import Assets
from acupwa.web.public import ALWAYS_ASK, Bodies, PublicPage
from acupwa.web.templates import Templates

_JSON = "application/json"


class JsonFile(msgspec.Struct, frozen=True):
    template: ClassVar[str] = "offline/json.txt"
    text: str


class WorkerPage:
    template: ClassVar[str] = "offline/service-worker.js"

    def __init__(self, files: OfflineFiles) -> None:
        self._files = files

    @property
    def text(self) -> str:
        return self._files.worker_text


class BundlePage(WorkerPage):
    template: ClassVar[str] = "offline/json.txt"

    @property
    def text(self) -> str:
        return self._files.bundle_text


def public_pages(files: OfflineFiles, assets: Assets) -> Iterable[PublicPage]:
    """Built last: the files know every other public address."""
    library, bundled = files.titles("library"), files.titles("bundle")
    yield PublicPage("/offline", offline_page(library), offline="first")
    yield PublicPage("/offline/library", save_page((*library, *bundled)), offline="first")
    yield PublicPage(BUNDLE, BundlePage(files), _JSON)
    made = make_manifest(assets.url, assets.names())
    yield PublicPage(
        "/manifest.webmanifest",
        JsonFile(msgspec.json.encode(made).decode()),
        "application/manifest+json",
    )
    yield PublicPage(
        "/service-worker.js",
        WorkerPage(files),
        "text/javascript; charset=utf-8",
        ALWAYS_ASK,
    )


def make_offline_files(library: Library, assets: Assets, templates: Templates, bodies: Bodies) -> OfflineFiles:
    build = hashlib.sha256(f"{library.version}{assets.version}{templates.version}".encode()).hexdigest()[:12]
    return OfflineFiles(assets, bodies, build)


@get("/offline/sizes.json", name="offline.sizes", sync_to_thread=True)
def show_sizes(request: Request) -> Response[bytes]:  # type: ignore[type-arg]
    """How many bytes each file of the library is over the wire."""
    files: OfflineFiles = request.app.state.offline
    return Response(files.sizes, media_type=_JSON, headers={"cache-control": ALWAYS_ASK})


router = Router("/", route_handlers=[show_sizes])
