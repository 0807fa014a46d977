"""Back to a preview, and a press on one that was left open: it says how it stands, and leads on. No script."""

from __future__ import annotations

import re

import pytest

from tests.support.people import RA, answer_quiz
from tests.support.practitioners import asked, code_of, give, make_link, signed_in

NOWHERE = "01890000-0000-7000-8000-000000000000"


@pytest.fixture
def ann(client):
    return signed_in(client)


def form_of(client, preview):
    page = client.get(preview).text
    return {
        "item": re.findall(r'name="item" value="([^"]+)"', page),
        "seen": re.search(r'name="seen" value="([^"]+)"', page)[1],
    }


@pytest.mark.parametrize("kind", ["personal", "reusable"])
def test_back_after_do_not_share(client, ann, kind):
    preview = asked(client, ann, kind=kind)
    form = form_of(client, preview)
    said = client.post(f"{preview}/decline")

    for page in (client.follow(said), client.get(preview), client.get(f"{preview}/decline")):
        assert page.status_code == 200
        assert "These answers are not shared" in page.text
        assert f'href="/results/{preview.split("/")[3]}"' in page.text
    assert client.post(f"{preview}/decline").status_code == 303
    late = client.post(preview, form)
    assert late.status_code == 410
    assert "Nothing went to the clinic" in late.text
    assert "/practice/inbox/" not in ann.get("/practice?show=all").text


def test_back_after_share(client, ann):
    preview = asked(client, ann)
    form = form_of(client, preview)
    own = give(client, preview)

    for path in (preview, f"{preview}/decline"):
        page = client.get(path)
        assert page.status_code == 200
        assert "You shared this with Needle Lane" in page.text
        assert f'href="{own}"' in page.text
    assert "You shared this" in client.follow(client.post(f"{preview}/decline")).text
    assert "/practice/inbox/" in ann.get("/practice").text
    assert client.post(preview, form).headers["location"] == own
    client.post(f"{own}/withdraw")
    assert "You withdrew this from Needle Lane" in client.get(preview).text
    late = client.post(preview, form)
    assert late.status_code == 410
    assert "You withdrew this from Needle Lane" in late.text


def test_a_link_that_the_clinic_closed_while_the_preview_was_open(client, ann):
    link = make_link(ann)
    client.post(f"/l/{code_of(ann, link)}")
    preview = re.search(r'href="(/me/share/[^"]+)"', client.follow(answer_quiz(client, RA)).text)[1]
    form = form_of(client, preview)
    ann.post(f"{link}/withdraw")

    for page, status in ((client.get(preview), 200), (client.post(preview, form), 410)):
        assert page.status_code == status
        assert "The clinic has closed this link" in page.text
        assert "Nothing went to the clinic" in page.text


def test_what_is_not_theirs_is_nothing_to_anyone(client, ann):
    preview = asked(client, ann)
    stranger = client.another()
    answer_quiz(stranger, RA)
    for path in (preview, f"{preview}/decline"):
        assert stranger.get(path).status_code == 404
        assert client.another().get(path).status_code == 404
    check_in, link = preview.split("/")[3:]
    never = client.get(f"/me/share/{check_in}/{NOWHERE}")
    assert "These answers are not shared" in never.text
    assert "Needle Lane" not in never.text
    assert client.get(f"/me/share/{NOWHERE}/{link}").status_code == 404
