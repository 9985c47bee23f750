"""Every address as every role, own organisation and foreign: nothing leaks, nothing falls over.

The world: Ada's service stands between the visit and the interviews; Dot assesses it; Olu runs the body; Eve has an
organisation of her own, Vic is an assessor of the same body who was not appointed, Una an officer of another body.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment.models import Arrangement
from kithwork.awards.actions import open_dossier
from kithwork.awards.models import Award, Credential, StatusList
from kithwork.core.journey import ItemState
from kithwork.core.redaction.finds import Kind
from kithwork.core.schemes import CaseStudyStage, VisitStage
from kithwork.core.schemes.case import DISCOVERY, identifier
from kithwork.courses import actions as courses
from kithwork.courses.models import HoursRecord, Offering, Place
from kithwork.evidence import actions as evidence
from kithwork.evidence.models import Round
from kithwork.gate import actions as gate
from kithwork.gate.models import Original
from kithwork.journeys.models import Appointment, Invoice
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Invitation, Membership, Organisation, Role
from kithwork.procedures import applying, assessing, sample, signing
from kithwork.procedures.asking import addressees, ask
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.words import let_go
from kithwork.readiness.actions import take
from kithwork.readiness.models import Snapshot
from kithwork.readiness.snapshots import draw
from kithwork.rights.actions import Right, hold
from kithwork.urls import urlpatterns
from kithwork.web.kit.pages import Desk, desk_of
from tests.evidence.acts import say
from tests.gate.acts import approve, bring
from tests.running import a_match, a_mentee, a_mentor, a_practice
from tests.web.ids import twice

SERVICE_HALF = ("/run/", "/services/<slug:slug>/run/", "/mentoring/", "/m/", "/refer/", "/volunteer/", "/link/")
INSIDERS = {
    Desk.SERVICE: {"ada", "bea", "cid"},
    Desk.ASSESSOR: {"dot"},
    Desk.BODY: {"olu"},
}
ANSWERS_FINE = {200, 302, 303, 204}
# an insider may meet these where the page is for another moment, role or member of the side
NOT_NOW = {403, 404, 405, 409, 422, 410}
FOREIGN = {"eve", "vic", "una"}
AT_THE_GATE = "Zebulon Thackeray"  # stands in originals alone
KEPT_IN = ("Quillon Vance", "Xanthe Umber", "Quenby Yarrow", "Xavier Orme")  # mentees and mentors by turns


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
    kept_in: tuple[str, ...]  # names of the service's people: no page of another desk holds one


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
    request = applying.ask_assessor(journey=asked.journey, assessor=people.dot, by=people.olu, today=asked.today)
    applying.invite(
        organisation=people.provider,
        email="new@lanternside.example",
        role=Role.CONTRIBUTOR,
        by=people.ada,
        now=people.ada.joined_at,
    )
    piece = way.stages(CaseStudyStage)[0].pieces[0].id
    award_ref = Award.objects.get(journey=award.journey).ref
    signing.work()
    visit = way.stages(VisitStage)[0]
    owed = way.wanted(visit, ItemState.RETURNED)[0]
    file = evidence.add_file(
        journey=way.journey,
        slots=[owed],
        title="The list",
        upload=SimpleUploadedFile("list.txt", b"Secret Harbour's list, every name down to one initial."),
        dated=way.today,
        casework=True,
        declared=True,
        by=people.ada,
        passing=let_go(people.ada),
        today=way.today,
    )
    snapshot = of_records(way, owed, people)
    way.send(visit, [owed])
    given = course_of(people)
    wanted = ask(to=addressees(people.dot)[0], right=Right.COPY, words="", by=people.dot, today=way.today)
    held = hold(
        organisation=people.body, service=None, subject=f"user:{people.dot.ref}", reason="A claim.", by=people.olu,
        today=way.today,
    )  # fmt: skip
    hours = courses.log_hours(
        person=people.ada, day=way.today, hours=Decimal(2), what="Secret Harbour's training",
        kind=HoursRecord.Kind.CPD, today=way.today,
    )  # fmt: skip
    dossier, _ = open_dossier(
        journey=way.journey, recipient="Moss Audit", reason="One in ten.", by=people.olu, now=timezone.now()
    )
    unlooked = say(way, piece, passing=None)
    original = at_the_gate(way, piece)
    leaked = Round.objects.filter(journey=award.journey, slot="1").earliest("pk").items.get()
    breach = assessing.report_breach(
        journey=award.journey, slot="1", item=leaked, what="A name", by=people.dot, today=award.today
    )
    values = {
        "breach": [breach.ref],
        "original": [original.ref],
        "dossier": [dossier.ref],
        "/page- number": ["1"],
        "/courses/ ref": [given.offering.ref],
        "place": [given.ref],
        "asked": [wanted.ref],
        "hold": [held.ref],
        "/bodies/ slug": [people.body.slug],
        "/status/ ref": [StatusList.objects.get().ref],
        "/credentials/ ref": [Credential.objects.filter(signed_at__isnull=False).values_list("ref", flat=True)[0]],
        "ending": ["json", "png", "svg"],
        "/badges/ edition": ["2022"],
        "level": ["award"],
        "collection": ["CFDocuments", "CFItems"],
        "sourced": [identifier("qim", "2022")],
        "name": [DISCOVERY],
        "part": ["1"],
        "/outbox/ ref": [Message.objects.values_list("ref", flat=True)[0]],
        "/invitations/ ref": [Invitation.objects.values_list("ref", flat=True)[0]],
        "/services/ slug": [people.provider.slug],
        "/body/ slug": [people.body.slug],
        "/body/ org": [people.body.slug],
        "slug": ["qim"],
        "/preview/ edition": ["2022"],
        "/preview/ way": ["first-award"],
        "/preview/ step": ["4"],
        "/preview/ number": ["1"],
        "/handed-in/ number": ["1"],
        "/preview/ level": ["award"],
        "/preview/ fee": ["registration"],
        "/public/ rest": ["schemes/qim/"],
        "/road/ rest": ["map/"],
        "edition": ["qim"],
        "/awards/ ref": [award_ref],
        "awards/ ref": [award_ref],
        "award": [award_ref],
        "/assess/requests/ ref": [request.ref],
        "ref": [way.journey.ref],
        "stage": [stage.id for stage in way.edition.stages],
        "area": [way.edition.areas[0].id],
        "/pieces/ slot": [piece],
        "/requirements/ slot": [way.edition.requirements[0].id, way.edition.requirements[50].id, owed],
        "slot": [way.edition.requirements[0].id, way.edition.requirements[50].id, piece],
        "kind": ["mentees"],
        "change": ["suspend"],
        "duty": ["membership"],
        "record": [hours.ref],
        "offering": [given.offering.ref],
        "user": [people.dot.ref],
        "role": ["assessor"],
        "/records/ item": [snapshot.item.ref],
        "item": [file.ref, unlooked.ref],
        "invoice": [Invoice.objects.filter(journey=way.journey).values_list("ref", flat=True)[0]],
        "message": [Message.objects.values_list("ref", flat=True)[0]],
        "membership": [str(Membership.objects.filter(organisation=people.provider)[0].pk)],
        "invitation": [Invitation.objects.values_list("ref", flat=True)[0]],
        "token": ["not-a-token"],
    }
    everyone = {name: getattr(people, name) for name in ("ada", "bea", "cid", "dot", "olu", "eve")} | {
        "vic": vic,
        "una": una,
    }
    assert Arrangement.objects.exists()
    assert Appointment.objects.exists()
    return World(everyone, values, ("Secret Harbour",), (*KEPT_IN, AT_THE_GATE))


def at_the_gate(way: Walk, slot: str) -> Original:
    """One original is evidence by now, with a name in it reduced; another waits."""
    for number in (1, 2):
        content = f"Notes {number}: {AT_THE_GATE} came.".encode()
        original = bring(way, content, f"{AT_THE_GATE} {number}.txt", slots=[slot], title=f"Notes {number}")
        if number == 1:
            gate.mark_words(original=original, words=AT_THE_GATE, kind=Kind.PERSON, seen=None, by=way.cast.ada)
            assert approve(original, way.cast.ada) is not None, original.reason
    return original


def of_records(way: Walk, slot: str, people: Cast) -> Snapshot:
    """The service runs its work here, and what its records show of a requirement is among its evidence."""
    service, asked = way.journey.service, way.edition.requirement(slot)
    now = timezone.make_aware(datetime.combine(way.today, time(12)))
    assert service is not None  # the walk's
    practice = a_practice(service, people.ada, way.today)
    mentees = [a_mentee(service, way.today, name) for name in KEPT_IN[::2]]
    mentors = [a_mentor(service, people.ada, way.today, name) for name in KEPT_IN[1::2]]
    for mentee, mentor in zip(mentees, mentors, strict=True):
        a_match(mentee, mentor, people.ada, way.today)
    practice.service = service
    facts = draw(
        practice=practice,
        edition=way.edition,
        requirement=asked,
        journey=way.journey.ref,
        turn=1,
        at=way.today,
        now=now,
    )
    return take(journey=way.journey, practice=practice, requirement=asked, seen=facts.seal, by=people.ada, now=now)


def course_of(people: Cast) -> Place:
    """A confirmed place at a course that began last week."""
    began = timezone.now() - timedelta(days=7)
    day = timezone.localdate(began)
    plan = courses.PartPlan(day, time(9), time(12), place="The Hall", homework="Read")
    offering = courses.make(
        body=people.body, kind=Offering.Kind.COURSE, title="Secret Harbour course", capacity=5, by=people.olu,
        parts=[plan, replace(plan, day=day + timedelta(days=28))], now=began,
    )  # fmt: skip
    before = began - timedelta(days=9)
    courses.publish(offering=offering, by=people.olu, today=timezone.localdate(before))
    asked = courses.ask(person=people.ada, offerings=[offering], by=people.ada, now=before).place
    return courses.confirm(place=asked, by=people.olu, now=before).place


def addresses(route: str, pattern: URLPattern, values: dict[str, list[str]]) -> list[str]:
    """The page's addresses for the world's things. A value is chosen by its name and what stands before it."""
    found = [route]
    for part in re.findall(r"<[^>]+>", route):
        name = part.strip("<>").split(":")[-1]
        before = route[: route.index(part)]
        key = next((k for k in values if k.endswith(f" {name}") and k.rsplit(" ", 1)[0] in before), name)
        assert key in values, f"{route}: tell the matrix what '{name}' can be"
        found = [address.replace(part, option, 1) for address in found for option in values[key]]
    return found


def questions(pattern: URLPattern, world: World) -> list[str]:
    """What may stand after an address and changes what the page holds: nothing, and these."""
    asks = {
        "colleagues": [f"?change={world.people['ada'].ref}:lead"],
        "piece": ["?edit"],
        "evidence_map": ["?map=table"],
        "case": ["?map=table"],
        "body_register": ["?list=aiming"],
    }
    return ["", *asks.get(str(pattern.name), [])]


def ours() -> list[tuple[str, URLPattern]]:
    """All but allauth's, and what has a matrix of its own: the service half, portfolios (`test_*_matrix.py`)."""
    apart = ("/accounts/", *SERVICE_HALF)
    asked = pages(urlpatterns)
    return [(route, pattern) for route, pattern in asked if not route.startswith(apart) and "/portfolio/" not in route]


def test_nobody_outside_gets_in_and_nothing_falls_over(world: World, as_user: Callable[[User], Client]) -> None:
    clients = {name: as_user(user) for name, user in world.people.items()} | {"nobody": Client()}
    faults: list[str] = []
    welcomed: set[str] = set()
    for route, pattern in ours():
        desk = desk_of(pattern)
        shown = [a + q for a in addresses(route, pattern, world.values) for q in questions(pattern, world)]
        for address in shown:
            for name, client in clients.items():
                for method in ("get", "post"):
                    if method == "post" and (name not in FOREIGN | {"nobody", "cid"} or address != shown[0]):
                        continue  # what insiders post is each page's own test; one door stands before all its addresses
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
                        elsewhere = name not in FOREIGN | {"nobody"} | INSIDERS[desk]
                        if elsewhere and status not in {404, 405} and not own_page(route):
                            faults.append(f"{where} (let in from another desk)")
                        if name in INSIDERS[desk] and status not in ANSWERS_FINE | NOT_NOW:
                            faults.append(where)
                        if name in INSIDERS[desk] and status == 200:
                            welcomed.add(route)
                    if desk is not Desk.SERVICE and status == 200:
                        told = all_of(answer)
                        faults.extend(f"{where} tells '{s}'" for s in world.kept_in if s.encode() in told)
                    if name in {"eve", "una", "nobody"} and desk in INSIDERS and status == 200:
                        body = all_of(answer)
                        faults.extend(f"{where} tells '{s}'" for s in world.secrets if s.encode() in body)
                    if (
                        name in INSIDERS.get(desk, {"ada"})
                        and status == 200
                        and answer["Content-Type"][:9] == "text/html"
                    ):
                        faults.extend(f"{where} holds the id '{id}' twice" for id in twice(answer.content))
                    if answer.streaming:
                        for close in answer._resource_closers:  # close() itself would end the test's connection
                            close()
    assert not faults, "\n".join(faults)
    unseen = [
        route
        for route, pattern in ours()
        if desk_of(pattern) in INSIDERS and route not in welcomed and not only_posts(route)
    ]
    assert not unseen, f"nobody ever saw these pages: {unseen}"


def all_of(answer: Any) -> bytes:
    """What an answer says; of a file also its parts, where it is an archive of them: a copy, a bundle."""
    if not answer.streaming:
        content: bytes = answer.content
    else:
        answer.streaming_content = [content := b"".join(answer.streaming_content)]  # it can be read once
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join([content, *(archive.read(name) for name in archive.namelist())])


def own_page(route: str) -> bool:
    """Pages that show everybody their own things, and nothing to those who have none."""
    return route == "/assess/" or route.startswith("/applying/")  # anybody may apply for themselves


def only_posts(route: str) -> bool:
    """Pages that only take a POST, or that this world's moment does not open."""
    takes_a_post = (
        "/confirm/",
        "/offers/",
        "/stop/",
        "/send/",
        "/end/",
        "/withdraw/",
        "/leave/",
        "/remove/",
        "/verify/",
    )
    # QiM has no observation, no panel, no script that several mark, and nothing that its assessors decide or fill in
    another_moment: tuple[str, ...] = ("/observe/", "/mark/", "/panel/<slug:stage>/record/", "assess/<str:ref>/decide/")
    another_moment += ("assess/<str:ref>/stages/",)
    another_moment += ("/page-<int:number>.png",)  # what waits at the gate here is a text, of which there is no picture
    another_moment += ("/breach/", "/schemes/<slug:slug>/<slug:edition>/")
    # the edition looked at has no course and supersedes none
    another_moment += ("<slug:edition>/letters/", "<slug:edition>/mapping/")
    another_moment += ("/places/<slug:place>/", "/applying/<slug:edition>/")  # QiM has no course, and is for services
    # what a body holds of a person who applies for themselves, and keeping it whatever they ask
    another_moment += ("journeys/<slug:ref>/everything/", "journeys/<slug:ref>/hold/")
    another_moment += ("/duties/", "<slug:ref>/credential/")  # of a holder
    another_moment += ("/schemes/preview/",)  # of an edition that lies in the schemes folder
    return route.endswith(takes_a_post) or any(part in route for part in another_moment)
