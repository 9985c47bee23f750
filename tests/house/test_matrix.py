"""Every address as every role, own organisation and foreign: nothing leaks, nothing falls over.

The world: Ada's service stands between the visit and the interviews; Dot assesses it; Olu runs the body; Eve has an
organisation of her own, Vic is an assessor of the same body who was not appointed, Una an officer of another body.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver

from kithwork.accounts.models import User
from kithwork.assessment.models import Arrangement
from kithwork.awards.models import Award
from kithwork.evidence.models import Breach, Item
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import Appointment, Invoice
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Invitation, Membership, Organisation, Role
from kithwork.procedures import applying, sample
from kithwork.procedures.sample import Cast, Walk
from kithwork.urls import urlpatterns
from kithwork.web.kit.pages import Desk, desk_of

INSIDERS = {
    Desk.SERVICE: {"ada", "bea", "cid"},
    Desk.ASSESSOR: {"dot"},
    Desk.BODY: {"olu"},
}
ANSWERS_FINE = {200, 302, 303, 204}
# an insider may meet these where the page is for another moment, role or member of the side
NOT_NOW = {403, 404, 405, 409, 422, 410}
FOREIGN = {"eve", "vic", "una"}


def pages(patterns: Iterable[URLPattern | URLResolver], prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            yield prefix + str(pattern.pattern), pattern


@dataclass
class World:
    people: dict[str, User]
    values: dict[str, list[str]]
    secrets: tuple[str, ...]


@pytest.fixture
def world(people: Cast, walk_to: Callable[..., Walk], qim: Any) -> World:
    award = walk_to("awarded")
    service = organisations.open_service(organisation=people.provider, name="Secret Harbour", by=people.ada)
    way = walk_to("visited", service=service)
    third = organisations.open_service(organisation=people.provider, name="Third Quay", by=people.ada)
    asked = walk_to("eligible", service=third)
    vic = sample.person("Vic Tarn", "vic@assessors.example")
    una = sample.person("Una Bray", "una@other.example")
    organisations.join(organisation=people.body, user=vic, role=Role.ASSESSOR, by=people.olu)
    organisations.found(name="Another Body", kind=Organisation.Kind.BODY, by=una)
    request = applying.ask_assessor(
        journey=asked.journey, assessor=people.dot, by=people.olu, today=asked.today
    )
    applying.invite(
        organisation=people.provider,
        email="new@lanternside.example",
        role=Role.CONTRIBUTOR,
        by=people.ada,
        now=people.ada.joined_at,
    )
    piece = way.stages(sample.CaseStudyStage)[0].pieces[0].id
    requirement = way.edition.requirements[0].id
    values = {
        "slug": ["qim", people.provider.slug, people.body.slug],
        "org": [people.provider.slug, people.body.slug],
        "organisation": [people.provider.slug, people.body.slug],
        "edition": ["qim"],
        "scheme": ["qim"],
        "ref": [way.journey.ref, Award.objects.get(journey=award.journey).ref, request.ref],
        "journey": [way.journey.ref],
        "award": [Award.objects.get(journey=award.journey).ref],
        "stage": [stage.id for stage in way.edition.stages],
        "area": [way.edition.areas[0].id],
        "slot": [requirement, way.edition.requirements[50].id, piece],
        "kind": ["mentees"],
        "item": [Item.objects.filter(journey=way.journey).values_list("ref", flat=True)[0]],
        "invoice": [Invoice.objects.filter(journey=way.journey).values_list("ref", flat=True)[0]],
        "message": [str(Message.objects.values_list("ref", flat=True)[0])],
        "membership": [str(Membership.objects.filter(organisation=people.provider)[0].pk)],
        "invitation": [str(Invitation.objects.values_list("ref", flat=True)[0])],
        "token": ["not-a-token"],
        "key": ["nothing"],
        "uidb36": ["1"],
        "pk": ["1"],
        "version": ["1"],
        "number": ["1"],
    }
    everyone = {
        name: getattr(people, name) for name in ("ada", "bea", "cid", "dot", "olu", "eve")
    } | {"vic": vic, "una": una}
    assert Arrangement.objects.exists()
    assert not Breach.objects.exists()
    assert Appointment.objects.exists()
    assert journeys is not None
    return World(everyone, values, ("Secret Harbour",))


def addresses(route: str, pattern: URLPattern, values: dict[str, list[str]]) -> list[str]:
    """The page's address for the world's things: the first of each value, and every stage."""
    found = [route]
    for name in pattern.pattern.converters:
        assert name in values, f"{route}: tell the matrix what '{name}' can be"
        options = values[name]
        found = [
            address.replace(part, option)
            for address in found
            for part in [next(p for p in _parts(address) if p.endswith(f"{name}>") or p == f"<{name}>")]
            for option in options
        ]
    return found


def _parts(route: str) -> list[str]:
    parts: list[str] = []
    rest = route
    while "<" in rest:
        start, end = rest.index("<"), rest.index(">")
        parts.append(rest[start : end + 1])
        rest = rest[end + 1 :]
    return parts


def ours() -> list[tuple[str, URLPattern]]:
    return [(route, pattern) for route, pattern in pages(urlpatterns) if not route.startswith("/accounts/")]


def test_nobody_outside_gets_in_and_nothing_falls_over(
    world: World, as_user: Callable[[User], Client]
) -> None:
    clients = {name: as_user(user) for name, user in world.people.items()} | {"nobody": Client()}
    faults: list[str] = []
    welcomed: set[str] = set()
    for route, pattern in ours():
        desk = desk_of(pattern)
        for address in addresses(route, pattern, world.values):
            for name, client in clients.items():
                for method in ("get", "post"):
                    if method == "post" and name not in FOREIGN | {"nobody", "cid"}:
                        continue  # what insiders post is each page's own test
                    answer = getattr(client, method)(address)
                    status = answer.status_code
                    where = f"{method} {address} as {name}: {status}"
                    if status >= 500:
                        faults.append(where)
                    if desk in INSIDERS:
                        if name == "nobody" and status not in {302, 404, 405}:
                            faults.append(f"{where} (not asked to sign in)")
                        if name in FOREIGN and status not in {404, 405} and not own_page(route):
                            faults.append(f"{where} (let in)")
                        if name not in FOREIGN | {"nobody"} and name not in INSIDERS[desk] and status not in {404, 405}:
                            if not own_page(route):
                                faults.append(f"{where} (let in from another desk)")
                        if name in INSIDERS[desk] and status not in ANSWERS_FINE | NOT_NOW:
                            faults.append(where)
                        if name in INSIDERS[desk] and status == 200:
                            welcomed.add(route)
                    if name in {"eve", "una", "nobody"} and desk in INSIDERS and status == 200:
                        body = answer.getvalue() if hasattr(answer, "getvalue") else answer.content
                        faults.extend(f"{where} tells '{s}'" for s in world.secrets if s.encode() in body)
    assert not faults, "\n".join(faults)
    unseen = [
        route
        for route, pattern in ours()
        if desk_of(pattern) in INSIDERS and route not in welcomed and not only_posts(route)
    ]
    assert not unseen, f"nobody ever saw these pages: {unseen}"


def own_page(route: str) -> bool:
    """Pages that show everybody their own things, and nothing to those who have none."""
    return route in {"/assess/"}


def only_posts(route: str) -> bool:
    """Pages that only take a POST, or that only this world's moment does not open."""
    return route.endswith(("/stop/", "/send/", "/end/", "/withdraw/", "/leave/", "/remove/", "/verify/")) or "/breach/" in route
