"""A file as an answer, and a key in an address."""

from __future__ import annotations

import pytest
from litestar.exceptions import NotFoundException

from acupwa.db.tables import new_key
from acupwa.web.files import download
from acupwa.web.keys import find_key, read_key


@pytest.mark.parametrize(("inline", "disposition"), [(False, "attachment"), (True, "inline")])
def test_a_file_is_stored_nowhere_on_its_way(inline, disposition):
    answer = download(b"words", "text/plain", "summary.txt", inline=inline)

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == f'{disposition}; filename="summary.txt"'
    assert (answer.content, answer.media_type) == (b"words", "text/plain")


def test_what_is_no_key_leads_nowhere():
    key = new_key()

    assert read_key(str(key)) == find_key(str(key)) == key
    assert find_key("x") is None
    with pytest.raises(NotFoundException):
        read_key("x")
