"""All addresses of practitioners, and those where a patient meets them."""

from litestar import Router

from acupwa.practice.accounts import routes as accounts
from acupwa.practice.accounts.cookie import SIGNED_IN
from acupwa.practice.accounts.ended_routes import SIGN_IN_ENDED
from acupwa.practice.accounts.proof_routes import PROOF_NEEDED
from acupwa.practice.inbox import routes as inbox
from acupwa.practice.links import routes as links
from acupwa.practice.not_here_routes import NOT_HERE
from acupwa.practice.sharing import routes as sharing
from acupwa.practice.sharing.follow_up import routes as follow_up
from acupwa.practice.sharing.proposals import routes as proposals
from acupwa.practice.sharing.views import routes as views

router = Router(
    "/",
    route_handlers=[one.router for one in (accounts, links, sharing, proposals, follow_up, views, inbox)],
    dependencies=SIGNED_IN,
    exception_handlers={**NOT_HERE, **SIGN_IN_ENDED, **PROOF_NEEDED},
)
