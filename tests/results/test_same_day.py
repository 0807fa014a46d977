"""The same check-in on two phones: both are kept, and the person picks."""

from __future__ import annotations

from datetime import timedelta

from tests.support.people import RA

SAYS = "You finished two full check-ins on"


def send(client, key, **changes):
    headers = {"idempotency-key": key, "idempotency-claim": "A" * 43}
    ticked = {name: value for name, value in RA.items() if not name.startswith("none_")}
    return client.post("/quiz/whole", {**ticked, **changes}, headers=headers).headers["location"]


def test_both_are_kept_and_either_can_be_deleted(client, clock):
    first = send(client, "of-one-phone", problem_words="quince thumb")
    clock.now += timedelta(minutes=5)
    second = send(client, "of-another-phone", problem_words="plum wrist")

    page = client.get(second)

    assert SAYS in page.text
    for address in (
        first,
        first.replace("results", "me/check-ins") + "/delete",
        second.replace("results", "me/check-ins") + "/delete",
    ):
        assert f'href="{address}"' in page.text
        assert client.get(address).status_code == 200
    assert SAYS in client.get(first).text
    client.post(first.replace("results", "me/check-ins") + "/delete", {})
    assert SAYS not in client.get(second).text


def test_one_of_another_day_is_a_check_in_like_any_other(client, clock):
    send(client, "of-monday")
    clock.now += timedelta(days=2)

    assert SAYS not in client.get(send(client, "of-wednesday")).text


def test_a_red_card_stands_alone(client, clock):
    send(client, "of-one-phone")
    clock.now += timedelta(minutes=5)

    assert SAYS not in client.get(send(client, "of-another-phone", red_flags=["stroke-fast"])).text
