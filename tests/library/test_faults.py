"""Wrong content is refused with file, place and reason, and nothing starts on it."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from acupwa.app import create_app
from acupwa.content_check import report
from acupwa.content_check.lists import load_easy_words
from acupwa.content_check.readability import reading_grade
from acupwa.content_check.upkeep import upkeep_faults
from acupwa.library import load
from acupwa.library.faults import ContentError, Fault
from acupwa.library.load import load_library
from acupwa.operate import cli
from acupwa.reading.markdown import rendering_faults
from acupwa.settings import read_settings
from acupwa.web.paths import drawing_names
from acupwa.wording import CONTENT
from tests.library.faulty import PAGE, Spoil, add, change, entry, head, last_line, sentence, write

TODAY = date(2026, 11, 23)
FIRST_CLAIM = "ra-pain-sham"
NO_CLAIMS = "claims/ra.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def claim(**values: object) -> Spoil:
    return entry(NO_CLAIMS, FIRST_CLAIM, **values)


# What is spoilt → the file, the place and the reason that are told. LAST stands for the page's last line.
STOPS_THE_START: dict[str, tuple[Spoil, str, str, str]] = {
    # sentences
    "a sentence that is a list": (
        sentence("results", "change", "better", ["Better."]),
        "sentences/results.yaml",
        "",
        "Expected `str | object`, got `array` - at `$[...][...]`",
    ),
    "a sentence that counts, without the form for all other numbers": (
        sentence("results", "interval", "sessions", {"one": "{n} session."}),
        "sentences/results.yaml",
        "results.interval.sessions",
        "needs the form `other`",
    ),
    "a form of counting that no language has": (
        sentence("results", "interval", "sessions", {"single": "{n} session.", "other": "{n} sessions."}),
        "sentences/results.yaml",
        "",
        "Invalid enum value 'single' - at `key` in `$[...][...]`",
    ),
    # form
    "an unknown key": (
        entry("glossary.yaml", "sham", colour="red"),
        "glossary.yaml",
        "[INDEX] sham",
        "Object contains unknown field `colour`",
    ),
    "a key given twice": (
        write("glossary.yaml", "- id: a\n  word: w\n  word: v\n  says: s\n"),
        "glossary.yaml",
        "line 1",
        "key given twice: ['word']",
    ),
    "YAML that cannot be read": (
        write("glossary.yaml", "- id: [\n"),
        "glossary.yaml",
        "line 2",
        "did not find expected node content",
    ),
    "a text that is not UTF-8": (
        write("glossary.yaml", b"- id: a\n  word: caf\xe9\n"),
        "glossary.yaml",
        "byte 19",
        "is not UTF-8",
    ),
    "a page that is not UTF-8": (write(PAGE, b"---\ntitle: caf\xe9\n---\n"), PAGE, "byte 14", "is not UTF-8"),
    "a file that is gone": (
        lambda content: (content / "en/conditions.yaml").unlink(),
        "conditions.yaml",
        "",
        "cannot be read: FileNotFoundError",
    ),
    "entries that are no list": (write("glossary.yaml", "id: a\n"), "glossary.yaml", "", "must be a list of entries"),
    "a page without front matter": (
        write(PAGE, "# Hello\n"),
        PAGE,
        "",
        "must begin with front matter between two lines of ---",
    ),
    "front matter that lacks a key": (
        write(PAGE, "---\ntitle: Safety\n---\nHello.\n"),
        PAGE,
        "front matter",
        "Object missing required field `group`",
    ),
    "a date that is no date": (
        head("reviewed", '"2026-02-30"'),
        PAGE,
        "front matter",
        "Invalid RFC3339 encoded date - at `$.reviewed`",
    ),
    "an id given twice": (
        lambda content: change(content, "quiz/precautions.yaml", lambda all_: all_.append(dict(all_[0]))),
        "quiz/precautions.yaml",
        "anticoagulants",
        "this id is taken already",
    ),
    "a study of an unknown kind": (
        entry("studies/ra.yaml", "tam-2007-ra", kind="opinion"),
        "studies/ra.yaml",
        "[INDEX] tam-2007-ra",
        "Invalid enum value 'opinion' - at `$.kind`",
    ),
    "an urgency that does not exist": (
        entry("quiz/red-flags.yaml", "septic-joint", urgency="soon"),
        "quiz/red-flags.yaml",
        "[INDEX] septic-joint",
        "Invalid enum value 'soon' - at `$.urgency`",
    ),
    # ids that lead nowhere
    "a citation of nothing": (
        add(PAGE, "It is so [@nobody-2020]."),
        PAGE,
        "[@nobody-2020]",
        "cites nothing that exists",
    ),
    "a citation of nothing in the box at the top": (
        head("may", '"It may help [@nobody-2020]."'),
        PAGE,
        "[@nobody-2020]",
        "cites nothing that exists",
    ),
    "a citation of a danger sign that does not exist": (
        add(PAGE, "Call [@flag:no-such-sign]."),
        PAGE,
        "[@flag:no-such-sign]",
        "cites nothing that exists",
    ),
    "a card of a claim that does not exist": (
        add(PAGE, "::claim no-such-claim"),
        PAGE,
        "claims",
        "no such claim: no-such-claim",
    ),
    "a picture of a fact that does not exist": (
        add(PAGE, "::harms no-such-fact"),
        PAGE,
        "::harms",
        "no such fact: no-such-fact",
    ),
    "a drawing that is not described": (
        add(PAGE, "::drawing no-such-drawing"),
        PAGE,
        "::drawing",
        "no such drawing: no-such-drawing",
    ),
    "a drawing that was not drawn": (
        add("drawings.yaml", "- {id: no-such-file, shows: A hand.}"),
        "drawings.yaml",
        "no-such-file",
        "no such picture: no-such-file",
    ),
    "a drawing without words": (
        entry("drawings.yaml", "body-hand", shows=" "),
        "drawings.yaml",
        "body-hand",
        "shows is empty",
    ),
    "a caution that cites nothing that exists": (
        entry("drawings.yaml", "body-hand", cautions=[{"kind": "avoid", "words": "No [@no-such-fact]."}]),
        "drawings.yaml",
        "body-hand",
        "[@no-such-fact] cites nothing that exists",
    ),
    "a page about a danger sign that does not exist": (
        head("red_flags", "[no-such-sign]"),
        PAGE,
        "red_flags",
        "no such red flag: no-such-sign",
    ),
    "a page related to none": (head("related", "[no-such-page]"), PAGE, "related", "no such page: no-such-page"),
    "a page related to itself": (
        head("related", "[safety-in-numbers]"),
        PAGE,
        "related",
        "a page is not related to itself",
    ),
    "a picture that does not exist": (head("picture", "sunset"), PAGE, "picture", "no such picture: sunset"),
    "a red flag for an unknown condition": (
        entry("quiz/red-flags.yaml", "septic-joint", conditions=["gout"]),
        "quiz/red-flags.yaml",
        "septic-joint",
        "no such condition: gout",
    ),
    "a precaution in a group that does not exist": (
        entry("quiz/precautions.yaml", "anticoagulants", group="nowhere"),
        "quiz/precautions.yaml",
        "anticoagulants",
        "no such group: nowhere",
    ),
    "a precaution with a long short name": (
        entry("quiz/precautions.yaml", "anticoagulants", short="word " * 17),
        "quiz/precautions.yaml",
        "anticoagulants.short",
        "needs 16 words or fewer, and one at least",
    ),
    "a danger sign without a short name": (
        entry("quiz/red-flags.yaml", "septic-joint", short=" "),
        "quiz/red-flags.yaml",
        "septic-joint.short",
        "needs 16 words or fewer, and one at least",
    ),
    "a precaution that no page says": (
        lambda content: change(
            content, "quiz/precautions.yaml", lambda all_: all_.append({**all_[-1], "id": "cold-hands"})
        ),
        "quiz/precautions.yaml",
        "cold-hands",
        "no page says it: cite it on one as [@precaution:cold-hands]",
    ),
    "a precaution merged into one that is not there": (
        entry("quiz/precautions.yaml", "pacemaker-manual", merged_into="nothing"),
        "quiz/precautions.yaml",
        "pacemaker-manual",
        "is merged into one that is not asked: nothing",
    ),
    "a precaution merged into a milder one": (
        entry("quiz/precautions.yaml", "severe-bleeding-disorder", merged_into="bleeding-disorder", inside=None),
        "quiz/precautions.yaml",
        "severe-bleeding-disorder",
        "is merged into a milder one: bleeding-disorder",
    ),
    "a precaution merged into one of another group": (
        entry("quiz/precautions.yaml", "pacemaker-manual", merged_into="numb-skin"),
        "quiz/precautions.yaml",
        "pacemaker-manual",
        "stands in another group than the one that asks for it: numb-skin",
    ),
    "a precaution inside one that does not stand above it": (
        entry("quiz/precautions.yaml", "severe-bleeding-disorder", inside="low-platelets"),
        "quiz/precautions.yaml",
        "severe-bleeding-disorder",
        "must stand right below the one it is inside: low-platelets",
    ),
    "a precaution that follows from no answer": (
        entry("quiz/precautions.yaml", "children", follows_from=["age_band:12-15"]),
        "quiz/precautions.yaml",
        "children",
        "follows from no answer that there is: age_band:12-15",
    ),
    "a group with one sign": (
        entry("quiz/red-flags.yaml", "lupus-brain", group="head-and-nerves"),
        "quiz/quiz.yaml",
        "mind",
        "needs two danger signs or more",
    ),
    "a group with one precaution": (
        entry("quiz/precautions.yaml", "breastfeeding", group="needles"),
        "quiz/quiz.yaml",
        "pregnancy-and-feeding",
        "needs two precautions or more",
    ),
    "a group of what passes and what lasts": (
        entry("quiz/precautions.yaml", "fever-or-infection-now", group="blood-and-organs"),
        "quiz/quiz.yaml",
        "blood-and-organs",
        "has something that passes beside what lasts: a follow-up could not carry it",
    ),
    "one id for a group of signs and a group of precautions": (
        lambda content: (
            change(content, "quiz/quiz.yaml", lambda quiz: quiz["precaution_groups"][3].update(id="skin")),
            change(
                content,
                "quiz/precautions.yaml",
                lambda all_: [one.update(group="skin") for one in all_ if one["group"] == "your-skin"] and None,
            ),
        ),
        "quiz/quiz.yaml",
        "skin",
        "is the id of two groups: an answer would not say which",
    ),
    "a group without a name": (
        lambda content: change(content, "quiz/quiz.yaml", lambda quiz: quiz["flag_groups"][0].update(name=" ")),
        "quiz/quiz.yaml",
        "chest-and-breath",
        "needs a plain name of 7 words or fewer",
    ),
    "a screen with too few groups": (
        lambda content: change(
            content,
            "quiz/precautions.yaml",
            lambda all_: [one.update(group="medicines", passing=False) for one in all_] and None,
        ),
        "quiz/quiz.yaml",
        "before-needles with ra",
        "shows 1 groups: 5 to 9 can be read at a glance",
    ),
    "an alias that is taken": (
        entry("studies/ra.yaml", "david-1999-ra", aliases=["tam-2007-ra"]),
        "studies/ra.yaml",
        "david-1999-ra",
        "alias tam-2007-ra is taken already",
    ),
    "a fact with the id of a study": (
        entry("facts/safety.yaml", "harm-bruise", id="tam-2007-ra"),
        "facts/safety.yaml",
        "tam-2007-ra",
        "this id is a study's already",
    ),
    # what a claim may say
    "a claim without a study": (
        claim(studies=[], direction="unclear", certainty="low"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "a claim needs a study, or the direction nothing-found",
    ),
    "a claim that rests on nothing that exists": (
        claim(studies=["nobody-2020"]),
        NO_CLAIMS,
        FIRST_CLAIM,
        "no such study: nobody-2020",
    ),
    "a claim about an outcome that has no name": (
        claim(outcome="happiness"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "no such outcome: happiness",
    ),
    "a grade above the rule": (
        claim(studies=["tam-2007-ra"], certainty="high", direction="unclear"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "certainty high is above what its studies allow (very-low)",
    ),
    "a gain claimed against a sham trial that found none": (
        claim(studies=["haake-2007-gerac", "assefi-2005-fm"], certainty="moderate", direction="helps"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "direction helps, but a sham-controlled study among its own found no difference",
    ),
    "an animal study that carries a claim": (
        claim(studies=["wang-y-2019-psoriasis-mice"], certainty="very-low", direction="may-help"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "certainty very-low is above what its studies allow (none)",
    ),
    "a retracted study that carries a claim": (
        lambda content: (
            entry("studies/ra.yaml", "tam-2007-ra", status="retracted")(content),
            claim(studies=["tam-2007-ra"], certainty="very-low", direction="unclear")(content),
        ),
        NO_CLAIMS,
        FIRST_CLAIM,
        "certainty very-low is above what its studies allow (none)",
    ),
    "a study without a finding": (
        entry("studies/ra.yaml", "tam-2007-ra", finding=" "),
        "studies/ra.yaml",
        "tam-2007-ra.finding",
        "is empty",
    ),
    # words that cannot be shown as they were meant
    "HTML in a page": (
        add(PAGE, "It is <b>safe</b>."),
        PAGE,
        "line LAST of the text",
        "HTML is shown as it is typed: <b>",
    ),
    "a link that leads out unsafely": (
        add(PAGE, "See [this](http://example.org)."),
        PAGE,
        "line LAST of the text",
        "http://example.org: a link leads to https://, tel:, # or an address of ours",
    ),
    "a link to a page that is not there": (
        add(PAGE, "See [this](/read/no-such-page)."),
        PAGE,
        "line LAST of the text",
        "/read/no-such-page: leads to a page that does not exist",
    ),
    "a directive that is none": (
        add(PAGE, "::clam safety-serious"),
        PAGE,
        "line LAST of the text",
        "is neither a citation nor a directive: ::clam safety-serious",
    ),
    "a heading of the first rank": (
        add(PAGE, "# Safe"),
        PAGE,
        "line LAST of the text",
        "use ## and ### only; the title is the page's h1",
    ),
    "a heading that is underlined": (
        add(PAGE, "Safe\n===="),
        PAGE,
        "line LAST of the text",
        "a heading begins with ## or ###, or there is an empty line missing",
    ),
    "a link with its address elsewhere": (
        add(PAGE, "[there]: https://example.org/"),
        PAGE,
        "line LAST of the text",
        "a link has its address beside it: [words](address)",
    ),
    "a picture in the text": (
        add(PAGE, "See ![a map](/static/map.png)."),
        PAGE,
        "line LAST of the text",
        "pictures are named in the page's head",
    ),
    "a directive in a list": (
        add(PAGE, "- ::harms safety-serious"),
        PAGE,
        "line LAST of the text",
        "a directive stands by itself, not inside a list or a quote",
    ),
    "a drawn harm that is no number of 10,000": (
        entry("facts/safety.yaml", "harm-bruise", says="Some people had a bruise."),
        PAGE,
        "::harms harm-bruise",
        "the fact does not say how many of 10,000",
    ),
    "a page that is due before it was reviewed": (
        head("next_review", "2020-01-01"),
        PAGE,
        "next_review",
        "lies before reviewed",
    ),
    # what keeps people safe
    "a questionnaire without a licence": (
        entry("quiz/instruments.yaml", "phq4", licence=" "),
        "quiz/instruments.yaml",
        "phq4",
        "may not be shipped without a licence and a credit line",
    ),
    "help lines that leave a country out": (
        lambda content: change(
            content, "quiz/help-lines.yaml", lambda all_: [line for line in all_ if "*" not in line["countries"]]
        ),
        "quiz/help-lines.yaml",
        "*",
        "needs an emergency line for everywhere else",
    ),
    "a number of the planner that is missing": (
        lambda content: change(content, "planner/guidance.yaml", lambda all_: all_["numbers"].pop("window_weeks") and None),
        "planner/guidance.yaml",
        "",
        "Object missing required field `window_weeks` - at `$.numbers`",
    ),
    "a number of the planner without a ground": (
        lambda content: change(
            content, "planner/guidance.yaml", lambda all_: all_["numbers"]["minutes_default"].update(studies=[])
        ),
        "planner/guidance.yaml",
        "minutes_default",
        "needs a study, a fact, or `ours: true`",
    ),
    "a hard word that is explained twice": (
        add("glossary.yaml", "- {id: sham-again, word: Sham, says: Pretend.}"),
        "glossary.yaml",
        "sham-again",
        "Sham is explained at sham already",
    ),
}  # fmt: skip


def told(content: Path, place: str, refused: ContentError) -> set[tuple[str, str, str]]:
    """What was refused, with the changing numbers of places set to those of the table."""
    line = f"line {last_line(content)} of the text" if "LAST" in place else None
    faults = refused.faults
    return {
        (fault.file, place if fault.place == line or _indexed(place, fault) else fault.place, fault.reason)
        for fault in faults
    }


def _indexed(place: str, fault: Fault) -> bool:
    before, _, id = place.partition(" ")
    return before == "[INDEX]" and fault.place.startswith("[") and fault.place.endswith(f"] {id}")


@pytest.mark.parametrize("name", STOPS_THE_START)
def test_refused_with_file_place_and_reason(content, name):
    spoil, file, place, reason = STOPS_THE_START[name]
    spoil(content)

    with pytest.raises(ContentError) as refused:
        load_library(content, pictures=drawing_names())

    assert (file, place, reason) in told(content, place, refused.value), f"{name}:\n{refused.value}"


@pytest.mark.parametrize(
    "name",
    ["a citation of nothing", "a grade above the rule", "a key given twice", "help lines that leave a country out"],
)
def test_the_app_does_not_start_on_it_and_the_check_tells_it(content, name, monkeypatch, capsys, tmp_path):
    spoil, file, _place, reason = STOPS_THE_START[name]
    spoil(content)
    for function in (load.load_library, report.check_content):
        monkeypatch.setattr(function, "__defaults__", (content, "en"))
    settings = read_settings({"DATABASE_URL": f"sqlite:///{tmp_path / 'a.db'}"})

    with pytest.raises(ContentError) as refused:
        create_app(settings)
    code = cli.main(["content", "check"])

    assert reason in str(refused.value)
    assert code == cli.AT_FAULT
    assert any(line.startswith(f"{file}: ") and reason in line for line in capsys.readouterr().err.splitlines())


# A server starts on these, as nothing leads astray that was right when it was written; the check tells them.
TOLD_TO_WRITERS: dict[str, tuple[Spoil, str, str, str]] = {
    "a field of a sentence that is not filled in": (
        sentence("results", "change", "lower", "That is {siez} lower."),
        "sentences/results.yaml",
        "results.change.lower",
        "has the fields ['siez']; results/sentences.py:LINE gives ['size']",
    ),
    "a sentence that is gone": (
        sentence("planner", "form", "weekdays_hint", None),
        "sentences/planner.yaml",
        "planner.form.weekdays_hint",
        "is said in planner/form.html:LINE, and is not there",
    ),
    "a sentence that nobody says": (
        sentence("quiz", "start", "hello", "Hello."),
        "sentences/quiz.yaml",
        "quiz.start.hello",
        "is said nowhere",
    ),
    "a figure that no source has": (
        add(PAGE, "In one trial 57 people had needles [@david-1999-ra]."),
        PAGE,
        "line LAST of the text",
        "the figure “57 people” does not stand in david-1999-ra",
    ),
    "a figure with a wrong unit": (
        add(PAGE, "In one trial people had needles for 20 weeks [@tam-2007-ra]."),
        PAGE,
        "line LAST of the text",
        "the figure “20 weeks” does not stand in tam-2007-ra",
    ),
    "a harm of 10,000 treatments told as one of 10,000 people": (
        add(PAGE, "After one visit 684 in 10,000 people had a problem [@harm-any-uk-doctors]."),
        PAGE,
        "line LAST of the text",
        "the figure “684 in 10,000 people” does not stand in harm-any-uk-doctors",
    ),
    "a number written out that no source has": (
        add(PAGE, "They had seven visits [@zanette-2008-ra]."),
        PAGE,
        "line LAST of the text",
        "the figure “seven visits” does not stand in zanette-2008-ra",
    ),
    "a figure without a source on the page": (
        head("summary", '"It helps 83 percent of people."'),
        PAGE,
        "summary",
        "the figure “83 percent” does not stand in what the page cites",
    ),
    "a figure in a claim that its studies do not have": (
        claim(says="In 12,345 people needles did no more than sham."),
        NO_CLAIMS,
        FIRST_CLAIM,
        "the figure “12,345 people” does not stand in CITED",
    ),
    "an exception that excuses nothing": (
        add("exceptions.yaml", "- {page: ms-fatigue, figure: 99 people, reason: None.}"),
        "exceptions.yaml",
        "ms-fatigue",
        "“99 people” needs no exception",
    ),
    "a review date that has passed": (
        lambda content: (head("reviewed", "2025-01-01")(content), head("next_review", "2026-01-01")(content)),
        PAGE,
        "next_review",
        "was due on 2026-01-01",
    ),
    "a review that lies in the future": (head("reviewed", "2027-01-01"), PAGE, "reviewed", "lies in the future"),
    "words above grade eight": (
        lambda content: write(
            PAGE,
            "---\n".join([*(content / "en" / PAGE).read_text().split("---\n", 2)[:2], ""])
            + "Notwithstanding methodological heterogeneity, contemporaneous investigations demonstrate "
            "immunomodulatory consequences attributable to neurostimulation interventions. " * 30,
        )(content),
        PAGE,
        "reading grade",
        "is above 8",
    ),
}


@pytest.mark.parametrize("name", TOLD_TO_WRITERS)
def test_what_a_server_can_bear_is_told_by_the_check(content, name):
    spoil, file, place, reason = TOLD_TO_WRITERS[name]
    spoil(content)

    library = load_library(content)
    found = report.check_content(TODAY, drawing_names(), rendering_faults, content).faults

    reason = reason.replace("CITED", ", ".join(library.claims[FIRST_CLAIM].studies))
    place = place.replace("LAST", str(last_line(content)))
    same = [f for f in found if f.file == file and f.place == place]
    assert [f for f in same if re.sub(r":\d+", ":LINE", f.reason).endswith(reason)], f"{name}: {found}"


def test_the_check_ends_with_a_fault_on_a_wrong_figure(content, monkeypatch, capsys):
    TOLD_TO_WRITERS["a figure with a wrong unit"][0](content)
    monkeypatch.setattr(report.check_content, "__defaults__", (content, "en"))

    assert cli.main(["content", "check"]) == cli.AT_FAULT
    shown = capsys.readouterr()
    assert f"{PAGE}: line {last_line(content)} of the text: the figure “20 weeks” does not stand in" in shown.err
    assert "reading grade of" in shown.out


def test_there_are_more_than_thirty_kinds_of_wrong_content():
    assert len(STOPS_THE_START) + len(TOLD_TO_WRITERS) >= 30


def test_all_faults_are_told_at_once(content):
    entry("quiz/red-flags.yaml", "septic-joint", colour="red")(content)
    entry("quiz/precautions.yaml", "anticoagulants", colour="red")(content)

    with pytest.raises(ContentError) as refused:
        load_library(content)

    assert {fault.file for fault in refused.value.faults} == {"quiz/red-flags.yaml", "quiz/precautions.yaml"}


def test_a_page_past_its_review_date_is_told_to_writers(library):
    faults = list(upkeep_faults(library, date(2031, 1, 1), load_easy_words()))

    assert {fault.place for fault in faults} >= {"next_review"}
    assert len(faults) >= len(library.pages)


def test_names_that_patients_know_count_as_easy():
    text = "Rheumatoid arthritis hurts. Acupuncture may help. Methotrexate stays."

    assert reading_grade(text, ("rheumatoid arthritis", "acupuncture", "methotrexate")) < reading_grade(text, ())
