"""What may leave the house of a row: an initial, a month, a kind of cover; never a name, a title or free text."""

from datetime import UTC, date, datetime

import pytest

from kithwork.core.credentials.snapshot import snapshot
from kithwork.core.readiness import State, Subject
from kithwork.core.readiness.catalogue import read
from kithwork.core.readiness.reducing import (
    OF_THE_YEAR,
    PEOPLE,
    TITLED,
    CheckFacts,
    Facts,
    Found,
    Person,
    Shown,
    initials,
    looked_at,
    reduced,
)

SAM, SUE, TOM = Person("a", "Sam Alder"), Person("b", "Sue Birch"), Person("c", "Tom Cedar")
AT = date(2027, 3, 1)


def row(title="Sam Alder", people=(), until=None, holds=True):
    return Found(title, people, holds, until)


def test_two_who_share_an_initial_are_told_apart_and_one_alone_needs_no_number():
    assert initials([SAM, TOM, SUE, SAM]) == {"a": "S1", "c": "T", "b": "S2"}


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("Émile", "E"),
        ("   østen", "Ø"),
        ("'Ana", "A"),
        ("123", "X"),
        ("", "X"),
        ("ßan", "S"),
        ("Ωmega", "Ω"),
    ],
)
def test_an_initial_is_one_letter_whatever_the_name(name, letter):
    assert initials([Person("k", name)]) == {"k": letter}


def test_the_same_name_of_two_people_is_two_initials():
    assert initials([Person("a", "Sam Alder"), Person("b", "Sam Alder")]) == {"a": "S1", "b": "S2"}


@pytest.mark.parametrize("subject", list(Subject))
def test_no_kind_of_row_takes_over_free_text(subject):
    people = (SAM, TOM) if subject in {Subject.MATCH, Subject.ENDING} else (SAM,)
    shown = reduced(subject, [row("Sam Alder's thing", people)], initials(people))[0].who
    if subject in TITLED:
        assert shown == "Sam Alder's thing"
    elif subject in PEOPLE:
        assert shown in {"S", "S and T"}
    elif subject is Subject.SERVICE:
        assert shown == "The service"
    else:
        assert shown == f"{subject.value.capitalize()} 1"


def test_a_row_about_somebody_unknown_is_not_shown_at_all():
    with pytest.raises(ValueError, match="names nobody"):
        reduced(Subject.MENTEE, [row()], {})


def test_titles_that_a_service_typed_stay_at_home():
    shown = reduced(Subject.POLICY, [row(title="Jane Smith's lone working"), row(title="Safety")], {})
    assert [one.who for one in shown] == ["Policy 1", "Policy 2"]
    assert [one.who for one in reduced(Subject.INSURANCE, [row(title="public liability")], {})] == ["public liability"]


def test_a_day_becomes_its_month():
    found = reduced(Subject.MENTEE, [row(people=(SAM,), until=date(2026, 3, 31)), row(people=(SAM,))], initials([SAM]))
    assert [one.until for one in found] == ["March 2026", ""]


def test_the_period_is_the_year_what_counts_so_long_or_the_day():
    (contacts,) = read("mentees.contacted", {"every": "3 months"})
    assert contacts.subject not in OF_THE_YEAR
    assert looked_at(contacts, AT) == (date(2026, 12, 2), AT)
    (insured,) = read("insurance.current", {"covers": ["public-liability"]})
    assert looked_at(insured, AT) == (AT, AT)
    (ended,) = read("endings.planned", {})
    assert looked_at(ended, AT) == (date(2026, 3, 2), AT)


def facts(**more):
    check = CheckFacts(
        key="mentees.contacted", number=0, figure="1 of 2 mentees has heard from us", definition="Staff have reached.",
        state=State.NOT_MET, first=date(2026, 12, 2), last=AT, total=2, failing=1, until=None,
        sample=(Shown(who="S1", until="March 2026", holds=True), Shown(who="S2", until="", holds=False)),
    )  # fmt: skip
    told = {
        "service": "Far Shore", "organisation": "Far Shore Trust", "scheme": "Quality in Mentoring", "edition": "2022",
        "requirement": "42", "number": "42", "title": "Client contacts", "state": State.NOT_MET, "at": AT,
        "counted_at": datetime(2027, 3, 1, 10, 42, tzinfo=UTC), "turn": 1, "checks": (check,),
    }  # fmt: skip
    return Facts(**{**told, **more})


def made(facts):
    return snapshot(facts, requirement="indicator", signed="This is what our records show.")


def test_the_same_facts_make_the_same_bytes_also_when_read_back():
    first = made(facts())
    assert first == made(Facts.model_validate(facts().model_dump(mode="json")))
    assert first.startswith(b"%PDF")
    assert first != made(facts(turn=2))


def test_the_seal_holds_whatever_the_minute_and_breaks_with_anything_else():
    later = facts(counted_at=datetime(2027, 3, 1, 11, 0, tzinfo=UTC))
    assert later.seal == facts().seal
    assert facts(turn=2).seal != facts().seal
    assert facts(checks=()).seal != facts().seal
