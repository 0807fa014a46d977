"""Who holds places: by every network that holds an address, and the one that only waits makes room."""

from __future__ import annotations

from acupwa.operate.connections import Connections


class Held:
    def __init__(self, *, waiting: bool = True) -> None:
        self.waiting, self.ended = waiting, False

    def is_waiting(self) -> bool:
        return self.waiting

    def end(self) -> None:
        self.ended = True


def test_one_home_with_many_networks_does_not_have_the_places_of_each():
    room = Connections(trusted=(), most=1_000, most_of_one=4)

    taken = 0
    for n in range(400):
        one = Held()
        if room.add(one, f"2001:db8:1:{n:x}::1"):
            taken += 1
        else:
            room.discard(one)

    assert taken == 16
    assert room.add(Held(), "2001:db8:2::1")


def test_of_the_network_that_holds_most_the_oldest_that_waits_makes_room():
    room = Connections(trusted=(), most=5, most_of_one=4)
    few, busy, many = Held(), Held(waiting=False), [Held() for _ in range(3)]
    for one, address in ((few, "192.0.2.1"), (busy, "192.0.2.9"), *((one, "192.0.2.9") for one in many)):
        assert room.add(one, address)

    assert room.add(Held(), "198.51.100.1")

    assert [one.ended for one in (few, busy, *many)] == [False, False, True, False, False]
    assert room.count == 5
    for one in many:
        one.waiting = False
    few.waiting = False
    last = Held(waiting=False)
    assert room.add(last, "198.51.100.2")
    assert not room.add(Held(), "198.51.100.3"), "all are worked on"


def test_who_went_is_counted_no_more():
    room = Connections(trusted=(), most=5, most_of_one=1)
    one = Held()
    assert room.add(one, "192.0.2.1")
    assert not room.add(Held(), "192.0.2.1")
    room.discard(one)
    room.discard(one)

    assert room.count == 1
