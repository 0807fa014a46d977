"""`python -m tools.page_sizes [slug …]`: how many phone screens each page of the library takes, the longest first.

Needs Chromium. Measures the full version with its folds closed, as tests/reading/test_page_sizes.py does.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.support.browser import PHONE, launched_browser
from tests.support.page_size import MOST, screens
from tests.support.server import Server

from acupwa.library.load import load_library


def main(slugs: list[str]) -> int:
    with tempfile.TemporaryDirectory() as name, launched_browser() as browser:
        server = Server(Path(name)).start()
        try:
            context = browser.new_context(**PHONE, base_url=server.url, service_workers="block")
            page = context.new_page()
            sizes = {slug: screens(page, slug) for slug in slugs or load_library().pages}
        finally:
            server.stop()
    for slug, size in sorted(sizes.items(), key=lambda one: -one[1]):
        print(f"{size:5.1f}{' !' if size > MOST else '  '} {slug}")
    over = sum(size > MOST for size in sizes.values())
    print(f"{len(sizes)} pages, {over} over {MOST} screens")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
