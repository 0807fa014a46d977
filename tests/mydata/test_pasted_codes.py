"""A code comes with what stands around it where it was copied, and only that is left out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupwa.person.codes import ALPHABET, LENGTH, read_code
from acupwa.practice.accounts.rules import read_token
from acupwa.practice.links.rules import CODE_LENGTH, read_link_codes
from tests.support.codes import code_on, resume
from tests.support.people import RA, answer_quiz, fill
from tests.support.practitioners import code_of, make_link, signed_in

LABELS = (
    "", "Code: ", "code ", "CODE:", "Code\n", "Your code: ", "Your code is ", "My code is: ", "The code - ", "“Code” = ",
    "This code: ", "Acupwa code: ", "Your Acupwa code is\n", "Sign-in code: ", "your sign in code ", "Link code: ", "Cοde: ".replace("ο", "o"),
)  # fmt: skip
OPENING = ("", '"', "“", "„", "«", "'", "‘", "(", "[", "<", "*", "**", "`", "\u200b", "\u202a", "\u3000", "🔑 ")
CLOSING = (
    "",
    ".",
    ". ",
    ",",
    ";",
    "!",
    '"',
    "”",
    "“",
    "»",
    "'",
    "’",
    ")",
    "]",
    ">",
    "*",
    "**",
    "`",
    "…",
    "。",
    "\n",
    "\u200b",
)
BETWEEN = (
    "", " ", "-", "\u2010", "\u2011", "\u2012", "–", "—", "\u2015", "−", "\ufe58", "\ufe63", "－", "ー", "·", "_", "\u00a0", "\u2009", " - ", "\u00ad",
)  # fmt: skip


def full_width(text):
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)


@st.composite
def decorated(draw, length):
    """A code, and the same with a label, quotes, a dash, an end, in any case and width."""
    code = draw(st.text(ALPHABET, min_size=length, max_size=length))
    half = length // 2
    shown = draw(st.sampled_from(BETWEEN)).join((code[:half], code[half:]))
    shown = draw(st.sampled_from((str, str.lower, str.title, full_width)))(shown)
    label = draw(st.sampled_from((str, str.upper, str.lower, full_width)))(draw(st.sampled_from(LABELS)))
    return code, label + draw(st.sampled_from(OPENING)) + shown + draw(st.sampled_from(CLOSING))


@given(decorated(LENGTH))
def test_a_code_is_read_with_all_that_is_copied_along(case):
    code, typed = case

    assert read_code(typed) == code


@given(decorated(CODE_LENGTH))
def test_the_code_of_a_link_too(case):
    code, typed = case

    assert read_link_codes(typed)[0] == code


@given(st.text() | st.text("CODEIS codefhjk:-. \n\u3000Ｃｄ01OIКΚ", max_size=30))
def test_no_letter_is_dropped_to_make_a_code(typed):
    """What is read has each letter that was typed, but those of a label before it."""
    read = read_code(typed)
    if read is None or "/" in typed:
        return
    letters = re.sub(r"[^A-Z0-9]", "", typed.upper().translate(str.maketrans("ＣｃＤｄКΚ", "CCDDKK")))
    assert re.fullmatch(f"((YOUR|MY|THE|THIS|ACUPWA|SIGNIN|LINK)*CODE(IS)?)?({read}){{1,2}}", letters)


@given(
    st.lists(
        st.sampled_from(["code", "post", "is", "the", "zip", "my", "CDF", "HJK", "CDFHJK", "x", "codes", "0", ":"]),
        max_size=6,
    )
)
def test_other_words_around_a_code_make_it_none(words):
    typed = " ".join(words)

    if (read := read_code(typed)) is not None:
        assert typed.replace(":", "").split()[-1] in ("HJK", "CDF", "CDFHJK"), typed
        assert not set(words) & {"post", "zip", "x", "codes", "0"}, typed
        assert set(read) <= set("CDFHJK")


@pytest.mark.parametrize(
    "typed",
    [
        "Postcode: CDFHJK", "codeCDFHJK", "decode CDFHJK", "code code CDFHJK", "code", "Code: CDFHJ", "Code: CDFHJKM", "Code: CDFHJKMNPQRTV",
        "Code: CDFHJ0", "Code: CDFHJO", "Code: 1CDFHJ", "Code: ICDFHJ", "CDFHJK code", "barcode CDF-HJK", "CODE-FHJK", "HJK CODE F",
    ],
)  # fmt: skip
def test_what_is_not_said_of_a_code_makes_it_none(typed):
    assert read_code(typed) is None


TOKEN = "Ab-_" * 10 + "xyz"


@pytest.mark.parametrize("around", ["{}", "“{}”", "<{}>", "{}.", " {} ", "\u200b{}\u200b", "({}),", "*{}*"])
def test_an_invitation_is_read_with_all_that_is_copied_along(around):
    assert read_token(around.format(TOKEN)) == TOKEN
    assert read_token(around.format(TOKEN.replace("-", "‑"))) == TOKEN
    assert read_token(around.format(full_width(TOKEN))) == TOKEN


@given(st.text("Ab-_9", max_size=100))
def test_another_length_is_no_invitation(typed):
    assert read_token(typed) == (typed if len(typed) == 43 else "")


def test_each_door_takes_it(client):
    place = fill(client, RA, until="ratings")
    code = code_on(client.follow(client.post(f"{place}/ratings/pause")))
    ann = signed_in(client)
    account = code_on(ann.post("/practice/account/code"))
    link = code_of(ann, make_link(ann))

    assert resume(client.another(), f"Your code: “{code}”.").status_code == 303
    assert client.another().post("/practice/sign-in/code", {"code": f"Code: {account.lower()}."}).status_code == 303
    assert client.another().get(f"/l/Code:%20{link[:6]}–{link[6:]}.").status_code == 200


def test_a_letter_that_no_code_has_is_told(client):
    answer_quiz(client, RA)

    assert client.another().post("/resume", {"code": "Code: 0DF-HJK"}).status_code == 422
