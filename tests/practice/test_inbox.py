"""The inbox: in the order of what presses, found by alias, page by page; one share on one page and in its files."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from datetime import timedelta

import pytest
import sqlalchemy
from fhir.resources.R4B.bundle import Bundle
from fhirclient.models.bundle import Bundle as SmartBundle

from acupwa.db.tables import new_key
from acupwa.practice.trail.service import list_trail
from tests.support.people import RA, RA_HOT_JOINT, answer_quiz
from tests.support.practitioners import PASSWORD, asked, clinic_of, code_of, give, make_link, opened, signed_in, work_of

FILES = (".txt", ".pdf", ".csv", ".json")


@pytest.fixture
def ann(client):
    return signed_in(client)


def back(browser):
    """Signed in again after days."""
    browser.post("/practice/sign-in", data={"email": "ann@example.org", "password": PASSWORD})


def names(page):
    return re.findall(r'<a href="/practice/inbox/[^"]+"><bdi>([^<]+)</bdi></a>', page)


def text_of_pdf(content):
    return subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def all_forms(browser, shared):
    """Every form in which a clinic can have it, as text."""
    forms = {"page": browser.get(shared).text}
    for ending in FILES:
        answer = browser.get(shared + ending)
        assert answer.status_code == 200, ending
        assert "no-store" in answer.headers["cache-control"]
        forms[ending] = text_of_pdf(answer.content) if ending == ".pdf" else answer.text
    return forms


# the list


def test_an_emergency_stands_before_what_can_wait_a_day(client, ann):
    later, now = client.another(), client.another()
    give(now, asked(now, ann, {**RA, "red_flags": ["chest-pain-breathless"], "none_right_now": ""}, alias="now"))
    give(later, asked(later, ann, RA_HOT_JOINT, alias="later"))

    assert names(ann.get("/practice").text) == ["now", "later"]


def test_seen_ones_stand_behind_unseen_ones_of_the_same_kind(client, ann):
    for alias in ("old", "middle", "young"):
        browser = client.another()
        give(browser, asked(browser, ann, alias=alias))
    ann.post(f"{opened(ann)}/seen")

    assert names(ann.get("/practice?show=all").text) == ["middle", "old", "young"]
    assert names(ann.get("/practice").text) == ["middle", "old"]


def test_a_small_change_for_the_worse_is_not_called_worse(client, clock, ann):
    answer_quiz(client, {**RA, "ratings.problem": "6"})
    clock.now += timedelta(days=8)
    back(ann)
    give(client, asked(client, ann, {**RA, "ratings.problem": "8"}))

    assert "is worse" not in ann.get("/practice").text


def test_each_filter_shows_its_own(client, clock, ann):
    danger, worse, plain = (client.another() for _ in range(3))
    answer_quiz(worse, {**RA, "ratings.problem": "3"})
    clock.now += timedelta(days=8)
    back(ann)
    give(danger, asked(danger, ann, RA_HOT_JOINT, alias="one"))
    give(worse, asked(worse, ann, {**RA, "ratings.problem": "10"}, alias="two"))
    give(plain, asked(plain, ann, alias="three"))

    assert names(ann.get("/practice?show=first").text) == ["one"]
    assert names(ann.get("/practice?show=second").text) == ["two"]
    assert names(ann.get("/practice?show=all").text) == ["one", "two", "three"]
    assert ann.get("/practice?show=nonsense&after=x.y.z&of=1").status_code == 422


def test_a_search_goes_by_alias_and_its_address_holds_no_word_of_it(client, ann):
    for alias in ("Maple", "Mapleton", "Birch"):
        browser = client.another()
        give(browser, asked(browser, ann, alias=alias))

    answer = ann.post("/practice/find", data={"alias": " mAPle "})
    page = ann.follow(answer).text

    assert answer.status_code == 303
    assert "maple" not in answer.headers["location"].lower()
    assert sorted(names(page)) == ["Maple", "Mapleton"]
    assert "From these links" in page


@pytest.mark.parametrize("typed", ["oak", "", "x" * 10_000, "<b>oak</b>", "%"])
def test_a_search_that_finds_nothing_says_so_beside_the_field_and_keeps_what_was_typed(client, ann, typed):
    give(client, asked(client, ann, alias="Maple"))

    answer = ann.post("/practice/find", data={"alias": typed})

    assert answer.status_code == 422
    assert "<b>oak" not in answer.text
    assert typed == "<b>oak</b>" or f'value="{typed}"' in answer.text


@pytest.mark.parametrize(
    "typed", ["Zoé Müller", "ZOÉ MÜLLER", "zoe\u0301  mu\u0308ller", "\u200bé m\u202eü", "strasse", "Straße"]
)
def test_a_name_is_found_however_it_is_typed(client, ann, typed):
    give(client, asked(client, ann, alias="Zoé Mu\u0308ller, Straße 1"))

    assert ann.post("/practice/find", data={"alias": typed}).status_code == 303


def test_a_search_finds_nothing_of_another_clinic(client, ann):
    eve = signed_in(client, "eve@example.org", name="Eve Roe", clinic="Elsewhere")
    give(client, asked(client, ann, alias="Maple"))
    found = ann.post("/practice/find", data={"alias": "Maple"}).headers["location"]

    assert eve.post("/practice/find", data={"alias": "Maple"}).status_code == 422
    page = eve.get(found).text
    assert names(page) == []
    assert "Maple" not in page


def multiply(engine, times):
    """The one share, `times` more, of every kind in turn."""
    with engine.begin() as connection:
        row = dict(connection.execute(sqlalchemy.text("select * from share")).mappings().first())
        columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        made = [{**row, "id": new_key().hex, "rank": at % 5, "seen": at % 3 == 0} for at in range(times)]
        connection.execute(sqlalchemy.text(f"insert into share ({columns}) values ({values})"), made)


def test_the_first_page_takes_as_many_queries_for_1000_as_for_100(client, ann):
    give(client, asked(client, ann))
    engine = work_of(client).engine

    def queries(path):
        counted = []
        listener = lambda *given: counted.append(given[2])  # noqa: E731
        sqlalchemy.event.listen(engine, "before_cursor_execute", listener)
        ann.get(path)
        sqlalchemy.event.remove(engine, "before_cursor_execute", listener)
        assert not [one for one in counted if "OFFSET 30" in one]
        return len(counted)

    paths = ("/practice", "/practice?show=all", "/practice?show=first")
    multiply(engine, 99)
    few = [queries(path) for path in paths]
    multiply(engine, 900)

    assert [queries(path) for path in paths] == few


@pytest.mark.parametrize("show", ["new", "all", "first", "second"])
def test_page_by_page_each_share_comes_once_and_in_order(client, ann, show):
    give(client, asked(client, ann))
    engine = work_of(client).engine
    multiply(engine, 180)
    where = {"new": "not seen", "all": "true", "first": "rank < 3", "second": "rank = 3"}[show]
    with engine.connect() as connection:
        query = f"select id from share where {where} order by rank, seen, id desc"
        wanted = [str(one) for one in connection.execute(sqlalchemy.text(query)).scalars()]

    found, path = [], f"/practice?show={show}"
    while path:
        page = ann.get(path).text
        found += re.findall(r'href="/practice/inbox/([^"]+)"', page)
        more = re.search(r'href="(/practice\?[^"]*after=[^"]+)"', page)
        path = more[1].replace("&amp;", "&") if more else ""

    assert [one.replace("-", "") for one in found] == wanted


# one share


def test_what_is_left_out_is_in_no_form(client, ann):
    words = ("sore wrists", "United Kingdom", "rheumatoid")
    give(client, asked(client, ann), leave_out=("sore wrists", "Country", "Rheumatoid"))

    for form, text in all_forms(ann, opened(ann)).items():
        for word in words:
            assert word.lower() not in text.lower(), (form, word)
        # FHIR has codes for them too.
        assert '"GB"' not in text, form
        assert '"ra"' not in text, form


def test_what_is_left_in_is_in_every_form(client, ann):
    give(client, asked(client, ann))

    for form, text in all_forms(ann, opened(ann)).items():
        assert "sore wrists" in " ".join(text.split()), form


def test_no_form_says_more_than_the_check_in_or_names_it(client, ann):
    preview = asked(client, ann)
    check_in = preview.split("/")[3]
    give(client, preview)

    for form, text in all_forms(ann, opened(ann)).items():
        assert check_in not in text, form


def test_danger_signs_come_first_the_strictest_before_the_others(client, ann):
    give(
        client,
        asked(
            client, ann, {**RA_HOT_JOINT, "none_right_now": "", "red_flags": ["septic-joint", "chest-pain-breathless"]}
        ),
    )

    page = ann.get(opened(ann)).text

    assert page.index("Emergency:") < page.index("Help today:") < page.index("Main problem")


def test_the_fhir_bundle_is_accepted_and_says_the_same_as_the_table(client, ann):
    give(client, asked(client, ann, RA_HOT_JOINT), leave_out=("Country",))
    shared = opened(ann)
    sent = json.loads(ann.get(f"{shared}.json").content)

    read = json.loads(Bundle.model_validate_json(json.dumps(sent)).model_dump_json())
    assert read == sent
    resources = [entry["resource"] for entry in sent["entry"]]
    assert all(entry["fullUrl"] == f"urn:uuid:{entry['resource']['id']}" for entry in sent["entry"])
    assert len({one["id"] for one in resources}) == len(resources)
    rows = list(csv.DictReader(io.StringIO(ann.get(f"{shared}.csv").content.decode("utf-8-sig"))))
    signs = {sign for row in rows for sign in row["danger_signs"].split("; ") if sign}
    assert signs
    assert signs == {one["valueCodeableConcept"]["text"] for one in resources if _code(one) == "danger-sign"}
    numbers = {int(row["answer"].split()[0]) for row in rows if row["answer"].endswith("of 10")}
    assert numbers == {value for one in resources for value in _numbers(one)}
    for one in resources:
        for reference in one.get("derivedFrom", []):
            assert reference["reference"] == f"urn:uuid:{resources[0]['id']}"


def test_a_reader_by_other_people_takes_the_fhir_bundle_in(client, ann):
    give(client, asked(client, ann, RA_HOT_JOINT), leave_out=("Country",))
    sent = json.loads(ann.get(f"{opened(ann)}.json").content)

    read = SmartBundle(sent, strict=True)

    assert read.as_json() == sent
    kinds = [entry.resource.resource_type for entry in read.entry]
    assert kinds.count("QuestionnaireResponse") == 1
    assert set(kinds) == {"QuestionnaireResponse", "Observation"}


def _code(resource):
    return resource.get("code", {}).get("coding", [{}])[0].get("code")


def _numbers(resource):
    """A second reader, of the raw JSON: every whole number from 0 to 10 that was answered."""
    for item in resource.get("item", []) if isinstance(resource, dict) else []:
        yield from _numbers(item)
        if item["linkId"].startswith(("ratings.", "instruments.peg.")):
            yield from (one["valueInteger"] for one in item.get("answer", []) if "valueInteger" in one)


def test_a_cell_that_a_spreadsheet_would_run_becomes_text(client, ann):
    give(client, asked(client, ann, {**RA, "problem_words": '=HYPERLINK("http://x.example")'}, alias="+44 Anna"))

    rows = list(csv.reader(io.StringIO(ann.get(f"{opened(ann)}.csv").content.decode("utf-8-sig"))))

    assert len({len(row) for row in rows}) == 1
    cells = [cell for row in rows for cell in row]
    assert '\'=HYPERLINK("http://x.example")' in cells
    assert "'+44 Anna" in cells
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]


def test_html_in_words_alias_and_note_is_shown_as_text(client, ann):
    bad = "<script>x</script>"
    give(client, asked(client, ann, {**RA, "problem_words": bad}, alias="<b>Anna</b>"))
    shared = opened(ann)
    ann.post(f"{shared}/note", data={"note": "<i>mine</i>"})

    for page in (ann.get(shared).text, ann.get("/practice").text, ann.get(f"{shared}/note").text):
        assert bad not in page
        assert "<b>Anna" not in page
        assert "<i>mine" not in page
    assert "&lt;i&gt;mine" in ann.get(shared).text
    assert ann.get(f"{shared}.pdf").content.startswith(b"%PDF")


def test_names_of_files_and_titles_say_nothing_of_health(client, ann):
    give(client, asked(client, ann, RA_HOT_JOINT))
    shared = opened(ann)

    for ending in FILES:
        assert f'filename="summary{ending}"' in ann.get(shared + ending).headers["content-disposition"]
    assert re.search(r"<title>Shared on [^<]+</title>", ann.get(shared).text)


def test_over_time_and_beside_the_last_one(client, clock, ann):
    give(client, asked(client, ann, {**RA, "ratings.problem": "9"}))
    clock.now += timedelta(days=30)
    back(ann)
    give(client, asked(client, ann, {**RA, "ratings.problem": "4"}))

    page = ann.get(opened(ann)).text

    assert "9 at the start, 4 now" in page
    assert "Compared with last time" in page
    assert re.search(r"<td>9 of 10</td><td>4 of 10</td>", page)
    assert "Show as a table" in page
    assert "5 lower" in page
    assert "Better" not in page


def test_what_was_taken_back_is_gone_from_what_stands_beside_it(client, clock, ann):
    first = give(client, asked(client, ann, {**RA, "ratings.problem": "9"}))
    clock.now += timedelta(days=30)
    back(ann)
    give(client, asked(client, ann, {**RA, "ratings.problem": "4"}), leave_out=("9 last time",))
    client.post(f"{first}/withdraw")

    for form, text in all_forms(ann, opened(ann)).items():
        assert "Compared with last time" not in text, form
        assert "at the start" not in text, form


def test_another_patients_answers_are_never_beside_it_though_the_link_is_the_same(client, clock, ann):
    link = make_link(ann)
    for browser, number in ((client.another(), "9"), (client.another(), "4")):
        browser.post(f"/l/{code_of(ann, link)}")
        result = browser.follow(answer_quiz(browser, {**RA, "ratings.problem": number}))
        give(browser, re.search(r'href="(/me/share/[^"]+)"', result.text)[1])

    assert "Compared with last time" not in ann.get(opened(ann)).text


def test_each_taking_along_is_told_to_the_patient_and_stands_in_the_trail(client, clock, ann):
    first = give(client, asked(client, ann, {**RA, "ratings.problem": "9"}))
    clock.now += timedelta(days=30)
    back(ann)
    second = give(client, asked(client, ann))
    all_forms(ann, opened(ann))

    own = client.get(second).text
    for words in (
        "Ann Lee opened it",
        "copied it as text",
        "saved it as a PDF",
        "saved it as a table",
        "as a file for a record",
    ):
        assert own.count(words) == 1, words
    assert client.get(first).text.count("compared it with a newer one") == 1
    trail = [one.what for one in work_of(client).run(list_trail, clinic_of(client).id)]
    assert trail.count("share-copied") == 4
    assert trail.count("share-opened") == 1


def test_taken_back_it_is_gone_from_every_address_at_once(client, ann):
    own = give(client, asked(client, ann))
    shared = opened(ann)
    ann.post(f"{shared}/note", data={"note": "mine"})
    client.post(f"{own}/withdraw")

    for path in (shared, *(shared + ending for ending in FILES), f"{shared}/there", f"{shared}/note"):
        assert ann.get(path).status_code == 404, path
    assert ann.post(f"{shared}/note", data={"note": "more"}).status_code == 404
    for show in ("new", "all", "first", "second"):
        assert shared not in ann.get(f"/practice?show={show}").text
    with work_of(client).engine.connect() as connection:
        assert connection.execute(sqlalchemy.text("select count(*) from share_note")).scalar() == 0


# the note


def test_a_note_is_kept_sealed_and_shown_to_its_writer_alone(client, ann):
    bob = signed_in(client, "bob@example.org", name="Bob", clinic=clinic_of(client).id)
    give(client, asked(client, ann))
    shared = opened(ann)
    ann.post(f"{shared}/note", data={"note": "ask about\r\nthe new tablets"})

    assert "ask about\nthe new tablets" in ann.get(shared).text
    assert "new tablets" not in bob.get(shared).text
    assert "new tablets" not in bob.get(f"{shared}/note").text
    for ending in FILES:
        assert b"new tablets" not in ann.get(shared + ending).content
    with work_of(client).engine.connect() as connection:
        assert "tablets" not in str(connection.execute(sqlalchemy.text("select * from share_note")).all())

    ann.post(f"{shared}/note", data={"note": "  "})
    assert "Write a note" in ann.get(shared).text


def test_a_note_of_2000_characters_is_kept_and_one_of_10000_comes_back_whole(client, ann):
    give(client, asked(client, ann))
    shared = opened(ann)
    assert ann.post(f"{shared}/note", data={"note": "é" * 2_000}).status_code == 303

    answer = ann.post(f"{shared}/note", data={"note": "x" * 10_000})

    assert answer.status_code == 422
    assert "2,000 characters or fewer. You have 10,000." in answer.text
    assert "x" * 10_000 in answer.text
    assert "é" * 2_000 in ann.get(f"{shared}/note").text
