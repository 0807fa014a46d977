"""Any person at all: what is written can be read, and comes back byte for byte."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from acupwa.library.load import load_library
from acupwa.mydata.export_format import Export, to_json
from acupwa.mydata.import_file import ImportFile, read_import_file
from acupwa.mydata.import_readers import file_readers
from acupwa.mydata.merge import merge
from acupwa.person.model import Consent, Device, Person, Waiting
from acupwa.planner.calendar_model import CalendarExport, Feed
from acupwa.planner.ics import CalendarChoices
from acupwa.quiz.groups import known_groups
from acupwa.quiz.model import ALL_SCREENS, Answers, CheckIn
from acupwa.quiz.none_marks import without_false_none
from acupwa.quiz.retired_answers import known_answers, with_retired
from acupwa.quiz.rules import path_of
from acupwa.quiz.safety import derive, strictest
from acupwa.quiz.standing_signs import with_help
from acupwa.reading.model import KeptList, ListState
from acupwa.web.text import short_line
from tests.support.plan_lives import lives

LIBRARY = load_library()
replace = msgspec.structs.replace
ILLNESSES = [one for one in LIBRARY.conditions if one != "none-yet"]
NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
text = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80)
# As a form leaves what was typed: cleaned, of the length that it takes, and nothing rather than empty.
typed = text.map(lambda words: short_line(words, 80) or None)
moments = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 - made aware below
    datetime(2027, 2, 1),  # noqa: DTZ001
).map(lambda moment: moment.replace(tzinfo=UTC))
spans = st.timedeltas(timedelta(0), timedelta(days=20))
ids = st.binary(min_size=16, max_size=16).map(
    lambda raw: UUID(bytes=raw[:6] + bytes([0x70 | raw[6] & 15, raw[7], 0x80 | raw[8] & 63]) + raw[9:])
)


def some(known: Any, old: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([*known, old]), unique=True, max_size=4).map(tuple)


rating = st.none() | st.integers(0, 10)
answers = st.builds(
    Answers,
    answering_for=st.sampled_from([None, "myself", "someone-i-care-for", "my-child"]),
    age_band=st.sampled_from(["under-16", "16-17", "18-39", "40-64", "65-plus"]),
    country=st.sampled_from([None, "GB", "DE", "IN"]),
    conditions=st.lists(st.sampled_from([*ILLNESSES, "old-one"]), min_size=1, max_size=3, unique=True).map(tuple)
    | st.sampled_from([("none-yet",), ("none-yet", "old-one")]),
    red_flags=some(LIBRARY.red_flags, "old-sign"),
    unsure=some(LIBRARY.precautions, "old-precaution"),
    groups=some(known_groups(LIBRARY), "old-group"),
    none_right_now=st.booleans(),
    ratings=st.dictionaries(st.sampled_from([*LIBRARY.ratings, "old-rating"]), rating, max_size=6),
    instruments=st.dictionaries(
        st.sampled_from([*LIBRARY.instruments, "old-questions"]),
        st.lists(st.none() | st.integers(0, 12), max_size=5).map(tuple),
        max_size=3,
    ),
    precautions=some(LIBRARY.precautions, "old-precaution"),
    main_symptom=st.sampled_from([None, "pain", "old-rating"]),
    problem_words=st.none() | typed,
    activity_words=st.none() | typed,
    acupuncture_before=st.sampled_from([None, "no", "in-the-past", "now"]),
    stopping_medicine=st.sampled_from([None, True, False]),
    sessions_since=st.none() | st.integers(0, 99),
    side_effects=some(LIBRARY.side_effects, "old-effect"),
    none_side_effects=st.booleans(),
    changed_since=some([one.id for one in LIBRARY.quiz.changes], "old-change"),
    note=st.none() | typed,
)


@st.composite
def check_ins(draw: Any) -> CheckIn:
    created = draw(moments)
    finished = draw(st.none() | spans)
    made = CheckIn(
        id=draw(ids),
        variant=draw(st.sampled_from(["full", "follow-up"])),
        answers=draw(answers),
        quiz_version=draw(st.sampled_from(["1", "2"])),
        content_version="0a1b2c",
        language=draw(st.sampled_from(["en", "de-AT"])),
        created_at=created,
        finished_at=None if finished is None else created + finished,
        updated_at=created + (finished or timedelta(0)) + timedelta(minutes=5),
        seen=draw(some(ALL_SCREENS, "old-screen")),
        open_items=draw(some(["peg.2", "phq4.1"], "old.1")),
        asks=draw(some(["fatigue", "peg", "pgic"], "old-rating")),
    )
    if draw(st.booleans()):
        made = with_help(made, made.updated_at + timedelta(minutes=5), LIBRARY)
    elif not made.finished:
        made = replace(made, taken_over=draw(some(["red_flags:septic-joint"], "groups:old-group")))
    return as_kept(made)


def as_kept(made: CheckIn) -> CheckIn:
    """With what the app keeps beside its answers; what today's quiz asks was answered as it asks it."""
    made = without_false_none(made, LIBRARY)
    known = known_answers(made.answers, LIBRARY)
    if made.quiz_version == LIBRARY.quiz.version:
        fits = {
            key: items
            for key, items in made.answers.instruments.items()
            if key not in LIBRARY.instruments or key in known.instruments
        }
        open_ = tuple(one for one in made.open_items if one.partition(".")[0] not in fits)
        made = replace(made, answers=replace(made.answers, instruments=fits), open_items=open_)
    if not made.finished:
        return made
    if made.quiz_version == LIBRARY.quiz.version and path_of(made.answers) != "full":
        made = replace(made, answers=replace(made.answers, ratings={}, instruments={}), open_items=())
        known = known_answers(made.answers, LIBRARY)
    urgency = strictest(derive(known, LIBRARY).flag_ids, LIBRARY)
    return replace(made, content_version=LIBRARY.version, urgency=urgency)


# Long enough before that whatever is done with it is done by now.
plans = lives(NOW - timedelta(days=700)).map(lambda life: life[0])
slugs = st.lists(st.sampled_from([*list(LIBRARY.pages)[:9], "old-page"]), unique=True, max_size=4).map(tuple)


@st.composite
def lists(draw: Any) -> KeptList:
    read, hidden = draw(slugs), draw(slugs)
    past = st.dates(date(2026, 1, 1), date(2027, 2, 28))
    marks = ListState(
        read=dict.fromkeys(read, "0a1b"),
        read_on=draw(st.dictionaries(st.sampled_from(read), past, max_size=2)) if read else {},
        hidden=hidden,
        pinned=tuple(one for one in draw(slugs) if one not in hidden),
        order=draw(slugs),
    )
    return KeptList(updated_at=draw(moments), marks=marks)


consents = st.builds(
    Consent,
    version=st.just("1"),
    language=st.just("en"),
    wording=text.filter(str.strip),
    given_at=moments,
    withdrawn_at=st.none(),
)
devices = st.builds(lambda first, span: Device(first, first + span), moments, spans)
calendars = st.builds(
    CalendarExport,
    choices=st.builds(
        CalendarChoices,
        title=st.sampled_from(["appointment", "acupuncture"]),
        alarms=st.sampled_from(["none", "hour", "day", "both"]),
    ),
    feed=st.none() | st.builds(Feed, made_at=moments, fetched_at=st.none()),
)
people = st.builds(
    Export,
    exported_at=st.just(NOW),
    person=st.builds(Person, id=ids, created_at=moments),
    devices=st.lists(devices, max_size=2).map(tuple),
    codes=st.lists(st.builds(Waiting, kind=st.just("move"), expires_at=moments), max_size=1).map(tuple),
    consents=st.lists(consents, max_size=2, unique_by=lambda one: one.given_at).map(tuple),
    check_ins=st.lists(check_ins(), max_size=3, unique_by=lambda one: one.id).map(tuple),
    plan=st.none() | plans,
    reading_list=st.none() | lists(),
    calendar=st.none() | calendars,
)


def file_of(export: Export) -> ImportFile:
    found = read_import_file(to_json(export), NOW, LIBRARY)
    assert isinstance(found, ImportFile), found
    return found


NAMES = [
    "format", "version", "exported_at", "person", "devices", "codes", "consents", "check_ins", "plan", "reading_list",
    "calendar", "shares", "views", "proposals", "asked_by", "asked_again", "reminders",
]  # fmt: skip


@given(people)
@settings(max_examples=10)
def test_the_names_in_the_file_stay(export):
    assert list(msgspec.json.decode(to_json(export))) == NAMES == list(file_readers())


@given(people)
@settings(max_examples=150)
def test_any_person_s_file_comes_back_as_it_was(export):
    file = file_of(export)

    again = msgspec.structs.replace(
        export,
        consents=file.consents,
        check_ins=file.check_ins,
        plan=file.plan,
        reading_list=file.reading_list,
        calendar=file.calendar,
    )
    assert to_json(again) == to_json(export)


@given(people)
def test_what_was_brought_in_is_not_brought_in_again(export):
    assert not merge(export, file_of(export), NOW, 10_000).adds_anything


@given(people, people)
def test_a_file_brought_in_a_second_time_changes_nothing(mine, other):
    file = file_of(other)
    found = merge(mine, file, NOW, 10_000)
    kept = {one.id: one for one in (*mine.check_ins, *found.new, *found.newer)}
    once = msgspec.structs.replace(
        mine, check_ins=tuple(kept.values()), consents=(*mine.consents, *found.consents),
        plan=found.plan or mine.plan, reading_list=found.reading_list or mine.reading_list,
        calendar=mine.calendar or file.calendar,
    )  # fmt: skip

    again = merge(once, file, NOW, 10_000)

    assert not again.adds_anything
    assert again.unchanged == len(file.check_ins)


@given(people, people)
def test_the_order_of_two_files_does_not_matter_to_what_is_newest(one, other):
    def after(mine, file):
        found = merge(mine, file, NOW, 10_000)
        kept = {one.id: one for one in mine.check_ins} | {one.id: one for one in (*found.new, *found.newer)}
        return msgspec.structs.replace(
            mine, check_ins=tuple(kept.values()), plan=found.plan or mine.plan,
            reading_list=found.reading_list or mine.reading_list,
        )  # fmt: skip

    first, second = after(one, file_of(other)), after(other, file_of(one))

    assert {c.id: c.updated_at for c in first.check_ins} == {c.id: c.updated_at for c in second.check_ins}
    for name in ("plan", "reading_list"):
        a, b = getattr(first, name), getattr(second, name)
        assert (a and a.updated_at) == (b and b.updated_at)


@given(answers)
def test_answers_without_a_question_are_set_aside_and_come_back(given):
    known = known_answers(given, LIBRARY)

    assert known_answers(known, LIBRARY) == known
    back = with_retired(known, given, LIBRARY)
    assert set(back.red_flags) == set(given.red_flags)
    assert back.ratings == given.ratings
    assert back.instruments == given.instruments
    assert set(back.conditions) == set(given.conditions)


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_nothing_else_is_ever_taken(data):
    assert not isinstance(read_import_file(data, NOW, LIBRARY), ImportFile)
