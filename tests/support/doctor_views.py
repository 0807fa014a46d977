"""A view for a doctor, as a patient makes one."""

from __future__ import annotations

import html
import re
from typing import Any

import msgspec


class MadeView(msgspec.Struct, frozen=True):
    id: str
    address: str
    code: str


def newest_check_in(patient: Any) -> str:
    return re.search(r'href="/results/([0-9a-f-]{36})"', patient.get("/me").text)[1]


def form_of_view(patient: Any, check_in: str, leave_out: tuple[str, ...] = ()) -> dict[str, Any]:
    """What the form sends: all but the lines whose text holds one of `leave_out`."""
    page = patient.get(f"/me/views/new/{check_in}").text
    labels = re.findall(r'<label class="choice">.*?</label>', page, re.S)
    kept = [re.search(r'value="([^"]+)"', one)[1] for one in labels if not any(words in one for words in leave_out)]
    hidden = dict(re.findall(r'<input type="hidden" name="(press|seen)" value="([^"]+)"', page))
    return {"item": kept, **hidden}


def make_view(patient: Any, check_in: str, leave_out: tuple[str, ...] = ()) -> MadeView:
    answer = patient.post(f"/me/views/new/{check_in}", data=form_of_view(patient, check_in, leave_out))
    assert answer.status_code == 200, answer.text
    return read_keys(answer.text)


def read_keys(text: str) -> MadeView:
    address = re.search(r"/v/([\w-]+)<", text)
    code = re.search(r'code-letters"><span aria-hidden="true">([A-Z-]+)<', html.unescape(text))[1]
    return MadeView(re.search(r'/me/views/([0-9a-f-]{36})"', text)[1], address[1] if address else "", code)
