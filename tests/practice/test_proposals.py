"""What goes back to the patient: sent within the planner's rules, and nothing changes before the patient's press."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest
import sqlalchemy
from hypothesis import given
from hypothesis import strategies as st

from acupwa.practice.accounts import people_service, sign_in_service
from acupwa.practice.sharing.proposals.model import ProposalContent, ProposalExport
from acupwa.practice.sharing.proposals.plan_answers import plan_answers
from acupwa.practice.sharing.proposals.rules import with_reply
from acupwa.practice.sharing.shares.service import list_own
from acupwa.practice.trail.service import list_trail
from tests.mydata.test_import import send as bring_file
from tests.support.people import RA, RA_HOT_JOINT, answer_quiz, plan_fields
from tests.support.practitioners import COOKIE, asked, clinic_of, give, opened, signed_in, work_of

PLAN = {name: value for name, value in plan_fields(max_sessions="8").items() if name not in ("do", "travel_minutes")}


def sent(browser, **fields):
    """Press send for the first share of the inbox."""
    without = {"with_plan": "no", "plan_asked": "1"}
    return browser.post(f"{opened(browser)}/send", data={"note": "Well done so far.", **PLAN, **without, **fields})


def send(patient, browser, **fields):
    """The address where the patient finds it."""
    answer = sent(browser, **fields)
    assert answer.status_code == 303, answer.text
    return re.search(r'href="(/me/proposals/[^"]+)"', patient.get("/me").text)[1]


@pytest.fixture
def ann(client):
    return signed_in(client)


@pytest.fixture
def shared(client, ann):
    return give(client, asked(client, ann))


def test_the_patient_finds_it_on_both_pages_and_nothing_has_changed(client, ann, shared):
    address = send(client, ann, pages=["what-to-expect", "safety-in-numbers"], with_plan="yes")

    assert address in client.get(shared).text
    page = client.get(address).text
    for words in (
        "Needle Lane sent you something",
        "Well done so far.",
        "/read/what-to-expect",
        "Make this my plan",
        "09:00",
    ):
        assert words in page, words
    assert client.get("/plan.ics").status_code == 404
    assert "unpin" not in client.get("/list").text


def test_taken_pages_are_pinned_in_the_order_sent(client, ann, shared):
    address = send(client, ann, pages=["what-to-expect"])

    client.follow(client.post(f"{address}/pages"))

    assert "They are on your list" in client.get(address).text
    everything = json.loads(client.get("/me/export.json").text)
    assert everything["reading_list"]["marks"]["pinned"] == ["what-to-expect"]
    assert client.post(f"{address}/pages").status_code == 303
    assert json.loads(client.get("/me/export.json").text)["reading_list"] == everything["reading_list"]


def test_a_taken_plan_is_the_one_that_was_shown_and_the_planner_s_own(client, ann, shared):
    address = send(client, ann, with_plan="yes")
    page = client.get(address).text
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]

    assert client.post(f"{address}/plan", data={"seen": seen}).status_code == 303

    plan = json.loads(client.get("/me/export.json").text)["plan"]
    assert len(plan["visits"]) == 8
    assert plan["visits"][0]["day"] == "2026-11-30"
    assert plan["request"]["conditions"] == ["ra"]
    assert "It is your plan now" in client.get(address).text
    assert client.get("/plan").status_code == 200


def test_a_plan_that_would_be_another_by_now_is_shown_again_first(client, clock, ann, shared):
    address = send(client, ann, with_plan="yes")
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(address).text)[1]
    clock.now += timedelta(days=10)

    answer = client.post(f"{address}/plan", data={"seen": seen})

    assert answer.status_code == 422
    assert "would be different by now" in answer.text
    assert json.loads(client.get("/me/export.json").text)["plan"] is None


def test_change_it_first_opens_the_planner_s_form_filled_in_and_keeps_nothing(client, ann, shared):
    address = send(client, ann, with_plan="yes")
    form = client.get(address).text.split('<form method="post" action="/plan">')[1].split("</form>")[0]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(value)

    answer = client.post("/plan", data=fields)

    assert answer.status_code == 200
    assert 'value="2026-11-30"' in answer.text
    assert "Your sessions would be" in answer.text
    assert json.loads(client.get("/me/export.json").text)["plan"] is None


def test_a_plan_keeps_the_days_off_of_the_one_before(client, ann, shared):
    client.post("/plan", data={**plan_fields(), "off_from.0": "2026-12-07"})
    address = send(client, ann, with_plan="yes")
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(address).text)[1]
    client.post(f"{address}/plan", data={"seen": seen})

    plan = json.loads(client.get("/me/export.json").text)["plan"]
    standing = [visit["day"] for visit in plan["visits"] if not visit["cancelled"]]
    assert len(standing) == 8
    assert "2026-12-07" not in standing


def test_a_plan_keeps_the_most_that_the_person_wants_to_spend(client, ann, shared):
    client.post("/plan", data=plan_fields(max_money="200"))
    address = send(client, ann, with_plan="yes", price="50", max_money="5000")
    page = client.get(address).text
    assert '<input type="hidden" name="max_money" value="200">' in page
    assert "£200" in page
    client.post(f"{address}/plan", data={"seen": re.search(r'name="seen" value="([^"]+)"', page)[1]})

    plan = json.loads(client.get("/me/export.json").text)["plan"]
    assert (plan["request"]["price"], plan["request"]["max_money"]) == (50, 200)
    assert len([visit for visit in plan["visits"] if not visit["cancelled"]]) == 4


def test_a_plan_without_a_price_keeps_the_person_s_own_and_one_in_other_money_has_no_limit(client, ann, shared):
    client.post("/plan", data=plan_fields(max_money="200"))
    free = client.get(send(client, ann, with_plan="yes", price="")).text
    assert '<input type="hidden" name="price" value="45">' in free
    assert '<input type="hidden" name="max_money" value="200">' in free
    assert 'name="max_money"' not in client.get(send(client, ann, with_plan="yes", price="50", currency="EUR")).text


def test_a_price_above_what_the_person_wants_to_spend_is_told_as_money_and_not_as_health(client, ann, shared):
    client.post("/plan", data=plan_fields(max_money="60"))
    page = client.get(send(client, ann, with_plan="yes", price="70")).text
    assert "this plan has no new session" in page
    assert "One session costs more than you want to spend" in page
    assert "because of what you told us" not in page
    assert "Make this my plan" not in page


def test_before_a_plan_begins_what_to_know_before_needles_is_gone_through_again(client, clock, ann, shared):
    address = send(client, ann, with_plan="yes")
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(address).text)[1]
    clock.now += timedelta(days=14)

    page = client.get(address).text

    assert "Make this my plan" not in page
    assert 'name="confirm" value="1"' in page
    assert client.post(f"{address}/plan", data={"seen": seen}).status_code == 422
    assert json.loads(client.get("/me/export.json").text)["plan"] is None


def test_no_thank_you_changes_nothing_and_the_clinic_is_not_told(client, ann, shared):
    address = send(client, ann, pages=["what-to-expect"], with_plan="yes")

    client.post(f"{address}/decline")

    page = client.get(address).text
    assert "You said no." in page
    assert "You said no." in page
    assert json.loads(client.get("/me/export.json").text)["plan"] is None
    assert "declin" not in ann.get(f"{opened(ann)}/send").text
    assert address not in client.get("/me").text.split("<h2")[0]


def test_the_gate_refuses_by_what_was_shared_and_says_why(client, ann):
    give(client, asked(client, ann, RA_HOT_JOINT))

    answer = sent(ann, with_plan="yes")

    assert answer.status_code == 422
    assert "This plan cannot be made" in answer.text
    assert "joint" in answer.text
    assert "/me/proposals/" not in client.get("/me").text
    assert sent(ann).status_code == 303


def test_what_was_left_out_closes_the_plan_for_the_patient_alone(client, ann):
    give(client, asked(client, ann, RA_HOT_JOINT), leave_out=("Signs you", "You ticked"))
    assert sent(ann, with_plan="yes").status_code == 303
    address = re.search(r'href="(/me/proposals/[^"]+)"', client.get("/me").text)[1]

    page = client.get(address).text

    assert "The clinic may not know this" in page
    assert "Make this my plan" not in page
    assert client.post(f"{address}/plan", data={"seen": ""}).status_code == 422


def test_after_help_a_plan_that_was_sent_says_no_more_to_call(client, clock, ann, shared):
    address = send(client, ann, with_plan="yes")
    clock.now += timedelta(days=3)
    follow_up = client.post("/quiz", {"variant": "follow-up"}).headers["location"]
    client.post(f"{follow_up}/draft", {"groups": ["chest-and-breath"]})
    assert "Call your emergency number now." in client.get(address).text
    client.post("/today/had-help")

    page = client.get(address).text

    assert "Call your emergency number now." not in page
    assert "Once a doctor has looked at it, check in again." in page
    assert "We are not making a plan now" in page


def test_what_was_shared_is_read_back_from_its_words(client, ann, library):
    give(client, asked(client, ann, RA_HOT_JOINT))
    person = work_of(client).run(sign_in_service.find_signed_in, ann.cookies[COOKIE])
    assert person is not None
    copies = _copies(client)

    found = plan_answers(copies[0], library)

    assert found.conditions == ("ra",)
    assert found.age_band == "40-64"
    assert found.country == "GB"
    assert "septic-joint" in found.red_flags
    assert found.precautions == ("hot-swollen-joint",)
    assert found.main_symptom == RA_HOT_JOINT["main_symptom"]


def _copies(client):
    with work_of(client).engine.connect() as connection:
        ids = [row[0] for row in connection.execute(sqlalchemy.text("select person_id from share"))]
    from uuid import UUID

    return [one.copy for id in ids for one in work_of(client).run(list_own, UUID(id))]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"note": "x" * 10_000}, "Use 1,000 characters or fewer."),
        ({"note": ""}, "Nothing to send yet."),
        ({"with_plan": "yes", "weekdays": ""}, "Tick at least one weekday"),
        ({"with_plan": "yes", "max_sessions": "99"}, "Enter a whole number from 1 to 15"),
    ],
)
def test_what_cannot_be_sent_is_told_beside_the_field_and_what_was_typed_stays(client, ann, shared, fields, words):
    answer = sent(ann, **fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert "/me/proposals/" not in client.get("/me").text


def test_more_than_ten_pages_are_refused_and_unknown_ones_left_out(client, ann, shared, library):
    assert sent(ann, pages=list(library.pages)[:11]).status_code == 422
    assert sent(ann, note="", pages=["no-such-page"]).status_code == 422


def test_a_note_is_text_never_markup(client, ann, shared):
    address = send(client, ann, note="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in client.get(address).text


def test_a_new_one_takes_the_place_of_one_that_is_not_answered(client, ann, shared):
    first = send(client, ann)
    second = send(client, ann, note="Another word.")

    assert client.get(first).status_code == 404
    client.post(f"{second}/decline")
    third = send(client, ann, note="A third.")
    assert client.get(second).status_code == client.get(third).status_code == 200


def test_after_taking_it_back_there_is_nothing_to_send_and_nothing_sent(client, ann, shared):
    address, share = send(client, ann, pages=["what-to-expect"]), opened(ann)

    client.post(f"{shared}/withdraw")

    assert client.get(address).status_code == 404
    assert client.post(f"{address}/pages").status_code == 404
    assert ann.get(f"{share}/send").status_code == 404
    assert ann.post(f"{share}/send", data={"note": "x"}).status_code == 404
    assert json.loads(client.get("/me/export.json").text)["proposals"] == []


def test_whoever_was_removed_proposes_nothing_any_more(client, ann, shared):
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    address = send(client, bob, pages=["what-to-expect"])

    work_of(client).run(people_service.remove_practitioner, "bob@example.org")

    assert client.get(address).status_code == 404
    assert address not in client.get("/me").text
    assert address not in client.get(shared).text


def test_the_trail_says_that_something_was_sent_and_no_column_what(client, ann, shared):
    send(client, ann, note="zebrafinch", with_plan="yes")

    assert work_of(client).run(list_trail, clinic_of(client).id)[0].what == "proposal-sent"
    with work_of(client).engine.connect() as connection:
        for table in ("trail", "proposal"):
            rows = str(connection.execute(sqlalchemy.text(f"select * from {table}")).all())
            assert "zebrafinch" not in rows
            assert "2026-11-30" not in rows


def test_the_export_holds_what_was_shared_who_looked_and_what_came_back(client, ann, shared):
    ann.get(opened(ann))
    send(client, ann, note="=1+1", pages=["what-to-expect"], with_plan="yes")

    whole = json.loads(client.get("/me/export.json").text)
    table = list(csv.DictReader(io.StringIO(client.get("/me/export.csv").content.decode("utf-8-sig"))))

    assert whole["shares"][0]["copy"]["clinic"] == "Needle Lane"
    assert whole["shares"][0]["views"][0]["name"] == "Ann Lee"
    assert whole["proposals"][0]["pages"] == ["what-to-expect"]
    kinds = {row["kind"] for row in table}
    assert {"shared with Needle Lane", "opened", "sent by Needle Lane"} <= kinds
    assert "'=1+1" in [row["answer"] for row in table]
    page = client.get("/me/data").text
    for words in ("1 copy for a clinic", "1 thing that a clinic sent you"):
        assert words in page, words


def test_bringing_the_file_elsewhere_leaves_shares_where_they_are_and_says_so(client, ann, shared):
    send(client, ann, pages=["what-to-expect"])
    other = client.another()

    page = bring_file(other, client.get("/me/export.json").text)

    assert page.status_code == 200
    assert "is not brought here" in page.text
    bring_file(other, client.get("/me/export.json").text, press=True)
    assert json.loads(other.get("/me/export.json").text)["shares"] == []


def test_deleting_everything_takes_along_what_was_sent(client, ann, shared):
    send(client, ann, pages=["what-to-expect"])

    client.post("/me/delete")

    with work_of(client).engine.connect() as connection:
        for table in ("share", "share_view", "proposal", "follow_up", "asked"):
            assert connection.execute(sqlalchemy.text(f"select count(*) from {table}")).scalar() == 0, table


def test_a_plan_needs_answers_first(client, ann, shared):
    address = send(client, ann, with_plan="yes")
    check_in = json.loads(client.get("/me/export.json").text)["check_ins"][0]["id"]
    client.post(f"/me/check-ins/{check_in}/delete")

    assert "Do a check-in first" in client.get(address).text
    answer_quiz(client, RA)
    assert "Make this my plan" in client.get(address).text


def test_a_plan_in_place_of_one_s_own_asks_once(client, ann, shared):
    client.post("/plan", plan_fields())
    kept = json.loads(client.get("/me/export.json").text)["plan"]
    asks = f"{send(client, ann, with_plan='yes')}/plan"
    page = client.get(asks.removesuffix("/plan")).text
    form = re.search(rf'action="{asks}">(.*?)</form>', page, re.S)[1]

    page = client.follow(client.post(asks, dict(re.findall(r'name="(\w+)" value="([^"]*)"', form)))).text
    assert "Replace your plan with this one?" in page
    assert f'action="{asks}"' in page
    assert json.loads(client.get("/me/export.json").text)["plan"] == kept

    client.post(asks, {"seen": re.search(r'name="seen" value="([^"]+)"', page)[1]})
    assert "It is your plan now." in client.get(asks.removesuffix("/plan")).text


def test_what_was_left_can_be_taken_after_all(client, ann, shared):
    address = send(client, ann, pages=["what-to-expect"], with_plan="yes")
    client.post(f"{address}/decline")

    page = client.get(address).text
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    for press, fields in ((f"{address}/pages", {}), (f"{address}/plan", {"seen": seen})):
        assert f'action="{press}"' in page
        for _ in range(2):
            assert client.post(press, fields).status_code == 303

    page = client.get(address).text
    assert "They are on your list." in page
    assert "It is your plan now." in page
    client.post(f"{address}/decline")
    assert "It is your plan now." in client.get(address).text


REPLIES = st.sampled_from([None, "open", "taken", "declined"])
PRESSES = st.tuples(st.sampled_from(["pages", "plan", "all"]), st.sampled_from(["taken", "declined"]))


@given(REPLIES, REPLIES, st.lists(PRESSES))
def test_what_was_taken_stays_and_what_was_left_can_be_taken(pages, plan, presses):
    content = ProposalContent(
        practitioner_id=UUID(int=1), clinic="", practitioner="", note="", pages=(), plan=None,
        pages_reply=pages, plan_reply=plan,
    )  # fmt: skip
    after = content
    for part, reply in presses:
        after = with_reply(after, part, reply)
    for before, now in ((pages, after.pages_reply), (plan, after.plan_reply)):
        assert now == before or before in ("open", "declined")
        assert now != "open" or before == "open"


def test_what_is_stored_and_exported_of_a_proposal_keeps_its_names():
    stored = {
        "practitioner_id": str(UUID(int=1)), "clinic": "Needle Lane", "practitioner": "Ann", "note": "", "pages": [],
        "offer": {
            "first_day": "2026-11-30", "weekdays": ["mon"], "time": "10:00", "time_zone": "Europe/Berlin",
            "per_week": 1, "max_sessions": 6, "minutes": 45, "price": None, "currency": None,
        },
        "pages_fate": None, "offer_fate": "open",
    }  # fmt: skip

    content = msgspec.convert(stored, ProposalContent)

    assert content.open
    assert content.plan.max_sessions == 6
    written = json.loads(msgspec.json.encode(content))
    assert written["offer"].pop("every_weeks") == 1
    assert written == stored
    assert {"offer", "pages_fate", "offer_fate"} <= set(ProposalExport.__struct_encode_fields__)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
def test_a_plan_is_preset_where_the_clinic_is_not_where_the_patient_s_country_is(client, zone):
    ann = signed_in(client)
    ann.post("/practice/clinic", {"name": "Needle Lane", "time_zone": zone})
    patient = client.another()
    give(patient, asked(patient, ann, RA | {"country": "US"}))

    page = ann.get(f"{opened(ann)}/send").text

    chosen = re.search(r'<select[^>]*name="time_zone".*?</select>', page, re.S)[0]
    assert re.findall(r'<option value="([^"]+)" selected', chosen) == [zone]
