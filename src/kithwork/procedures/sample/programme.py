"""People on every stage of the HWSTPA programme, and the mentor bank that those enter who complete it."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from kithwork.accounts.models import User
from kithwork.assessment.models import Mark
from kithwork.awards.actions import agree_to_listing
from kithwork.awards.models import Award
from kithwork.caseload.actions import practice as practices
from kithwork.core.journey import Answer
from kithwork.core.schemes import AssignmentStage, CourseStage, Role
from kithwork.courses import actions as courses
from kithwork.courses.models import HoursRecord, Offering
from kithwork.journeys.editions import edition_of
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation, Service
from kithwork.procedures import applying, joining
from kithwork.procedures.sample.dates import Diary
from kithwork.procedures.sample.houses import House, house
from kithwork.procedures.sample.people import PASSWORD, person
from kithwork.procedures.sample.way import Way

BEGAN = 300  # days ago, on which the bank was set up
AREAS = ("Hereford", "Leominster", "Worcester", "Malvern", "Ross-on-Wye")


class Programme:
    """Makes them. Mo and Jan mark together, Una runs the bank, and Wyn is one of its mentors: all can sign in."""

    def __init__(self, folder: Path, today: date) -> None:
        self.today = today
        self.house: House = house(
            folder,
            name="Two Rivers Training (sample)",
            address="4 Invented Street\nNowhere XX5 5XX",
            officer=("Hal Orme", "hal@tworivers.example"),
            assessors=[("Mo Lund", "mo@tworivers.example"), ("Jan Pike", "jan@tworivers.example")],
        )
        self.edition = edition_of(self.house.edition)
        course = self.edition.stage("programme")
        assert isinstance(course, CourseStage)
        diary = Diary(self.house, today)
        cohort = course.cohort or 12
        self.past = diary.course("Cohort of last autumn", course, (-190, -189, -175, -168), capacity=cohort)
        self.now = diary.course("Cohort of this winter", course, (-24, -23, 7, 14), capacity=cohort)
        self.coming = diary.course("Cohort of the spring", course, (48, 49, 62, 69), capacity=cohort)
        diary.meeting("Standardisation meeting", Offering.Kind.STANDARDISATION, 12, capacity=8)

    def bank(self) -> Service:
        """A service that runs the bank, with the agreement of the body."""
        una = person("Una Vale", "una@mentorbank.example", PASSWORD)
        began = self.today - timedelta(days=BEGAN)
        keeper = organisations.found(
            name="Two Rivers Mentor Bank", kind=Organisation.Kind.PROVIDER, by=una, address="Wharf Lane\nHereford"
        )
        service = organisations.open_service(organisation=keeper, name="Mentor bank", by=una, place="Hereford")
        practices.begin(service=service, by=una, today=began)
        asked = joining.ask_bank(service=service, scheme=self.house.edition.slug, by=una, today=began)
        joining.answer_bank(bank=asked, agreed=True, by=self.house.officer, today=began)
        return service

    def person(self, name: str, began: int, *dates: Offering, email: str = "") -> Way:
        first = name.split(maxsplit=1)[0].lower()
        who = person(name, email or f"{first}@college.example", PASSWORD if email else "")
        start = self.today - timedelta(days=began)
        journey = applying.begin_yourself(edition=self.house.edition, by=who, today=start)
        says: dict[str, object] = {
            "employer": "Riverside College",
            "area": AREAS[sum(name.encode()) % len(AREAS)],
            "qualification": "A trade diploma, and a teaching certificate",
        }
        return Way(self.house, who, journey, start, self.today, {"programme": dates}, says)

    def applying(self) -> None:
        self.person("Alma Reyes", 5).to("application")
        self.person("Boris Gale", 11).to("selection")
        turned = self.person("Carys Bell", 60).to("selection")
        no = "Your employer's agreement to the time is still missing. The next cohort starts in the spring."
        turned.say("selection", self.house.officer, Role.OFFICER, Answer.NO, no)
        chosen = self.person("Dina Frost", 20, self.coming).to("programme")
        chosen.do("programme")

    def learning(self) -> None:
        """In the cohort that is on now: half of it is taught, and the assignments come in."""
        for name in ("Edda Lyle", "Finn Oram", "Gita Noble", "Hamish Dow"):
            email = "edda@college.example" if name == "Edda Lyle" else ""
            way = self.person(name, 70, self.now, email=email).to("assignments").do("programme")
            stage = way.edition.stage("assignments")
            assert isinstance(stage, AssignmentStage)
            way.appoint()
            way.appoint()
            if name == "Edda Lyle":
                continue
            way.write(stage, "theory")
            first, second = self.house.assessors
            way.mark("assignments", "theory", first)
            if name == "Finn Oram":  # one has marked, and it waits for the other
                continue
            if name == "Gita Noble":  # they differ, and are to compare
                way.mark("assignments", "theory", second, Mark.Outcome.AGAIN)
                continue
            way.mark("assignments", "theory", second, Mark.Outcome.AGAIN)
            again = "Link the stages to one thing that you did yourself, and hand it in again."
            way.agree("assignments", "theory", Mark.Outcome.AGAIN, again)

    def completing(self) -> None:
        """The cohort before: one waits for the decision, the others are in the bank and write down their hours."""
        self.person("Ines Kemp", 240, self.past).to("completion")
        for name, email in (("Wyn Harrow", "wyn@college.example"), ("Piers Moon", "")):
            way = self.person(name, 245, self.past, email=email).granted()
            agree_to_listing(award=Award.objects.get(journey=way.journey), agreed=True, by=way.person)
            self._hours(way.person, (-90, 3, "Read on ending well"), (-40, 2, "A talk with another mentor"))

    def _hours(self, who: User, *lines: tuple[int, int, str]) -> None:
        for ago, hours, what in lines:
            courses.log_hours(
                person=who,
                day=self.today + timedelta(days=ago),
                hours=Decimal(hours),
                what=what,
                kind=HoursRecord.Kind.CPD,
                today=self.today,
            )


def make(folder: Path, today: date) -> House:
    """The body, its bank, its cohorts, and its people."""
    programme = Programme(folder, today)
    programme.bank()
    programme.applying()
    programme.learning()
    programme.completing()
    return programme.house
