"""One summary for a doctor without an account: by an address and a code, for seven days."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from acupwa.mydata.retention import purge_all
from acupwa.practice.sharing.views.store import DoctorLookRow, DoctorViewRow
from tests.support.doctor_views import form_of_view, make_view, newest_check_in, read_keys
from tests.support.people import RA, answer_quiz
from tests.support.practitioners import work_of

NOTE = "only for me, about the neighbour"


@pytest.fixture
def patient(client):
    browser = client.another()
    browser.follow(answer_quiz(browser, RA | {"note": NOTE}))
    return browser


@pytest.fixture
def view(patient):
    return make_view(patient, newest_check_in(patient))


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def rows(client, table):
    with work_of(client).engine.connect() as connection:
        return connection.exec_driver_sql(f"select count(*) from {table.__tablename__}").scalar_one()


def test_address_and_code_open_what_was_left_in_and_no_more(client, patient):
    made = make_view(patient, newest_check_in(patient), leave_out=("Pain",))
    doctor = client.another()
    shown = doctor.post(f"/v/{made.address}", {"code": made.code.lower().replace("-", " ")})
    assert shown.status_code == 200
    assert "It is not a diagnosis" in shown.text
    assert NOTE not in shown.text
    assert "Pain" not in text_of(shown)
    assert patient.get(f"/me/views/{made.id}").text.count("Opened on") == 1


def test_the_door_says_nothing_of_anybody_and_asks_not_to_be_kept(client, view):
    doctor = client.another()
    door = doctor.get(f"/v/{view.address}")
    for answer in (door, doctor.post(f"/v/{view.address}", {"code": view.code}), doctor.get("/v/" + "A" * 43)):
        assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
        assert answer.headers["cache-control"] == "no-store"
        assert '<meta name="robots" content="noindex' in answer.text
        assert view.code not in answer.text
        assert "set-cookie" not in answer.headers
    assert not re.search(r"acupuncture|arthritis|autoimmune|clinic|condition", door.text, re.IGNORECASE)
    assert 'href="/me"' not in door.text


def test_looking_at_the_address_alone_is_no_look(client, patient, view):
    client.another().get(f"/v/{view.address}")
    assert "Nobody has opened it" in patient.get(f"/me/views/{view.id}").text


def test_unknown_ended_and_past_are_the_same_page(client, patient, view, clock):
    doctor = client.another()
    unknown = doctor.get("/v/" + "A" * 43)
    other = make_view(patient, newest_check_in(patient))
    assert patient.post(f"/me/views/{view.id}/end").status_code == 303
    ended = doctor.get(f"/v/{view.address}")
    clock.now += timedelta(days=7)
    past = doctor.get(f"/v/{other.address}")
    assert {one.status_code for one in (unknown, ended, past)} == {404}
    assert unknown.text == ended.text == past.text
    assert doctor.post(f"/v/{view.address}", {"code": view.code}).status_code == 404
    assert doctor.post(f"/v/{other.address}", {"code": other.code}).status_code == 404


def test_ten_wrong_codes_shut_it_and_the_patient_is_told(client, patient, view):
    doctor = client.another()
    assert doctor.post(f"/v/{view.address}", {"code": "nonsense!"}).status_code == 422
    for _ in range(10):
        assert doctor.post(f"/v/{view.address}", {"code": "CCCC-CCCC"}).status_code == 422
    assert doctor.post(f"/v/{view.address}", {"code": view.code}).status_code == 404
    assert "wrong codes were typed" in patient.get(f"/me/views/{view.id}").text
    press = re.search(r'name="press" value="([^"]+)"', patient.get(f"/me/views/{view.id}").text)[1]
    new = read_keys(patient.post(f"/me/views/{view.id}/code", {"press": press}).text)
    assert doctor.post(f"/v/{view.address}", {"code": view.code}).status_code == 422
    assert doctor.post(f"/v/{view.address}", {"code": new.code}).status_code == 200


def test_a_place_that_guesses_waits_and_the_right_code_still_opens(client, patient):
    doctor, check_in = client.another(), newest_check_in(patient)
    made = [make_view(patient, check_in) for _ in range(4)]
    answers = [doctor.post(f"/v/{one.address}", {"code": "CCCC-CCCC"}) for one in made for _ in range(7)]
    assert [one.status_code for one in answers] == [422] * 20 + [429] * 8
    assert int(answers[-1].headers["retry-after"]) > 0
    assert doctor.post(f"/v/{made[0].address}", {"code": made[0].code}).status_code == 200


def test_the_same_press_gives_the_same_keys_and_one_view(client, patient):
    check_in = newest_check_in(patient)
    form = form_of_view(patient, check_in)
    first, second = (read_keys(patient.post(f"/me/views/new/{check_in}", form).text) for _ in range(2))
    assert first == second
    assert rows(client, DoctorViewRow) == 1


def test_nothing_ticked_makes_nothing(client, patient):
    check_in = newest_check_in(patient)
    form = form_of_view(patient, check_in) | {"item": []}
    assert patient.post(f"/me/views/new/{check_in}", form).status_code == 422
    assert rows(client, DoctorViewRow) == 0


def test_it_is_in_the_file_without_its_keys_and_goes_with_the_person(client, patient, view):
    client.another().post(f"/v/{view.address}", {"code": view.code})
    file = patient.get("/me/export.json").text
    assert '"views"' in file
    assert view.address not in file
    assert view.code.replace("-", "") not in file
    patient.post("/me/delete")
    assert (rows(client, DoctorViewRow), rows(client, DoctorLookRow)) == (0, 0)


def test_it_goes_with_its_check_in_and_at_its_time(client, patient, view, clock):
    clock.now += timedelta(days=7)
    assert work_of(client).run(purge_all, 30, 730)["views"] == 1
    check_in = newest_check_in(patient)
    make_view(patient, check_in)
    patient.post(f"/me/check-ins/{check_in}/delete")
    assert rows(client, DoctorViewRow) == 0


def test_what_is_kept_is_encrypted_and_ending_it_drops_the_copy(client, patient, view):
    def kept():
        with work_of(client).engine.connect() as connection:
            return connection.exec_driver_sql("select sealed, address_hash, code_hash from doctor_view").one()

    before = kept()
    assert view.address.encode() not in b"".join(map(bytes, before))
    patient.post(f"/me/views/{view.id}/end")
    assert len(bytes(kept()[0])) < len(bytes(before[0])) / 4
