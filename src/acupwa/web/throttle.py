"""How many newcomers one address may bring: each writes a person, so that nobody can fill the database at will.

Whoever has a cookie is not counted: a clinic's patients share one address, and none of them should ever wait.
"""

from litestar.middleware.rate_limit import RateLimitConfig

from acupwa.web.inject import AnyRequest

NEWCOMERS_PER_MINUTE = 120
RETRY_AFTER_SECONDS = 60


def newcomers() -> RateLimitConfig:
    """Counted in the memory of each worker."""
    return RateLimitConfig(
        rate_limit=("minute", NEWCOMERS_PER_MINUTE),
        check_throttle_handler=_is_newcomer,
        set_rate_limit_headers=False,
    )


def _is_newcomer(request: AnyRequest) -> bool:
    return request.method == "POST" and not request.cookies
