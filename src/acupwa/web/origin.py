"""Where this server is reached from outside."""

from acupwa.web.host import Host, Origin, is_address, is_loopback, make_origin, read_host, read_origin
from acupwa.web.inject import AnyRequest


def own_origin(request: AnyRequest) -> Origin:
    """ACUPWA_PUBLIC_URL, else the host that was asked: the guard has put it into the request."""
    host = read_host(request.headers.get("host") or request.url.netloc) or Host("localhost")
    return make_origin(request.scope["scheme"], host)


def origin_of(request: AnyRequest) -> str:
    """The same as text: `https://acupwa.example`."""
    return str(own_origin(request))


def passkeys_work_at(origin: str) -> bool:
    """Whether browsers make passkeys there: by https under a name, or on one's own machine as `localhost`.

    Never on a number (WebAuthn wants a domain), never by plain http under a name.
    """
    found = read_origin(origin)
    if found is None or is_address(found.host):
        return False
    return found.scheme == "https" or is_loopback(found.host)
