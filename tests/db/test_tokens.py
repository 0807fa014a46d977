"""Random keys: long ones of which a hash is kept, and short ones that nobody else holds."""

from __future__ import annotations

import hashlib

from acupwa.db.tokens import hash_token, new_token, random_letters, unused_letters


def test_a_token_holds_256_bits_and_its_hash_is_32_bytes():
    assert len({new_token() for _ in range(50)}) == 50
    assert len(new_token()) == 43
    assert hash_token("a") == hashlib.sha256(b"a").digest()


def test_letters_that_are_in_use_are_left_for_others():
    tried: list[str] = []

    def take(letters: str) -> bool:
        tried.append(letters)
        return len(tried) == 3

    assert unused_letters("CDF", 6, take) == tried[2]
    assert set(random_letters("CDF", 200)) == set("CDF")
