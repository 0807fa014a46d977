"""Where a request comes from: the address of the browser, or of the one proxy in front that is not ours."""

from acupwa.web.inject import AnyRequest


def address_of(request: AnyRequest) -> str:
    """Empty where the server is not told."""
    return request.client.host if request.client else ""
