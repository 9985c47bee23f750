"""The world of `test_service_matrix.py`: two services, their people, and what every address of theirs can name."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
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
from kithwork.matching.actions import find, keep_apart
from kithwork.matching.models import KeptApart
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role, Service
from kithwork.procedures import importing, sample
from kithwork.procedures.sample import Cast
from kithwork.rights.actions import Right, ask, hold
from tests.journeys.made import publish_texts
from tests.journeys.short import texts
from tests.readiness.few import IDS
from tests.running import a_match, a_mentee, a_mentor, a_practice

SECRETS = ("Cai Rowanberry", "Mab Sorrelwood")


@dataclass
class World:
    people: dict[str, User]
    values: dict[str, list[str]]


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
        **of_rights(cai, mab, people, today),
        **of_matching(people, nye, today),
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


def of_matching(people: Cast, nye: Mentor, today: date) -> dict[str, list[str]]:
    """What the addresses of proposals name: a pair to be decided, one who waits, two who are kept apart."""
    service = people.service
    waits = a_mentee(service, today, "Bran Thorne")
    a_mentor(service, people.ada, today, "Elin Marsh")
    practice = Practice.objects.select_related("service__organisation").get(service=service)
    apart = keep_apart(
        practice=practice, mentee=waits, mentor=nye, kind=KeptApart.Kind.ASKED, because="She asked.", by=people.ada,
        now=timezone.now(),
    )  # fmt: skip
    run = find(practice=practice, by=people.ada, now=timezone.now())
    return {
        "/proposed/ proposal": [run.proposals.get(mentee=waits).ref],
        "/apart/ apart": [apart.ref],
        "/proposed/for/ mentee": [waits.ref],
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


def of_rights(cai: Mentee, mab: Mentor, people: Cast, today: date) -> dict[str, list[str]]:
    """What the addresses of people's rights name: something Cai asked, and a hold on what is held of Mab."""
    at = {"organisation": people.provider, "service": people.service, "by": people.ada, "today": today}
    wanted = ask(right=Right.RECTIFY, subject=f"mentee:{cai.ref}", words="My birthday.", **at)
    held = hold(subject=f"mentor:{mab.ref}", reason="A claim.", **at)
    return {
        "asked": [wanted.ref],
        "hold": [held.ref],
        "/rights/ side": ["mentee"],
        "/rights/ person": [cai.ref],
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
