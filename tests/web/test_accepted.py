"""What a client takes, by the grammar of RFC 9110."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.web.accepted import best_coding, has_tag, joined, takes_pages

BOTH = ("br", "gzip")


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("BR", "br"),
        ("x-gzip", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0", ""),
        ("br;q=0.000, gzip", "gzip"),
        ("br ; q=0 , gzip ; Q=0.1", "gzip"),
        ("br\t;\tq=0.001", "br"),
        ("*", "br"),
        ("*;q=0", ""),
        ("gzip;q=0.2, *;q=0.1", "gzip"),
        ("*, identity;q=0", "br"),
        ("*, identity;q=0, br;q=0", "gzip"),
        ("identity;q=0", ""),  # nothing is left that it takes: better as it is than nothing
        ("identity, br;q=0.5", ""),
        ("identity;q=0.1, br;q=0.5", "br"),
        ("br;q=1.001, gzip;q=0.5", "gzip"),
        ("br;q=-1", ""),
        ("br;q=", ""),
        ("br;q=.5", ""),
        ("br;q=0.5555", ""),
        ("br;q=1.", "br"),
        ("br;q=½", ""),
        (",,br,,", "br"),
        ("brotli, b r, gzip/", ""),
        ("br;q=0.5;q=0", "br"),
    ],
)
def test_the_coding_is_one_that_the_client_takes(accepted, coding):
    assert best_coding(accepted, BOTH) == coding


OWS = st.text(" \t", max_size=2)
CASED = st.sampled_from(["br", "BR", "gzip", "GZip", "identity", "*", "deflate", "zstd"])
QVALUES = st.one_of(
    st.just(None),
    st.integers(0, 1000).map(lambda n: (n / 1000, f"{n / 1000:.3f}")),
    st.sampled_from([(0.0, "0"), (0.0, "0."), (0.0, "0.0"), (1.0, "1"), (1.0, "1.000"), (0.5, "0.5")]),
)


@st.composite
def written(draw) -> tuple[str, dict[str, float]]:
    """A header by the grammar, and the weights that it says."""
    names = draw(st.lists(CASED, unique_by=str.lower, max_size=6))
    weights, parts = {}, []
    for name in names:
        qvalue = draw(QVALUES)
        weight = "" if qvalue is None else f"{draw(OWS)};{draw(OWS)}{draw(st.sampled_from('qQ'))}={qvalue[1]}"
        parts.append(f"{draw(OWS)}{name}{weight}{draw(OWS)}")
        weights[name.lower()] = 1.0 if qvalue is None else qvalue[0]
    return ",".join(parts), weights


@given(written())
def test_no_coding_is_sent_that_is_not_taken_and_none_is_liked_better(case):
    header, weights = case
    chosen = best_coding(header, BOTH)
    rest = weights.get("*", 0.0)
    liked = {name: weights.get(name, rest) for name in BOTH}

    if chosen:
        assert liked[chosen] > 0
        assert liked[chosen] == max(liked.values())
        assert liked[chosen] >= weights.get("identity", rest)
    else:
        assert max(liked.values()) == 0 or weights.get("identity", rest) > max(liked.values())


@given(st.text(st.characters(max_codepoint=255)), st.text(st.characters(max_codepoint=255)))
def test_whatever_is_sent_nothing_raises(one, other):
    assert best_coding(one, BOTH) in ("", *BOTH)
    assert takes_pages(one) in (True, False)
    assert has_tag(one, other) in (True, False)


@pytest.mark.parametrize("pattern", ["br;   ", "a;" + " " * 50, '"tag" , ', 'a;b="\\', ";q=0,", '"', "a;q=0" + "0" * 9])
def test_no_header_takes_long_to_read(pattern):
    header = (pattern * 4_096)[:4_090] + "\x00"
    began = time.perf_counter()
    best_coding(header, BOTH)
    takes_pages(header)
    has_tag(header, '"tag"')
    assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize(
    ("accept", "page"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", True),
        ("TEXT/HTML", True),
        ("text/html;level=1", True),
        ('text/html;x=",;q=0";q=1', True),
        ("text/*", True),
        ("text/html;q=0, */*", False),
        ("text/*, text/html;q=0", False),
        ("*/*", False),
        ("", False),
        ("application/json;x=text/html", False),
        ('a/b;x="text/html, text/html"', False),
        ("text/htmlx", False),
    ],
)
def test_a_page_is_asked_for_by_its_name(accept, page):
    assert takes_pages(accept) is page


@pytest.mark.parametrize(
    ("known", "same"),
    [
        ('"a,b"', True),
        ('W/"a,b"', True),
        ('"x", "a,b"', True),
        ('"x",W/"a,b",', True),
        ("*", True),
        (' "a,b"\t', True),
        ('"a', False),
        ('"a", b"', False),
        ("a,b", False),
        ('w/"a,b"', False),
        ('"x""a,b"', False),
        ('"*"', False),
        ("", False),
    ],
)
def test_entity_tags_are_compared_as_a_list(known, same):
    assert has_tag(known, '"a,b"') is same


def test_several_headers_of_one_name_are_one_list():
    sent = [(b"Accept-Encoding", b"gzip"), (b"cookie", b"a=1"), (b"accept-encoding", b"br;q=0"), (b"cookie", b"b=2")]
    assert joined(sent) == {b"accept-encoding": b"gzip, br;q=0", b"cookie": b"a=1; b=2"}
