"""What a phone saves: the lists of the service worker, the bundle of many pages, and what saving costs. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

import msgspec

BUNDLE = "/offline/bundle.json"


class PageBundle(msgspec.Struct, frozen=True):
    """Many pages in one file at `path`: all that stand in `folders`. `pages` is how many they are."""

    path: str
    version: str
    folders: tuple[str, ...]
    pages: int


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


def folders_of(paths: Iterable[str]) -> tuple[str, ...]:
    """`/studies/` for `/studies/a`: each once."""
    return tuple(dict.fromkeys(path[: path.rindex("/") + 1] for path in paths))


def in_shell(asset: str) -> bool:
    """Whether a static file is saved with the app itself. A clinic's pages need a network, and so do their scripts."""
    if asset.startswith("js/practice-"):
        return False
    if asset in ("app.css", "img/icon.svg", "img/icon-192.png"):
        return True
    return asset.startswith("js/") or (asset.startswith("vendor/") and asset.endswith(".js"))


_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z-]+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function (\w+))", re.MULTILINE)


def as_classic(modules: Mapping[str, str]) -> str:
    """ES modules as constants of one classic script: not every browser knows workers that are modules.

    `modules` are by file name without its end, each after those that it imports.
    """
    return "\n".join(_constant(_camel(name), text) for name, text in modules.items())


def _constant(name: str, module: str) -> str:
    exported = ", ".join(_EXPORT.findall(module))
    body = _IMPORT.sub(lambda line: f"const {{{line[1].replace(' as ', ': ')}}} = {_camel(line[2])};", module)
    return f"const {name} = (() => {{\n{_EXPORT.sub('', body)}return {{ {exported} }};\n}})();"


def _camel(name: str) -> str:
    first, *rest = name.split("-")
    return first + "".join(one.capitalize() for one in rest)


def short_hash(text: str) -> str:
    """Ten hex digits."""
    return hashlib.sha256(text.encode()).hexdigest()[:10]
