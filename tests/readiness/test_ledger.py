"""Kept answers are old as soon as the ledger knows of something later: so everything that is written is in it."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from kithwork.caseload.actions import consents, contacts, mentees, supervision
from kithwork.caseload.actions import practice as practices
from kithwork.caseload.models import Consent, Supervision
from kithwork.governance.actions import entries, policies, staff
from kithwork.governance.registers import Register
from kithwork.readiness import keeping
from tests.readiness.few import edition, offered
from tests.running import a_mentee, a_mentor, a_practice

__all__ = ["edition", "offered"]

SOURCE = Path(__file__).parents[2] / "src" / "kithwork"
WRITES = {"save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create"}
SILENT = {
    # what these write is asked about by no check, or is part of an act that has its line
    "caseload/moving.py hold": "a spreadsheet that is looked at, of which nothing is a record yet",
    "caseload/moving.py set_up": "how it is to be read",
    "caseload/moving.py throw_away": "and its end",
    "caseload/moving.py forget_held": "the same, by itself after a week",
    "caseload/links.py spend": "that a link was used; what was done with it has its own line",
    "caseload/equalities.py forget": "a part of erasing somebody, which has its line",
    "caseload/mentors.py keep_consent": "a part of applying, and of becoming a mentor",
    "governance/ground.py correct": "a part of every correction",
}


def called(function: ast.FunctionDef) -> set[str]:
    return {one.id for one in ast.walk(function) if isinstance(one, ast.Name)} | {
        one.attr for one in ast.walk(function) if isinstance(one, ast.Attribute)
    }


@pytest.mark.parametrize("package", ["caseload", "governance"])
def test_every_action_that_writes_leaves_a_line(package):
    """By itself or by another function of the package that it calls; those that do not are listed with their reason."""
    found: dict[str, list[tuple[str, set[str]]]] = {}
    for file in sorted((SOURCE / package / "actions").rglob("*.py")):
        for one in ast.parse(file.read_text()).body:
            if isinstance(one, ast.FunctionDef):
                found.setdefault(one.name, []).append((f"{package}/{file.name} {one.name}", called(one)))
    telling = {"log", "write"}
    while more := {n for n, held in found.items() if n not in telling and all(names & telling for _, names in held)}:
        telling |= more
    silent = {
        where
        for name, held in found.items()
        for where, names in held
        if not name.startswith("_") and names & WRITES and not names & telling
    }
    assert silent == {where for where in SILENT if where.startswith(f"{package}/")}


@pytest.fixture
def act(people, today, edition):
    """act(name) does one thing of the daily work or of what holds it up, after everything has been counted."""
    service, ada = people.service, people.ada
    practice = a_practice(service, ada, today)
    cai, mab = a_mentee(service, today), a_mentor(service, ada, today)
    sol = staff.take_on(
        service=service, by=ada, name="Sol Penn", role="Coordinator", began_on=today - timedelta(days=90)
    )
    policy = policies.begin_policy(service=service, subject="driving", by=ada)
    acts = {
        "a contact": lambda: contacts.log_contact(service=service, kind="mentee", mentee=cai, on=today, by=ada),
        "a change": lambda: mentees.change(mentee=cai, by=ada, now=timezone.now(), phone="01632 960001"),
        "away": lambda: mentees.pause(mentee=cai, begins=today, ends=None, reason="Holiday", by=ada),
        "a wish": lambda: mentees.call_me(mentee=cai, now=timezone.now()),
        "a consent": lambda: consents.record_answer(
            kind=Consent.Kind.RISK, answer=Consent.Answer.GIVEN, on=today, wording="May we?", by=ada, mentee=cai
        ),
        "a supervision": lambda: supervision.supervise(
            mentor=mab, on=today, face_to_face=True, topics=[Supervision.Topic.BOUNDARIES], notes="",
            wellbeing="", learning="", goes_on=True, by=ada,
        ),
        "an interval": lambda: practices.change(practice=practice, by=ada, capacity=7),
        "a file": lambda: staff.take_on(service=service, by=ada, name="Kit Dale", role="Trainer", began_on=today),
        "an appraisal": lambda: staff.supervise_staff(
            staff=sol, on=today, supervisor="Ada", minuted=True, minutes="", by=ada
        ),
        "insurance": lambda: entries.enter(
            register=Register.INSURANCE, service=service, by=ada, cover="both", insurer="Oak", begins=today, ends=today
        ),
        "a policy's end": lambda: policies.end_policy(policy=policy, by=ada, today=today),
    }  # fmt: skip

    def do(name: str) -> tuple[bool, bool]:
        """Whether what is kept was old before, and is old now."""
        keeping.count(practice=practice, edition=edition, day=today, now=timezone.now())
        before = keeping.latest(practice=practice, edition=edition, today=today)
        acts[name]()
        after = keeping.latest(practice=practice, edition=edition, today=today)
        return before.changed, after.changed

    do.names = list(acts)
    return do


@pytest.mark.django_db
def test_what_is_kept_is_old_after_any_of_these(act):
    assert {name: act(name) for name in act.names} == dict.fromkeys(act.names, (False, True))
