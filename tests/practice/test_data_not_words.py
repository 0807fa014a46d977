"""What is shared goes by what an answer is, never by how it reads: a private note stays private, a left-out sign out."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from datetime import timedelta
from gettext import NullTranslations
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupwa import wording
from acupwa.mydata.table import to_csv as own_table
from acupwa.practice.inbox.blocks import blocks_of
from acupwa.practice.inbox.pages import inbox_page
from acupwa.practice.inbox.rules import InboxQuery
from acupwa.practice.inbox.shared_check_in import problem_words
from acupwa.practice.inbox.summary import shared_summary, signs_of
from acupwa.practice.inbox.trends import beside_lines
from acupwa.practice.sharing.pages import own_share_page, preview_page
from acupwa.practice.sharing.proposals.plan_answers import plan_answers
from acupwa.practice.sharing.shares.model import REST, Copy, OwnShare, SharePreview
from acupwa.practice.sharing.shares.preview import DERIVED, chosen, copy_of, parts_of, rank_of
from acupwa.practice.sharing.shares.shared_answers import answers_of, open_items_of, question_of
from acupwa.quiz import answer_line, screens
from acupwa.quiz.answer_line import make_line
from acupwa.quiz.groups import group_words
from acupwa.quiz.model import Answers
from acupwa.quiz.review import make_review
from tests.practice.test_inbox import FILES, all_forms, back
from tests.practice.test_inbox_rules import ANN, LINK, SCREENS, forms_of, share_of
from tests.quiz.test_follow_up import walk
from tests.results.test_fhir import LIBRARY, MOMENT, WHOLE, check_in, generated
from tests.support.people import RA, answer_quiz
from tests.support.practitioners import KEYS, asked, code_of, give, make_link, opened, signed_in

SRC = Path(__file__).parents[2] / "src" / "acupwa"
SECRET = "quizzical zebra"
SIGNS = tuple(LIBRARY.red_flags)
WITH_HEADINGS = [
    answer_line,
    *(
        module
        for module in map(import_module, (one.name for one in iter_modules(screens.__path__, "acupwa.quiz.screens.")))
        if hasattr(module, "make_line")
    ),
]
WORDS_OF_ONES_OWN = ("problem_words", "activity_words", "note")
replace = msgspec.structs.replace


@pytest.fixture
def ann(client):
    return signed_in(client)


# other wordings, as a translator or a writer may bring them


class Catalogue(NullTranslations):
    """Every message in other words."""

    def __init__(self, say):
        super().__init__()
        self._say = say

    def gettext(self, message):
        return self._say(message)

    def ngettext(self, one, many, number):
        return self._say(one if number == 1 else many)


def one_word(_message):
    return "Answer"


def longer(message):
    return f"{message} (in other words)"


def in_catalogue(say):
    return lambda patch: patch.setattr(wording, "_translations", lambda _language: Catalogue(say))


def in_review(say):
    """As when a writer changes the headings of the last screen and nothing else."""

    def make_reworded(key, question, words, **more):
        return make_line(key, say(question), words, **more)

    def reword(patch):
        patch.setattr(answer_line, "_", say)
        for module in WITH_HEADINGS:
            patch.setattr(module, "make_line", make_reworded)

    return reword


WORDINGS = {
    "as it is": lambda _patch: None,
    "another heading of the note": in_review(lambda message: message.replace("Your note", "A note for yourself")),
    "every heading of the review": in_review(longer),
    "one heading for all": in_review(one_word),
    "another language": in_catalogue(longer),
    "a language with one word": in_catalogue(one_word),
}


@pytest.fixture(params=WORDINGS)
def reworded(request, monkeypatch):
    WORDINGS[request.param](monkeypatch)


def finished(answers, library=LIBRARY, variant="full"):
    answers = answers if isinstance(answers, Answers) else Answers(age_band="40-64", conditions=("ra",), **answers)
    asks = (*answers.ratings, *answers.instruments) if variant == "follow-up" else ()
    return check_in(answers, variant=variant, seen=(*SCREENS, "since"), asks=asks, quiz_version=library.quiz.version)


def shared_lines(record, earlier=None, library=LIBRARY):
    return [line for part in parts_of(record, earlier, library) for line in part.lines]


def shared_but(record, left_out, library=LIBRARY):
    """All that could be shared of it but the lines that `left_out` names, as it is stored and read again."""
    parts = parts_of(record, None, library)
    keys = {line.key for part in parts for line in part.lines if not left_out(line)}
    copy = copy_of(record, LINK, chosen(parts, keys))
    return msgspec.json.decode(msgspec.json.encode(copy), type=Copy)


def told_by(copy, library=LIBRARY):
    return answers_of(copy.lines, library)


def as_share(copy, library=LIBRARY):
    return replace(share_of((), finished({})), copy=copy, rank=rank_of(copy, library))


# a private note


@pytest.mark.parametrize("variant", ["full", "follow-up"])
def test_the_note_is_in_nothing_that_can_be_shared_in_whatever_words_it_is_asked_for(reworded, variant):
    record = finished(replace(WHOLE, note=SECRET), variant=variant)
    parts = parts_of(record, None, LIBRARY)
    share = share_of(parts, record)

    shown = {
        "preview": msgspec.json.encode(preview_page(SharePreview(check_in=record, link=LINK, parts=parts))).decode(),
        "copy": msgspec.json.encode(share).decode(),
        "own": msgspec.json.encode(own_share_page(OwnShare(share=share, views=()))).decode(),
        "inbox": msgspec.json.encode(inbox_page(ANN, InboxQuery(), [share], (), more=False)).decode(),
        **forms_of(share),
    }

    assert len(share.copy.lines) > 5
    for form, text in shown.items():
        assert SECRET not in text, form
    assert told_by(share.copy).note is None


@pytest.mark.parametrize("variant", ["full", "follow-up"])
def test_in_the_own_table_the_note_stands_in_its_column_alone(reworded, variant):
    record = finished(replace(WHOLE, note=SECRET), variant=variant)

    rows = list(csv.DictReader(io.StringIO(own_table([record], LIBRARY).decode("utf-8-sig"), newline="")))

    assert [row["note"] for row in rows if row["note"]] == [SECRET]
    assert not [row for row in rows if SECRET in row["answer"]]
    # Nor does it take another answer along when it goes.
    assert len(rows) == sum(len(line.words) for line in lines_of(record) if line.given and SECRET not in line.words)


@pytest.mark.parametrize("heading", ["another heading of the note", "every heading of the review"])
def test_the_note_of_a_follow_up_reaches_no_page_and_no_file_of_a_clinic(client, clock, ann, monkeypatch, heading):
    WORDINGS[heading](monkeypatch)
    answer_quiz(client, RA)
    clock.now += timedelta(days=15)
    back(ann)
    client.post(f"/l/{code_of(ann, make_link(ann, variant='follow-up', alias='Maple'))}")
    rated = {"ratings.problem": "4", "ratings.fatigue": "5", "instruments.pgic.1": "3", "note": SECRET}
    result = walk(client, **rated).text
    preview = re.search(r'href="(/me/share/[^"]+)"', result)[1]
    page = client.get(preview).text

    copy = give(client, preview)
    shared = opened(ann)
    shown = {
        "preview": page,
        "own copy": client.get(copy).text,
        "list": ann.get("/practice?show=all").text,
        "links": ann.get("/practice/links").text,
        "trail": ann.get("/practice/trail").text,
        "trail file": ann.get("/practice/trail.csv").text,
        "send": ann.get(f"{shared}/send").text,
        "note of the clinic": ann.get(f"{shared}/note").text,
        **all_forms(ann, shared),
    }

    assert len(KEYS.findall(page)) > 3
    assert set(FILES) < set(shown)
    for form, text in shown.items():
        for word in SECRET.split():
            assert word not in " ".join(text.split()), form
    kept = client.get("/me/export.json").json()
    assert SECRET in json.dumps(kept["check_ins"])
    assert SECRET not in json.dumps(kept["shares"])


# a sign that was left out


@pytest.mark.parametrize("field", WORDS_OF_ONES_OWN)
@pytest.mark.parametrize("sign", SIGNS)
def test_words_that_read_like_a_sign_are_no_sign(sign, field):
    short = LIBRARY.red_flags[sign].short
    record = finished(
        {"red_flags": (sign,), field: short, "ratings": {"problem": 6, "fatigue": 2}, "none_before_needles": True}
    )
    ticked = [line for line in shared_lines(record) if "red_flags" in line.data.fields]
    assert [line.flags for line in ticked] == [(sign,)]

    copy = shared_but(record, lambda line: "red_flags" in line.data.fields)
    share = as_share(copy)
    summary = shared_summary(share, (), "", LIBRARY)
    table = list(csv.DictReader(io.StringIO(forms_of(share)["csv"], newline="")))
    (line,) = inbox_page(ANN, InboxQuery(), [share], (), more=False).lines

    assert copy.signs == ()
    assert not [line for line in copy.lines if line.flags or line.signs]
    assert rank_of(copy, LIBRARY) == REST
    assert told_by(copy).red_flags == ()
    assert plan_answers(copy, LIBRARY).red_flags == ()
    assert summary.signs == ()
    assert "alarm" not in [block.kind for block in blocks_of(summary)]
    assert (line.kind, line.why) == ("plain", "")
    assert {row["danger_signs"] for row in table} == {""}
    assert f'"{sign}"' not in forms_of(share)["fhir"]
    assert "danger-sign" not in forms_of(share)["fhir"]
    if field != "note":
        # Shared in their words, and so they stand there: as words.
        assert getattr(told_by(copy), field) == short


def test_words_that_read_like_an_emergency_raise_nothing_in_a_clinic(client, ann):
    sign = LIBRARY.red_flags["chest-pain-breathless"]
    fields = {**RA, "none_right_now": "", "red_flags": [sign.id], "problem_words": sign.short}
    copy = give(client, asked(client, ann, fields, alias="Maple"), leave_out=("Signs you",))

    listed = ann.get("/practice").text
    forms = all_forms(ann, opened(ann))

    assert sign.short in client.get(copy).text
    assert sign.short in forms["page"]
    assert "Emergency sign" not in listed
    assert "Danger sign:" not in listed
    assert sign.short not in listed
    assert "/practice/inbox/" not in ann.get("/practice?show=first").text
    assert "Emergency:" not in forms["page"]
    for form, text in forms.items():
        assert "No needles until a doctor" not in " ".join(text.split()), form
        assert sign.id not in text, form
    assert {row["danger_signs"] for row in csv.DictReader(io.StringIO(forms[".csv"]))} == {""}


# others of the kind: content in which two things read alike


def reading(kind, **words):
    """The library with other words for some of `kind`: their id and the words."""
    field = {"red_flags": "short", "side_effects": "words", "precautions": "question", "ratings": "text"}[kind]
    held = getattr(LIBRARY, kind)
    changed = {id.replace("_", "-"): says for id, says in words.items()}
    return replace(
        LIBRARY,
        **{kind: {id: replace(one, **{field: changed[id]}) if id in changed else one for id, one in held.items()}},
    )


def test_of_two_signs_that_read_alike_the_one_left_out_stays_out():
    library = reading("red_flags", chest_pain_breathless="The same", septic_joint="The same")
    record = finished({"red_flags": ("chest-pain-breathless", "septic-joint")})
    first, second = [line for line in shared_lines(record, library=library) if line.flags]

    copy = shared_but(record, lambda line: line.key == first.key, library)

    assert first.flags == ("chest-pain-breathless",)
    assert second.flags == ("septic-joint",)
    assert told_by(copy, library).red_flags == ("septic-joint",)
    assert rank_of(copy, library) == 1


def test_of_two_signs_that_read_alike_both_are_shown_with_their_own_urgency():
    library = reading("red_flags", chest_pain_breathless="The same", septic_joint="The same")
    record = finished({"red_flags": ("chest-pain-breathless", "septic-joint")})

    signs = signs_of(shared_but(record, lambda _line: False, library), library)

    assert [one.when for one in signs] == ["Emergency", "Help today"]


@pytest.mark.parametrize("kind", ["precautions", "side_effects"])
def test_another_answer_that_reads_like_a_sign_is_no_sign(kind):
    short = LIBRARY.red_flags["chest-pain-breathless"].short
    one = {"precautions": "anticoagulants", "side_effects": "bruise"}[kind]
    library = reading(kind, **{one: short})
    record = finished({"red_flags": ("chest-pain-breathless",), kind: (one,)}, library, variant=VARIANT_OF[kind])

    copy = shared_but(record, lambda line: line.data.fields & {"red_flags", kind} == {"red_flags"}, library)

    assert getattr(told_by(copy, library), kind) == (one,)
    assert told_by(copy, library).red_flags == ()
    assert not [line for line in copy.lines if line.flags]
    assert rank_of(copy, library) == REST


VARIANT_OF = {"precautions": "full", "side_effects": "follow-up"}


@pytest.mark.parametrize("kind", ["precautions", "side_effects", "red_flags"])
def test_something_ticked_that_reads_like_none_of_these_is_still_ticked(kind):
    one = {"precautions": "anticoagulants", "side_effects": "bruise", "red_flags": "septic-joint"}[kind]
    library = reading(kind, **{one.replace("-", "_"): "None of these"})
    record = finished({kind: (one,)}, library, variant=VARIANT_OF.get(kind, "full"))

    answers = told_by(shared_but(record, lambda _line: False, library), library)

    assert getattr(answers, kind) == (one,)
    assert not answers.none_before_needles
    assert not answers.none_side_effects
    assert not answers.none_lately


def test_of_two_questions_that_read_alike_the_one_left_out_stays_out():
    library = reading("ratings", fatigue="How was it?", sleep="How was it?")
    record = finished({"ratings": {"fatigue": 3, "sleep": 8}}, library)

    copy = shared_but(record, lambda line: line.words == ("8 of 10",), library)

    assert told_by(copy, library).ratings == {"fatigue": 3}


def test_the_pain_rating_left_out_is_not_told_by_the_question_that_reads_like_it():
    """A file from elsewhere may have both, with different numbers."""
    record = finished({"ratings": {"pain": 9}, "instruments": {"peg": (2, 4, 6)}}, variant="follow-up")

    copy = shared_but(record, lambda line: line.words == ("9 of 10",))

    assert told_by(copy).ratings == {}
    assert told_by(copy).instruments == {"peg": (2, 4, 6)}


def test_an_item_of_an_instrument_that_reads_like_another_is_told_alone():
    peg, mood = LIBRARY.instruments["peg"], LIBRARY.instruments["phq4"]
    alike = replace(mood, items=(replace(mood.items[0], text=peg.items[1].text), *mood.items[1:]))
    library = replace(LIBRARY, instruments={**LIBRARY.instruments, "phq4": alike})
    record = finished({"instruments": {"peg": (1, 2, 3), "phq4": (3, 0, 0, 0)}}, library)

    copy = shared_but(record, lambda line: line.key.startswith("impact."), library)

    assert told_by(copy, library).instruments == {"peg": (1, 2, 3)}


def test_none_of_these_is_told_by_its_mark_in_any_words(reworded):
    marks = {"none_right_now": True, "none_lately": True, "none_before_needles": True}
    since = {"none_side_effects": True, "none_changed": True}

    full, again = (told_by(shared_but(finished(one, variant=two), lambda _line: False)) for one, two in (
        (marks, "full"), ({**since, "none_right_now": True}, "follow-up"),
    ))  # fmt: skip

    assert msgspec.to_builtins(full) == {"age_band": "40-64", "conditions": ("ra",), **marks}
    assert msgspec.to_builtins(again) == {**since, "none_right_now": True}


# the property


HEADINGS = (
    "Signs you ticked", "After a session", "You ticked", "Your main problem", "Your note", "Country", "Age",
    "None of these", "Not answered", "Prefer not to say", "What else has changed", "Yes", "6 of 10", "65 or older",
)  # fmt: skip
LOOK_ALIKES = (
    *HEADINGS,
    *(one.short for one in LIBRARY.red_flags.values()),
    *(one.question for one in LIBRARY.precautions.values()),
    *(one.words for one in LIBRARY.side_effects.values()),
    *(one.text for one in LIBRARY.ratings.values()),
    *(item.text for one in LIBRARY.instruments.values() for item in one.items),
    *(one.name for one in LIBRARY.conditions.values()),
)
own_words = st.sampled_from(LOOK_ALIKES) | st.text(min_size=1, max_size=80)


@st.composite
def told_in_words(draw):
    """A check-in with words of one's own that read like something else, what it is beside, what is left in, a wording."""
    variant = draw(st.sampled_from(["full", "follow-up"]))
    answers = replace(draw(generated), **{field: draw(own_words) for field in WORDS_OF_ONES_OWN})
    before = draw(st.none() | generated)
    earlier = before and check_in(replace(before, problem_words=SECRET), finished_at=MOMENT - timedelta(days=20))
    return finished(answers, variant=variant), earlier, draw(st.sampled_from(sorted(WORDINGS))), draw(st.randoms())


def lines_of(record):
    return [line for section in make_review(record, record.answers.country, LIBRARY).sections for line in section.lines]


def data_of(line):
    """All of a line but how it reads and what the person typed."""
    plain = replace(line.data, **dict.fromkeys(WORDS_OF_ONES_OWN))
    typed = line.data.fields - plain.fields
    return line.key, line.flags, line.main, line.worse, line.meaning, plain, typed, question_of(line)


@settings(max_examples=150)
@given(told_in_words())
def test_whatever_the_words_are_the_data_of_each_line_is_the_same(made):
    record, earlier, worded, _random = made
    plain = replace(record, answers=replace(record.answers, **dict.fromkeys(WORDS_OF_ONES_OWN, "a plain word")))
    expected = [data_of(line) for line in shared_lines(plain, earlier)]

    with pytest.MonkeyPatch.context() as patch:
        WORDINGS[worded](patch)
        found = [data_of(line) for line in shared_lines(record, earlier)]

    assert found == expected


def expected_of(record, keys):
    """What the lines of these keys tell, put together from the answers alone."""
    answers, told_, items = record.answers, {}, {}
    for section in make_review(record, answers.country, LIBRARY).sections:
        for number, line in enumerate(section.lines, 1):
            if f"{section.screen}.{number}" not in keys:
                continue
            field, _dot, of = line.key.partition(".")
            if field == "ratings":
                told_.setdefault("ratings", {})[of] = answers.ratings[of]
            elif field == "instruments":
                name, _dot, at = of.partition(".")
                if name not in answers.instruments:
                    # Answers of before the instrument: the rating of its first item stands in its place.
                    told_.setdefault("ratings", {})["pain"] = answers.ratings["pain"]
                    continue
                items[of] = answers.instruments[name][int(at) - 1]
                if of == "peg.1" and answers.ratings.get("pain", "none") == items[of]:
                    told_.setdefault("ratings", {})["pain"] = items[of]
            elif isinstance(getattr(answers, field), tuple):
                told_.setdefault(field, set()).update(line.ids)
                told_.setdefault("red_flags", set()).update(line.flags)
            else:
                told_[field] = getattr(answers, field)
    return {key: value for key, value in told_.items() if value not in (set(), None, False)}, items


@settings(max_examples=150)
@given(told_in_words())
def test_the_shared_data_is_exactly_the_keys_and_ids_of_what_was_ticked(made):
    record, earlier, worded, random = made
    with pytest.MonkeyPatch.context() as patch:
        WORDINGS[worded](patch)
        parts = parts_of(record, earlier, LIBRARY)
        all_keys = [line.key for part in parts for line in part.lines]
        keys = {key for key in all_keys if random.random() < 0.5}
        stored = msgspec.json.decode(msgspec.json.encode(copy_of(record, LINK, chosen(parts, keys))), type=Copy)
        answers, open_items = answers_of(stored.lines, LIBRARY), open_items_of(stored.lines, LIBRARY)
        expected, items = expected_of(record, keys)

    assert [line.key for line in stored.lines] == [key for key in all_keys if key in keys]
    found = {key: getattr(answers, key) for key in Answers.__struct_fields__ if key != "instruments"}
    found = {key: set(value) if isinstance(value, tuple) else value for key, value in found.items()}
    assert {key: value for key, value in found.items() if value not in (set(), {}, None, False)} == expected
    assert {
        f"{name}.{at}": value
        for name, values in answers.instruments.items()
        for at, value in enumerate(values, 1)
        if f"{name}.{at}" not in open_items
    } == items
    # Those of a group are the strictest in it: nobody ticked them.
    ticked_signs = [one for line in stored.lines if line.key != DERIVED and not line.data.groups for one in line.flags]
    assert set(ticked_signs) == expected.get("red_flags", set())


@settings(max_examples=100)
@given(told_in_words())
def test_a_line_shows_just_the_ids_that_it_tells_and_one_alone_is_private(made):
    record, _earlier, _worded, _random = made
    changes = {one.id: one.name for one in LIBRARY.quiz.changes}
    names = {
        "red_flags": lambda one: LIBRARY.red_flags[one].short,
        "precautions": lambda one: LIBRARY.precautions[one].question,
        "unsure": lambda one: LIBRARY.precautions[one].question,
        "groups": lambda one: group_words(one, LIBRARY),
        "side_effects": lambda one: LIBRARY.side_effects[one].words,
        "conditions": lambda one: LIBRARY.conditions[one].name,
        "changed_since": lambda one: changes[one],
    }
    lines = lines_of(record)

    assert [line.key for line in lines if line.private] in ([], ["note"])
    keys = [line.key for line in lines if line.given and line.key not in ("red_flags", "groups")]
    assert len(set(keys)) == len(keys)
    for line in lines:
        assert line.key.partition(".")[0] in Answers.__struct_fields__
        if line.key in names and line.given:
            signs = () if line.key == "red_flags" else tuple(names["red_flags"](one) for one in line.flags)
            assert line.words == (*signs, *(names[line.key](one) for one in line.ids))


# what stands beside it, and copies from before


def test_what_stands_beside_the_last_share_goes_by_the_question_in_any_words(reworded):
    told_ = {"ratings": {"problem": 6, "fatigue": 2}, "problem_words": "sore wrists", "none_before_needles": True}
    before = as_share(shared_but(finished(told_), lambda _line: False))
    told_ |= {"ratings": {"problem": 3, "fatigue": 2}, "none_before_needles": False, "precautions": ("anticoagulants",)}
    library = reading("ratings", fatigue="And the tiredness?")
    now = as_share(shared_but(finished(told_, library), lambda _line: False, library))

    lines = beside_lines(now, before, LIBRARY)

    assert len(lines) == len(now.copy.lines) == len(before.copy.lines)
    assert all(line.before and line.now for line in lines)


def test_a_problem_in_other_words_is_another_question():
    wrists, knees = (
        as_share(shared_but(finished({"ratings": {"problem": 6}, "problem_words": one}), lambda _line: False))
        for one in ("sore wrists", "sore knees")
    )

    rated = [line for line in beside_lines(knees, wrists, LIBRARY) if "6 of 10" in (line.before, line.now)]

    assert [(line.before, line.now) for line in rated] == [("", "6 of 10"), ("6 of 10", "")]


def test_signs_of_two_screens_that_are_asked_in_the_same_words_both_stand_beside_the_last_ones():
    now, before = (
        as_share(shared_but(finished(told_), lambda line: line.data.fields & {"age_band", "conditions"}))
        for told_ in ({"red_flags": ("chest-pain-breathless",), "none_lately": True}, {"red_flags": ("septic-joint",)})
    )

    lines = beside_lines(now, before, LIBRARY)

    short = {id: LIBRARY.red_flags[id].short for id in ("chest-pain-breathless", "septic-joint")}
    assert [(line.before, line.now) for line in lines] == [
        ("", short["chest-pain-breathless"]),
        (short["septic-joint"], "None of these"),
    ]


def test_own_words_inside_a_question_are_known_by_their_data_in_any_words(reworded):
    record = finished({"problem_words": "sore wrists", "ratings": {"problem": 6}})
    share = as_share(shared_but(record, lambda line: "problem_words" in line.data.fields))
    unnamed = as_share(shared_but(finished({"ratings": {"problem": 6}}), lambda _line: False))

    assert problem_words(share) == "sore wrists"
    assert problem_words(unnamed) is None


OLD_WORDS = {"key": "what-matters.1", "question": "Your main problem", "answer": ["sore wrists"],
             "said": {"problem_words": "sore wrists"}}  # fmt: skip
OLD = {
    "clinic": "Needle Lane", "practitioner": "Ann Lee", "alias": "", "wording": [], "answered_on": "2026-01-05",
    "variant": "full",
    "parts": [{"title": "Any", "items": [
        {"key": "right-now.1", "question": "Signs you ticked", "answer": ["A sign"], "signs": ["A sign"]},
        {"key": "lately.1", "question": "Signs you ticked", "answer": ["Hot joint"], "signs": ["Hot joint"],
         "flags": ["septic-joint"], "said": {"red_flags": ["septic-joint"]}},
        {"key": "ratings.1", "question": LIBRARY.instruments["peg"].items[0].text, "answer": ["4 of 10"],
         "said": {"ratings": {"pain": 4}, "items": {"peg.1": 4}}},
        {"key": "what-matters.2", "question": "How bad has sore wrists been over the last 7 days?", "main": True,
         "answer": ["6 of 10"], "said": {"ratings": {"problem": 6}}},
    ]}],
}  # fmt: skip


def test_a_copy_from_before_is_read_as_it_was():
    copy = msgspec.convert(OLD, Copy)
    share = as_share(copy)

    assert [one.when for one in signs_of(copy, LIBRARY)] == ["Emergency", "Help today"]
    assert share.rank == 1
    assert told_by(copy).ratings == {"pain": 4, "problem": 6}
    assert told_by(copy).instruments == {"peg": (4, None, None)}
    assert plan_answers(copy, LIBRARY).red_flags == ("septic-joint",)
    for text in forms_of(share).values():
        assert "sore wrists" in text or "septic-joint" in text


@pytest.mark.parametrize(("left_in", "known"), [([OLD_WORDS], "sore wrists"), ([], None)])
def test_own_words_of_a_copy_from_before_come_from_the_line_that_tells_them_or_from_nowhere(left_in, known):
    (part,) = OLD["parts"]
    copy = msgspec.convert({**OLD, "parts": [{**part, "items": [*left_in, *part["items"]]}]}, Copy)

    assert problem_words(as_share(copy)) == known


def test_what_is_stored_and_exported_keeps_its_names():
    record = finished({"red_flags": ("septic-joint",), "ratings": {"problem": 6}, "problem_words": "sore wrists"})

    stored = msgspec.to_builtins(shared_but(record, lambda _line: False))
    lines = [line for part in stored["parts"] for line in part["items"]]

    assert set(lines[0]) == {
        "key", "question", "answer", "signs", "main", "worse", "flags", "change", "meaning", "said", "own_words",
    }  # fmt: skip
    assert [line["said"] for line in lines] == [
        {"age_band": "40-64"},
        {"conditions": ("ra",)},
        {"red_flags": ("septic-joint",)},
        {"problem_words": "sore wrists"},
        {"ratings": {"problem": 6}},
    ]


# the source


WORDED = {"_", "gettext", "ngettext"}
READ_ALOUD = {"question", "answer", "short", "text", "words", "title"}


def decided_by_words(source):
    """The lines that compare, match or look up what is to be read: by `_()`, or by a field that holds words."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare():
                parts = [node.left, *node.comparators]
            case ast.Match():
                parts = [node.subject, *(case.guard for case in node.cases if case.guard)]
            case ast.Dict():
                parts = [key for key in node.keys if key]
            case ast.DictComp():
                parts = [node.key]
            case ast.Subscript():
                parts = [node.slice]
            case ast.Return(value=ast.Tuple(elts=elts)):
                # A key of several parts, to look something up by.
                parts = [one for one in elts if isinstance(one, ast.Attribute)]
            case ast.Call(func=ast.Attribute(attr="get" | "index" | "startswith" | "endswith")):
                parts = node.args[:1]
            case _:
                continue
        if any(_is_words(part) for part in parts):
            yield node.lineno


def _is_words(part):
    if isinstance(part, ast.Attribute):
        return part.attr in READ_ALOUD
    return any(
        isinstance(one, ast.Call) and isinstance(one.func, ast.Name) and one.func.id in WORDED for one in ast.walk(part)
    )


FILES_THAT_SHARE = sorted({*(SRC / "practice").rglob("*.py"), SRC / "mydata" / "table.py"})


@pytest.mark.parametrize("file", FILES_THAT_SHARE, ids=lambda file: str(file.relative_to(SRC)))
def test_nothing_that_shares_decides_by_words(file):
    assert list(decided_by_words(file.read_text())) == []


@pytest.mark.parametrize(
    "source",
    [
        'line.question != _("Your note")',
        'line.words == (_("None of these"),)',
        "library.red_flags[one].short in line.words",
        'match line.question:\n    case one if one == _("Age"):\n        pass',
        '{_("Age"): "age_band"}',
        "by_question.get(line.question)",
        "{item.question: item for item in items}",
        "lines[line.question]",
        "def key(line):\n    return line.question, line.screen",
    ],
)
def test_the_check_sees_each_way_of_deciding_by_words(source):
    assert list(decided_by_words(source))
