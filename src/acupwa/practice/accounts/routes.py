"""Every address of the accounts, and of the trail that an owner reads."""

from litestar import Router

from acupwa.practice.accounts import (
    account_routes,
    one_time_routes,
    passkey_routes,
    people_routes,
    sign_in_routes,
    trail_routes,
)

_PARTS = (sign_in_routes, one_time_routes, passkey_routes, account_routes, people_routes, trail_routes)
router = Router("/practice", route_handlers=[handler for part in _PARTS for handler in part.HANDLERS])
