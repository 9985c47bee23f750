"""People who apply for themselves, and the courses they take: the half of `rarer.py` that is not about services."""

import io
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone
from PIL import Image

from kithwork.accounts.models import User
from kithwork.awards.actions import agree_to_listing
from kithwork.awards.models import Award
from kithwork.core.journey import Answer
from kithwork.core.portfolio import Link
from kithwork.core.schemes import AssignmentStage, ChecklistStage, FormStage, PortfolioStage, Role
from kithwork.courses import actions as courses
from kithwork.courses.models import Attendance, HoursRecord, Offering, Place
from kithwork.courses.questions import QUESTIONS
from kithwork.evidence.models import Feedback, Round
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role as Member
from kithwork.procedures import applying, assessing, attending, sample, supporting
from kithwork.procedures.sample import Cast
from tests.core.journey import thrush
from tests.evidence.folder import folder_of
from tests.house.test_every_act import openings
from tests.journeys.made import journey_at, publish_texts

SCHEMES = Path(__file__).parents[2] / "schemes"
LICENCE, STATUS = SCHEMES / "pqasso-mentor" / "first", SCHEMES / "qms" / "2019"
PROGRAMME = SCHEMES / "hwstpa" / "2009"
PERSON, HOLDER, SUPPORTED = "person@example.org", "holder@example.org", "supported@example.org"
LAPSED, SPOKEN = "lapsed@example.org", "spoken@example.org"
FOLDERS = ("hal@water.example", "ida@water.example")
KEEPER = "pat@awards.example"
PANEL, CHAIR = "panel@example.org", "chair@example.org"


def at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(10)))


@dataclass
class Road:
    """One person on one journey, whose day moves on to today and no further."""

    people: Cast
    person: User
    journey: Journey
    day: date

    def place(self) -> Place:
        return Place.objects.filter(purpose=self.journey.ref).latest("pk")

    def fill_in(self, stage: str, **given: Any) -> None:
        edition = edition_of(self.journey.edition)
        form = edition.stage(stage)
        assert isinstance(form, FormStage)
        answers = {field.id: sample.answer(field, edition, **given) for field in form.fields}
        applying.hand_in_form(journey=self.journey, stage=stage, answers=answers, by=self.person, today=self.day)

    def decide(self, stage: str) -> None:
        applying.decide_eligibility(
            journey=self.journey, stage=stage, outcome=Answer.YES, reason="Read.", by=self.people.olu, today=self.day
        )


class People:
    """A licence by a course, at two points; a status with supporters; courses at every point of theirs."""

    def __init__(self, cast: Cast, today: date) -> None:
        self.cast, self.today = cast, today
        self.licence = self._publish(LICENCE)
        self.status = self._publish(STATUS)

    def _publish(self, folder: Path) -> PublishedEdition:
        """The same edition under another name, for in the demo another body offers it, whose people are others."""
        slug, edition = folder.parts[-2:]
        texts = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.toml")}
        scheme = texts["scheme.toml"].replace(f'slug = "{slug}"', f'slug = "rarer-{slug}"', 1)
        texts["scheme.toml"] = scheme.replace('name = "', 'name = "Rarer ', 1)
        with tempfile.TemporaryDirectory() as place:
            return publish_texts(texts, self.cast, Path(place) / f"rarer-{slug}" / edition)

    def begin(self, edition: PublishedEdition, email: str, days: int) -> Road:
        person = sample.person(email.split("@", maxsplit=1)[0].capitalize(), email, sample.PASSWORD)
        day = self.today - timedelta(days=days)
        return Road(self.cast, person, applying.begin_yourself(edition=edition, by=person, today=day), day)

    def offering(self, title: str, day: date, *after: int, **more: Any) -> Offering:
        """A course whose parts are so many days from a day; made then, and seen by nobody yet."""
        plans = [
            courses.PartPlan(
                title=f"Day {number}",
                day=day + timedelta(days=days),
                starts=time(9, 30),
                ends=time(16, 30),
                place="The Invented Hall",
                homework="Read the standard." if number == 1 else "",
            )
            for number, days in enumerate(after, 1)
        ]
        given: dict[str, Any] = {"capacity": 3, "outline": "What is asked for, and how to help others show it."}
        given |= {"kind": Offering.Kind.COURSE, "scheme": self.licence.slug, "stage": "course"}
        return courses.make(
            body=self.cast.body, title=title, parts=plans, by=self.cast.olu, now=at(day), **{**given, **more}
        )

    def publish(self, made: Offering, day: date) -> Offering:
        return courses.publish(offering=made, by=self.cast.olu, today=day)

    def approved(self, email: str, days: int) -> Road:
        road = self.begin(self.licence, email, days)
        for stage in edition_of(self.licence).stages:
            if isinstance(stage, ChecklistStage) and stage.by is Role.APPLICANT and stage.id == "self-check":
                yes = dict.fromkeys((question.id for question in stage.questions), True)
                applying.answer_checklist(
                    journey=road.journey, stage=stage.id, answers=yes, by=road.person, today=road.day
                )
        road.fill_in("application", area="Cumbria")
        road.decide("approval")
        return road

    def licensed(self) -> None:
        """Two who took the course, were assessed and hold the licence; one said what they thought of it."""
        road = self.taught(SPOKEN)
        said = {question.id: 4 for question in QUESTIONS}
        courses.give_feedback(
            place=road.place(), ratings=said, by=road.person, now=at(road.day) + timedelta(days=1), helped="The others"
        )
        road = self.taught(HOLDER)
        agree_to_listing(award=Award.objects.get(journey=road.journey), agreed=True, by=road.person)

    def taught(self, email: str) -> Road:
        road = self.approved(email, 100)
        held = self.publish(self.offering("The course of last summer", road.day, 10, 11, 24, 25), road.day)
        attending.choose(journey=road.journey, stage="course", offerings=[held], by=road.person, now=at(road.day))
        attending.confirm(place=road.place(), by=self.cast.olu, now=at(road.day))
        invoice = applying.issue_invoice(
            journey=road.journey,
            stage="course-fee",
            by=self.cast.olu,
            today=road.day,
            amount=480,
            by_hand="Set for this year.",
        )
        applying.take_payment(invoice=invoice, by=self.cast.olu, today=road.day, paid_on=road.day)
        for part in held.parts.all():
            road.day = part.day
            present = {road.place().ref: courses.Mark(Attendance.State.PRESENT)}
            attending.record_attendance(part=part, marks=present, by=self.cast.olu, now=at(road.day))
        asked = applying.ask_assessor(journey=road.journey, assessor=self.cast.dot, by=self.cast.olu, today=road.day)
        applying.declare(appointment=asked, conflict=False, wording=sample.DECLARED, today=road.day)
        for piece in ("presentation", "written"):
            assessing.give_feedback(
                journey=road.journey,
                stage="assessment",
                slot=piece,
                outcome=Feedback.Outcome.CONFIRMED,
                advice="",
                by=self.cast.dot,
                today=road.day,
            )
        assessing.decide_award(
            journey=road.journey, stage="decision", outcome=Answer.YES, reason="", by=self.cast.olu, today=road.day
        )
        return road

    def coming(self) -> None:
        """A course to come, with a place confirmed, one asked for and one waiting; a draft; one called off."""
        road = self.approved(PERSON, 20)
        to_come = self.publish(self.offering("The course of next spring", road.day, 60, 61, 75, capacity=2), road.day)
        attending.choose(journey=road.journey, stage="course", offerings=[to_come], by=road.person, now=at(road.day))
        attending.confirm(place=road.place(), by=self.cast.olu, now=at(road.day))
        for person in (self.cast.eve, self.cast.bea, self.cast.cid):
            courses.ask(person=person, offerings=[to_come], by=person, now=at(self.today))
        self.publish(self.offering("Another date", road.day, 90, 91), road.day)
        self.offering("Not published yet", self.today, 120)
        off = self.publish(self.offering("Called off", road.day, 40), road.day)
        attending.cancel(offering=off, reason="The trainer is ill.", by=self.cast.olu, now=at(self.today))

    def supported(self) -> None:
        """Somebody whose head and tutor are asked to sign: one has declined, one has not answered."""
        road = self.begin(self.status, SUPPORTED, 30)
        road.fill_in("interest")
        rows = [
            {"placement": "Fellside School", "point": point, "ended": (road.day - timedelta(days=days)).isoformat()}
            for point, days in (("beginning", 200), ("developing", 20))
        ]
        road.fill_in("application", trainees=rows)
        for stage in ("head", "tutor"):
            support = supporting.ask_support(
                journey=road.journey,
                stage=stage,
                name="Hana Okafor",
                email=f"{stage}@fellside.example",
                by=road.person,
                today=self.today,
                now=timezone.now(),
            )
            if stage == "head":
                supporting.decline_support(support=support, reason="Not this year.", today=self.today)

    def lapsed(self) -> None:
        """Somebody who was approved, and took no course within the year that the scheme gives."""
        self.approved(LAPSED, 500)

    def panel(self) -> None:
        """A member and the chair of the body's panel."""
        for email, role in ((PANEL, Member.PANEL), (CHAIR, Member.CHAIR)):
            who = sample.person(email.split("@", maxsplit=1)[0].capitalize(), email, sample.PASSWORD)
            organisations.join(organisation=self.cast.body, user=who, role=role, by=self.cast.olu)

    def folders(self) -> None:
        """A portfolio being built, and one that the panel sent back and that was handed in again; hours of learning."""
        with tempfile.TemporaryDirectory() as place:
            building = folder_of(self.cast, Path(place), self.today)
        picture = io.BytesIO()
        Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
        ida = sample.person("Ida Marsh", "ida@water.example", sample.PASSWORD)
        journey = applying.begin_yourself(edition=building.journey.edition, by=ida, today=self.today)
        handed_in = replace(building, hal=ida, journey=journey)
        for folder in (building, handed_in):
            said = folder.say()
            folder.link(said, Link("wade", (1,), "On one leg."), Link("wait"))
            folder.show(picture.getvalue())
            folder.point()
        handed_in.hand_in()
        handed_in.ask_for_more()
        handed_in.hand_in("More of the frog.")
        handed_in.appoint()
        courses.log_hours(
            person=User.objects.get(email=HOLDER), day=self.today - timedelta(days=3), hours=Decimal(2),
            what="Read of herons", kind=HoursRecord.Kind.SELF_STUDY, today=self.today,
        )  # fmt: skip

    def judged(self) -> None:
        """A journey for each kind of act that any edition opens for its assessors, its panel or the panel's chair."""
        ivo = User.objects.get(email="ivo@assessors.example")
        with tempfile.TemporaryDirectory() as place:
            unlike = publish_texts(thrush.TEXTS, self.cast, Path(place) / thrush.SLUG / thrush.EDITION)
        for row, folder in ((self.status, STATUS), (self._publish(PROGRAMME), PROGRAMME), (unlike, Path("thrush"))):
            edition = edition_of(row)
            for act, stand in openings(edition, folder):
                if act.role in (Role.ASSESSOR, Role.PANEL, Role.CHAIR):
                    several = isinstance(edition.stage(act.stage), AssignmentStage)
                    made = journey_at(row, self.cast, stand, self.today, [self.cast.dot, ivo] if several else [])
                    for folder_stage in edition.stages:  # entries alone hand no portfolio in
                        if isinstance(folder_stage, PortfolioStage):
                            Round.objects.create(
                                journey=made, stage=folder_stage.id, slot=folder_stage.id, number=1,
                                sent_on=self.today, sent_by=self.cast.ada,
                            )  # fmt: skip


def make(cast: Cast, today: date) -> None:
    people = People(cast, today)
    people.licensed()
    people.coming()
    people.supported()
    people.lapsed()
    people.panel()
    people.folders()
    people.judged()
