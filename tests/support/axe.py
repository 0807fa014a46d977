"""What axe finds on a page, in light and in dark."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import axe_playwright_python

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
RUN = "return axe.run(document, { runOnly: only, resultTypes: ['violations'] });"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
COLOUR_RULES = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}


def findings(page: Any) -> list[str]:
    """All rules on the page in light, and in dark those that colours can break."""
    page.emulate_media(color_scheme="light")
    # Axe comes in one go with its run: on a busy machine the answer of a form may still be on its way in between.
    found = _told(page, page.evaluate(f"async only => {{ {AXE}; {RUN} }}", RULES))
    page.emulate_media(color_scheme="dark")
    found += _told(page, page.evaluate(f"async only => {{ {RUN} }}", COLOUR_RULES))
    page.emulate_media(color_scheme="light")
    return found


def _told(page: Any, found: Any) -> list[str]:
    return [
        f"{page.url} {one['id']}: {one['nodes'][0]['html'][:160]} {one['nodes'][0].get('failureSummary', '')[:200]}"
        for one in found["violations"]
    ]
