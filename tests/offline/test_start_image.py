"""What an iPhone shows while the app starts from its home screen has the very size of its screen; no other phone loads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.browser import SAVES_DATA
from tests.support.modules import started
from tests.support.paths import ROOT
from tests.support.server import Server

pytestmark = pytest.mark.browser

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1"
ANDROID = "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36"
# Width and height in points, and pixels to a point: SE, 13 mini, 11, 16, 17 Pro Max, Air.
SCREENS = [(375, 667, 2), (375, 812, 3), (414, 896, 2), (393, 852, 3), (440, 956, 3), (420, 912, 3)]
LOOK = """async () => {
  const found = [];
  for (const { media, href } of document.querySelectorAll("link[rel=apple-touch-startup-image]")) {
    const image = new Image();
    image.src = href;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.naturalWidth, height: image.naturalHeight });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const colour = (x, y) => "#" + [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)].map((one) => one.toString(16).padStart(2, "0")).join("");
    // The circle of the mark, and a corner.
    const side = Math.round(canvas.width * 0.3);
    const ink = colour(canvas.width / 2, Math.round((canvas.height - side) / 2 + (side * 14.2) / 32));
    found.push({ media, type: href.slice(0, 15), size: [canvas.width, canvas.height], bytes: href.length, paper: colour(1, 1), ink });
  }
  return found;
}"""


@pytest.fixture
def on(browser: Any, shared_server: Server) -> Iterator[Callable[..., Any]]:
    made = []

    def open_on(agent: str, width: int = 390, height: int = 844, ratio: float = 3, **more: Any) -> Any:
        size = {"width": width, "height": height}
        context = browser.new_context(
            base_url=shared_server.url,
            user_agent=agent,
            viewport=size,
            screen=size,
            device_scale_factor=ratio,
            is_mobile=True,
            has_touch=True,
            **more,
        )
        context.add_init_script(SAVES_DATA)
        made.append(context)
        page = context.new_page()
        page.goto("/emergency")
        started(page)
        return page

    yield open_on
    for context in made:
        context.close()


def images(page: Any) -> list[dict[str, Any]]:
    page.wait_for_selector("link[rel=apple-touch-startup-image]", state="attached")
    return page.evaluate(LOOK)


def colours(name: str) -> tuple[str, str]:
    """Light and dark."""
    sheet = (ROOT / "static/css/tokens.css").read_text()
    light, dark, _ = re.findall(rf"{name}: (#\w+);", sheet)
    return light, dark


@pytest.mark.parametrize(("width", "height", "ratio"), SCREENS)
def test_it_has_the_size_of_the_screen_in_light_and_dark(on, width, height, ratio):
    light, dark = images(on(IPHONE, width, height, ratio))

    assert light["size"] == dark["size"] == [width * ratio, height * ratio]
    assert light["type"] == dark["type"] == "data:image/png;"
    # Chromium packs it loosely. No network is asked for it.
    assert max(light["bytes"], dark["bytes"]) < 200_000
    assert "dark" not in light["media"]
    assert "(prefers-color-scheme: dark)" in dark["media"]
    assert (light["paper"], dark["paper"]) == colours("--paper")
    assert (light["ink"], dark["ink"]) == colours("--accent")


def test_it_stands_upright_when_the_phone_lies(on):
    (light, _) = images(on(IPHONE, 852, 393, 3))

    assert light["size"] == [393 * 3, 852 * 3]


def test_whoever_chose_a_look_gets_that_one(on):
    page = on(IPHONE)
    page.evaluate("localStorage.setItem('look', JSON.stringify({ theme: 'dark' }))")
    page.reload()

    (only,) = images(page)

    assert (only["paper"], only["media"]) == (colours("--paper")[1], "(orientation: portrait)")


def test_it_is_said_that_the_app_fills_the_screen(on):
    page = on(IPHONE)
    images(page)

    assert page.locator("meta[name=apple-mobile-web-app-capable]").get_attribute("content") == "yes"


def test_it_is_drawn_once_a_visit(on):
    page = on(IPHONE)
    before = images(page)
    page.evaluate("HTMLCanvasElement.prototype.toDataURL = null")
    page.add_init_script("HTMLCanvasElement.prototype.toDataURL = null")

    page.goto("/about")

    assert images(page) == before


def test_another_phone_loads_nothing_of_it(on):
    page = on(ANDROID)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/about")
    started(page)

    assert not page.locator("link[rel=apple-touch-startup-image]").count()
    assert not [url for url in asked if "start-image" in url]
