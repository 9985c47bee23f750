"""Services on every stage of Quality in Mentoring, with Ada's among them."""

from datetime import date, timedelta
from pathlib import Path

from kithwork.core.journey import Answer
from kithwork.core.schemes import Role
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation
from kithwork.organisations.models import Role as Member
from kithwork.procedures import applying, deciding
from kithwork.procedures.sample.people import PASSWORD, Cast, cast, person, publish
from kithwork.procedures.sample.road import Walk, walk

# organisation, service, place, the point it walks to, and what then; days since it began, turnover in pounds
SERVICES = (
    ("Harbour Light Trust", "Harbour Light Mentors", "Saltmouth", "applied", "", 12, 64_000),
    ("Greenway Friends", "Greenway Mentoring", "Otterby", "eligible", "", 30, 98_000),
    ("Millrace Community", "Millrace Pathways", "Fellbeck", "registered", "", 75, 210_000),
    ("Copperfield Youth", "Copperfield Mentors", "Tarnside", "sent", "", 60, 350_000),
    ("Rookery Lane Project", "Rookery Lane Mentoring", "Ashwick", "returned", "more time", 190, 420_000),
    ("Stonebridge Together", "Stonebridge Mentors", "Wrenbury Cross", "returned", "visited", 150, 760_000),
    ("Foxglove Network", "Foxglove Mentoring", "Hollin Vale", "recommended", "", 200, 145_000),
    ("Tidewater Allies", "Tidewater Mentors", "Marram Bay", "awarded", "", 400, 88_000),
    ("Candlewick Trust", "Candlewick Mentoring", "Upper Sedge", "awarded", "member still", 1120, 530_000),
    ("Brackenfold Circle", "Brackenfold Mentors", "Hazelgarth", "begun", "", 3, 52_000),
    ("Silverbirch Youth", "Silverbirch Mentoring", "Elmsby", "begun", "checked", 6, 120_000),
    ("Quarrybank Trust", "Quarrybank Mentors", "Dunhope", "applied", "not eligible", 80, 75_000),
)
LEADS = ("Kit", "Lee", "Sam", "Ash", "Rae", "Jo", "Max", "Val", "Bo", "Ivy", "Tom", "Uma")


def make(folder: Path, today: date) -> Cast:
    """The body, its assessors, and a service for each of SERVICES, and Ada's: some evidence sent, some returned."""
    people = cast(PASSWORD)
    ivo = person("Ivo Brandt", "ivo@assessors.example", PASSWORD)
    organisations.join(organisation=people.body, user=ivo, role=Member.ASSESSOR, by=people.olu)
    edition = publish(folder, people)
    for number, (name, service_name, place, point, then, days, turnover) in enumerate(SERVICES):
        slug = name.split()[0].lower()
        lead = person(f"{LEADS[number]} {name.split()[0]}", f"lead@{slug}.example")
        provider = organisations.found(
            name=name, kind=Organisation.Kind.PROVIDER, by=lead, address=f"1 {place} Road\n{place}"
        )
        service = organisations.open_service(organisation=provider, name=service_name, by=lead, place=place)
        way = walk(
            cast=people,
            edition=edition,
            to=point,
            start=today - timedelta(days=days),
            service=service,
            lead=lead,
            assessor=ivo if number % 3 == 0 else people.dot,
            last=today,
            annual_turnover=turnover,
        )
        _then(way, then, today)
    walk(cast=people, edition=edition, to="returned", start=today - timedelta(days=50), last=today)
    return people


def _then(way: Walk, then: str, today: date) -> None:
    match then:
        case "checked":
            way.check()
        case "not eligible":
            applying.decide_eligibility(
                journey=way.journey,
                stage=way.decision("eligibility").id,
                outcome=Answer.NO,
                reason="A full year from matching to ending is still to come. Please apply again after it.",
                by=way.cast.olu,
                today=way.today,
            )
        case "more time":
            applying.extend(
                journey=way.journey,
                stage="online",
                until=today + timedelta(days=40),
                reason="Your coordinator was away for six weeks.",
                by=way.cast.olu,
                today=way.today,
            )
        case "visited":  # with the second invoice still to come
            way.online()
            way.to("visited", since="online-done")
        case "member still":
            deciding.confirm_duty(
                journey=way.journey, duty="membership", by=way.cast.olu, today=today, role=Role.OFFICER
            )
