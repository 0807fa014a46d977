"""A press as a phone sends it that kept it while there was no network."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from uuid import uuid4

from acupwa.web.queued_press import QueuedPress


def seen_on(text: str, path: str, says: str = "") -> str:
    """What the page shows of a thing, by the form that is sent to `path`: of the button whose `data-later` has these words."""
    (form,) = re.findall(rf'<form[^>]*action="{re.escape(path)}".*?</form>', text, re.S)[:1]
    marks: list[str] = re.findall(r'data-later="[^"]*' + re.escape(says) + r'[^"]*"[^>]*data-seen="([^"]+)"', form)
    marks += re.findall(r'<form[^>]*data-seen="([^"]+)"', form)
    assert marks, "the page does not say what it shows"
    return marks[0]


def headers_of(seen: str, key: str = "", after: str = "", at: datetime | None = None) -> dict[str, str]:
    """Of a press that was kept on a page which showed the thing as `seen`."""
    return {
        "idempotency-key": key or str(uuid4()),
        "acupwa-seen": f"{seen} after {after}" if after else seen,
        **({"acupwa-pressed-at": at.isoformat()} if at else {}),
    }


def press_of(seen: str, key: str = "", after: str = "", at: datetime | None = None) -> QueuedPress:
    return QueuedPress(key=key or str(uuid4()), seen=seen, after=after, at=at)


def send(client: Any, path: str, fields: dict[str, str], seen: str, **more: Any) -> Any:
    return client.post(path, fields, headers=headers_of(seen, **more))
