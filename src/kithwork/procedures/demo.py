"""The sample data of `kithwork demo`: four bodies with a scheme each, and people and services on every stage of it."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import Practice
from kithwork.caseload.queries.due import current_mentors
from kithwork.caseload.queries.matches import waiting_for_match
from kithwork.core.journey import ItemState
from kithwork.core.schemes import Role
from kithwork.evidence.models import Item
from kithwork.evidence.queries import may_gather
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import read
from kithwork.matching.actions import find, keep_apart
from kithwork.matching.queries import ApartKind
from kithwork.procedures.assessing import report_breach, send_evidence
from kithwork.procedures.gating.offering import offer_file
from kithwork.procedures.people import acting
from kithwork.procedures.plausible import run_lanternside
from kithwork.procedures.sample import PASSWORD, licences, programme, services, statuses
from kithwork.readiness.actions import take
from kithwork.readiness.keeping import renew
from kithwork.readiness.queries import offers
from kithwork.readiness.snapshots import draw

SHOWN = "27"  # the requirement for which the service's records are evidence


def make(schemes: Path) -> bool:
    """Make the sample data; False, and nothing done, when it is there. Must be called outside any transaction, but in
    tests.
    """
    if User.objects.filter(email="ada@lanternside.example").exists():
        return False
    today = timezone.localdate()
    with transaction.atomic():
        cast = services.make(schemes / "qim" / "2022", today)
        licences.make(schemes / "pqasso-mentor" / "first", today)
        statuses.make(schemes / "qms" / "2019", today)
        programme.make(schemes / "hwstpa" / "2009", today)
        run_lanternside(service=cast.service, lead=cast.ada, password=PASSWORD, now=timezone.now(), today=today)
        practice = Practice.objects.select_related("service__organisation").get(service=cast.service)
        for offer in offers(cast.service):  # the year past, which the daily round would have counted month by month
            renew(practice=practice, edition=offer.edition, now=timezone.now())
        _proposed(practice, cast.ada)
    _use_records(practice, cast.ada)
    _at_the_gate(practice, cast.ada)
    _breached(practice)
    return True


def _proposed(practice: Practice, by: User) -> None:
    """Pairs stand proposed for all who wait; two are kept apart, because one of them asked for it."""
    now = timezone.now()
    waits = waiting_for_match(practice.service, timezone.localdate(now)).order_by("-pk")[0]
    mentor = current_mentors(practice.service, timezone.localdate(now)).order_by("pk")[0]
    because = "They used to be neighbours, and would rather not."
    keep_apart(practice=practice, mentee=waits, mentor=mentor, kind=ApartKind.ASKED, because=because, by=by, now=now)
    find(practice=practice, by=by, now=now)


NOTES = """Notes of the volunteers' evening

Cora Finch opened at half past six. Eleven volunteers came, and Will could not.

Mab told us how she and her mentee found a swimming group: the first visit was hard, the third was fun. Nobody in the
group knew that Hope Street has a pool with a hoist. Ring the pool on 020 7946 0321, or write to the desk at
swim@pool.example.

Mrs Petra Nowak asked whether April is too early for the summer outing. We said that May is better.

The next evening is at the Old Ferry House, London SE1 0ZZ.
"""


def _at_the_gate(practice: Practice, by: User) -> None:
    """A file that waits until somebody has looked through the names in it: sure ones and doubtful ones."""
    journey = Journey.objects.select_related("edition__body", "service__organisation", "person").get(
        service=practice.service
    )
    edition, today = edition_of(journey.edition), timezone.localdate()
    position = read(journey, today).position
    wanted = next(one.id for one in edition.requirements if may_gather(edition, position, one.id))
    offer_file(
        journey=journey,
        slots=[wanted],
        title="Notes of the volunteers' evening",
        upload=SimpleUploadedFile("evening-cora-finch.txt", NOTES.encode()),
        dated=today,
        casework=True,
        by=by,
        today=today,
    )


def _breached(practice: Practice) -> None:
    """Elsewhere a name was left in, and its assessor saw it."""
    today = timezone.localdate()
    rows = Item.objects.filter(rounds__isnull=False, journey__service__isnull=False, destroyed_at__isnull=True)
    others = rows.exclude(journey__service=practice.service).filter(journey__edition__slug="qim")
    for item in others.select_related("journey__edition__body", "journey__service").order_by("-pk").distinct():
        journey = item.journey
        slot, stage = item.rounds.order_by("-number").values_list("slot", "stage")[0]
        seen = read(journey, today).position
        assessor = next(iter(acting(journey, Role.ASSESSOR)), None)
        if assessor is None or seen.stages[stage].items[slot].state is not ItemState.SENT:
            continue
        report_breach(journey=journey, slot=slot, item=item, what="The name of a mentee", by=assessor, today=today)
        return


def _use_records(practice: Practice, by: User) -> None:
    """What the records show of one requirement goes to the assessor."""
    journey = Journey.objects.select_related("edition").get(service=practice.service)
    edition, now = edition_of(journey.edition), timezone.now()
    requirement = next(one for one in edition.requirements if one.id == SHOWN)
    today = timezone.localdate(now)
    seen = draw(
        practice=practice, edition=edition, requirement=requirement, journey=journey.ref, turn=1, at=today, now=now
    )
    take(journey=journey, practice=practice, requirement=requirement, seen=seen.seal, by=by, now=now)
    stage = edition.stage_for(requirement)
    assert stage is not None
    send_evidence(journey=journey, stage=stage.id, slots=[SHOWN], by=by, today=today)


# what a scheme is called here, and who is who in it
ACCOUNTS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Quality in Mentoring, for services",
        (
            ("ada@lanternside.example", "coordinates a service that is on its way"),
            ("bea@lanternside.example", "her colleague, who adds evidence"),
            ("cora@lanternside.example", "coordinates mentors and mentees there every day"),
            ("mab@mentors.example", "mentors somebody there"),
            ("dot@assessors.example", "assesses"),
            ("ivo@assessors.example", "assesses other services"),
            ("olu@awards.example", "officer of the awarding body"),
            ("eve@elsewhere.example", "a stranger with an organisation of her own"),
        ),
    ),
    (
        "PQASSO mentor licence, for persons",
        (
            ("pia@independent.example", "licensed, and renewing before it ends"),
            ("ted@plumbline.example", "trains, and assesses day 4"),
            ("nia@plumbline.example", "officer: courses, waiting list, decisions"),
        ),
    ),
    (
        "QMS and QLMS, for mentors of trainee teachers",
        (
            ("gwen@fellside.example", "her portfolio is half built"),
            ("hugo@fellside.example", "his observation waits for his signature"),
            ("tia@tarnvalley.example", "partnership tutor: observes"),
            ("pat@tarnvalley.example", "member of the panel"),
            ("cleo@tarnvalley.example", "chair of the panel"),
            ("win@tarnvalley.example", "officer"),
        ),
    ),
    (
        "HWSTPA mentor programme and bank",
        (
            ("edda@college.example", "on the programme, with two assignments to write"),
            ("mo@tworivers.example", "marks"),
            ("jan@tworivers.example", "marks the same scripts"),
            ("hal@tworivers.example", "officer: cohorts, hours, completion"),
            ("una@mentorbank.example", "runs the mentor bank"),
            ("wyn@college.example", "completed it, and is a mentor in the bank"),
        ),
    ),
)


def tour(address: str) -> str:
    """What `kithwork demo` prints: where to look, and as whom."""
    lines: list[str] = []
    for scheme, accounts in ACCOUNTS:
        lines += ["", f"  {scheme}", *(f"    {email:28} {what}" for email, what in accounts)]
    return (
        f"\n  Kithwork is at {address}\n\n  Sign in with any of these; the password is  {PASSWORD}\n"
        + "\n".join(lines)
        + f"\n\n  Or start from nothing: {address}/check/\n"
    )
