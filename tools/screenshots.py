"""`make screenshots`: the pictures of the manifest and of the README, taken from the app as it is.

Needs Chromium and ImageMagick's `convert` (Debian: apt-get install imagemagick). The answers are those of a person
of the stories, nobody's own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.__main__ import ROOT, ours
from playwright.sync_api import sync_playwright
from tests.support.people import RA
from tests.support.walk import answer_screen, go_on, screen_of

IMAGES = ROOT / "static" / "img"
README = ROOT / "docs" / "screenshot.png"
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "en-GB",
}
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB"}
MOST_BYTES = 90 * 1024
MOST_BYTES_README = 150 * 1024


def main() -> int:
    if not shutil.which("convert"):
        print("make screenshots needs ImageMagick (Debian: apt-get install imagemagick)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name, ours(Path(name), pin=False) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        phone = browser.new_context(base_url=address, **PHONE).new_page()
        shots = [take(phone, Path(name), shot) for shot in (home, quiz, read)]
        shots.append(take(browser.new_context(base_url=address, **WIDE).new_page(), Path(name), wide))
        browser.close()
        for shot in shots:
            compress([str(shot)], IMAGES / f"screenshot-{shot.name}", MOST_BYTES)
        compress(side_by_side(shots[:3]), README, MOST_BYTES_README)
    return 0


def home(page: Any) -> None:
    page.goto("/")


def quiz(page: Any) -> None:
    """The screen of ratings, some given."""
    page.goto("/quiz")
    with page.expect_event("load"):
        page.locator("main form button").first.click()
    while screen_of(page) != "ratings":
        answer_screen(page, screen_of(page), RA)
        go_on(page)
    answer_screen(page, "ratings", RA)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def read(page: Any) -> None:
    page.goto("/read/ra-what-studies-found")


def wide(page: Any) -> None:
    page.goto("/read")


def take(page: Any, folder: Path, go: Any) -> Path:
    go(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.mouse.move(0, 0)
    shot = folder / f"{go.__name__}.png"
    page.screenshot(path=shot)
    return shot


def side_by_side(shots: list[Path]) -> list[str]:
    """Three phones with a thin frame, as arguments of `convert`."""
    phones = [
        part
        for shot in shots
        for part in ("(", str(shot), "-resize", "380x", "-bordercolor", "#d9d1c3", "-border", "2", ")")
    ]
    return [*phones, "-bordercolor", "#f3eee5", "-border", "18x18", "+append"]


def compress(source: list[str], target: Path, most_bytes: int) -> None:
    """A palette instead of true colours: flat pages lose nothing that one sees."""
    for colours in (128, 64, 32):
        subprocess.run(
            ["convert", *source, "-strip", "+dither", "-colors", str(colours), "-define", "png:compression-level=9",
             f"PNG8:{target}"],
            check=True,
        )  # fmt: skip
        if target.stat().st_size <= most_bytes:
            break
    else:
        raise RuntimeError(f"{target.name} is above {most_bytes} bytes")
    print(f"{target.relative_to(ROOT)}  {target.stat().st_size / 1024:.0f} KB, {colours} colours")


if __name__ == "__main__":
    raise SystemExit(main())
