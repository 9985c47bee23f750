"""Lists of mentors say in SQL what `core.service.clearance` says of each alone; and how each stands, day by day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kithwork.caseload.models import (
    Consent,
    Exemption,
    Mentor,
    MentorStep,
    Pause,
    Practice,
    Reference,
    Vetting,
)
from kithwork.caseload.queries.clearing import cleared
from kithwork.caseload.queries.mentors import Standing, feedback_owed, lacking, listed, narrowed
from kithwork.caseload.queries.trainings import not_refreshed
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor, a_practice

pytestmark = pytest.mark.django_db
Change = Callable[[Mentor, date, Any], object]


def step(mentor: Mentor, kind: str, on: date, outcome: str = "done", by: Any = None) -> None:
    MentorStep.objects.create(mentor=mentor, kind=kind, on=on, outcome=outcome, note="Because.", by=by)


CHANGES: dict[str, Change] = {
    "nothing": lambda m, t, by: None,
    "consent withdrawn today": lambda m, t, by: Consent.objects.create(
        mentor=m, kind="data", answer="withdrawn", on=t, wording="x"
    ),
    "one reference unread": lambda m, t, by: m.references.filter(name="Hal Trevor").update(suitable=None),
    "a reference of tomorrow": lambda m, t, by: m.references.filter(name="Hal Trevor").update(
        received_on=t + timedelta(days=1)
    ),
    "three references, one bad": lambda m, t, by: Reference.objects.create(
        mentor=m, name="C", relation="friend", received_on=t, suitable=False
    ),
    "check ends today": lambda m, t, by: m.vettings.update(expires_on=t),
    "check ended yesterday": lambda m, t, by: m.vettings.update(expires_on=t - timedelta(days=1)),
    "check does not run out": lambda m, t, by: m.vettings.update(expires_on=None),
    "a later check found unsuitable": lambda m, t, by: Vetting.objects.create(
        mentor=m, level="basic", asked_on=t, outcome="unsuitable", on=t, by=by
    ),
    "a new check awaited": lambda m, t, by: Vetting.objects.create(mentor=m, level="basic", asked_on=t, by=by),
    "no check": lambda m, t, by: m.vettings.all().delete(),
    "absent once": lambda m, t, by: m.attendance.filter(session__number=2).update(state="absent"),
    "a programme instead of training": lambda m, t, by: (
        m.attendance.all().delete(),
        Mentor.objects.filter(pk=m.pk).update(joined_by="journey:x"),
    ),
    "found unsuited at a later interview": lambda m, t, by: step(m, "interview", t, "no", by),
    "badge lost": lambda m, t, by: m.steps.filter(kind="badge").delete(),
    "badge lost, exempted until today": lambda m, t, by: (
        m.steps.filter(kind="badge").delete(),
        Exemption.objects.create(mentor=m, missing="badge", reason="x", begins=t, until=t, by=by),
    ),
    "badge lost, exemption ended today": lambda m, t, by: (
        m.steps.filter(kind="badge").delete(),
        Exemption.objects.create(mentor=m, missing="badge", reason="x", begins=t, until=t, ended_on=t, by=by),
    ),
    "unsuitable and exempted": lambda m, t, by: (
        Vetting.objects.create(mentor=m, level="basic", asked_on=t, outcome="unsuitable", on=t, by=by),
        Exemption.objects.create(mentor=m, missing="vetting", reason="x", begins=t, until=t, by=by),
    ),
}


@pytest.mark.parametrize("vetting", ["dbs", "none"])
def test_sets_agree_with_the_rule(people: Cast, today: date, vetting: str) -> None:
    practice = a_practice(people.service, people.ada, today, vetting=vetting)
    everybody = {}
    for name, change in CHANGES.items():
        everybody[name] = a_mentor(people.service, people.ada, today, name)
        change(everybody[name], today, people.ada)
    for mentor in everybody.values():
        mentor.refresh_from_db()
    alone = cleared(everybody.values(), practice, today)
    rows = listed(people.service, practice, today)
    lacks = {what: set(rows.filter(q).values_list("name", flat=True)) for what, q in lacking(practice, today).items()}
    for name, mentor in everybody.items():
        assert {what for what, names in lacks.items() if name in names} == set(alone[mentor.pk].missing), name
    ready = {row.name for row in rows if row.stand == Standing.READY}
    assert ready == {name for name, mentor in everybody.items() if alone[mentor.pk].ready}
    assert ready != set(everybody)


def stand(practice: Practice, today: date) -> dict[str, str]:
    return dict(listed(practice.service, practice, today).values_list("name", "stand"))


def test_how_each_stands(people: Cast, today: date) -> None:
    service, ada = people.service, people.ada
    practice = a_practice(service, ada, today)
    a_mentor(service, ada, today, "Ready")
    a_mentor(service, ada, today, "Applied", ready=False)
    last_day = a_mentor(service, ada, today, "Leaves today", left_on=today)
    a_mentor(service, ada, today, "Left yesterday", left_on=today - timedelta(days=1))
    away = a_mentor(service, ada, today, "Away until today")
    back = a_mentor(service, ada, today, "Back since today")
    for mentor, ends in ((away, today), (back, today - timedelta(days=1))):
        Pause.objects.create(mentor=mentor, begins=today - timedelta(days=9), ends=ends, reason="x", by=ada)
    a_match(a_mentee(service, today), a_mentor(service, ada, today, "Matched", places=2), ada, today)
    turned_down = a_mentor(service, ada, today, "Not selected", ready=False, left_on=today)
    step(turned_down, "selection", today, "no", ada)
    training = a_mentor(service, ada, today, "In training", ready=False)
    session = last_day.attendance.earliest("pk").session
    training.attendance.create(session=session)
    found = stand(practice, today)
    assert found == {
        "Ready": "ready", "Applied": "applied", "Leaves today": "ready", "Left yesterday": "left",
        "Away until today": "paused", "Back since today": "ready", "Matched": "matched",
        "Not selected": "not-selected", "In training": "training",
    }  # fmt: skip
    rows = listed(service, practice, today)
    names = {
        key: {m.name for m in narrowed(rows, practice, key, today)} for key in ("room", "feedback", "here", "left")
    }
    assert names["room"] == {"Ready", "Leaves today", "Back since today", "Matched"}
    assert names["feedback"] == {"Not selected"}
    assert names["left"] == {"Left yesterday"}
    assert "Left yesterday" not in names["here"]
    step(turned_down, "feedback", today, by=ada)
    assert not feedback_owed(listed(service, practice, today))


@pytest.mark.parametrize(("days", "ending"), [(60, False), (59, True), (0, True), (-1, True)])
def test_the_window_before_a_check_ends(people: Cast, today: date, days: int, ending: bool) -> None:
    practice = a_practice(people.service, people.ada, today)
    mentor = a_mentor(people.service, people.ada, today)
    mentor.vettings.update(expires_on=today + timedelta(days=days))
    rows = narrowed(listed(people.service, practice, today), practice, "vetting", today)
    assert bool(rows) is ending
    state = cleared([mentor], practice, today)[mentor.pk].vetting
    assert (state.value != "clear") is ending, "the same window as the rule of one"


def test_a_refresher_offered_within_a_year_counts(people: Cast, today: date) -> None:
    a_practice(people.service, people.ada, today)
    long_ago = today - timedelta(days=800)
    old = a_mentor(people.service, people.ada, today, accepted_on=long_ago, applied_on=long_ago)
    a_mentor(people.service, people.ada, today, "New")
    assert list(not_refreshed(people.service, today)) == [old]
    training = people.service.trainings.create(kind="refresher", title="Again")
    session = training.sessions.create(number=1, on=today)
    old.attendance.create(session=session)
    assert not not_refreshed(people.service, today)
    session.on = today - timedelta(days=367)
    session.save()
    assert list(not_refreshed(people.service, today)) == [old]
