"""Small services drawn by a seed, with days on the edges of the rules, written straight into the tables.

What the tables themselves forbid is kept, and what every action sees to: somebody is accepted after they came, a match
ends after it began, an ending has the last day of its match. All else may be as it likes, later days among it.
"""

from django.db.models import Model

from kithwork.caseload.models import Gathering, Match, Measure, Mentee, Mentor, Practice, Session, Training
from kithwork.core.days import add_months
from kithwork.governance.models import Policy, PolicyVersion, Resource, Staff
from kithwork.organisations.models import Organisation, Service
from tests.readiness.making.matches import Matches
from tests.readiness.making.people import People
from tests.readiness.making.service import Papers

__all__ = ["Maker"]

FIRST: tuple[type[Model], ...] = (  # what other rows point to
    *(Policy, PolicyVersion, Resource, Staff, Measure, Training, Session),
    *(Mentee, Mentor, Gathering, Match),
)


class Maker(Papers, People, Matches):
    """One service around one day."""

    def make(self) -> Practice:
        number = Service.objects.count()
        organisation = Organisation.objects.create(kind="provider", name="Larch", slug=f"larch-{number}")
        service = Service.objects.create(organisation=organisation, name="Larch", slug=f"larch-{number}")
        self.service = service
        practice = Practice.objects.create(
            service=service,
            begun_on=add_months(self.at, -60),
            eligibility=self.one((["Lives here"], [])),
            capacity=self.rng.randint(0, 6),
            waiting_limit=self.rng.randint(0, 6),
            takes_referrals=self.maybe(0.7),
            closed_until=self.perhaps(self.near(), 0.5),
            visits_homes=self.maybe(0.7),
            new_weeks=self.one((4, 8)),
            notice_days=self.one((0, 14)),
            vetting="none" if self.maybe(0.1) else "dbs",
            badges=self.maybe(0.8),
        )
        self.papers()
        self.registers()
        for _ in range(self.people // 2):
            self.staff()
        self.scales = [
            self.add(
                Measure(
                    service=service,
                    whose=self.one(("mentee", "mentee", "mentor")),
                    name="Courage",
                    question="How?",
                    begun_on=self.near(),
                    ended_on=self.perhaps(self.near(), 0.2),
                )
            )
            for _ in self.some(3)
        ]
        self.courses = [self.course() for _ in self.some(5)]
        self.mentees = [self.mentee() for _ in range(self.people)]
        self.mentors = [self.mentor() for _ in range(self.people)]
        self.gatherings()
        if self.people:
            self.matches()
        for kind in dict.fromkeys((*FIRST, *self.rows)):
            kind._base_manager.bulk_create(self.rows.get(kind, []))
        return practice
