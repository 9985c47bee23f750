"""People on every stage of QMS and QLMS: from interest over portfolio, observation and panel to the status."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from pathlib import Path

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.awards.actions import agree_to_listing
from kithwork.awards.models import Award
from kithwork.core.journey import Answer
from kithwork.core.schemes import CourseStage, PanelStage, Role
from kithwork.courses.models import Offering
from kithwork.journeys.editions import edition_of
from kithwork.procedures import applying, supporting
from kithwork.procedures.sample.dates import Diary
from kithwork.procedures.sample.houses import House, house
from kithwork.procedures.sample.people import PASSWORD, person
from kithwork.procedures.sample.way import Way

LEAD = ("lead-application", "lead-tutor", "lead-enrolment", "lead-briefing", "lead-portfolio", "lead-observation")


class Statuses:
    """Makes them. Gwen and Hugo can sign in: a portfolio half built, and an observation to be signed."""

    def __init__(self, folder: Path, today: date) -> None:
        self.today = today
        self.house: House = house(
            folder,
            name="Tarn Valley Partnership (sample)",
            address="3 Invented Street\nNowhere XX4 4XX",
            officer=("Win Osei", "win@tarnvalley.example"),
            assessors=[("Tia Rowe", "tia@tarnvalley.example")],
            panel=[("Pat Fell", "pat@tarnvalley.example"), ("Kim Gale", "kim@tarnvalley.example")],
            chair=("Cleo Hart", "cleo@tarnvalley.example"),
        )
        edition = edition_of(self.house.edition)
        diary = Diary(self.house, today)

        def briefing(title: str, stage: str, day: int) -> Offering:
            found = edition.stage(stage)
            assert isinstance(found, CourseStage)
            return diary.course(title, found, (day,), capacity=20)

        self.been = briefing("Briefing, last term", "briefing", -70)
        self.old = briefing("Briefing, last year", "briefing", -330)
        self.coming = briefing("Briefing, this term", "briefing", 16)
        self.lead_been = briefing("Briefing for lead mentors, last term", "lead-briefing", -50)
        self.lead_coming = briefing("Briefing for lead mentors, this term", "lead-briefing", 23)

    def person(
        self, name: str, began: int, *, dates: Sequence[Offering] = (), lead: Sequence[Offering] = (), email: str = ""
    ) -> Way:
        first = name.split(maxsplit=1)[0].lower()
        who = person(name, email or f"{first}@fellside.example", PASSWORD if email else "")
        start = self.today - timedelta(days=began)
        journey = applying.begin_yourself(edition=self.house.edition, by=who, today=start)
        says: dict[str, object] = {
            "school": "Fellside School",
            "role": "Deputy head",
            "training": (start - timedelta(days=600)).isoformat(),
            "trainees": [
                {"placement": "Fellside School", "point": point, "ended": (start - timedelta(days=ago)).isoformat()}
                for point, ago in (("beginning", 300), ("developing", 60))
            ],
            "mentors": [
                {"where": "Fellside School", "ended": (start - timedelta(days=ago)).isoformat()} for ago in (250, 40)
            ],
        }
        return Way(self.house, who, journey, start, self.today, {"briefing": dates, "lead-briefing": lead}, says)

    def entering(self) -> None:
        """Interest, the application, and the two signatures: one given, one awaited; one declined."""
        self.person("Ava Moss", 3).to("interest")
        self.person("Ben Sykes", 12).to("application")
        self.person("Cara Innes", 25).to("tutor", but=["head"]).do("tutor").do("head", 2)
        turned = self.person("Dev Rao", 28).to("head", but=["tutor"])
        support = turned.ask("head", "Hana Okafor", "head@fellside.example")
        supporting.decline_support(support=support, reason="Not in a year with an inspection.", today=turned.day)
        turned.ask("tutor", "Tia Rowe", "tia@tarnvalley.example")
        self.person("Ellis Ward", 33).to("enrolment")
        self.person("Freya Nunn", 40, dates=[self.coming]).to("briefing").do("briefing", 2)

    def building(self) -> None:
        """A portfolio half built; one that is handed in, with its observation signed by one of two."""
        gwen = self.person("Gwen Acres", 110, dates=[self.been], email="gwen@fellside.example")
        gwen.to("portfolio", "observation").do("observation")
        gwen.build("portfolio", 2)
        hugo = self.person("Hugo Prior", 112, dates=[self.been], email="hugo@fellside.example").to(
            "portfolio", "observation"
        )
        hugo.do("portfolio").do("observation", 3)

    def before_the_panel(self) -> None:
        """One member of two has read it; both have, and it waits for the chair; more was asked for; it is to be
        granted.
        """
        isla = self._handed_in("Isla Reed")
        _, kim = self.house.panel
        assessment.note(journey=isla.journey, stage="panel", text="Warm, and honest.", by=kim, today=isla.day)
        isla.say("panel", kim, Role.PANEL, Answer.YES, advice=True)
        self._recommended("Jude Marsh")
        tess = self._recommended("Tess Hale")
        more = "The second half collects and does not reflect. Choose three pieces, and say what they taught you."
        tess.say("panel", self._chair, Role.CHAIR, Answer.MORE, more)
        self._recommended("Kira Bloom").do("panel")

    def _handed_in(self, name: str) -> Way:
        return self.person(name, 115, dates=[self.been]).to("panel")

    def _recommended(self, name: str) -> Way:
        """Both members have read it and recommended, and the panel's record is kept."""
        way = self._handed_in(name)
        panel = way.edition.stage("panel")
        assert isinstance(panel, PanelStage)
        way.keep_record(panel)
        return way.do("panel")

    @property
    def _chair(self) -> User:
        assert self.house.chair is not None
        return self.house.chair

    def holding(self) -> None:
        """A holder who goes on to the second status, those who work towards both at once, and one who holds both."""
        mina = self.person("Mina Court", 380, dates=[self.old]).granted()
        agree_to_listing(award=Award.objects.get(journey=mina.journey), agreed=True, by=mina.person)
        mina.day = self.today
        applying.raise_level(journey=mina.journey, level="qlms", by=mina.person, today=mina.day)
        for name, stage, but in (
            ("Nico Dale", "lead-tutor", LEAD[2:]),
            ("Orla Finch", "lead-enrolment", LEAD[3:]),
            ("Perry Lund", "lead-briefing", LEAD[4:]),
            ("Quinn Ames", "lead-portfolio", LEAD[5:]),
            ("Rhea Stone", "lead-observation", ()),
        ):
            self._towards_both(name, stage, but)
        self._lead("Sol Waters")

    def _towards_both(self, name: str, stage: str, but: Collection[str]) -> Way:
        coming = stage == "lead-briefing"
        way = self.person(name, 120, dates=[self.been], lead=[self.lead_coming if coming else self.lead_been])
        applying.raise_level(journey=way.journey, level="qlms", by=way.person, today=way.day)
        way.to(stage, but=["briefing", *but])
        if stage == "lead-tutor":
            way.do(stage)
        if coming:
            way.do(stage, 2)
        if stage == "lead-portfolio":
            way.build(stage, 1)
        if stage == "lead-observation":
            way.do(stage, 2)
        return way

    def _lead(self, name: str) -> Way:
        """Both statuses at once, all the way."""
        way = self.person(name, 160, dates=[self.been], lead=[self.lead_been])
        applying.raise_level(journey=way.journey, level="qlms", by=way.person, today=way.day)
        way.granted()
        agree_to_listing(award=Award.objects.get(journey=way.journey), agreed=True, by=way.person)
        return way


def make(folder: Path, today: date) -> House:
    """The body, its briefings, and its people."""
    statuses = Statuses(folder, today)
    statuses.entering()
    statuses.building()
    statuses.before_the_panel()
    statuses.holding()
    return statuses.house
