"""`python -m tools.three_engines [engine …]`: all of the offline suite in Chromium, Firefox and WebKitGTK, with the seconds of each.

The server is really stopped, and stands behind each bad network; the browser is begun again where its driver keeps a profile.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.offline.three_engines import MODES, try_all
from tests.support.browser import launched_browser
from tests.support.drive import ENGINES


def main(engines: list[str]) -> int:
    failed = 0
    with launched_browser() as browser:
        for engine in engines:
            began = time.monotonic()
            with TemporaryDirectory() as folder:
                try:
                    try_all(engine, Path(folder), browser.browser_type)
                    said = f"server stopped and {len(MODES)} bad networks, all well"
                except Exception as fault:  # the others are tried all the same
                    failed += 1
                    said = f"FAILED: {type(fault).__name__}: {fault}"
            print(f"{engine:10} {time.monotonic() - began:5.0f} s   {said}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(ENGINES)))
