"""What may never come back: a fault of ours, a slow answer, a header missing or twice, what was sent as markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from acupwa.web.security import SECURITY_HEADERS
from tools.fuzz.values import REFLECTED

MOST_SECONDS = 3.0
_NEEDED = (*SECURITY_HEADERS, "cache-control")
_SEVERAL = frozenset({"set-cookie"})


def faults(status: int, headers: Sequence[tuple[str, str]], body: bytes, seconds: float) -> Iterable[str]:
    """`headers` by small names."""
    if status >= 500:
        yield f"status {status}"
    if seconds > MOST_SECONDS:
        yield f"{seconds:.1f} seconds"
    counts = Counter(name for name, _ in headers)
    yield from (f"no header {name}" for name in _NEEDED if name not in counts)
    yield from (f"header {name} twice" for name, count in counts.items() if count > 1 and name not in _SEVERAL)
    if dict(headers).get("content-type", "").startswith("text/html"):
        yield from (f"reflected {words}" for words in REFLECTED if words.encode() in body)
    if b"Traceback (most recent" in body:
        yield "a traceback in the page"
