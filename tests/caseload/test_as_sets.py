"""What is asked of the database as one set, for speed, is what the plain rule says of each."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import F, QuerySet
from hypothesis import given
from hypothesis import strategies as st

from kithwork.caseload.models import Contact, Match, Mentee, Mentor, Pause, Review, Supervision
from kithwork.caseload.queries import clearing, due, matches
from kithwork.caseload.queries.lines import Ask, all_of, counts_of, first_of, number_of
from kithwork.caseload.queries.mentees import _waited_on
from kithwork.caseload.queries.mentors import counts, listed
from kithwork.caseload.queries.today import Matter, asks
from kithwork.procedures.sample import Cast
from tests.caseload.test_mentor_lists import CHANGES
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db

SETS: dict[str, Callable[..., QuerySet[Any]]] = {
    "mentees heard": due.mentees_heard,
    "mentors heard": due.mentors_heard,
    "mentors supervised": due.mentors_supervised,
    "matches reviewed": due.matches_reviewed,
}


def happened(match: Match, on: date, by: Any) -> None:
    """Both were heard, the mentor was supervised and the match reviewed."""
    for side in ("mentee", "mentor"):
        Contact.objects.create(service=match.service, kind=side, on=on, reached=True, **{side: getattr(match, side)})
    Supervision.objects.create(mentor=match.mentor, on=on, by=by)
    Review.objects.create(match=match, on=on, by=by)


def away(match: Match, begins: date, ends: date | None, by: Any) -> None:
    for side in ("mentee", "mentor"):
        Pause.objects.create(begins=begins, ends=ends, reason="Away", by=by, **{side: getattr(match, side)})


@pytest.mark.parametrize("name", SETS)
def test_those_whose_base_is_before_a_day(name: str, people: Cast, today: date) -> None:
    service, ada = people.service, people.ada
    a_practice(service, ada, today, capacity=50)
    before, one = today - timedelta(days=60), timedelta(days=1)
    cases: dict[str, Callable[[Match], object]] = {
        "never": lambda m: None,
        "the day before": lambda m: happened(m, before - one, ada),
        "that day": lambda m: happened(m, before, ada),
        "today": lambda m: happened(m, today, ada),
        "tomorrow alone": lambda m: happened(m, today + one, ada),
        "back the day before": lambda m: away(m, before - 9 * one, before - one, ada),
        "back that day": lambda m: away(m, before - 9 * one, before, ada),
        "back yesterday": lambda m: away(m, before, today - one, ada),
        "back today": lambda m: away(m, before, today, ada),
        "away": lambda m: away(m, before, None, ada),
        "only tried": lambda m: Contact.objects.create(
            service=service, kind="mentee", on=today, reached=False, mentee=m.mentee
        ),
    }
    long = today - timedelta(days=200)
    for words, change in cases.items():
        change(a_match(a_mentee(service, long, words), a_mentor(service, ada, long, words), ada, long))
    new = before + one
    a_match(a_mentee(service, new, "new"), a_mentor(service, ada, new, "new"), ada, new)
    by_base = {row.pk for row in SETS[name](service, today) if row.base < before}
    assert {row.pk for row in SETS[name](service, today, before)} == by_base
    assert 0 < len(by_base) < len(cases), "some are and some are not, or nothing is shown"


def test_mentors_read_by_service_are_cleared_as_those_read_by_name(
    people: Cast, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = a_practice(people.service, people.ada, today)
    for name, change in CHANGES.items():
        change(a_mentor(people.service, people.ada, today, name), today, people.ada)
    everybody = list(Mentor.objects.filter(service=people.service))
    by_name = clearing.cleared(everybody, practice, today)
    monkeypatch.setattr(clearing, "MANY", 1)
    assert clearing.cleared(everybody, practice, today) == by_name
    assert len({one.missing for one in by_name.values()}) > 5


def test_how_many_mentors_stand_how(people: Cast, today: date) -> None:
    service, ada = people.service, people.ada
    practice = a_practice(service, ada, today)
    for name, change in CHANGES.items():
        change(a_mentor(service, ada, today, name), today, ada)
    Mentor.objects.create(service=service, name="Applied", applied_on=today)
    Mentor.objects.create(service=service, name="Gone", applied_on=today, left_on=today)
    Mentor.objects.filter(name="nothing").update(left_on=today)  # the last day counts
    a_match(a_mentee(service, today), a_mentor(service, ada, today, "Matched"), ada, today)
    assert counts(service, practice, today) == Counter(row.stand for row in listed(service, practice, today))


def test_a_kind_is_counted_as_it_is_listed(people: Cast, today: date) -> None:
    """The number of rows, the first of them in order, and how many are late, by a condition or by their day."""
    service = people.service
    practice = a_practice(service, people.ada, today)
    for number in range(9):
        day = today - timedelta(days=80 + 3 * number)
        a_mentee(service, today, f"Person {number}", came_on=day, accepted_on=day, waiting_since=day)
    ask = asks(practice, today)[Matter.CONTACT_MENTEE]
    found = first_of({"heard": ask}, 4)["heard"]
    assert isinstance(ask.late, date)
    rows = list(all_of(ask))
    assert (found.total, number_of(ask), number_of(ask, "Person 8")) == (len(rows), len(rows), 1)
    assert [line.name for line in found.lines] == [f"Person {number}" for number in (8, 7, 6, 5)]
    assert 0 < found.late == sum(row[0] < ask.late for row in rows) < found.total
    by_name = Ask(Mentee.objects.filter(service=service), F("name"), F("ref"))
    assert number_of(by_name) == 9


@pytest.mark.parametrize("badges", [True, False])
def test_whoever_is_ready_at_a_glance_is_ready_by_the_rule(people: Cast, today: date, *, badges: bool) -> None:
    """A glance names nobody of whom something is missing, and most of the others."""
    practice = a_practice(people.service, people.ada, today, badges=badges)
    for name, change in CHANGES.items():
        change(a_mentor(people.service, people.ada, today, name), today, people.ada)
    everybody = Mentor.objects.filter(service=people.service)
    ready = {pk for pk, one in clearing.cleared(everybody, practice, today).items() if one.ready}
    glanced = clearing.at_a_glance(everybody, practice, today)
    assert glanced <= ready < {one.pk for one in everybody}
    assert len(glanced) > len(ready) / 2


def test_candidates_are_those_that_the_rule_alone_names(
    people: Cast, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = a_practice(people.service, people.ada, today)
    for name, change in CHANGES.items():
        change(a_mentor(people.service, people.ada, today, name), today, people.ada)
    mentee = a_mentee(people.service, today)
    found = matches.candidates(mentee, practice, today)
    monkeypatch.setattr(matches, "at_a_glance", lambda *_: set())
    assert matches.candidates(mentee, practice, today) == found
    assert {bool(one.why_not) for one in found} == {True, False}


DAYS = st.integers(1, 28).map(lambda number: date(2026, 2, number).isoformat())
SPANS = st.tuples(DAYS, st.none() | DAYS).filter(lambda span: span[1] is None or span[0] <= span[1])


@given(st.lists(DAYS, min_size=1, unique=True).map(sorted), DAYS, st.none() | DAYS, st.none() | DAYS, st.lists(SPANS))
def test_somebody_waits_on_each_day_that_lies_in_no_match(
    days: list[str], accepted: str, left: str | None, since: str | None, spans: list[tuple[str, str | None]]
) -> None:
    """Skipping from match to match, the days and the waits are those found by looking at every day."""
    expected = []
    for day in days:
        here = accepted <= day and (left is None or day <= left)
        if here and not any(begun <= day and (ended is None or day <= ended) for begun, ended in spans):
            began = since if since is not None and since <= day else accepted
            expected.append((day, max([began, *(ended for _, ended in spans if ended is not None and ended < day)])))
    assert list(_waited_on(days, accepted, left, since, spans)) == expected


def test_what_is_asked_about_may_hold_any_sign(people: Cast, today: date) -> None:
    """Values stand in the statement itself: quotes, per cent and letters beyond ASCII are found as they were typed."""
    a_practice(people.service, people.ada, today)
    names = ["O'Hara", "100% Rowan", "%s", 'Cai "Ro" Rowan', "Zoë", "two\nlines"]
    for name in names:
        a_mentee(people.service, today, name)
    kinds = {
        str(at): Ask(Mentee.objects.filter(service=people.service, name=name), F("name"), F("ref"))
        for at, name in enumerate(names)
    }
    assert [[line.name for line in one.lines] for one in first_of(kinds, 3).values()] == [[name] for name in names]
    assert counts_of(kinds) == dict.fromkeys(kinds, 1)
