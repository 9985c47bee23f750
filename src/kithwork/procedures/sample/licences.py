"""People on every stage of the PQASSO mentor licence: first approved, then taught, assessed, licensed, and renewed."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from kithwork.awards.actions import agree_to_listing
from kithwork.awards.models import Award
from kithwork.core.journey import Answer, EntryKind
from kithwork.core.schemes import CourseStage, Role
from kithwork.courses import actions as courses
from kithwork.courses.models import Offering
from kithwork.courses.questions import QUESTIONS
from kithwork.evidence.models import Feedback
from kithwork.journeys.editions import edition_of
from kithwork.procedures import applying, assessing, attending, deciding
from kithwork.procedures.sample.dates import Diary
from kithwork.procedures.sample.houses import House, house
from kithwork.procedures.sample.people import PASSWORD, person
from kithwork.procedures.sample.way import PRICE, Way
from kithwork.procedures.sample.work import at

LONG_AGO = -1030  # the day of the course whose licences end about three months from now
AREAS = ("Cumbria", "Northumberland", "County Durham", "Lancashire", "North Yorkshire")


class Licences:
    """Makes them, one named person after another. Pia can sign in: her licence ends soon, and she is renewing it."""

    def __init__(self, folder: Path, today: date) -> None:
        self.today = today
        self.house: House = house(
            folder,
            name="Plumbline Evaluation (sample)",
            address="2 Invented Street\nNowhere XX3 3XX",
            officer=("Nia Holt", "nia@plumbline.example"),
            assessors=[("Ted Amble", "ted@plumbline.example")],
        )
        self.edition = edition_of(self.house.edition)
        self.diary = Diary(self.house, today)

    def stage(self, name: str) -> CourseStage:
        found = self.edition.stage(name)
        assert isinstance(found, CourseStage)
        return found

    def course(self, title: str, *days: int, capacity: int = 12) -> Offering:
        note = f"£{PRICE}, with lunch"
        return self.diary.course(title, self.stage("course"), days, capacity=capacity, price_note=note)

    def person(self, name: str, began: int, *dates: Offering, email: str = "") -> Way:
        """Somebody who began so many days ago, and will choose among these dates."""
        first = name.split(maxsplit=1)[0].lower()
        who = person(name, email or f"{first}@independent.example", PASSWORD if email else "")
        start = self.today - timedelta(days=began)
        journey = applying.begin_yourself(edition=self.house.edition, by=who, today=start)
        area = AREAS[sum(name.encode()) % len(AREAS)]
        says: dict[str, object] = {"area": area, "employer": "", "phone": "020 7946 0036"}
        return Way(self.house, who, journey, start, self.today, {"course": dates}, says)

    def applying(self) -> None:
        """From those who have just begun to those who are approved, refused, or asked for more."""
        self.person("Noor Abara", 4).to("self-check")
        self.person("Owen Fry", 9).to("application")
        self.person("Zadie Poole", 16).to("approval")
        more = self.person("Bryn Tate", 21).to("approval")
        asks = "Say which organisations you plan to support, and how you know that they want it."
        more.say("approval", self.house.officer, Role.OFFICER, Answer.MORE, asks)
        no = self.person("Dora Flint", 70).to("approval")
        no.say(
            "approval", self.house.officer, Role.OFFICER, Answer.NO, "Two years of supporting others are not shown yet."
        )
        self.person("Hester Quill", 420).to("course")  # approved, and a year went by without a course

    def learning(self) -> None:
        """Dates to come, one of them full with a waiting list; a course that has begun; one that was called off."""
        full = self.course("Mentor course, spring", 40, 41, 55, 56, capacity=1)
        other = self.course("Mentor course, early summer", 75, 76, 90, 91)
        now = self.course("Mentor course, now running", -7, -6, 8, 9)
        off = self.course("Mentor course, winter", 25, 26, 39, 40)
        self.person("Jonas Leigh", 30, full).to("course-fee").do("course-fee")  # the invoice is sent, and not paid
        waiting = self.person("Ines Vaz", 24, full, other).to("course")
        waiting.do("course")
        lost = self.person("Yusuf Ember", 28, off).to("course").do("course", 2)
        attending.cancel(offering=off, reason="The trainer is ill.", by=self.house.officer, now=at(self.today))
        lost.day = self.today
        self.person("Meera Sand", 60, now).to("course-fee").do("course-fee", 2).do("course")
        self.diary.meeting("Yearly gathering of mentors", Offering.Kind.GATHERING, 50)

    def judged(self) -> None:
        """Taught this winter: one has more to do, one waits for the decision."""
        held = self.course("Mentor course, winter past", -33, -32, -17, -16)
        more = self.person("Tomas Wick", 80, held).to("assessment")
        more.appoint()
        more.judge("assessment", "presentation")
        advice = "The answers on self-assessment stay general. Take one of your own organisations through it."
        more.judge("assessment", "written", Feedback.Outcome.RETURNED, advice)
        more.invoice("extra-support")
        self.person("Fern Abel", 82, held).to("assessment").to("decision")

    def licensed(self) -> None:
        """Holders: one newly listed, one suspended."""
        held = self.course("Mentor course, last autumn", -130, -129, -115, -114)
        self._listed(self.person("Luca Brandt", 175, held).granted())
        award = self._listed(self.person("Gus Marl", 175, held).granted())
        reason = "Clients were not shown the disclaimer, twice. It holds again once it is."
        by = self.house.officer
        assessing.change_standing(award=award, kind=EntryKind.SUSPENDED, reason=reason, by=by, today=self.today)

    def _listed(self, way: Way) -> Award:
        award = Award.objects.get(journey=way.journey)
        agree_to_listing(award=award, agreed=True, by=way.person)
        return award

    def _says(self, way: Way, held: Offering) -> None:
        """What somebody thought of the course, on the day after."""
        courses.give_feedback(
            place=way.place("course"),
            ratings={question.id: 4 + (index + len(way.person.name)) % 2 for index, question in enumerate(QUESTIONS)},
            by=way.person,
            now=at(max(part.day for part in held.parts.all()) + timedelta(days=1)),
            helped="Practising the presentation with the others",
            change="A later start",
        )

    def renewing(self) -> None:
        """Four whose licences end together: one has not asked yet, three are on their way to another three years."""
        held = self.course("Mentor course of three years ago", *(LONG_AGO + day for day in (0, 1, 14, 15)))
        been = self.diary.course("Renewal workshop, this month", self.stage("workshop"), (-9,))
        coming = self.diary.course("Renewal workshop, next month", self.stage("workshop"), (27,))
        began = 40 - LONG_AGO
        for name, email, stage, dates in (
            ("Ulla Stein", "", "", []),
            ("Amir Cole", "", "renewal-application", []),
            ("Rosa Tull", "", "decision", [been]),
            ("Pia Lindqvist", "pia@independent.example", "workshop", [coming]),
        ):
            way = self.person(name, began, held, email=email).granted()
            self._listed(way)
            self._says(way, held)
            if stage:
                self._renewal(way, dates).to(stage).do(stage, 2 if dates and stage == "workshop" else 0)
        acted = "We start half an hour later, so that nobody has to come the evening before."
        attending.answer_feedback(offering=held, what=acted, by=self.house.officer, today=way.day)
        told = {"employer": "Self-employed"}
        deciding.report_change(journey=way.journey, duty="changes", changes=told, by=way.person, today=self.today)
        deciding.confirm_duty(
            journey=way.journey, duty="insurance", by=way.person, today=self.today, role=Role.APPLICANT
        )

    def _renewal(self, way: Way, dates: Sequence[Offering]) -> Way:
        """Asked for six weeks ago."""
        start = self.today - timedelta(days=42)
        journey = applying.renew(journey=way.journey, by=way.person, today=start)
        return Way(self.house, way.person, journey, start, self.today, {"workshop": dates}, way.says)


def make(folder: Path, today: date) -> House:
    """The body, its dates, and its people."""
    licences = Licences(folder, today)
    licences.applying()
    licences.learning()
    licences.judged()
    licences.licensed()
    licences.renewing()
    return licences.house
