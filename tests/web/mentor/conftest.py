"""Mab mentors Cai and has an account; so does Nye, who mentors somebody else in the same service."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.caseload.models import Match, Mentee, Mentor
from kithwork.organisations.models import Service
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor, a_practice


@dataclass
class Desk:
    service: Service
    cai: Mentee
    mab: Mentor
    match: Match
    client: Client
    stranger: Client  # Nye, and below whoever has nothing to do with the service
    others: list[Client]


@pytest.fixture
def desk(people: Cast, today: date, as_user: Callable[[User], Client]) -> Desk:
    service = people.service
    a_practice(service, people.ada, today, call_first="the office, 01234 567")
    users = {name: sample.person(name, f"{name.lower()}@mentors.example") for name in ("Mab", "Nye")}
    cai = a_mentee(service, today, "Cai Rowan", address="1 High Street", postcode="LL1 1AA")
    mab = a_mentor(service, people.ada, today, "Mab Sorrel", user=users["Mab"])
    nye = a_mentor(service, people.ada, today, "Nye Marlow", user=users["Nye"])
    match = a_match(cai, mab, people.ada, today)
    a_match(a_mentee(service, today, "Ola Finch"), nye, people.ada, today)
    others = [as_user(one) for one in (people.ada, people.bea, people.cid, people.dot, people.olu, people.eve)]
    return Desk(service, cai, mab, match, as_user(users["Mab"]), as_user(users["Nye"]), others)
