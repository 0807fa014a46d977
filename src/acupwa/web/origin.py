"""Where this server is reached from outside."""

from acupwa.web.inject import AnyRequest


def origin_of(request: AnyRequest) -> str:
    """`https://acupwa.example`: ACUPWA_PUBLIC_URL, else the host that was asked."""
    public_url: str | None = request.app.state.settings.public_url
    return public_url or str(request.base_url).rstrip("/")
