"""Every address of the app, as `tests/house/addresses.txt` lists them. Phones and printed cards hold addresses for years.

`python -m tests.house.addresses` writes the list anew: read the difference before it is committed.
"""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from litestar.routes import HTTPRoute

from acupwa.app import create_app
from acupwa.settings import read_settings
from tests.support.database import KEY

FILE = Path(__file__).with_name("addresses.txt")
MANY = 3  # so many pages under one address are one line


def addresses_of(app: Any) -> list[str]:
    """`METHOD path name`, sorted by path. What stands in `{}` is anything."""
    lines = {*_routes(app.inner), *_pages(app.pages)}
    return sorted(lines, key=lambda line: (line.split()[1], line))


def _routes(app: Any) -> Iterator[str]:
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            path = re.sub(r"\{[^}]*\}", "{}", route.path)
            for handler in route.route_handlers:
                for method in handler.http_methods - {"OPTIONS"}:
                    yield f"{method} {path} {handler.name or ''}".strip()


def _pages(paths: Iterable[str]) -> Iterator[str]:
    under = Counter(path.rpartition("/")[0] for path in paths)
    for path in paths:
        parent = path.rpartition("/")[0]
        yield f"PUBLIC {parent}/{{}}" if parent and under[parent] > MANY else f"PUBLIC {path}"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        settings = read_settings({"ACUPWA_SECRET_KEYS": KEY, "ACUPWA_DATA_DIR": name}, folder=Path(name))
        app: Any = create_app(settings)
        FILE.write_text("\n".join(addresses_of(app)) + "\n")
        app.inner.state.work.close()


if __name__ == "__main__":
    main()
