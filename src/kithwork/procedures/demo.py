"""The sample data of `kithwork demo`: one body, a scheme, services at every stage of its road."""

from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation
from kithwork.organisations.models import Role as Member
from kithwork.procedures import sample

# organisation, service, place, point, days since it began, turnover in pounds
SERVICES = (
    ("Harbour Light Trust", "Harbour Light Mentors", "Saltmouth", "applied", 12, 64_000),
    ("Greenway Friends", "Greenway Mentoring", "Otterby", "eligible", 30, 98_000),
    ("Millrace Community", "Millrace Pathways", "Fellbeck", "registered", 75, 210_000),
    ("Copperfield Youth", "Copperfield Mentors", "Tarnside", "sent", 60, 350_000),
    ("Rookery Lane Project", "Rookery Lane Mentoring", "Ashwick", "online-done", 190, 420_000),
    ("Stonebridge Together", "Stonebridge Mentors", "Wrenbury Cross", "visited", 150, 760_000),
    ("Foxglove Network", "Foxglove Mentoring", "Hollin Vale", "recommended", 200, 145_000),
    ("Tidewater Allies", "Tidewater Mentors", "Marram Bay", "awarded", 400, 88_000),
    ("Candlewick Trust", "Candlewick Mentoring", "Upper Sedge", "awarded", 700, 530_000),
)
LEADS = ("Kit", "Lee", "Sam", "Ash", "Rae", "Jo", "Max", "Val", "Bo")


@transaction.atomic
def make(schemes: Path) -> bool:
    """Make the sample data; False, and nothing done, when it is there."""
    if User.objects.filter(email="ada@lanternside.example").exists():
        return False
    today = timezone.localdate()
    people = sample.cast(sample.PASSWORD)
    ivo = sample.person("Ivo Brandt", "ivo@assessors.example", sample.PASSWORD)
    organisations.join(organisation=people.body, user=ivo, role=Member.ASSESSOR, by=people.olu)
    edition = sample.publish(schemes / "qim" / "2022", people)
    for number, (name, service_name, place, point, days, turnover) in enumerate(SERVICES):
        slug = name.split()[0].lower()
        lead = sample.person(f"{LEADS[number]} {name.split()[0]}", f"lead@{slug}.example")
        provider = organisations.found(
            name=name, kind=Organisation.Kind.PROVIDER, by=lead, address=f"1 {place} Road\n{place}"
        )
        service = organisations.open_service(organisation=provider, name=service_name, by=lead, place=place)
        sample.walk(
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
    # Ada's own service: some evidence sent, some returned, most still to do
    sample.walk(cast=people, edition=edition, to="returned", start=today - timedelta(days=50), last=today)
    return True


def tour(address: str) -> str:
    """What `kithwork demo` prints: where to look, and as whom."""
    accounts = (
        ("ada@lanternside.example", "coordinates a service that is on its way"),
        ("bea@lanternside.example", "her colleague, who adds evidence"),
        ("dot@assessors.example", "assesses"),
        ("ivo@assessors.example", "assesses other services"),
        ("olu@awards.example", "officer of the awarding body"),
        ("eve@elsewhere.example", "a stranger with an organisation of her own"),
    )
    lines = "\n".join(f"    {email:28} {what}" for email, what in accounts)
    return (
        f"\n  Kithwork is at {address}\n\n  Sign in with any of these; the password is  {sample.PASSWORD}\n{lines}\n\n"
        f"  Or start from nothing: {address}/check/qim/\n"
    )
