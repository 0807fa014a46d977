"""What a clinic or its patient looks for and is not there any more. Whoever is neither finds what everyone finds."""

from litestar.exceptions import NotFoundException
from litestar.types import ExceptionHandlersMap

from acupwa.db.work import Gone
from acupwa.person.cookie import token_of
from acupwa.practice.accounts.model import SignedIn
from acupwa.practice.accounts.way_back import own_page, words_typed
from acupwa.practice.not_here_page import not_here_page, own_not_here_page
from acupwa.web.errors import show_error
from acupwa.web.forms import FormData
from acupwa.web.inject import Answer, AnyRequest
from acupwa.web.rendering import render


def show_not_here(request: AnyRequest, fault: Exception) -> Answer:
    path, signed_in = request.url.path, _signed_in(request)
    if own_page(path) and signed_in is not None:
        form: FormData = request.state.get("sent", FormData(()))
        page = not_here_page(signed_in, path, words_typed(form), sent=request.method == "POST")
        return render(request, page, status_code=404)
    if path.startswith("/me/") and token_of(request):
        return render(request, own_not_here_page(), status_code=404)
    return show_error(request, fault)


def _signed_in(request: AnyRequest) -> SignedIn | None:
    found: SignedIn | None = request.state.get("signed_in")
    return found


NOT_HERE: ExceptionHandlersMap = {NotFoundException: show_not_here, Gone: show_not_here}
