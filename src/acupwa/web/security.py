"""Headers that every answer carries, and the same-origin rule for writes."""

from collections.abc import Iterable, Mapping

from acupwa.web.host import Origin, make_origin, read_origin

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
SECURITY_HEADERS: Mapping[str, str] = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    # By this the service worker tells our answers from those of a proxy or a portal in between.
    "acupwa": "1",
}
HSTS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
RawHeaders = list[tuple[bytes, bytes]]


class Secured(RawHeaders):
    """Headers that are whole."""


_RAW = {name.encode(): value.encode() for name, value in SECURITY_HEADERS.items()}
_UNSAID = {**_RAW, b"cache-control": b"no-store"}


def secured(headers: Iterable[tuple[bytes, bytes]], more: Iterable[tuple[bytes, bytes]] = ()) -> Secured:
    """The headers of an answer and those that every answer carries, each once but for cookies.

    What the answer says itself goes before what is said by all. What it says twice is one list.
    """
    if isinstance(headers, Secured):
        return headers
    said: dict[bytes, bytes] = {}
    cookies: RawHeaders = []
    for given, value in headers:
        name = given.lower()
        if name == b"set-cookie":
            cookies.append((name, value))
        else:
            said[name] = said[name] + b", " + value if name in said else value
    whole = {**_UNSAID, **dict(more), **said}
    # Last: a head that was cut off on its way has no mark of ours.
    mark = (b"acupwa", whole.pop(b"acupwa"))
    return Secured([*whole.items(), *cookies, mark])


def may_write(method: str, headers: Mapping[str, str], own: Origin) -> bool:
    """Whether a request may change anything: same origin, by `Sec-Fetch-Site`, else by `Origin`.

    A client that sends neither is no browser that another site could steer, so it may. Behind a proxy that does not
    say what it speaks, `own` is http although the browser speaks https: that is the same place, and safer.
    """
    if method in SAFE_METHODS:
        return True
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or read_origin(origin) in (own, make_origin("https", own.host))
