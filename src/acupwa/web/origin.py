"""Where this server is reached from outside."""

from typing import Any

from litestar import Request


def origin_of(request: Request[Any, Any, Any]) -> str:
    """`https://acupwa.example`: ACUPWA_PUBLIC_URL, else the host that was asked."""
    public_url: str | None = request.app.state.settings.public_url
    return public_url or str(request.base_url).rstrip("/")
