"""What a request says before its body, where two servers in a row could read it in two ways. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from acupwa.web.host import make_origin, read_host


def need_one_reading(version: str, target: bytes, headers: Sequence[tuple[bytes, bytes]]) -> None:
    """Raises ValueError where another server could see another version, end or host of a request than we do."""
    codings = [value.strip(b" \t").lower() for name, value in headers if name == b"transfer-encoding"]
    lengths = [value for name, value in headers if name == b"content-length"]
    if version not in ("1.0", "1.1"):
        raise ValueError("a version that we do not speak")
    if codings and (codings != [b"chunked"] or lengths or version == "1.0"):
        raise ValueError("a body without a certain end")
    if not target.startswith(b"/") and not _names(target, [value for name, value in headers if name == b"host"]):
        raise ValueError("a target for another host")


def _names(target: bytes, hosts: Sequence[bytes]) -> bool:
    """Whether a target with a host, as proxies are asked, has the one that is named beside it. `*` has none."""
    if target == b"*":
        return True
    scheme, _colon, rest = target.decode("latin-1").partition("://")
    asked = read_host(rest.partition("/")[0].partition("?")[0])
    named = read_host(hosts[0].decode("latin-1")) if len(hosts) == 1 else None
    scheme = scheme.lower()
    if scheme not in ("http", "https") or asked is None or named is None:
        return False
    return make_origin(scheme, asked) == make_origin(scheme, named)
