"""An app for codes, as a practitioner has it on the phone."""

from __future__ import annotations

import base64
import re
from typing import Any

from acupwa.practice.accounts.second_factor import app_code
from tests.support.practitioners import PASSWORD

OFFER = re.compile(r'name="offer" value="([^"]+)"')
LETTERS = re.compile(r'<code class="practice-link">([A-Z2-7 ]+)</code>')


class CodeApp:
    """It took the letters from a page, and shows the code of the moment."""

    def __init__(self, page: str, clock: Any) -> None:
        letters = LETTERS.search(page)[1].replace(" ", "")  # type: ignore[index]
        self.secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
        self.offer = OFFER.search(page)[1]  # type: ignore[index]
        self._clock = clock

    def code(self, steps: int = 0) -> str:
        return app_code(self.secret, int(self._clock().timestamp()) // 30 + steps)


def set_up_app(browser: Any, clock: Any) -> CodeApp:
    """In the account of whoever is signed in, and has just shown who they are."""
    app = CodeApp(browser.get("/practice/account/second-factor").text, clock)
    answer = browser.post("/practice/account/second-factor", {"offer": app.offer, "code": app.code()})
    assert answer.status_code == 303, answer.text
    return app


def half_in(browser: Any, email: str = "ann@example.org", **fields: str) -> str:
    """After the password; the address of the second page."""
    answer = browser.post("/practice/sign-in", {"email": email, "password": PASSWORD, **fields})
    assert answer.status_code == 303, answer.text
    path = str(answer.headers["location"])
    assert path.startswith("/practice/sign-in/second"), path
    return path
