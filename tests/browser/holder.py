"""Somebody who took a PQASSO mentor course days ago: `site.program("holder", name, address, days)`.

For tests of what follows years later; the functions are those that the pages call, each on its own day.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.journey import Answer
from kithwork.core.schemes import CourseStage, FormStage
from kithwork.courses import actions as courses
from kithwork.courses.models import Attendance, Offering, Place
from kithwork.evidence.models import Feedback
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import edition_on_offer
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import applying, assessing, attending, sample
from kithwork.procedures.people import officers_of


def main(name: str, address: str, days: str) -> None:
    row = edition_on_offer("pqasso-mentor")
    assert row is not None
    officer = next(iter(officers_of(row.body)))
    person = sample.person(name, address, sample.PASSWORD)
    day = timezone.localdate() - timedelta(days=int(days))
    journey = applying.begin_yourself(edition=row, by=person, today=day)
    _approved(journey, person, officer, day)
    attended = _taught(journey, row, person, officer, day)
    _assessed(journey, name, officer, attended)


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


def _approved(journey: Journey, person: User, officer: User, day: date) -> None:
    edition = edition_of(journey.edition)
    questions = {question.id: True for question in edition.stage("self-check").questions}  # type: ignore[union-attr]  # a checklist
    applying.answer_checklist(journey=journey, stage="self-check", answers=questions, by=person, today=day)
    form = edition.stage("application")
    assert isinstance(form, FormStage)
    answers = {field.id: sample.answer(field, edition) for field in form.fields}
    applying.hand_in_form(journey=journey, stage=form.id, answers=answers, by=person, today=day)
    applying.decide_eligibility(
        journey=journey, stage="approval", outcome=Answer.YES, reason="Read.", by=officer, today=day
    )


def _taught(journey: Journey, row: PublishedEdition, person: User, officer: User, day: date) -> date:
    """Every part on one day, two days after; paid for."""
    stage = edition_of(row).stage("course")
    assert isinstance(stage, CourseStage)
    held = day + timedelta(days=2)
    plan = courses.PartPlan(day=held, starts=time(9, 30), ends=time(16, 30), place="The Invented Hall")
    course = courses.make(
        body=row.body, kind=Offering.Kind.COURSE, title="The course of long ago", capacity=4, scheme=row.slug,
        stage=stage.id, parts=[plan] * stage.parts, by=officer, now=_at(day),
    )  # fmt: skip
    courses.publish(offering=course, by=officer, today=day)
    attending.choose(journey=journey, stage=stage.id, offerings=[course], by=person, now=_at(day))
    place = Place.objects.get(purpose=journey.ref)
    attending.confirm(place=place, by=officer, now=_at(day))
    invoice = applying.issue_invoice(
        journey=journey, stage="course-fee", by=officer, today=day, amount=400, by_hand="Set for that year."
    )
    applying.take_payment(invoice=invoice, by=officer, today=day, paid_on=day)
    present = {place.ref: courses.Mark(Attendance.State.PRESENT)}
    for part in course.parts.all():
        attending.record_attendance(part=part, marks=present, by=officer, now=_at(held))
    return held


def _assessed(journey: Journey, name: str, officer: User, day: date) -> None:
    trainer = sample.person(f"{name}'s trainer", f"trainer-{journey.ref}@example.org")
    organisations.join(organisation=journey.edition.body, user=trainer, role=Role.ASSESSOR, by=officer)
    asked = applying.ask_assessor(journey=journey, assessor=trainer, by=officer, today=day)
    applying.declare(appointment=asked, conflict=False, wording=sample.DECLARED, today=day)
    for piece in ("presentation", "written"):
        assessing.give_feedback(
            journey=journey, stage="assessment", slot=piece, outcome=Feedback.Outcome.CONFIRMED, advice="",
            by=trainer, today=day,
        )  # fmt: skip
    assessing.decide_award(journey=journey, stage="decision", outcome=Answer.YES, reason="", by=officer, today=day)
