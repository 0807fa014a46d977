"""An address that only takes what is sent has no page of its own: a browser that comes back to it, by Back after a
refusal, is led to the page above it. To any other client it is the wrong method.
"""

from litestar import Response
from litestar.exceptions import MethodNotAllowedException

from acupwa.web.accepted import takes_pages
from acupwa.web.addresses import methods_of
from acupwa.web.errors import show_error
from acupwa.web.inject import AnyRequest
from acupwa.web.rendering import go_to


def lead_on(request: AnyRequest, fault: MethodNotAllowedException) -> Response[bytes]:
    """Whoever asks for a page goes on to the nearest address above that opens one; all else is the fault that it is."""
    wants_page = request.method == "GET" and takes_pages(request.headers.get("accept", ""))
    path = request.scope["path"] if wants_page else ""
    while path := path.rpartition("/")[0]:
        if _opens(request, path):
            return go_to(request, path)
    allowed = {*methods_of(request.app, request.scope["path"]), "OPTIONS"}
    fault.headers = {"allow": ", ".join(sorted(allowed))}
    return show_error(request, fault)


def _opens(request: AnyRequest, path: str) -> bool:
    return path in request.app.state.sitemap or "GET" in methods_of(request.app, path)
