"""A form of buttons alone has no field: one that is sent all the same is named, and the button does nothing."""

from __future__ import annotations

import re

from tests.practice.test_matrix import routes
from tests.support.practitioners import asked, clinic_of, code_of, give, make_link, opened, signed_in, token_for

# They read their fields themselves; signing out is never refused, whatever comes with it.
READ = (
    "/links", "/share/{check_in}/{link}", "/people", "/role", "/clinic", "/name", "/password", "/passkeys", "/passkey", "/find",
    "/sign-in", "/sign-in/code", "/sign-in/second", "/account/proof", "/account/second-factor", "/forgot", "/welcome/{token}", "/first/{token}", "/note", "/seen", "/send", "/plan", "/sign-out",
)  # fmt: skip


def test_each_button_of_a_clinic_and_its_patients(app, client, clock):
    ann, patient = signed_in(client), client.another()
    signed_in(client, "bob@example.org", clinic=clinic_of(client).id)
    token_for(client, "new@example.org", clinic=clinic_of(client).id)
    link, other = make_link(ann), code_of(ann, make_link(ann))
    declined = asked(patient, ann)
    give(patient, asked(patient, ann, again="2-weeks"))
    share = re.search(r"/me/shares/[^\"/]+", patient.get("/me/shares").text)[0]
    ann.post(f"{opened(ann)}/send", {"note": "hi", "pages": ["what-to-expect"]})
    proposal = re.search(r"/me/proposals/[^\"/]+", patient.get("/me").text)[0]
    people = sorted(set(re.findall(r"/practice/people/[^\"/]+(?=/remove)", ann.get("/practice/people").text)))
    key = "01a224cd-2276-7172-b265-a71f92197eee"
    presses = [
        (ann, f"{link}/withdraw"), (patient, f"/l/{other}"), (patient, f"{declined}/decline"),
        (patient, f"{proposal}/pages"), (patient, f"{proposal}/decline"), (patient, f"{share}/withdraw"), (ann, f"{people[0]}/link"), (ann, f"{people[0]}/remove"),
        (patient, f"/me/follow-up/{key}/open"), (patient, f"/me/follow-up/{key}/stop"), (ann, "/practice/account/code"),
        (ann, "/practice/account/sign-ins/end-others"), (ann, f"/practice/account/sign-ins/{key}/end"),
        (ann, f"/practice/account/passkeys/{key}/remove"), (ann, "/practice/account/passkey-options"),
        (client.another(), "/practice/sign-in/passkey-options"), (client.another(), "/practice/sign-in/second/passkey-options"),
        (ann, "/practice/account/second-factor/off"), (ann, f"{people[0]}/second-factor"),
    ]  # fmt: skip
    ours = ("POST /practice", "POST /l/", "POST /me/share", "POST /me/proposals", "POST /me/follow-up")
    assert len([one for one in routes(app) if one.startswith(ours) and not one.endswith(READ)]) == len(presses)

    for browser, path in presses:
        page = browser.post(path, {"item": "ratings.pain"})
        assert page.status_code == 422, (path, page.status_code)
        assert "<code>item</code>: We do not know this field" in page.text

    for browser, path in presses[:8]:
        assert browser.post(path).status_code in (200, 303), path
    assert ann.post("/practice/sign-out", {"item": "x"}).status_code == 303
