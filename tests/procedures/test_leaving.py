"""Who leaves a body leaves what they did for it: an assessor's cases want another, and the former one's doors shut."""

from collections.abc import Callable

import pytest
from django.http import Http404
from django.utils import timezone

from kithwork.core.journey import ActKind
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.journeys.access import (
    appointment_for,
    appointments_asked_of,
    journey_for_assessor,
    journey_to_write_on,
    journeys_for_assessor,
)
from kithwork.journeys.models import Appointment, EntryRow
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Membership, Organisation
from kithwork.organisations.models import Role as Member
from kithwork.procedures import applying, leaving
from kithwork.procedures.sample import DECLARED, Cast, Walk, person

Walking = Callable[..., Walk]


def ask(way: Walk, people: Cast) -> Appointment:
    return applying.ask_assessor(journey=way.journey, assessor=people.dot, by=people.olu, today=way.today)


def test_who_stops_assessing_for_a_body_leaves_their_cases(people: Cast, short_walk: Walking) -> None:
    way = short_walk("sent")
    third = organisations.open_service(organisation=people.provider, name="Third Quay", by=people.ada)
    asked = short_walk("eligible", service=third)
    request = ask(asked, people)
    over = organisations.open_service(organisation=people.provider, name="Over and done", by=people.ada)
    ended = short_walk("registered", service=over)
    applying.withdraw(journey=ended.journey, by=people.ada, today=ended.today)
    kept = EntryRow.objects.filter(journey=ended.journey).count()
    now = timezone.now()
    left = leaving.leave(membership=Membership.objects.get(user=people.dot), by=people.olu, now=now)
    assert {journey.ref for journey in left} == {way.journey.ref, asked.journey.ref}
    assert set(Appointment.objects.values_list("state", flat=True)) == {"ended"}
    position = read(way.journey, timezone.localdate(now)).position
    assert not position.assessor
    assert [act.what for act in position.acts_for(Role.OFFICER)] == [ActKind.APPOINT]
    row = EntryRow.objects.get(journey=way.journey, kind="released")
    assert "no longer an assessor of" in row.reason
    assert EntryRow.objects.filter(journey=ended.journey).count() == kept, "what is over stays as it was"
    assert Record.objects.filter(act="journey.assessor_ended").count() == 3
    with pytest.raises(Refused, match="taken back"):
        applying.declare(appointment=request, conflict=False, wording=DECLARED, today=asked.today)


def test_an_officer_who_leaves_takes_nobodys_assessor_along(people: Cast, short_walk: Walking) -> None:
    way = short_walk("registered")
    ola = person("Ola Grant", "ola@awards.example")
    mine = organisations.join(organisation=people.body, user=ola, role=Member.OFFICER, by=people.olu)
    assert leaving.leave(membership=mine, by=people.olu, now=timezone.now()) == []
    assert read(way.journey, way.today).position.assessor


@pytest.mark.parametrize("how", ["leaves", "is only taken off the list"])
def test_a_former_assessors_doors_are_shut(people: Cast, short_walk: Walking, how: str) -> None:
    way, other = (
        short_walk("sent"),
        organisations.open_service(organisation=people.provider, name="Third Quay", by=people.ada),
    )
    request = ask(short_walk("eligible", service=other), people)
    assert journey_for_assessor(people.dot, way.journey.ref) == way.journey
    assert appointment_for(people.dot, request.ref) == request
    mine = Membership.objects.get(user=people.dot)
    if how == "leaves":
        leaving.leave(membership=mine, by=people.olu, now=timezone.now())
    else:  # as in data from before the appointments ended with it
        organisations.leave(membership=mine, by=people.olu, now=timezone.now())
    for door in (
        lambda: journey_for_assessor(people.dot, way.journey.ref),
        lambda: appointment_for(people.dot, request.ref),
        lambda: journey_to_write_on(people.dot, way.journey.ref),
    ):
        with pytest.raises(Http404):
            door()
    assert not journeys_for_assessor(people.dot).exists()
    assert not appointments_asked_of(people.dot).exists()
    other_body = organisations.found(name="Other Body", kind=Organisation.Kind.BODY, by=people.eve)
    organisations.join(organisation=other_body, user=people.dot, role=Member.ASSESSOR, by=people.eve)
    assert not journeys_for_assessor(people.dot).exists(), "another body's assessor is nobody here"
