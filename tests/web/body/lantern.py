"""A scheme nobody has heard of, in which the body itself acts in every way that it can: the Lantern Mark."""

from datetime import date, time, timedelta
from pathlib import Path

from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.courses import actions as courses
from kithwork.courses.models import Offering
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import applying
from kithwork.procedures.sample import Cast, person

SCHEME = """
[scheme]
slug = "lantern"
edition = "1"
name = "Lantern Mark"
body = "The Invented Lantern Board"
applicant = "service"
summary = "For services that keep a light on."
source = "made up for a test"

[words]
level = "grade"

[[levels]]
id = "bright"
title = "Bright"

[credential]
kind = "award"
valid = "2 years"
holds = "Holds the Lantern Mark"

[[fees]]
id = "bulbs"
title = "Spare bulbs"
amount = 15

[[duties]]
id = "oil"
kind = "keep"
title = "Oil is bought"
says = "The lamp is filled every year."
by = "officer"
every = "1 year"

[[stages]]
id = "ask"
kind = "form"
title = "Ask"
[[stages.fields]]
id = "why"
page = "You"
label = "Why do you want it?"
kind = "long"

[[stages]]
id = "papers"
kind = "checklist"
title = "Papers in order"
by = "officer"
opens = ["ask submitted"]
otherwise = "Ask for them."
[[stages.questions]]
id = "signed"
asks = "Is it signed?"
[[stages.questions]]
id = "dated"
asks = "Is it dated?"

[[stages]]
id = "risk"
kind = "form"
title = "Risk note"
by = "officer"
opens = ["papers answered"]
within = "5 working days"
[[stages.fields]]
id = "risk"
page = "Risk"
label = "What could go wrong?"
kind = "long"
[[stages.fields]]
id = "visits"
page = "Risk"
label = "How many visits were made?"
kind = "number"

[[stages]]
id = "agreed"
kind = "decision"
title = "Two officers agree"
decides = "application"
deciders = 2
opens = ["risk submitted"]

[[stages]]
id = "bulbs"
kind = "fee"
title = "Spare bulbs"
fee = "bulbs"
optional = true
opens = ["agreed yes"]

[[stages]]
id = "tea"
kind = "meeting"
title = "Tea together"
by = "officer"
opens = ["agreed yes"]

[[stages]]
id = "evening"
kind = "course"
title = "Evening course"
parts = 2
opens = ["tea held"]

[[stages]]
id = "watch"
kind = "observation"
title = "Lighting observed"
by = "officer"
of = "A lamp is lit while an officer looks on."
signatures = ["officer", "applicant"]
opens = ["evening attended"]

[[stages]]
id = "panel"
kind = "panel"
title = "The panel"
members = 2
agree = "majority"
record = ["The lamp", "The oil"]
opens = ["watch signed"]

[[stages]]
id = "grant"
kind = "award"
title = "The mark"
opens = ["panel yes"]
"""


def publish(place: Path, people: Cast) -> PublishedEdition:
    folder = place / "lantern" / "1"
    folder.mkdir(parents=True)
    (folder / "scheme.toml").write_text(SCHEME, encoding="utf-8")
    return journeys.publish(folder=folder, body=people.body, by=people.olu)


def asked(edition: PublishedEdition, people: Cast, today: date) -> Journey:
    """An application that the service has handed in; all that follows is the body's."""
    journey = applying.begin(edition=edition, service=people.service, by=people.ada, today=today)
    applying.hand_in_form(journey=journey, stage="ask", answers={"why": "To be seen."}, by=people.ada, today=today)
    return journey


def evening(people: Cast, today: date) -> Offering:
    """A date of the evening course, both parts of it today."""
    now = timezone.now()
    parts = [courses.PartPlan(today, time(hour), time(hour + 1), place="The hall") for hour in (17, 19)]
    made = courses.make(
        body=people.body, kind=Offering.Kind.COURSE, title="Evening class", capacity=2, scheme="lantern",
        stage="evening", parts=parts, by=people.olu, now=now,
    )  # fmt: skip
    return courses.publish(offering=made, by=people.olu, today=today - timedelta(days=1))


def member(people: Cast, name: str, role: Role) -> User:
    """Somebody of the body with this role alone."""
    user = person(name, f"{name.split(maxsplit=1)[0].lower()}@awards.example")
    organisations.join(organisation=people.body, user=user, role=role, by=people.olu)
    return user
