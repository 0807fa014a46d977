"""What a clinic or its patient looks for and is not there any more. Whoever is neither finds what everyone finds."""

from litestar.exceptions import NotFoundException
from litestar.types import ExceptionHandlersMap

from acupwa.db.work import Gone
from acupwa.person.cookie import token_of
from acupwa.practice.accounts.cookie import typed_before
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.way_back import own_page, words_typed
from acupwa.practice.not_here_page import NotHerePage, OwnNotHerePage, not_here_page, own_not_here_page
from acupwa.web.errors import show_error
from acupwa.web.inject import Answer, AnyRequest
from acupwa.web.rendering import render


def show_not_here(request: AnyRequest, fault: Exception) -> Answer:
    page = _page(request)
    return render(request, page, status_code=404) if page else show_error(request, fault)


def _page(request: AnyRequest) -> NotHerePage | OwnNotHerePage | None:
    path, signed_in = request.url.path, _signed_in(request)
    if signed_in is not None and own_page(path):
        return not_here_page(signed_in, path, words_typed(typed_before(request)), sent=request.method == "POST")
    return own_not_here_page() if path.startswith("/me/") and token_of(request) else None


def _signed_in(request: AnyRequest) -> SignedIn | None:
    found: SignedIn | None = request.state.get("signed_in")
    return found


NOT_HERE: ExceptionHandlersMap = {NotFoundException: show_not_here, Gone: show_not_here}
