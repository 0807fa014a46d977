"""Which addresses there are, and what may be done at each: for what no page and no handler answers."""

from collections.abc import Collection
from urllib.parse import quote

from litestar import Litestar
from litestar.exceptions import MethodNotAllowedException, NotFoundException
from litestar.utils import normalize_path

from acupwa.web.assets import Assets

READ = ("GET", "HEAD")
STATIC_FOLDER = "/static/"
_ASKED = ("GET", "POST")
# All that RFC 3986 lets stand in a path as it is.
_PLAIN = "/:@!$&'()*+,;=~-._"


class Addresses:
    """`pages` are the paths of public pages."""

    def __init__(self, app: Litestar, pages: Collection[str], assets: Assets) -> None:
        self._app = app
        self._pages = pages
        self._assets = assets

    def methods(self, path: str) -> tuple[str, ...]:
        """Those that `path` takes; none for an address that there is not."""
        if path.startswith(STATIC_FOLDER):
            found = set(READ) if self._assets.find(path.removeprefix(STATIC_FOLDER), "") else set()
        else:
            found = set(READ) if path in self._pages else set()
            found |= set(methods_of(self._app, path))
        return tuple(sorted(found | {"OPTIONS"})) if found else ()

    def without_slash(self, path: str, query: bytes) -> str | None:
        """Where an address with a slash at its end leads, written as in a header; None when there is nothing."""
        bare = path.rstrip("/")
        if path == bare or not bare or not self.methods(bare):
            return None
        return written(bare) + (f"?{query.decode('latin-1')}" if query else "")


def methods_of(app: Litestar, path: str) -> tuple[str, ...]:
    """What the handlers at `path` take."""
    return tuple(
        name for method in _ASKED if _routed(app, path, method) for name in (READ if method == "GET" else (method,))
    )


def is_outside(path: str) -> bool:
    """Whether a browser that is sent to `path` would take its beginning for the name of another server."""
    return path.startswith(("//", "/\\"))


def written(path: str) -> str:
    """A path that was read, as it stands in an address."""
    return quote(path, safe=_PLAIN)


def _routed(app: Litestar, path: str, method: str) -> bool:
    try:
        app.asgi_router.handle_routing(path=normalize_path(path), method=method)
    except (MethodNotAllowedException, NotFoundException):
        return False
    return True
