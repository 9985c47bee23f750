"""Checks of mentees, and of what mentors agree to, on the edge of each rule: who they are in numbers, what changes for
them, consents, contact.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from kithwork.accounts.models import User
from kithwork.caseload.models import (
    Consent,
    Contact,
    Ending,
    Match,
    Measure,
    Measurement,
    Mentee,
    Mentor,
    Practice,
    Referral,
    Review,
)
from kithwork.core.days import add_months
from kithwork.core.readiness import State
from tests.caseload.checks.put import AT, fails, put, scale
from tests.running import a_mentee

DAY = timedelta(days=1)
SHARED = ["ask-third-parties", "share-risks", "share-review-feedback"]
TOPICS = ["aims", "wish-to-continue", "view-of-service", "outcome"]
QUARTER = "3 months"


# equalities (36)


def test_everybody_who_came_is_asked_the_equalities_questions_within_a_month(practice: Practice) -> None:
    came: dict[str, Any] = {"service": practice.service, "name": "Cai Rowan"}
    Mentee.objects.create(**came, came_on=date(2026, 10, 22))
    Mentor.objects.create(**came, applied_on=date(2026, 10, 22))
    for of in ("mentees", "mentors"):
        asked: dict[str, Any] = {"name": "equalities.monitored", "of": of}
        assert put(practice, AT, **asked).state is State.NOT_RECORDED
        late = put(practice, AT + DAY, **asked)
        assert (late.state, late.figure) == (State.NOT_MET, f"0 of 1 {of[:-1]} asked the equalities questions")


@pytest.mark.parametrize(
    ("more", "among", "bad"),
    [
        ({}, True, True),
        ({"equalities_asked_on": AT}, True, False),
        ({"equalities_asked_on": AT + DAY}, True, True),
        ({"left_on": AT}, True, True),
        ({"left_on": AT - DAY}, False, False),
        ({"accepted_on": None}, True, True),
        ({"came_on": AT, "applied_on": AT, "accepted_on": None, "equalities_asked_on": AT}, True, False),
        ({"came_on": AT + DAY, "applied_on": AT + DAY, "accepted_on": None}, False, False),
    ],
)
def test_whoever_is_here_is_asked_about_accepted_or_not(
    practice: Practice, mentee: Mentee, mentor: Mentor, more: dict[str, Any], among: bool, bad: bool
) -> None:
    for person, of in ((mentee, "mentees"), (mentor, "mentors")):
        known = {field.name for field in person._meta.get_fields()}
        type(person).objects.filter(pk=person.pk).update(**{key: more[key] for key in more if key in known})
        found = put(practice, AT, "equalities.monitored", of=of)
        assert (found.answer.total, bool(found.fail)) == (among, bad)


# what changed (37)


def measured(measure: Measure, person: Mentee, *days: date) -> None:
    for day in days:
        Measurement.objects.create(measure=measure, mentee=person, on=day, value=3)


def test_without_a_scale_for_mentees_nothing_is_on_record(practice: Practice, match: Match) -> None:
    scale(practice, whose="mentor")
    scale(practice, begun_on=AT + DAY)
    assert put(practice, AT, "outcomes.compared", against="baseline").state is State.NOT_RECORDED


@pytest.mark.parametrize(
    ("days", "bad"),
    [
        ([], True),
        ([AT], True),
        ([AT, AT], True),
        ([AT - 400 * DAY, date(2025, 11, 22)], False),
        ([AT - 400 * DAY, date(2025, 11, 21)], True),
        ([AT - 400 * DAY, AT], False),
        ([AT - 400 * DAY, AT + DAY], True),
        ([AT - DAY, AT], False),
    ],
)
def test_how_things_are_is_compared_with_the_first_time(
    practice: Practice, match: Match, days: list[date], bad: bool
) -> None:
    measured(scale(practice), match.mentee, *days)
    assert fails(put(practice, AT, "outcomes.compared", against="baseline"), match) == bad


def test_two_scales_asked_once_each_compare_nothing_and_one_left_off_still_does(
    practice: Practice, match: Match
) -> None:
    measured(scale(practice), match.mentee, AT - 9 * DAY)
    old = scale(practice, name="Loneliness", ended_on=AT - 3 * DAY)
    measured(old, match.mentee, AT - 5 * DAY)
    assert fails(put(practice, AT, "outcomes.compared"), match)
    measured(old, match.mentee, AT - 200 * DAY)
    found = put(practice, AT, "outcomes.compared")
    assert not fails(found, match)
    assert found.answer.until == add_months(AT - 5 * DAY, 12)


@pytest.mark.parametrize(
    ("introduced", "among"), [(date(2026, 5, 22), False), (date(2026, 5, 21), True), (AT - 700 * DAY, True)]
)
def test_a_match_is_asked_what_changed_once_it_has_run_for_six_months(
    practice: Practice, match: Match, introduced: date, among: bool
) -> None:
    scale(practice)
    Match.objects.filter(pk=match.pk).update(introduced_on=introduced)
    assert put(practice, AT, "outcomes.compared").answer.total == among


# consents (41, 46)


def answered(person: Mentee | Mentor, kind: str, on: date, answer: str = "given", **more: Any) -> None:
    side = "mentee" if isinstance(person, Mentee) else "mentor"
    Consent.objects.create(**{side: person}, kind=kind, answer=answer, on=on, wording="May we?", **more)


@pytest.mark.parametrize("answer", ["given", "refused", "withdrawn"])
def test_a_mentee_was_asked_for_each_consent_and_any_answer_counts(
    practice: Practice, mentee: Mentee, answer: str
) -> None:
    asked: dict[str, Any] = {"name": "consents.given", "of": "mentees", "to": SHARED}
    for kind in ("third-parties", "risk"):
        answered(mentee, kind, AT)
    answered(mentee, "story", AT)
    assert fails(put(practice, AT, **asked), mentee)
    answered(mentee, "reviews", AT + DAY, answer, whose="family")
    assert fails(put(practice, AT, **asked), mentee)
    assert not fails(put(practice, AT + DAY, **asked), mentee)


@pytest.mark.parametrize(
    ("given", "bad"),
    [
        ([], True),
        ([(AT, "given")], False),
        ([(AT + DAY, "given")], True),
        ([(AT, "refused")], True),
        ([(AT - DAY, "given"), (AT, "withdrawn")], True),
        ([(AT - DAY, "given"), (AT + DAY, "withdrawn")], False),
        ([(AT - 2 * DAY, "refused"), (AT - DAY, "given")], False),
        ([(AT, "given"), (AT, "refused")], True),
        ([(AT, "refused"), (AT, "given")], False),
    ],
)
@pytest.mark.parametrize("of", ["mentees", "mentors"])
def test_keeping_their_details_needs_a_yes_that_stands(
    practice: Practice, mentee: Mentee, mentor: Mentor, of: str, given: list[tuple[date, str]], bad: bool
) -> None:
    person = mentee if of == "mentees" else mentor
    for on, answer in given:
        answered(person, "data", on, answer)
    assert fails(put(practice, AT, "consents.given", of=of, to=["hold-personal-data"]), person) == bad


def test_a_mentor_is_asked_from_the_day_after_they_applied_a_mentee_from_the_day_after_they_were_accepted(
    practice: Practice, mentee: Mentee, mentor: Mentor
) -> None:
    Mentor.objects.filter(pk=mentor.pk).update(applied_on=AT, accepted_on=None)
    Mentee.objects.filter(pk=mentee.pk).update(accepted_on=AT)
    for of in ("mentees", "mentors"):
        asked: dict[str, Any] = {"name": "consents.given", "of": of, "to": ["hold-personal-data"]}
        assert put(practice, AT, **asked).answer.total == 0
        assert put(practice, AT + DAY, **asked).answer.failing == 1


# contact (42)


def said(person: Mentee, on: date, kind: str = "mentee", **more: Any) -> None:
    Contact.objects.create(service=person.service, kind=kind, mentee=person, on=on, way="phone", **more)


def referred(person: Mentee, source: str = "agency", on: date | None = None) -> None:
    Referral.objects.create(mentee=person, source=source, came_on=on or person.came_on)


CONTACTED = {"mentees.contacted": "mentee", "referrers.contacted": "referrer"}


@pytest.mark.parametrize("name", CONTACTED)
@pytest.mark.parametrize(
    ("at", "last", "late"),
    [
        (AT, date(2026, 8, 22), date(2026, 8, 21)),
        (date(2026, 5, 31), date(2026, 3, 1), date(2026, 2, 28)),
        (date(2028, 2, 29), date(2027, 11, 29), date(2027, 11, 28)),
        (date(2028, 5, 30), date(2028, 3, 1), date(2028, 2, 29)),
    ],
)
def test_contact_runs_out_the_day_after_the_interval(
    practice: Practice, mentee: Mentee, name: str, at: date, last: date, late: date
) -> None:
    kind = CONTACTED[name]
    mentee.came_on = mentee.accepted_on = date(2025, 1, 1)
    mentee.save()
    referred(mentee)
    said(mentee, late, kind)
    said(mentee, at, kind, reached=False)
    said(mentee, at + DAY, kind)
    said(mentee, at, "referrer" if kind == "mentee" else "mentee")
    assert fails(put(practice, at, name, every=QUARTER), mentee)
    said(mentee, last, kind)
    found = put(practice, at, name, every=QUARTER)
    assert not fails(found, mentee)
    assert found.state is State.AT_RISK
    assert found.answer.until == add_months(last, 3)


@pytest.mark.parametrize("name", CONTACTED)
def test_the_interval_begins_with_acceptance_and_runs_on_after_a_pause(
    practice: Practice, mentee: Mentee, by: User, name: str
) -> None:
    referred(mentee)
    assert fails(put(practice, AT, name, every=QUARTER), mentee)
    pause = mentee.pauses.create(begins=AT - 300 * DAY, reason="Away", by=by)
    assert put(practice, AT, name, every=QUARTER).answer.total == 0
    for ends, bad in ((AT - DAY, False), (date(2026, 8, 22), False), (date(2026, 8, 21), True)):
        pause.ends = ends
        pause.save()
        assert fails(put(practice, AT, name, every=QUARTER), mentee) == bad
    pause.delete()
    Mentee.objects.filter(pk=mentee.pk).update(accepted_on=AT)
    assert not fails(put(practice, AT, name, every=QUARTER), mentee)


def test_only_matched_or_only_unmatched_mentees_can_be_asked_about(practice: Practice, match: Match) -> None:
    waits = a_mentee(practice.service, AT, "Dee Fallow", accepted_on=AT - 200 * DAY, came_on=AT - 300 * DAY)
    both = put(practice, AT, "mentees.contacted", every=QUARTER)
    assert set(both.fail) == {match.mentee.ref, waits.ref}
    assert put(practice, AT, "mentees.contacted", every=QUARTER, who=["matched"]).fail == [match.mentee.ref]
    assert put(practice, AT, "mentees.contacted", every=QUARTER, who=["unmatched"]).fail == [waits.ref]


@pytest.mark.parametrize(
    ("source", "on", "involved", "among"),
    [
        ("agency", None, True, True),
        ("family", None, True, True),
        ("self", None, True, False),
        ("agency", None, False, False),
        ("agency", AT + DAY, True, False),
    ],
)
def test_referrers_who_are_still_to_be_told_are_asked_about(
    practice: Practice, mentee: Mentee, source: str, on: date | None, involved: bool, among: bool
) -> None:
    referred(mentee, source, on)
    Mentee.objects.filter(pk=mentee.pk).update(referrer_involved=involved)
    found = put(practice, AT, "referrers.contacted", every=QUARTER)
    assert (found.answer.total, found.state) == (among, State.NOT_MET if among else None)


@pytest.mark.parametrize(("on", "bad"), [(AT - 9 * DAY, False), (AT - 200 * DAY, True), (AT + DAY, True)])
@pytest.mark.parametrize("what", ["review", "ending"])
def test_a_review_or_an_ending_of_which_the_referrer_was_told_counts(
    practice: Practice, match: Match, by: User, what: str, on: date, bad: bool
) -> None:
    referred(match.mentee)
    if what == "review":
        Review.objects.create(match=match, on=AT - 300 * DAY, referrer_shared_on=on, by=by)
    else:
        end = AT - 300 * DAY
        Match.objects.filter(pk=match.pk).update(ended_on=end)
        given: dict[str, Any] = {"kind": "planned", "known_on": end, "last_day": end, "reason": "Done.", "by": by}
        Ending.objects.create(match=match, referrer_told_on=on, **given)
    assert fails(put(practice, AT, "referrers.contacted", every=QUARTER), match.mentee) == bad
