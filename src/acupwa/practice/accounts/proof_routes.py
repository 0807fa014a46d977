"""Who is at the keyboard: asked for in place of what was pressed, which goes on afterwards with what was typed."""

from urllib.parse import quote

from litestar import get, post
from litestar.types import ExceptionHandlersMap

from acupwa.db.attempts import Wait
from acupwa.db.work import Work
from acupwa.practice.accounts import passkey_service, proof_service, second_factor_service
from acupwa.practice.accounts.cookie import Who, need, token_of, typed_before
from acupwa.practice.accounts.forms import PROOF_FIELDS, read_way_back
from acupwa.practice.accounts.model import SignedIn, WayBack, WrongTry
from acupwa.practice.accounts.pages import not_your_password_words, unknown_passkey_words, wait_words
from acupwa.practice.accounts.password_tries_service import try_own_password
from acupwa.practice.accounts.passwords import opens
from acupwa.practice.accounts.proof_page import proof_page, wrong_app_code_words
from acupwa.practice.accounts.proof_service import ProofNeeded
from acupwa.practice.accounts.second_factor import read_app_code
from acupwa.practice.accounts.unsent_service import carry_over, keep_for_proof
from acupwa.practice.accounts.way_back import own_page, proof_back, way_on_proved
from acupwa.web.forms import FieldError, FormData
from acupwa.web.hashing import hashing
from acupwa.web.inject import Answer, AnyRequest, WorkDep
from acupwa.web.origin import origin_of
from acupwa.web.refused import read_declared
from acupwa.web.rendering import go_to, render

PROOF = "/practice/account/proof"


def ask_proof(request: AnyRequest, _fault: Exception) -> Answer:
    """In place of what was asked for. A page that is only looked at comes by itself after the proof."""
    who: SignedIn = need(request.state.signed_in)
    path, state = request.url.path, request.app.state
    if request.method != "POST":
        return go_to(request, f"{PROOF}?next={quote(path)}")
    form = typed_before(request) or FormData(())
    back = keep_for_proof(state.work.keys, state.clock(), who.practitioner.id, proof_back(path), form)
    return render(request, proof_page(who, back), status_code=401)


@get("/account/proof", name="practice.show_proof")
async def show_proof(request: AnyRequest, signed_in: Who) -> Answer:
    back = WayBack(next=own_page(request.query_params.get("next", "")))
    return render(request, proof_page(need(signed_in), back))


@post("/account/proof", name="practice.prove", status_code=303)
async def prove(request: AnyRequest, work: WorkDep, signed_in: Who) -> Answer:
    """By password, passkey or a code from an app. Each wrong one counts as a try."""
    who, form = need(signed_in), await read_declared(request, PROOF_FIELDS)
    back, stopped = read_way_back(form), await _prove(request, work, who, form)
    if isinstance(stopped, Wait):
        return render(
            request, proof_page(who, back, FieldError("password", wait_words(stopped.seconds))), status_code=429
        )
    if stopped is not None:
        return render(request, proof_page(who, back, stopped), status_code=422)
    return go_to(request, way_on_proved(await work(carry_over, token_of(request), back.kept), back))


async def _prove(request: AnyRequest, work: Work, who: SignedIn, form: FormData) -> FieldError | Wait | None:
    """What is wrong with what was shown; None when it is them."""
    if form.one("answer"):
        right = await work(passkey_service.prove_by_passkey, who, form.one("answer"), origin_of(request))
        return None if right else FieldError("password", unknown_passkey_words())
    if form.one("code"):
        tried = await work(second_factor_service.prove_by_app, who, read_app_code(form.one("code")))
        return FieldError("code", wrong_app_code_words()) if isinstance(tried, WrongTry) else tried
    return await _prove_by_password(work, who, form.raw("password"))


async def _prove_by_password(work: Work, who: SignedIn, password: str) -> FieldError | Wait | None:
    tried = await work(try_own_password, who)
    if isinstance(tried, Wait):
        return tried
    if tried is None or not await hashing(None, opens, tried.secret, password):
        return FieldError("password", not_your_password_words())
    await work(proof_service.prove_by_password, who, tried)
    return None


HANDLERS = [show_proof, prove]
PROOF_NEEDED: ExceptionHandlersMap = {ProofNeeded: ask_proof}
