"""An address that only takes what is sent has no page of its own: a browser that comes back to it, by Back after a
refusal, is led to the page above it. To any other client it is the wrong method.
"""

from litestar import Response
from litestar.exceptions import MethodNotAllowedException, NotFoundException

from acupwa.web.errors import show_error
from acupwa.web.inject import AnyRequest
from acupwa.web.rendering import go_to


def lead_on(request: AnyRequest, fault: MethodNotAllowedException) -> Response[bytes]:
    """Whoever asks for a page goes on to the nearest address above that opens one; all else is the fault that it is."""
    wants_page = request.method == "GET" and "text/html" in request.headers.get("accept", "")
    path = request.url.path if wants_page else ""
    while path := path.rpartition("/")[0]:
        if _opens(request, path):
            return go_to(request, path)
    return show_error(request, fault)


def _opens(request: AnyRequest, path: str) -> bool:
    if path in request.app.state.sitemap:
        return True
    try:
        request.app.asgi_router.handle_routing(path=path, method="GET")
    except (MethodNotAllowedException, NotFoundException):
        return False
    return True
