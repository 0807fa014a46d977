"""Card, sheet and poster as Chromium prints them."""

from __future__ import annotations

import re
import subprocess
import zlib
from pathlib import Path
from typing import Any

import pytest

from acupwa.practice.links.rules import typed_parts
from tests.stories.test_practice import DESK, make_link, open_account
from tests.support.browser import SAVES_DATA

A4 = (210, 297)


@pytest.fixture
def desk(browser: Any, shared_server: Any, request: Any) -> Any:
    context = browser.new_context(**DESK, base_url=shared_server.url)
    context.add_init_script(SAVES_DATA)
    page = context.new_page()
    open_account(page, shared_server, f"Papers {zlib.crc32(request.node.name.encode())}")
    make_link(page, "Desk")
    yield page
    context.close()


def printed(page: Any, folder: Path, scheme: str) -> tuple[int, tuple[int, int], Any]:
    """How many pages, their size in mm, and the first as grey pixels at 50 dpi."""
    from PIL import Image

    page.emulate_media(color_scheme=scheme)
    pdf = folder / "paper.pdf"
    page.pdf(path=pdf, prefer_css_page_size=True, print_background=True)
    told = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
    size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", told)
    pages = re.search(r"Pages:\s+(\d+)", told)
    assert size
    assert pages
    subprocess.run(["pdftoppm", "-r", "300", "-gray", "-singlefile", pdf, folder / "paper"], check=True)
    width, height = (round(float(one) / 72 * 25.4) for one in size.groups())
    return int(pages[1]), (width, height), Image.open(folder / "paper.pgm")


def codes_in(folder: Path) -> list[str]:
    read = subprocess.run(["zbarimg", "-q", "--raw", folder / "paper.pgm"], check=True, capture_output=True, text=True)
    return read.stdout.split()


def test_an_address_parts_only_behind_a_slash_or_a_dot():
    assert typed_parts("https://a-b.example.org:8443/l/23456789ABC") == (
        "a-b.",
        "example.",
        "org:8443/",
        "l/",
        "23456789ABC",
    )


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_sheet_is_one_a4_page_of_ten_cards(desk: Any, tmp_path: Path, scheme: str):
    desk.goto(f"{desk.url}/sheet")

    pages, size, _ = printed(desk, tmp_path, scheme)

    assert (pages, size) == (1, A4)
    assert len(codes_in(tmp_path)) == 10


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_poster_is_black_on_white_with_a_white_margin_and_fills_its_sheet(desk: Any, tmp_path: Path, scheme: str):
    desk.goto(f"{desk.url}/poster")

    pages, size, picture = printed(desk, tmp_path, scheme)

    assert (pages, size) == (1, A4)
    assert len(codes_in(tmp_path)) == 1
    ink = picture.point(lambda grey: 255 if grey < 250 else 0).getbbox()
    left, top, right, bottom = (one / 300 * 25.4 for one in ink)
    assert min(left, top, A4[0] - right, A4[1] - bottom) >= 12
    assert bottom - top > 230
    assert picture.histogram()[255] > 0.75 * picture.width * picture.height


@pytest.mark.browser
@pytest.mark.parametrize(
    "host", ["ab.io/", "acupuncture-at-the-old-mill.clinics.example.org/", f"{'acupuncture-' * 5}abc.example.org/"]
)
@pytest.mark.parametrize("paper", ["card", "sheet", "poster"])
def test_no_name_and_no_code_is_cut_in_two(desk: Any, host: str, paper: str):
    """The host in the page is put in place of the server's own, in the parts and the size that it would have."""
    parts = typed_parts(f"https://{host}l/WWWWWWWWWWW")
    desk.goto(f"{desk.url}/{paper}")
    lines = desk.evaluate(
        """([parts, long]) => [...document.querySelectorAll('.practice-where')].map(where => {
          where.classList.toggle('long', long);
          where.replaceChildren(...parts.flatMap(part => {
            const span = document.createElement('span'); span.textContent = part;
            return [span, document.createElement('wbr')];
          }));
          const paper = where.closest('.practice-card, .practice-poster').getBoundingClientRect();
          return [...where.querySelectorAll('span')].map(span => [span.getClientRects().length,
            span.getBoundingClientRect().right <= paper.right && span.getBoundingClientRect().left >= paper.left
            && span.getBoundingClientRect().bottom <= paper.bottom]);
        })""",
        [parts, max(map(len, parts)) > 34],
    )
    assert lines
    assert all(spans == [[1, True]] * len(parts) for spans in lines)
