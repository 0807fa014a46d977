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
from tests.library.faulty import PAGE, Spoil, add, body, change, entry, head, last_line, sentence, write

TODAY = date(2026, 11, 23)
FIRST_CLAIM = "ra-pain-sham"
NO_CLAIMS = "claims/ra.yaml"
REVIEWER = """
- id: okafor
  name: Dr Ada Okafor
  role: rheumatologist
  date: 2026-11-20
  interests: none declared
  pages: [ra-overview]
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


def claim(**values: object) -> Spoil:
    return entry(NO_CLAIMS, FIRST_CLAIM, **values)


def derived(of: str, /, **values: object) -> Spoil:
    return entry("quiz/derived-signs.yaml", of, key="sign", **values)


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
    "a precaution whose name is said to say all, and leaves out a figure": (
        entry("quiz/precautions.yaml", "steroids-over-10mg", short="Steroid tablets", short_says_all=True),
        "quiz/precautions.yaml",
        "steroids-over-10mg.short_says_all",
        "the name says no figure or medicine of the statement",
    ),
    "a precaution whose name is said to say all, beside medicines by name": (
        entry("quiz/precautions.yaml", "immunosuppression-strong", short_says_all=True),
        "quiz/precautions.yaml",
        "immunosuppression-strong.short_says_all",
        "the name says no figure or medicine of the statement",
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
    "a sign derived from a precaution that is not there": (
        derived("fever-no-spleen", needs=[["precautions:no-spleen", "precautions:hay-fever"]]),
        "quiz/derived-signs.yaml",
        "fever-no-spleen",
        "follows from no answer that there is: precautions:hay-fever",
    ),
    "a sign derived from a trait that no precaution can have": (
        derived("fever-no-spleen", needs=[["traits:sleepy"]]),
        "quiz/derived-signs.yaml",
        "fever-no-spleen",
        "follows from no answer that there is: traits:sleepy",
    ),
    "a sign derived from nothing": (
        derived("fever-no-spleen", needs=[["precautions:no-spleen"], []]),
        "quiz/derived-signs.yaml",
        "fever-no-spleen",
        "needs one line or more, and a name on each",
    ),
    "a derived sign that is not there": (
        derived("fever-no-spleen", sign="fever-of-the-moon"),
        "quiz/derived-signs.yaml",
        "fever-of-the-moon",
        "no such red flag: fever-of-the-moon",
    ),
    "medicines that harm a baby, and no sign that follows": (
        derived("pregnant-on-harmful-medicine", needs=[["precautions:pregnancy"]]),
        "quiz/derived-signs.yaml",
        "harms_unborn",
        "no sign follows from this trait, and precautions have it",
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
    "a grade above low without sham": (
        entry(NO_CLAIMS, "ra-pain-added", certainty="moderate"),
        NO_CLAIMS,
        "ra-pain-added",
        "certainty moderate is above what its studies allow (low)",
    ),
    "a grade of nothing with a study": (
        claim(certainty="none"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "certainty none goes with nothing-found only",
    ),
    "a study with no known comparison, against sham": (
        entry("claims/fibromyalgia.yaml", "fm-fatigue-sham", studies=["zheng-2022-fm"], near=None),
        "claims/fibromyalgia.yaml",
        "fm-fatigue-sham",
        "zheng-2022-fm cannot carry it: is not known to have made this comparison",
    ),
    "a study that did not measure it": (
        claim(outcome="anxiety"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "tam-2007-ra cannot carry it: does not list this outcome",
    ),
    "a study of another condition": (
        claim(studies=["assefi-2005-fm"]),
        NO_CLAIMS,
        FIRST_CLAIM,
        "assefi-2005-fm cannot carry it: is not about this condition",
    ),
    "help with weak evidence": (
        claim(direction="helps"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "direction helps needs certainty moderate or high",
    ),
    "a gain claimed against a sham trial that found none": (
        entry("claims/general.yaml", "general-chronic-pain-sham", direction="helps"),
        "claims/general.yaml",
        "general-chronic-pain-sham",
        "direction helps, but mu-2020-low-back-pain, haake-2007-gerac, nice-2022-ng226 found no difference",
    ),
    "a gain claimed without naming the trial that found none": (
        claim(studies=["seca-2019-hand-ra"], direction="may-help"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "david-1999-ra found no difference: name it under studies, or under not_used with a reason",
    ),
    "a trial against sham that no claim names": (
        claim(studies=["lee-2008-ra"]),
        NO_CLAIMS,
        FIRST_CLAIM,
        "no claim against sham names david-1999-ra, under studies or under not_used",
    ),
    "a trial that is not used, without a reason": (
        claim(studies=["lee-2008-ra"], not_used={"david-1999-ra": " "}),
        NO_CLAIMS,
        FIRST_CLAIM,
        "not_used: david-1999-ra needs a reason",
    ),
    "a study not used that could not be used": (
        claim(not_used={"huo-2021-ra": "Older."}),
        NO_CLAIMS,
        FIRST_CLAIM,
        "not_used: huo-2021-ra cannot carry it anyway: is not known to have made this comparison",
    ),
    "a study that is only named, though it can carry the claim": (
        claim(studies=["lee-2008-ra"], near=["david-1999-ra"]),
        NO_CLAIMS,
        FIRST_CLAIM,
        "david-1999-ra can carry it: list it under studies, or under not_used with a reason",
    ),
    "a study listed twice": (
        claim(studies=["lee-2008-ra", "lee-2008-ra"]),
        NO_CLAIMS,
        FIRST_CLAIM,
        "lee-2008-ra is listed twice",
    ),
    "no better than sham, from a few people": (
        entry("claims/psoriasis.yaml", "psoriasis-skin-sham", direction="no-better-than-sham"),
        "claims/psoriasis.yaml",
        "psoriasis-skin-sham",
        "direction no-better-than-sham needs a review or 200 people in all; else it is unclear",
    ),
    "no better than sham, without sham": (
        entry(NO_CLAIMS, "ra-pain-added", direction="no-better-than-sham"),
        NO_CLAIMS,
        "ra-pain-added",
        "direction no-better-than-sham needs a comparison with sham",
    ),
    "no better than sham, where sham did worse": (
        entry("claims/general.yaml", "general-sleep-sham", direction="no-better-than-sham", studies=["liu-c-2020-insomnia"]),
        "claims/general.yaml",
        "general-sleep-sham",
        "direction no-better-than-sham, but none of its studies found no difference",
    ),
    "no better than sham, though a review found a benefit": (
        entry("claims/general.yaml", "general-sleep-sham", direction="no-better-than-sham"),
        "claims/general.yaml",
        "general-sleep-sham",
        "direction no-better-than-sham, but liu-c-2020-insomnia, a review, found a benefit",
    ),
    "minimal needling that is called sham": (
        entry("claims/sle.yaml", "sle-pain-sham", comparator="sham"),
        "claims/sle.yaml",
        "sle-pain-sham",
        "greco-2008-sle cannot carry it: is not known to have made this comparison",
    ),
    "minimal needling that is not named": (
        entry("claims/sle.yaml", "sle-pain-sham", says="Both did equally well."),
        "claims/sle.yaml",
        "sle-pain-sham",
        "says must name minimal needling: its needles go in, so it is no sham",
    ),
    "a comparison that has no name": (
        claim(comparator="placebo"),
        NO_CLAIMS,
        "[INDEX] ra-pain-sham",
        "Invalid enum value 'placebo' - at `$.comparator`",
    ),
    "a comparison of its own without words": (
        entry(NO_CLAIMS, "ra-heart-and-stroke", comparison_note=None),
        NO_CLAIMS,
        "ra-heart-and-stroke",
        "comparator other needs a comparison_note",
    ),
    "a result compared with anything": (
        claim(comparator="any"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "comparator any goes with nothing-found only",
    ),
    "nothing found, with a grade": (
        entry(NO_CLAIMS, "ra-sleep", certainty="low"),
        NO_CLAIMS,
        "ra-sleep",
        "direction nothing-found goes with certainty none",
    ),
    "nothing found, with a study that carries it": (
        entry(NO_CLAIMS, "ra-sleep", studies=["tam-2007-ra"]),
        NO_CLAIMS,
        "ra-sleep",
        "direction nothing-found goes with no study under studies; put what comes close under near",
    ),
    "nothing found, though something was": (
        entry(NO_CLAIMS, "ra-sleep", outcome="stiffness"),
        NO_CLAIMS,
        "ra-sleep",
        "direction nothing-found, but zanette-2008-ra can carry it",
    ),
    "a result of a comparison that the study did not make": (
        entry("studies/ra.yaml", "tam-2007-ra", results={"drug": "benefit"}),
        "studies/ra.yaml",
        "tam-2007-ra",
        "no such comparator of its own: drug",
    ),
    "a trial of several arms without a result for each": (
        entry("studies/dose.yaml", "haake-2007-gerac", results=None),
        "studies/dose.yaml",
        "haake-2007-gerac",
        "a mixed result, or one with sham among several, needs results, one for each",
    ),
    "a benefit over waiting that could pass for one over sham": (
        entry("studies/ra.yaml", "seca-2019-hand-ra", results={"waitlist": "benefit"}),
        "studies/ra.yaml",
        "seca-2019-hand-ra",
        "a mixed result, or one with sham among several, needs results, one for each",
    ),
    "a study that stands twice": (
        entry("studies/ra.yaml", "tam-2007-ra", doi="10.1007/S10067-007-0759-Y"),
        "studies/ra.yaml",
        "zanette-2008-ra",
        "10.1007/s10067-007-0759-y is tam-2007-ra already: one study stands once",
    ),
    "a PMID as an address": (
        entry("studies/ra.yaml", "tam-2007-ra", pmid="https://pubmed/17641829"),
        "studies/ra.yaml",
        "tam-2007-ra",
        "a DOI is written as 10.1000/xyz and a PMID as digits, so that none stands twice",
    ),
    "a DOI as an address, which could stand twice": (
        entry("studies/ra.yaml", "tam-2007-ra", doi="https://doi.org/10.1007/s10067-007-0759-y"),
        "studies/ra.yaml",
        "tam-2007-ra",
        "a DOI is written as 10.1000/xyz and a PMID as digits, so that none stands twice",
    ),
    "an animal study that carries a claim": (
        claim(condition="psoriasis", outcome="inflammation", studies=["wang-y-2019-psoriasis-mice"], certainty="very-low"),
        NO_CLAIMS,
        FIRST_CLAIM,
        "certainty very-low is above what its studies allow (none)",
    ),
    "a study of needles and herbs that carries a claim": (
        entry("claims/ra.yaml", "ra-pain-added", studies=["huo-2021-ra", "acnrt-ra-meta"], near=None),
        NO_CLAIMS,
        "ra-pain-added",
        "acnrt-ra-meta cannot carry it: does not count: animals, a laboratory, more than acupuncture alone, or taken back",
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
    "a study that nobody could find": (
        entry("studies/ra.yaml", "tam-2007-ra", doi=None, pmid=None, title=None, authors=None, journal=None),
        "studies/ra.yaml",
        "tam-2007-ra",
        "has nothing to find it by: a DOI, a PMID, a title, a journal with pages or authors, or words under find",
    ),
    "a study that shows where we read it": (
        entry("studies/ra.yaml", "tam-2007-ra", seen_at=["https://example.org"]),
        "studies/ra.yaml",
        "[INDEX] tam-2007-ra",
        "Object contains unknown field `seen_at`",
    ),
    "a superseded study that carries a claim": (
        lambda content: (
            entry("studies/ra.yaml", "tam-2007-ra", status="superseded")(content),
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
    "a reviewer of a page that is not there": (
        add("reviewers.yaml", REVIEWER.replace("[ra-overview]", "[no-such-page]")),
        "reviewers.yaml",
        "okafor",
        "no such page: no-such-page",
    ),
    "a reviewer without interests": (
        add("reviewers.yaml", REVIEWER.replace("none declared", '" "')),
        "reviewers.yaml",
        "okafor.interests",
        "is empty",
    ),
    "a reviewer without a role": (
        add("reviewers.yaml", REVIEWER.replace("  role: rheumatologist\n", "")),
        "reviewers.yaml",
        "[0] okafor",
        "Object missing required field `role`",
    ),
    "a folded section with a safety figure": (
        body("## Figures {more}\n\nOne in 10,000 [@harm-bruise].\n"),
        PAGE,
        "line 1 of the text",
        "a section that concerns safety may not be folded",
    ),
    "a folded section with a danger sign": (
        body("## Before\n\nWords.\n\n## After {more}\n\nCall [@flag:septic-joint].\n"),
        PAGE,
        "line 5 of the text",
        "a section that concerns safety may not be folded",
    ),
    "a folded section with a claim on harm": (
        body("## Harm {more}\n\n::claim safety-serious\n"),
        PAGE,
        "line 1 of the text",
        "a section that concerns safety may not be folded",
    ),
    "a folded section with the way to help": (
        body("## Help {more}\n\n[Call](tel:112).\n"),
        PAGE,
        "line 1 of the text",
        "a section that concerns safety may not be folded",
    ),
    "a smaller heading that folds": (
        add(PAGE, "### Figures {more}"),
        PAGE,
        "line LAST of the text",
        "only a heading with ## can be folded, and only with {more} at its end",
    ),
    "a heading with another mark": (
        add(PAGE, "## Figures {less}"),
        PAGE,
        "line LAST of the text",
        "only a heading with ## can be folded, and only with {more} at its end",
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
    "a pause that rests on a danger sign that does not exist": (
        lambda content: change(
            content, "planner/guidance.yaml", lambda all_: all_["pauses"][2].update(red_flags=["no-such-sign"])
        ),
        "planner/guidance.yaml",
        "infection",
        "no such red flag: no-such-sign",
    ),
    "a pause without a ground": (
        lambda content: change(content, "planner/guidance.yaml", lambda all_: all_["pauses"][0].update(ours=False)),
        "planner/guidance.yaml",
        "flare",
        "needs a precaution, or `ours: true`",
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
    "a review in the future": (
        add("reviewers.yaml", REVIEWER.replace("2026-11-20", "2027-11-20")),
        "reviewers.yaml",
        "okafor.date",
        "lies in the future",
    ),
    "a field of a sentence that is not filled in": (
        sentence("results", "change", "lower", "That is {siez} lower."),
        "sentences/results.yaml",
        "results.change.lower",
        "has the fields ['siez']; results/sentences.py:LINE gives ['size']",
    ),
    "a sentence that is gone": (
        sentence("planner", "form", "time_zone_hint", None),
        "sentences/planner.yaml",
        "planner.form.time_zone_hint",
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
    "words on a study above grade eight": (
        entry(
            "studies/ra.yaml",
            "tam-2007-ra",
            limits="Heterogeneity notwithstanding, methodological limitations predominate. " * 9,
        ),
        "studies/ra.yaml",
        "tam-2007-ra.reading grade",
        "is above 8",
    ),
}


@pytest.mark.parametrize("name", TOLD_TO_WRITERS)
def test_what_a_server_can_bear_is_told_by_the_check(content, name):
    spoil, file, place, reason = TOLD_TO_WRITERS[name]
    spoil(content)

    library = load_library(content)
    found = report.check_content(TODAY, drawing_names(), rendering_faults, content).faults

    reason = reason.replace("CITED", ", ".join(library.claims[FIRST_CLAIM].named))
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
