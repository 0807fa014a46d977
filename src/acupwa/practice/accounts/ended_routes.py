"""A sign-in that has ended: to the sign-in page, and back to where one was, with what was typed."""

from urllib.parse import quote

from litestar.types import ExceptionHandlersMap

from acupwa.practice.accounts.cookie import SignInNeeded, door_cookie, token_of
from acupwa.practice.accounts.model import WayBack
from acupwa.practice.accounts.pages import sign_in_page
from acupwa.practice.accounts.way_back import SIGN_IN, own_page
from acupwa.web.errors import show_error
from acupwa.web.inject import Answer, AnyRequest
from acupwa.web.rendering import go_to, render


def ask_sign_in(request: AnyRequest, fault: Exception) -> Answer:
    """A browser that was never signed in finds what everyone finds where nothing is."""
    back: WayBack | None = request.state.get("unsent")
    if back is not None:
        page = sign_in_page(back=back, ended=True)
        return render(request, page, status_code=401, cookies=[door_cookie(request)])
    if not token_of(request):
        return show_error(request, fault)
    asked = own_page(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
    return go_to(request, f"{SIGN_IN}?next={quote(asked or own_page(request.url.path), safe='/')}")


SIGN_IN_ENDED: ExceptionHandlersMap = {SignInNeeded: ask_sign_in}
