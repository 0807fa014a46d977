"""What search engines read. Personal addresses are closed to them."""

from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from litestar import Response, Router, get

from acupwa.web.inject import AnyRequest
from acupwa.web.origin import origin_of

_PERSONAL = (
    "/today", "/check-in", "/quiz/", "/results/", "/list", "/plan", "/progress", "/me", "/l/", "/v/", "/practice/", "/resume",
)  # fmt: skip


@get("/robots.txt", name="discovery.robots", sync_to_thread=False)
def show_robots(request: AnyRequest) -> Response[str]:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _PERSONAL)]
    lines.append(f"Sitemap: {origin_of(request)}/sitemap.xml")
    return _public("\n".join(lines) + "\n", "text/plain")


@get("/sitemap.xml", name="discovery.sitemap", sync_to_thread=False)
def show_sitemap(request: AnyRequest) -> Response[str]:
    pages: Mapping[str, date | None] = request.app.state.sitemap
    origin = origin_of(request)
    rows = "".join(
        f"<url><loc>{escape(origin + path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in sorted(pages.items())
    )
    xml = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    return _public(xml, "application/xml; charset=utf-8")


def _public(text: str, media_type: str) -> Response[str]:
    return Response(text, media_type=media_type, headers={"cache-control": "public, max-age=3600"})


router = Router("/", route_handlers=[show_robots, show_sitemap])
