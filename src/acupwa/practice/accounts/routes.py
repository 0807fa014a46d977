"""Every address of the accounts, and of the trail that an owner reads."""

from litestar import Router

from acupwa.practice.accounts import (
    account_routes,
    first_routes,
    one_time_routes,
    passkey_routes,
    people_routes,
    proof_routes,
    second_factor_routes,
    second_routes,
    sign_in_routes,
    trail_routes,
)

_PARTS = (
    sign_in_routes, second_routes, one_time_routes, first_routes, passkey_routes, account_routes, proof_routes,
    second_factor_routes, people_routes, trail_routes,
)  # fmt: skip
router = Router("/practice", route_handlers=[handler for part in _PARTS for handler in part.HANDLERS])
