"""People apply for themselves: the PQASSO licence to its renewal, and QMS with two third parties, by the procedures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.awards.actions import agree_to_listing
from kithwork.core.journey import Answer, Position, Status
from kithwork.core.schemes import FormStage
from kithwork.core.verdict import Refused
from kithwork.courses import actions as courses
from kithwork.courses.models import Attendance, Offering, Place
from kithwork.evidence.models import Feedback
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition, Response, Support
from kithwork.journeys.queries import read
from kithwork.notices.models import Message
from kithwork.procedures import applying, assessing, attending, sample, supporting
from kithwork.procedures.sample import Cast
from tests.conftest import SCHEMES
from tests.walking import publish

BEGAN = date(2024, 1, 15)


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


@dataclass
class Road:
    """One person on one journey, whose day moves on."""

    people: Cast
    person: User
    journey: Journey
    day: date = BEGAN

    @property
    def position(self) -> Position:
        return read(self.journey, self.day).position

    def on(self, **later: int) -> None:
        self.day += timedelta(**later)

    def fill_in(self, stage: str, **given: Any) -> None:
        edition = edition_of(self.journey.edition)
        form = edition.stage(stage)
        assert isinstance(form, FormStage)
        answers = {f.id: sample.answer(f, edition, **given) for f in form.fields}
        applying.hand_in_form(journey=self.journey, stage=stage, answers=answers, by=self.person, today=self.day)

    def decide(self, stage: str, outcome: Answer = Answer.YES) -> None:
        applying.decide_eligibility(
            journey=self.journey, stage=stage, outcome=outcome, reason="Read.", by=self.people.olu, today=self.day
        )

    def place(self) -> Place:
        return Place.objects.filter(purpose=self.journey.ref).latest("pk")


@pytest.fixture
def begin(people: Cast) -> Callable[[str], Road]:
    def go(folder: str) -> Road:
        edition: PublishedEdition = publish(SCHEMES / folder, people)
        person = sample.person("Pia Lindqvist", "pia@independent.example")
        return Road(people, person, applying.begin_yourself(edition=edition, by=person, today=BEGAN))

    return go


def offering(road: Road, stage: str, *days: int, capacity: int = 12) -> Offering:
    """A published offering whose parts are so many days from now."""
    plans = [
        courses.PartPlan(
            title=f"Day {number}",
            day=road.day + timedelta(days=after),
            starts=time(9, 30),
            ends=time(16, 30),
            place="Kendal",
        )
        for number, after in enumerate(days, 1)
    ]
    made = courses.make(
        body=road.people.body,
        kind=Offering.Kind.COURSE,
        title=f"Course from {plans[0].day}",
        outline="Four days.",
        capacity=capacity,
        scheme=road.journey.edition.slug,
        stage=stage,
        parts=plans,
        by=road.people.olu,
        now=at(road.day),
    )
    return courses.publish(offering=made, by=road.people.olu, today=road.day)


def attend(road: Road, held: Offering) -> None:
    for part in held.parts.all():
        road.day = part.day
        attending.record_attendance(
            part=part,
            marks={road.place().ref: courses.Mark(Attendance.State.PRESENT)},
            by=road.people.olu,
            now=at(part.day),
        )


def approved(begin: Callable[[str], Road]) -> Road:
    road = begin("pqasso-mentor/first")
    checks = ("support-role", "sector", "development", "two-years", "users", "clients")
    applying.answer_checklist(
        journey=road.journey, stage="self-check", answers=dict.fromkeys(checks, True), by=road.person, today=road.day
    )
    road.fill_in("application", area="Cumbria")
    road.on(days=10)
    road.decide("approval")
    return road


def licensed(begin: Callable[[str], Road]) -> Road:
    road = approved(begin)
    held = offering(road, "course", 30, 31, 45, 46)
    attending.choose(journey=road.journey, stage="course", offerings=[held], by=road.person, now=at(road.day))
    attending.confirm(place=road.place(), by=road.people.olu, now=at(road.day))
    invoice = applying.issue_invoice(
        journey=road.journey,
        stage="course-fee",
        by=road.people.olu,
        today=road.day,
        amount=480,
        by_hand="Set for 2024.",
    )
    applying.take_payment(invoice=invoice, by=road.people.olu, today=road.day, paid_on=road.day)
    attend(road, held)
    asked = applying.ask_assessor(journey=road.journey, assessor=road.people.dot, by=road.people.olu, today=road.day)
    applying.declare(appointment=asked, conflict=False, wording="None.", today=road.day)
    for piece in ("presentation", "written"):
        assessing.give_feedback(
            journey=road.journey,
            stage="assessment",
            slot=piece,
            outcome=Feedback.Outcome.CONFIRMED,
            advice="",
            by=road.people.dot,
            today=road.day,
        )
    assessing.decide_award(
        journey=road.journey, stage="decision", outcome=Answer.YES, reason="", by=road.people.olu, today=road.day
    )
    return road


def test_a_licence_is_won_by_application_course_and_assessment(begin: Callable[[str], Road]) -> None:
    road = licensed(begin)
    award = road.journey.awards.get()
    assert road.position.status is Status.AWARDED
    assert award.holder == "Pia Lindqvist"
    assert award.place == "Cumbria"
    assert award.listed is False, "a person is listed only once they agree"
    assert award.starts_on == award.granted_on == road.day
    assert award.valid_until == date(road.day.year + 3, road.day.month, road.day.day) - timedelta(days=1)


def test_what_the_scheme_requires_of_the_form_is_required_by_the_procedure(begin: Callable[[str], Road]) -> None:
    road = begin("pqasso-mentor/first")
    with pytest.raises(Refused, match="is missing"):
        applying.hand_in_form(
            journey=road.journey, stage="application", answers={"area": "Cumbria"}, by=road.person, today=road.day
        )
    with pytest.raises(Refused, match="only from the person who applies"):
        road.fill_in("application", myself=False)
    assert not Response.objects.exists()


def test_without_a_course_within_a_year_the_approval_lapses(begin: Callable[[str], Road]) -> None:
    road = approved(begin)
    last = date(road.day.year + 1, road.day.month, road.day.day)
    assert read(road.journey, last).position.status is Status.ACTIVE
    assert read(road.journey, last + timedelta(days=1)).position.status is Status.LAPSED
    again = applying.begin_yourself(edition=road.journey.edition, by=road.person, today=last + timedelta(days=1))
    assert again.ref != road.journey.ref


def test_a_full_first_choice_leads_to_another_date_and_a_cancelled_one_to_choosing_again(
    begin: Callable[[str], Road],
) -> None:
    road = approved(begin)
    full, other = offering(road, "course", 30, 31, 45, 46, capacity=1), offering(road, "course", 60, 61, 75, 76)
    courses.confirm(
        place=courses.ask(person=road.people.eve, offerings=[full], by=road.people.eve, now=at(road.day)).place,
        by=road.people.olu,
        now=at(road.day),
    )
    attending.choose(journey=road.journey, stage="course", offerings=[full, other], by=road.person, now=at(road.day))
    assert list(Place.objects.filter(purpose=road.journey.ref).values_list("state", flat=True)) == ["waiting", "asked"]
    attending.confirm(place=road.place(), by=road.people.olu, now=at(road.day))
    assert road.position.stages["course"].planned == road.day + timedelta(days=60)
    attending.cancel(offering=other, reason="The trainer is ill.", by=road.people.olu, now=at(road.day))
    assert road.position.stages["course"].planned is None
    assert {act.what.value for act in road.position.acts if act.stage == "course"} == {"choose", "arrange"}


@pytest.mark.parametrize("listed", [True, False])
def test_a_renewal_runs_on_from_the_end_of_the_old_term(begin: Callable[[str], Road], listed: bool) -> None:
    road = licensed(begin)
    old = road.journey.awards.get()
    assert old.valid_until is not None
    agree_to_listing(award=old, agreed=listed, by=road.person)
    road.day = old.valid_until - timedelta(days=100)
    road.journey = applying.renew(journey=road.journey, by=road.person, today=road.day)
    with pytest.raises(Refused, match="is done"):
        applying.renew(journey=old.journey, by=road.person, today=road.day)
    road.fill_in("renewal-application", area="Northumberland")
    held = offering(road, "workshop", 20)
    attending.choose(journey=road.journey, stage="workshop", offerings=[held], by=road.person, now=at(road.day))
    attending.confirm(place=road.place(), by=road.people.olu, now=at(road.day))
    attend(road, held)
    assessing.decide_award(
        journey=road.journey, stage="decision", outcome=Answer.YES, reason="", by=road.people.olu, today=road.day
    )
    new = road.journey.awards.get()
    assert new.granted_on == road.day
    assert new.starts_on == old.valid_until + timedelta(days=1)
    assert new.valid_until == date(old.valid_until.year + 3, old.valid_until.month, old.valid_until.day)
    assert new.place == "Northumberland"
    assert new.listed is listed, "what the holder chose carries over"


def test_a_head_and_a_tutor_sign_by_links_that_work_once(begin: Callable[[str], Road]) -> None:
    road = begin("qms/2019")
    road.fill_in("interest")
    road.fill_in("application", trainees=_trainees(road.day))
    asked = {
        stage: supporting.ask_support(
            journey=road.journey,
            stage=stage,
            name="Hana Okafor",
            email=f"{stage}@fellside.example",
            by=road.person,
            today=road.day,
            now=at(road.day),
        )
        for stage in ("head", "tutor")
    }
    letters = Message.objects.filter(kind="support-asked")
    assert all("/support/" in letter.secret and "/support/" not in letter.body for letter in letters)
    supporting.decline_support(support=asked["head"], reason="Not this year.", today=road.day)
    again = supporting.ask_support(
        journey=road.journey,
        stage="head",
        name="Ines Cole",
        email="ines@fellside.example",
        by=road.person,
        today=road.day,
        now=at(road.day),
    )
    supporting.give_support(support=again, answers={"role": "Deputy head", "agrees": True}, today=road.day)
    with pytest.raises(Refused, match="answered this already"):
        supporting.give_support(support=again, answers={"role": "Deputy head", "agrees": True}, today=road.day)
    with pytest.raises(Refused, match="criteria are not met"):
        supporting.give_support(support=asked["tutor"], answers={"eligible": False, "supports": True}, today=road.day)
    supporting.give_support(support=asked["tutor"], answers={"eligible": True, "supports": True}, today=road.day)
    road.decide("enrolment")
    assert "briefing" in road.position.open_stages
    assert Support.objects.filter(answered_on=None, declined_on=None).count() == 0


def test_nobody_signs_for_themselves(begin: Callable[[str], Road]) -> None:
    road = begin("qms/2019")
    road.fill_in("interest")
    road.fill_in("application", trainees=_trainees(road.day))
    with pytest.raises(Refused, match="Somebody else"):
        supporting.ask_support(
            journey=road.journey,
            stage="head",
            name="Pia",
            email="PIA@independent.example",
            by=road.person,
            today=road.day,
            now=at(road.day),
        )


@pytest.mark.parametrize(("days", "taken"), [(1096, True), (1097, False)])
def test_trainees_count_when_mentored_within_three_years(begin: Callable[[str], Road], days: int, taken: bool) -> None:
    """From 15 January 2024, three years back is 15 January 2021: 1,095 days, and one for the leap year between."""
    road = begin("qms/2019")
    road.fill_in("interest")
    rows = _trainees(road.day)
    rows[1]["ended"] = (road.day - timedelta(days=days - 1)).isoformat()
    if taken:
        road.fill_in("application", trainees=rows)
    else:
        with pytest.raises(Refused, match="within the last 3 years"):
            road.fill_in("application", trainees=rows)


def test_two_trainees_at_the_same_point_are_not_a_range(begin: Callable[[str], Road]) -> None:
    road = begin("qms/2019")
    road.fill_in("interest")
    rows = [{**row, "point": "beginning"} for row in _trainees(road.day)]
    with pytest.raises(Refused, match="must not be the same"):
        road.fill_in("application", trainees=rows)
    with pytest.raises(Refused, match="At least 2"):
        road.fill_in("application", trainees=_trainees(road.day)[:1])


def _trainees(day: date) -> list[dict[str, str]]:
    return [
        {"placement": "Fellside School", "point": "beginning", "ended": (day - timedelta(days=200)).isoformat()},
        {"placement": "Fellside School", "point": "developing", "ended": (day - timedelta(days=20)).isoformat()},
    ]
