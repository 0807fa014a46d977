"""Where a practitioner begins."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency

from acupwa.practice.accounts.model import SignedIn
from acupwa.web.rendering import go_to


@get("/", name="practice.show_inbox")
async def show_inbox(request: Request[Any, Any, Any], signed_in: NamedDependency[SignedIn | None]) -> Response[Any]:
    if signed_in is None:
        return go_to(request, "/practice/sign-in")
    from acupwa.practice.accounts.pages import account_page
    from acupwa.web.rendering import render

    return render(request, "practice/account.html", account_page(signed_in, (), ()))


router = Router("/practice", route_handlers=[show_inbox])
