"""Pages and danger signs cannot part: what a page says of a sign or a precaution is never milder than the entry itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec
import pytest

from acupwa.library.model import Library, ReadingPage, RedFlag, Urgency
from acupwa.library.page_check import head_lines
from acupwa.library.references import sources_in

CONDITIONS = ("ra", "sle", "ms", "hashimoto", "psoriasis", "fibromyalgia")
BEFORE_NEEDLES = {
    "ra": "ra-before-needles",
    "sle": "lupus-before-needles",
    "ms": "ms-before-needles",
    "hashimoto": "hashimoto-before-needles",
    "psoriasis": "psoriasis-before-needles",
    "fibromyalgia": "fibromyalgia-before-needles",
}
# Each condition has its danger signs on a page beside the one before needles.
DANGER_SIGNS = {condition: slug.replace("before-needles", "danger-signs") for condition, slug in BEFORE_NEEDLES.items()}
AFTER_A_SESSION = "danger-signs-after-a-session"

# Where no rule says which signs belong to a page. Where one does (group, id, conditions), the tests below use it.
SIGNS_OF = {
    "when-to-stop": {
        "fever-on-immunosuppressant", "neutropenic-fever", "fever-no-spleen", "pregnant-on-harmful-medicine",
    },
    "beside-your-medicines": {
        "methotrexate-too-much", "methotrexate-lung-liver", "low-blood-count-tablets", "antithyroid-sore-throat",
        "fever-on-immunosuppressant", "adrenal-crisis-on-steroids", "hypothyroid-worse", "thyroid-storm",
        "pregnant-on-harmful-medicine", "gut-bleed-or-hole",
    },
    "needles-and-lowered-immunity": {
        "neutropenic-fever", "fever-no-spleen", "fever-on-immunosuppressant", "chickenpox-contact", "shingles",
        "shingles-near-eye", "infection-at-needle-site", "spreading-infection-after-needles",
        "late-lumps-at-needle-sites",
    },
    "needles-and-blood-thinners": {"nerve-or-cord-after-needles", "bleeding-after-needling", "gut-bleed-or-hole"},
    "needles-and-implants": {"needle-left-or-broken"},
    "needles-and-skin": {"shingles"},
}  # fmt: skip
PRECAUTIONS_OF = {
    "needles-and-pregnancy": {"pregnancy", "breastfeeding"},
    "needles-and-lowered-immunity": {"no-spleen"},
    "needles-and-blood-thinners": {"blood-thinner-neck-spine"},
    "needles-and-implants": {
        "joint-replacement", "port-pump-line", "breast-implant", "skull-or-spine-defect", "recent-joint-injection",
    },
}  # fmt: skip

URGENCIES: tuple[Urgency, ...] = ("within-days", "same-day", "emergency-now")  # the slowest first
NAMES_URGENCY: dict[Urgency, re.Pattern[str]] = {
    "emergency-now": re.compile(r"emergency", re.IGNORECASE),
    "same-day": re.compile(r"\btoday\b|\bsame day\b|\bcall now\b|\bat once\b|day or night", re.IGNORECASE),
    "within-days": re.compile(r"\bwithin days\b|\bnext (?:few )?days\b|\bas soon as you can\b", re.IGNORECASE),
}
# A precaution may stand under a stricter heading than its own, never under a milder one.
ADVICE = ("tell-practitioner", "ask-first", "avoid")
HEADING_OF_ADVICE = {
    "tell-practitioner": re.compile(r"\btell the\b", re.IGNORECASE),
    "ask-first": re.compile(r"\bask\b.*\bfirst\b", re.IGNORECASE),
}
# What a paragraph says for itself, whatever the heading above it.
SAYS_MORE = re.compile(r"\bask\b.*\bfirst\b|\bno (?:needles?|current)\b|\bdo not\b", re.IGNORECASE)

MEDICINE = (
    r"(?:medicines?|tablets?|pills?|doses?|steroids?|methotrexate|biologics?|blood thinners?|infusions?|levothyroxine)"
)
STOP = re.compile(
    rf"\b(?:stop|skip|pause|miss|leave (?:out|off)|give up|come off|hold back|go without|drop)"
    rf"(?:\W+(?!unless\b)\w+){{0,4}}?\W+{MEDICINE}\b",
    re.IGNORECASE,
)
# Who forbids it, or names the bad advice of someone else, does not tell to stop. "Unless you are told to" undoes that.
DOES_NOT_TELL = re.compile(
    r"\b(?:never|not|no reason|told to|tells you to|had (?:recently )?come off)\b", re.IGNORECASE
)
FOR_NOW = re.compile(r"\bunless\b", re.IGNORECASE)


def flags_in(text: str) -> tuple[str, ...]:
    return tuple(id.removeprefix("flag:") for id in sources_in(text) if id.startswith("flag:"))


def precautions_in(text: str) -> tuple[str, ...]:
    return tuple(id.removeprefix("precaution:") for id in sources_in(text) if id.startswith("precaution:"))


def for_everyone(flag: RedFlag) -> bool:
    return set(CONDITIONS) <= set(flag.conditions)


def naming(library: Library, condition: str) -> set[str]:
    """The signs that name the condition and are not for everyone."""
    return {one.id for one in library.red_flags.values() if condition in one.conditions and not for_everyone(one)}


def after_needles(library: Library) -> set[str]:
    return {one.id for one in library.red_flags.values() if one.group == "after-needles"}


def left_out_after_needles(library: Library, page: ReadingPage) -> set[str]:
    """The signs after needles that a page neither cites nor, where they are no emergency, leads to by a link."""
    missing = after_needles(library) - set(flags_in(page.markdown))
    if f"](/read/{AFTER_A_SESSION})" in page.markdown:
        return {id for id in missing if library.red_flags[id].urgency == "emergency-now"}
    return missing


def blocks(markdown: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """(the headings above it, the text) of each paragraph and list item."""
    above: tuple[str, ...] = ()
    for line in markdown.splitlines():
        heading = re.match(r"(##+) +(.*)", line)
        if heading:
            above = (heading[2],) if heading[1] == "##" else (*above[:1], heading[2])
        elif line.strip():
            yield above, line


def urgency_of(headings: Iterable[str]) -> Urgency | None:
    """What the nearest heading that names one says."""
    for heading in reversed(tuple(headings)):
        for urgency in reversed(URGENCIES):
            if NAMES_URGENCY[urgency].search(heading):
                return urgency
    return None


def with_wrong_urgency(library: Library, page: ReadingPage) -> list[str]:
    return [
        f"{page.slug}: {flag} is {library.red_flags[flag].urgency}, but stands under {headings[-1]}"
        for headings, text in blocks(page.markdown)
        if (named := urgency_of(headings)) is not None
        for flag in flags_in(text)
        if library.red_flags[flag].urgency != named
    ]


def too_slow(library: Library, page: ReadingPage) -> list[str]:
    """Paragraphs that cite a sign and name only a slower step than the sign's own."""
    found = []
    for headings, text in blocks(page.markdown):
        own = max((URGENCIES.index(library.red_flags[flag].urgency) for flag in flags_in(text)), default=0)
        named = [index for index, one in enumerate(URGENCIES) if NAMES_URGENCY[one].search(text)]
        above = urgency_of(headings)
        if named and max(named) < own and (above is None or URGENCIES.index(above) < own):
            found.append(f"{page.slug}: {text}")
    return found


def without_its_emergency(library: Library, page: ReadingPage) -> list[str]:
    """Paragraphs that say when to act on a sign, but not that it can turn into an emergency."""
    return [
        f"{page.slug}: {flag}: {text}"
        for headings, text in blocks(page.markdown)
        if urgency_of(headings) or any(pattern.search(text) for pattern in NAMES_URGENCY.values())
        for flag in flags_in(text)
        if "emergency" in library.red_flags[flag].call and library.red_flags[flag].urgency != "emergency-now"
        if not NAMES_URGENCY["emergency-now"].search(text)
    ]


def told_too_mildly(library: Library, page: ReadingPage) -> list[str]:
    return [
        f"{page.slug}: {id} is {library.precautions[id].advice}, but stands under {headings[-1]}"
        for headings, text in blocks(page.markdown)
        for advice, pattern in HEADING_OF_ADVICE.items()
        if headings and pattern.search(headings[-1])
        for id in precautions_in(text)
        if ADVICE.index(library.precautions[id].advice) > ADVICE.index(advice) and not SAYS_MORE.search(text)
    ]


def telling_to_stop(text: str) -> list[str]:
    sentences = re.split(r"(?<=[.!?])\s+|\n", text)
    return [one for one in sentences if STOP.search(one) and (FOR_NOW.search(one) or not DOES_NOT_TELL.search(one))]


# ------------------------------------------------------------ which page has which sign


def test_the_page_on_a_session_has_every_sign_after_needles_in_the_text_and_in_the_head(library):
    page = library.pages[AFTER_A_SESSION]

    assert after_needles(library) <= set(flags_in(page.markdown))
    assert after_needles(library) <= set(page.head.red_flags)


@pytest.mark.parametrize("slug", ["when-to-stop", *BEFORE_NEEDLES.values()])
def test_a_page_that_speaks_of_after_a_session_has_every_sign_after_needles(library, slug):
    assert not left_out_after_needles(library, library.pages[slug])


@pytest.mark.parametrize("slug", BEFORE_NEEDLES.values())
def test_the_emergencies_after_needles_stand_under_after_a_session(library, slug):
    afterwards = library.pages[slug].markdown.split("## After a session\n")[1].split("\n## ")[0]
    emergencies = {id for id in after_needles(library) if library.red_flags[id].urgency == "emergency-now"}

    assert set(flags_in(afterwards)) == emergencies
    assert "Call the emergency number" in afterwards
    assert f"](/read/{AFTER_A_SESSION})" in afterwards


def test_the_page_on_pregnancy_has_every_sign_of_pregnancy_in_the_text_and_in_the_head(library):
    page = library.pages["needles-and-pregnancy"]
    signs = {id for id in library.red_flags if id.startswith("pregnan")}

    assert signs
    assert signs <= set(flags_in(page.markdown))
    assert signs <= set(page.head.red_flags)


@pytest.mark.parametrize("slug", SIGNS_OF)
def test_a_safety_page_has_its_signs(library, slug):
    assert not SIGNS_OF[slug] - set(flags_in(library.pages[slug].markdown))


@pytest.mark.parametrize("slug", PRECAUTIONS_OF)
def test_a_safety_page_has_its_precautions_in_the_text_and_in_the_head(library, slug):
    page = library.pages[slug]

    assert not PRECAUTIONS_OF[slug] - set(precautions_in(page.markdown))
    assert not PRECAUTIONS_OF[slug] - set(page.head.precautions)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_pages_of_a_condition_have_every_sign_that_names_it(library, condition):
    own = [page for page in library.pages.values() if page.head.conditions == (condition,)]
    cited = {flag for page in own for flag in flags_in(page.markdown)}

    assert not naming(library, condition) - cited
    assert not naming(library, condition) - set(library.pages[DANGER_SIGNS[condition]].head.red_flags)


def test_every_sign_stands_on_a_page(library):
    cited = {flag for page in library.pages.values() for flag in flags_in(page.markdown)}

    assert sorted(set(library.red_flags) - cited) == [], "cite each on a page as [@flag:ID]"


def test_every_precaution_stands_on_a_page(library):
    cited = {id for page in library.pages.values() for id in precautions_in(page.markdown)}

    assert sorted(set(library.precautions) - cited) == [], "cite each on a page as [@precaution:ID]"


def test_a_sign_that_puts_a_page_on_a_list_is_found_on_that_page(library):
    for slug, page in library.pages.items():
        assert not set(page.head.red_flags) - set(flags_in(page.markdown)), slug


# ------------------------------------------------------------ how fast to act


def test_a_sign_under_a_heading_that_names_an_urgency_has_that_urgency(library):
    wrong = [one for page in library.pages.values() for one in with_wrong_urgency(library, page)]

    assert not wrong, "\n".join(wrong)


def test_no_paragraph_gives_more_time_than_its_sign(library):
    wrong = [one for page in library.pages.values() for one in too_slow(library, page)]

    assert not wrong, "\n".join(wrong)


def test_a_safety_page_says_when_a_sign_turns_into_an_emergency(library):
    safety = [page for page in library.pages.values() if page.head.safety or page.slug == "when-to-stop"]
    wrong = [one for page in safety for one in without_its_emergency(library, page)]

    assert not wrong, "\n".join(wrong)


def test_no_precaution_stands_under_milder_advice_than_its_own(library):
    wrong = [one for page in library.pages.values() for one in told_too_mildly(library, page)]

    assert not wrong, "\n".join(wrong)


def test_a_page_with_an_emergency_sign_leads_to_all_signs(library):
    for slug, page in library.pages.items():
        if any(library.red_flags[flag].urgency == "emergency-now" for flag in flags_in(page.markdown)):
            assert "](/emergency)" in page.markdown, slug


@pytest.mark.parametrize("slug", DANGER_SIGNS.values())
def test_the_signs_of_a_condition_are_sorted_by_urgency_with_one_link_to_all(library, slug):
    markdown = library.pages[slug].markdown
    steps = [urgency_of([heading]) for heading in re.findall(r"^## (.*)$", markdown, re.MULTILINE)]

    assert None not in steps
    assert steps == sorted(steps, key=lambda one: -URGENCIES.index(one))
    assert steps[0] == "emergency-now"
    assert markdown.split("\n## ")[0].count("](/emergency)") == markdown.count("](/emergency)") == 1
    assert f"](/read/{AFTER_A_SESSION})" in markdown


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_page_before_needles_begins_with_the_danger_signs_and_leads_to_their_page(library, condition):
    before, signs = (library.pages[slugs[condition]] for slugs in (BEFORE_NEEDLES, DANGER_SIGNS))
    first = before.markdown.lstrip().split("\n## ")[0]

    assert f"](/read/{signs.slug})" in first
    assert "](/emergency)" in first
    assert "**Call the emergency number**" in first
    assert set(flags_in(first)) <= set(flags_in(signs.markdown)), "one page has all of them"
    assert before.slug in signs.head.related
    assert signs.slug in before.head.related
    assert signs.head.safety
    assert signs.head.conditions == (condition,)


# ------------------------------------------------------------ words


def test_where_a_sign_has_the_sick_day_plan_every_page_with_the_sign_has_it_too(library):
    signs = {one.id for one in library.red_flags.values() if "sick-day plan" in one.do}

    assert "fever-on-immunosuppressant" in signs
    for slug, page in library.pages.items():
        for _, text in blocks(page.markdown):
            if signs & set(flags_in(text)):
                assert "your team's written sick-day plan" in text, (slug, text)


def test_there_is_one_line_for_a_fever(library):
    for slug, page in library.pages.items():
        assert set(re.findall(r"(\d+(?:\.\d+)?) ?°? ?C\b", words_of(page))) <= {"38"}, slug


@pytest.mark.parametrize("words", ["38.1", "thyroid crisis", "skin germs"])
def test_what_was_put_right_does_not_come_back(library, words):
    for slug, page in library.pages.items():
        assert words not in words_of(page).lower(), slug


def test_no_page_tells_to_stop_a_medicine(library):
    for slug, page in library.pages.items():
        assert not telling_to_stop(words_of(page)), slug


def words_of(page: ReadingPage) -> str:
    """All that a reader sees of a page: its head and its changes too."""
    return "\n".join((*head_lines(page.head).values(), *(one.note for one in page.head.changes), page.markdown))


# ------------------------------------------------------------ each rule can fail


def broken(library: Library, slug: str, markdown: str) -> ReadingPage:
    return msgspec.structs.replace(library.pages[slug], markdown=markdown)


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("## Get medical advice today\n\nWords [@flag:sepsis].", 1),
        ("## Signs\n\n### See a doctor within days\n\n- Words [@flag:septic-joint].", 1),
        ("## Call the emergency number now\n\n- Words [@flag:shingles].", 1),
        ("## Get medical advice today\n\n### Then\n\nWords [@flag:sepsis].", 1),
        ("## Call the emergency number now\n\nWords.\n\n## Other\n\nWords [@flag:shingles].", 0),
        ("## Signs\n\n### Get medical advice today\n\n- Words [@flag:shingles].", 0),
    ],
)
def test_a_sign_in_the_wrong_section_is_found(library, markdown, wrong):
    assert len(with_wrong_urgency(library, broken(library, "ms-overview", markdown))) == wrong


def test_a_link_spares_the_slower_signs_after_needles_and_no_emergency(library):
    link = f"[More](/read/{AFTER_A_SESSION})."
    emergencies = {id for id in after_needles(library) if library.red_flags[id].urgency == "emergency-now"}
    cited = "".join(f" [@flag:{id}]" for id in sorted(emergencies))

    assert left_out_after_needles(library, broken(library, "ms-overview", link)) == emergencies
    assert (
        left_out_after_needles(library, broken(library, "ms-overview", cited)) == after_needles(library) - emergencies
    )
    assert not left_out_after_needles(library, broken(library, "ms-overview", link + cited))


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("See a doctor within days [@flag:septic-joint].", 1),
        ("Get medical advice today [@flag:spreading-infection-after-needles].", 1),
        ("Get medical advice today. With a fever it is an emergency [@flag:spreading-infection-after-needles].", 0),
        ("It can reach the lungs [@flag:chest-pain-breathless].", 0),
    ],
)
def test_a_paragraph_that_gives_too_much_time_is_found(library, markdown, wrong):
    assert len(too_slow(library, broken(library, "ms-overview", f"## Words\n\n{markdown}"))) == wrong


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("## Get medical advice today\n\n- Words [@flag:septic-joint].", 1),
        ("## Words\n\nCall today [@flag:septic-joint].", 1),
        ("## Get medical advice today\n\n- Words. Or go to emergency care at once [@flag:septic-joint].", 0),
        ("## Get medical advice today\n\n- Words [@flag:painful-red-eye].", 0),
    ],
)
def test_a_sign_without_its_emergency_is_found(library, markdown, wrong):
    assert len(without_its_emergency(library, broken(library, "ms-overview", markdown))) == wrong


@pytest.mark.parametrize(
    ("markdown", "wrong"),
    [
        ("## Tell the practitioner if\n\n- you have lung disease [@precaution:lung-disease-or-thin-chest].", 1),
        (
            "## Tell the practitioner if\n\n- you have lung disease. Ask first [@precaution:lung-disease-or-thin-chest].",
            0,
        ),
        ("## Ask your team first if\n\n- you have a fever [@precaution:fever-or-infection-now].", 1),
        ("## Ask your team first if\n\n- you take a biologic [@precaution:immunosuppression-strong].", 0),
    ],
)
def test_a_precaution_told_too_mildly_is_found(library, markdown, wrong):
    assert len(told_too_mildly(library, broken(library, "ms-overview", markdown))) == wrong


@pytest.mark.parametrize(
    "words",
    [
        "Stop the medicine and call your team.",
        "Pause methotrexate until you are well.",
        "Leave out your next dose.",
        "Do not stop the medicine unless you are told to.",
        "Stop taking your tablets.",
        "If you have a fever, skip your biologic.",
    ],
)
def test_words_that_tell_to_stop_a_medicine_are_found(words):
    assert telling_to_stop(words)


@pytest.mark.parametrize(
    "words", ["Never stop steroids by yourself.", "Do not skip a dose.", "Stop at once for a danger sign."]
)
def test_words_that_forbid_it_are_not(words):
    assert not telling_to_stop(words)
