"""Every address of the service half as every role: a mentor sees their own mentees and nothing else, a foreign
coordinator nothing, an assessor and an officer nothing; absent and forbidden alike.

The world: Ada leads a service, Cora coordinates it, Sage answers for safeguarding, Bea contributes, Cid reads. Mab
mentors Cai; Nye mentors somebody else in the same service. Eve leads a service of her own; Dot assesses, Olu is an
officer.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import outcomes
from kithwork.caseload.models import (
    Agreement,
    BoundaryChange,
    Concern,
    Contact,
    Dispute,
    Ending,
    Exemption,
    Gathering,
    Goal,
    Match,
    Measure,
    Mentee,
    Mentor,
    Plan,
    Practice,
    Referral,
    Review,
    RiskAssessment,
    Session,
)
from kithwork.governance.actions import library
from kithwork.governance.actions import policies as governance
from kithwork.governance.actions.entries import enter
from kithwork.governance.models import Loan, Staff
from kithwork.governance.registers import Register
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role, Service
from kithwork.procedures import importing, sample
from kithwork.procedures.sample import Cast
from kithwork.urls import urlpatterns
from kithwork.web.kit.pages import Desk, desk_of
from tests.house.test_matrix import SERVICE_HALF, pages
from tests.journeys.made import publish_texts
from tests.journeys.short import texts
from tests.readiness.few import IDS
from tests.running import a_match, a_mentee, a_mentor, a_practice
from tests.web.ids import twice

SECRETS = ("Cai Rowanberry", "Mab Sorrelwood")
COORDINATES, BELONGS = {"ada", "cora"}, {"ada", "cora", "sage", "bea", "cid"}

# what others than coordinators may open; everything else under /run/ is for coordinators alone
GROUND: dict[str, set[str]] = {
    "the_service": BELONGS,
    "practice": {"ada"},
    "begin_running": {"ada"},
    "concerns": BELONGS,
    "concern_new": BELONGS,
    "concern": {"ada", "sage"},
    "mentor_questions": {"ada"},
    "bank": {"ada"},
    "sample": {"ada"},
    "throw_sample_away": {"ada"},
}
WRITES = {"ada", "cora", "bea"}
GROUND |= {
    f"register_{register}{page}": WRITES if page == "_new" else BELONGS
    for register in Register
    if register is not Register.COMPLAINTS
    for page in ("", "_new", "_one")
}
GROUND |= dict.fromkeys(("policies", "policy", "policy_file", "library", "resource", "resource_file"), BELONGS)
GROUND |= dict.fromkeys(("start_policy", "new_policy", "new_version", "change_policy", "end_policy"), WRITES)
GROUND |= dict.fromkeys(("policy_told", "new_resource", "renew_resource", "change_resource"), WRITES)
GROUND |= {"take_out_resource": WRITES, "practice_part": {"ada"}}
GROUND |= {name: {"ada"} for name in ("staff", "new_staff", "staff_file", "change_staff", "note_staff")}
GROUND |= {"mentor_you": {"mab", "nye"}, "mentor_log_list": {"mab", "nye"}}
GROUND |= {"my_file": {"cora"}, "mentor_library": {"mab", "nye"}, "mentor_library_file": {"mab", "nye"}}
GROUND |= {"equalities": BELONGS, "outcomes": BELONGS}
GROUND |= dict.fromkeys(("reports", "report", "report_pdf"), BELONGS)
GROUND |= {name: {"ada"} for name in ("export_service", "mentee_everything", "mentor_everything")}
GROUND |= {f"service_{name}": {"ada"} for name in ("outbox", "message", "message_again", "message_stop")}
MENTORS_OWN = {"mab"}  # pages of the mentor's desk that are about one match: nobody else
FINE, NOT_NOW = {200, 302, 303}, {403, 404, 405, 409, 410, 422}


@dataclass
class World:
    people: dict[str, User]
    values: dict[str, list[str]]


def service_half() -> Iterator[tuple[str, URLPattern]]:
    return ((route, pattern) for route, pattern in pages(urlpatterns) if route.startswith(SERVICE_HALF))


@pytest.fixture
def world(people: Cast, today: date, tmp_path: Path) -> World:
    service = people.service
    a_practice(service, people.ada, today)
    a_practice(
        organisations.open_service(organisation=people.elsewhere, name="Elsewhere Mentors", by=people.eve),
        people.eve,
        today,
    )
    everyone = {name: getattr(people, name) for name in ("ada", "bea", "cid", "dot", "olu", "eve")}
    for name, role in (("Cora Lyle", Role.COORDINATOR), ("Sage Wynn", Role.SAFEGUARDING)):
        key = name.split()[0].lower()
        everyone[key] = sample.person(name, f"{key}@lanternside.example")
        organisations.join(organisation=people.provider, user=everyone[key], role=role, by=people.ada)
    for name in ("mab", "nye"):
        everyone[name] = sample.person(name.title(), f"{name}@mentors.example")
    cai = a_mentee(service, today, SECRETS[0])
    mab = a_mentor(service, people.ada, today, SECRETS[1], user=everyone["mab"])
    nye = a_mentor(service, people.ada, today, "Nye Marlow", user=everyone["nye"])
    match = a_match(cai, mab, people.ada, today)
    a_match(a_mentee(service, today, "Ola Finch"), nye, people.ada, today)
    free = organisations.open_service(organisation=people.provider, name="Not Begun", by=people.ada)
    values = {
        "/services/ slug": [people.provider.slug],
        "/services/ service": [free.slug],
        "slug": [service.slug],
        "mentee": [cai.ref],
        "mentor": [mab.ref],
        "match": [match.ref],
        "token": ["not-a-token"],
        "whose": ["mentee", "mentor"],
        "matter": ["review"],
        "lack": ["mentee-born"],
        "year": [str(today.year)],
        "figure": ["supported"],
        "measure": [measured(service, people.ada, today).ref],
        **of_readiness(people, tmp_path),
        **of_mentors(mab, people.ada, today),
        **of_mentees(cai, people.ada, today),
        **of_the_service(people, everyone["cora"], today),
        **of_matches(match, people.ada, today),
        **of_moving(people),
    }
    return World(everyone, values)


def of_readiness(people: Cast, place: Path) -> dict[str, list[str]]:
    """What the addresses of readiness name: an edition on offer, mentees as a check's rows, and no check of staff."""
    publish_texts(texts("few", ids=IDS), people, place / "qim" / "few")
    return {
        "/readiness/ scheme": ["qim"],
        "/readiness/ edition": ["few"],
        "/readiness/ level": ["award"],
        "/readiness/ requirement": ["42"],
        "/readiness/ check": ["1"],
    }


def of_moving(people: Cast) -> dict[str, list[str]]:
    """What the addresses of what comes in and goes out name: a file being looked at, one brought in, a message."""
    practice = Practice.objects.get(service=people.service)
    now, files = (
        timezone.now(),
        ("Name,Referral date\nCai Rowanberry,5/1/2026\n", "Name,Referral date\nUna Pike,6/1/2026\n"),
    )
    held, brought = (
        importing.take_up(
            service=people.service, kind="mentees", content=text.encode(), file_name="a.csv", by=people.ada, now=now
        )
        for text in files
    )
    importing.bring_in(
        imported=brought, practice=practice, answers={}, skip_faulty=False, by=people.ada, now=now,
        today=timezone.localdate(),
    )  # fmt: skip
    message = Message.objects.create(
        organisation=people.provider, email="a@example.org", kind="x", subject="A", body="A"
    )
    return {
        "imported": [held.ref, brought.ref],
        "/import-example/ kind": ["mentees"],
        "message": [message.ref],
    }


def of_matches(match: Match, ada: User, today: date) -> dict[str, list[str]]:
    """What the addresses of the matches' room name: Cai and Mab's own, one proposed to Mab, one of hers that ended."""
    mab, service = match.mentor, match.service
    asked = a_match(a_mentee(service, today, "Ifan Cole"), mab, ada, today, running=False)
    over = a_match(a_mentee(service, today, "Gwen Vale"), mab, ada, today, ended_on=today - timedelta(days=1))
    Ending.objects.create(
        match=over, kind="planned", known_on=today, last_day=today, reason="Aims met.", follows="The choir.", by=ada
    )
    Agreement.objects.create(match=match, drawn_up_on=today, time="Two hours", by=ada)
    entry = Contact.objects.create(
        service=service, kind="meeting", mentee=match.mentee, mentor=mab, match=match, on=today, by=mab.user
    )
    plan = Plan.objects.create(match=match, on=today, aims="Friends.")
    return {
        "/run/ match": [match.ref, asked.ref, over.ref],
        "/asked/ match": [asked.ref],
        "/matches/ side": ["mentee", "mentor"],
        "/matches/ who": ["mentee", "service"],
        "/matches/ whom": ["mentor"],
        "/matches/ change": [
            str(BoundaryChange.objects.create(match=match, noticed_on=today, what="A present.", by=ada).pk)
        ],
        "/matches/ goal": [Goal.objects.create(plan=plan, what="Join a club").ref],
        "/matches/ review": [Review.objects.create(match=match, on=today).ref],
        "/matches/ dispute": [
            Dispute.objects.create(match=match, raised_on=today, raised_by="staff", what="Times.", by=ada).ref
        ],
        "contact": [entry.ref],
    }


def of_mentees(cai: Mentee, ada: User, today: date) -> dict[str, list[str]]:
    """What the addresses of the referrals' room name: of Cai, whose name nobody outside may read."""
    referral = Referral.objects.create(mentee=cai, source=Referral.Source.SELF, came_on=cai.came_on, agreed=True)
    risk = RiskAssessment.objects.create(
        mentee=cai, kind=RiskAssessment.Kind.PERSON, on=today, level="low", actions="Ring first.", by=ada
    )
    concern = Concern.objects.create(
        service=cai.service, mentee=cai, urgency=Concern.Urgency.WORRY, words="A worry.", raised_as="mentee"
    )
    return {
        "referral": [referral.ref],
        "risk": [risk.ref],
        "consent": ["risk"],
        "concern": [concern.ref],
    }


def of_the_service(people: Cast, cora: User, today: date) -> dict[str, list[str]]:
    """What the addresses of the service's own room name. Who has borrowed something, nobody outside may read."""
    service, ada = people.service, people.ada
    staff = Staff.objects.create(service=service, name="Cora Lyle", role="Coordinator", began_on=today, user=cora)
    policy = governance.begin_policy(service=service, subject="driving", by=ada)
    upload = SimpleUploadedFile("driving.txt", b"Drive slowly.")
    version = governance.approve(
        policy=policy, approved_on=today, approved_by="The board", changed=True, affects_people=False, summary="",
        upload=upload, by=ada,
    )  # fmt: skip
    book = library.add_resource(
        service=service, kind="document", title="Handbook", about="", topic="", for_mentors=True,
        upload=SimpleUploadedFile("handbook.txt", b"Be kind."), url="", by=ada, today=today,
    )  # fmt: skip
    loan = Loan.objects.create(resource=book, borrower=SECRETS[1], lent_on=today, by=ada)
    entries: dict[Register, dict[str, object]] = {
        Register.INSURANCE: {"cover": "both", "insurer": "Oak", "begins": today, "ends": today},
        Register.RISKS: {"what": "The hall floods", "reviewed_on": today},
        Register.TRUSTEES: {"name": "Pat Holm", "since": today},
        Register.MEETINGS: {"kind": "board", "on": today, "about": "Plans"},
        Register.FUNDING: {"source": "A trust", "begins": today, "ends": today, "state": "secured", "on": today},
        Register.OUTCOMES: {"what": "Less alone", "begun_on": today},
        Register.TARGETS: {"year": today.year, "counts": "matched", "aim": 5},
        Register.EVALUATIONS: {"on": today, "title": "Survey"},
        Register.COMPLAINTS: {"kind": "complaint", "on": today, "what": f"{SECRETS[0]} was not rung."},
        Register.CHANGES: {"seen_on": today, "weakness": "Slow answers"},
        Register.PRACTICE: {"kind": "story", "on": today, "what": "A story in the paper"},
    }
    made = {one: enter(register=one, service=service, by=ada, **fields) for one, fields in entries.items()}
    return {
        **{f"/{register}/ entry": [entry.ref] for register, entry in made.items()},
        "policy": [policy.ref],
        "/policies/ version": [version.ref],
        "/library/ version": [book.versions.get().ref],
        "resource": [book.ref],
        "loan": [str(loan.pk)],
        "staff": [staff.ref],
        "act": ["supervision"],
        "part": ["public"],
    }


def measured(service: Service, ada: User, today: date) -> Measure:
    """A scale by which mentees are measured."""
    return outcomes.take_up_ready_made(
        service=service, whose=Measure.Whose.MENTEE, template=outcomes.Template.CONFIDENCE, by=ada, today=today
    )


def of_mentors(mab: Mentor, ada: User, today: date) -> dict[str, list[str]]:
    """What the addresses of the mentors' room name."""
    session = Session.objects.filter(training__service=mab.service).earliest("number")
    exemption = Exemption.objects.create(mentor=mab, missing="badge", reason="Lost.", begins=today, until=today, by=ada)
    gathering = Gathering.objects.create(service=mab.service, kind="peers", on=today, title="Tea", by=ada)
    return {
        "training": [session.training.ref],
        "session": [session.ref],
        "reference": [mab.references.latest("pk").ref],
        "vetting": [mab.vettings.latest("pk").ref],
        "exemption": [str(exemption.pk)],
        "gathering": [gathering.ref],
        "step": ["interview"],
    }


def addresses(route: str, values: dict[str, list[str]]) -> list[str]:
    found = [route]
    for part in re.findall(r"<[^>]+>", route):
        name = part.strip("<>").split(":")[-1]
        before = route[: route.index(part)]
        key = next((k for k in values if k.endswith(f" {name}") and k.rsplit(" ", 1)[0] in before), name)
        assert key in values, f"{route}: tell the matrix what '{name}' can be"
        found = [address.replace(part, option, 1) for address in found for option in values[key]]
    return found


def insiders(name: str, desk: Desk) -> set[str]:
    if desk is Desk.MENTOR:
        return GROUND.get(name, MENTORS_OWN)
    return GROUND.get(name, COORDINATES)


def test_each_sees_what_is_theirs_and_nothing_falls_over(world: World, as_user: Callable[[User], Client]) -> None:
    clients = {name: as_user(user) for name, user in world.people.items()} | {"nobody": Client()}
    faults: list[str] = []
    welcomed: set[str] = set()
    for route, pattern in service_half():
        desk, named = desk_of(pattern), str(pattern.name)
        inside = insiders(named, desk)
        for address in addresses(route, world.values):
            for name, client in clients.items():
                for method in ("get", "post"):
                    if method == "post" and name in inside:
                        continue  # what insiders post is each page's own test
                    answer = getattr(client, method)(address)
                    status, where = answer.status_code, f"{method} {address} as {name}"
                    if status >= 500:
                        faults.append(f"{where}: {status}")
                    if desk in {Desk.PUBLIC, Desk.MENTEE}:
                        if status == 200:
                            welcomed.add(route)
                    elif name == "nobody":
                        if status not in {302, 405}:
                            faults.append(f"{where}: {status} (not asked to sign in)")
                    elif name in inside:
                        if status not in FINE | NOT_NOW:
                            faults.append(f"{where}: {status}")
                        if status in FINE:
                            welcomed.add(route)
                    elif status not in {404, 405} and not own_page(route, status):
                        faults.append(f"{where}: {status} (let in)")
                    html = status == 200 and answer["Content-Type"][:9] == "text/html"
                    if html and name not in {*COORDINATES, "sage", "mab"}:
                        faults.extend(f"{where} tells '{s}'" for s in SECRETS if s.encode() in answer.content)
                    if html:
                        faults.extend(f"{where} holds the id '{id}' twice" for id in twice(answer.content))
                    if answer.streaming:
                        for close in answer._resource_closers:  # close() itself would end the test's connection
                            close()
    assert not faults, "\n".join(faults)
    unseen = [
        f"{route} ({pattern.name})"
        for route, pattern in service_half()
        if route not in welcomed and "<str:token>" not in route and str(pattern.name) not in ANOTHER_MOMENT
    ]
    assert not unseen, f"nobody ever saw these pages: {unseen}"


# pages that only take a POST, or that this world's moment does not open: their own tests show them
ANOTHER_MOMENT: set[str] = {
    "throw_sample_away",
    "training_outline",
    "training_ask",
    "session_remove",
    "reference_ask",
    "exemption_end",
    "start_policy",
    "resource_back",
    "match_ask",
    "match_noted",
    "match_review_ask",
    "match_review_share",
    "match_sign_ask",
    "inbox_read",
    "mentor_met",
    "mentor_back",
    "mentor_entry_remove",
    "equalities_publish",
    "measure_end",
    "import_discard",
    "service_message_again",
    "service_message_stop",
    "readiness_count",
}


def own_page(route: str, status: int) -> bool:
    """Pages that show everybody their own things, and nothing to those who have none."""
    return route == "/mentoring/"
