"""Somebody who signs in: all that is planted about them is in their bundle; after the erasure nothing is left but
the register of awards, and every page of the body's that tells of their journey opens.
"""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from kithwork.accounts.actions import make_key
from kithwork.accounts.models import User
from kithwork.assessment.actions.erasing import REACHES as ASSESSMENT
from kithwork.assessment.models import PanelNote
from kithwork.awards.models import Award, Credential
from kithwork.core.keeping import ERASED, Then, Whose
from kithwork.core.verdict import Refused
from kithwork.courses.actions.erasing import REACHES as COURSES
from kithwork.evidence.actions.erasing import REACHES as EVIDENCE
from kithwork.evidence.models import Item
from kithwork.gate import actions as gate
from kithwork.gate.models import Case, Original
from kithwork.journeys.actions.erasing import REACHES as JOURNEYS
from kithwork.journeys.models import Draft, Journey
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures import account_bundle, erasing, signing
from kithwork.procedures.sample import Cast
from kithwork.procedures.sample.statuses import Statuses
from kithwork.procedures.sample.way import Way
from tests.procedures.erasing.planting import EMAIL, FAMILY, GIVEN, RARE, files, found_in_database, plant

WORDS = (GIVEN, FAMILY)
SCHEMES = Path(__file__).parents[3] / "schemes"
REACHES = (*JOURNEYS, *EVIDENCE, *ASSESSMENT, *COURSES)


@pytest.fixture
def statuses(db: None, today: date) -> Statuses:
    return Statuses(SCHEMES / "qms" / "2019", today)


@pytest.fixture
def holder(statuses: Statuses) -> Way:
    """Somebody of a rare name who holds a status, a year after the road to it."""
    way = statuses.person(RARE, 380, dates=[statuses.old], email=EMAIL).granted()
    way.person.refresh_from_db()
    return way


def planted(person: User) -> int:
    """The rare name in every personal text field of everything about them. Gives in how many fields."""
    number = 0
    for reach in REACHES:
        if Whose.HOLDER in reach.kept.of and reach.kept.then is not Then.KEPT:
            for row in reach.about(Whose.HOLDER, person).distinct()[:3]:
                if isinstance(row, Item) and row.file:
                    continue
                number += len(plant(row, reach))
    item = Item.objects.filter(journey__person=person, destroyed_at=None).exclude(file="").first()
    if item is None:
        item = Item.objects.filter(journey__person=person).first()
        assert item is not None
        item.file.save("x", ContentFile(f"By {RARE}.".encode()))
        Item.objects.filter(pk=item.pk).update(file_name="mine.txt", media_type="text/plain")
    return number


def at_the_gate(journey: Journey, person: User, today: date) -> Original:
    """A file of their own that waits at the gate, and a name that they taught there."""
    given = {"slots": [], "portfolio": "", "dated": None, "casework": False, "by": person, "today": today}
    upload = SimpleUploadedFile(f"{FAMILY}.txt", f"By {RARE}.".encode())
    original = gate.take_in(
        journey=journey.ref, organisation=None, person=person, upload=upload, title=f"Of {GIVEN}", text="", **given
    )
    gate.teach(original=original, name="Ola Finch", by=person, find=lambda document, name: [])
    return original


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_all_that_is_planted_is_in_the_bundle_and_nothing_after_the_erasure(
    holder: Way,
    statuses: Statuses,
    as_user: Callable[[User], Client],
    today: date,
    django_capture_on_commit_callbacks: Any,
) -> None:
    on_commit = django_capture_on_commit_callbacks
    person: Any = holder.person
    kinds = {reach.model.__name__ for reach in REACHES if reach.about(Whose.HOLDER, person).exists()}
    assert {"Journey", "EntryRow", "Response", "Item", "Round", "WriteUp", "PanelRecord", "Place"} <= kinds
    assert planted(person) >= 20
    Draft.objects.create(user=person, key="x", fields={"a": RARE})
    make_key(user=person, name=f"For {FAMILY}", today=today)
    original = at_the_gate(holder.journey, person, today)
    stored = original.file.name
    out = io.BytesIO()
    account_bundle.hand_over(person=person, body=None, out=out, by=person, now=timezone.now())
    parts = unzipped(out.getvalue())
    told = json.loads(parts["everything.json"])
    titles = {section["title"] for section in told["sections"]}
    assert {"Your account", "Memberships", "Keys for programs", "Journeys", "Items", "Awards", "Drafts",
            "Mail to you", "Originals of evidence at the privacy gate",
            "What you did, as the record of acts has it"} - {"Memberships"} <= titles  # fmt: skip
    for reach in REACHES:
        rows = reach.about(Whose.HOLDER, person)
        texts = [name for name in reach.texts if any(GIVEN in str(one) for one in rows.values_list(name, flat=True))]
        section = [one for one in told["sections"] if one["title"].lower().startswith(str(
            reach.model._meta.verbose_name)[:6])]  # fmt: skip
        assert not texts or GIVEN.lower() in json.dumps(section).lower(), reach.model
    assert any(f"By {RARE}." in content.decode(errors="replace") for name, content in parts.items()
               if name.startswith("files/")) or any(name.startswith("files/") for name in parts)  # fmt: skip
    assert "Cleo Hart" not in parts["everything.html"].decode()
    assert "C. H." in parts["everything.html"].decode()
    (own,) = next(one for one in told["sections"] if one["title"].startswith("Originals"))["rows"]
    assert (own["file"], own["title"]) == (f"{FAMILY}.txt", f"Of {GIVEN}")
    assert "Ola Finch" not in out.getvalue().decode(errors="replace")
    # and then it goes
    plan = erasing.plan_for_account(user=person)
    assert plan.obstacles == ()
    assert dict(plan.stays)["the register of awards"]
    assert dict(plan.goes)["originals of evidence"] == 1
    signing.work()
    signed = Credential.objects.exclude(document="").get(award__journey=holder.journey)
    assert RARE in signed.document
    client = as_user(person)
    assert client.get("/account/").status_code == 200
    with on_commit(execute=True):
        erasing.erase_account(user=person, now=timezone.now())
    assert set(found_in_database(WORDS)) == {"awards_award.holder"}, "the register says who holds it"
    assert Award.objects.get(journey=holder.journey).holder == RARE
    signed.refresh_from_db()
    assert (signed.document, signed.salt, signed.revoked_at) == ("", "", None), "the holder's own copy stays good"
    assert signing.work() == 0, "nor is it signed again"
    person.refresh_from_db()
    assert (person.name, person.is_active, person.has_usable_password()) == (ERASED, False, False)
    assert not Message.objects.filter(to=person).exists()
    assert client.get("/account/").status_code == 302
    left = [name for name, content in files() if GIVEN.encode() in content]
    assert not left
    assert not Original.objects.exists()
    assert not Case.objects.exists()
    assert not default_storage.exists(stored)
    assert Record.objects.get(act="gate.destroyed").facts["digest"] == original.digest
    assert Record.objects.get(act="rights.erased").subject == f"user:{person.ref}"
    win = as_user(statuses.house.officer)
    body = statuses.house.body.slug
    assert win.get(f"/body/{body}/journeys/{holder.journey.ref}/").status_code == 200
    for stage in holder.edition.stages:
        for page in ("stages", "decide", "portfolio"):
            answer = win.get(f"/body/{body}/journeys/{holder.journey.ref}/{page}/{stage.id}/")
            assert answer.status_code in {200, 302, 404, 409}, (page, stage.id)
    for address in (f"/body/{body}/", f"/body/{body}/register/", "/register/"):
        assert win.get(address).status_code == 200, address


def test_what_stands_in_the_way(statuses: Statuses, people: Cast, today: date) -> None:
    way = statuses.person("Una Pike", 30)
    for user, because in (
        (way.person, "An application of yours is open"),
        (people.ada, "You are the only lead"),
        (people.olu, "You are the only officer"),
    ):
        assert any(one.startswith(because) for one in erasing.plan_for_account(user=user).obstacles)
        with pytest.raises(Refused):
            erasing.erase_account(user=user, now=timezone.now())
    assert User.objects.filter(is_active=True, pk__in=[way.person.pk, people.ada.pk, people.olu.pk]).count() == 3


def test_a_colleague_without_an_application(people: Cast) -> None:
    User.objects.filter(pk=people.bea.pk).update(name=RARE, email=EMAIL)
    people.bea.refresh_from_db()
    erasing.erase_account(user=people.bea, now=timezone.now())
    assert not found_in_database(WORDS)
    assert not people.bea.memberships.filter(ended_at__isnull=True).exists()


def test_an_officer_gives_what_is_the_bodys_alone(holder: Way, statuses: Statuses, people: Cast, today: date) -> None:
    out = io.BytesIO()
    account_bundle.hand_over(
        person=holder.person, body=statuses.house.body, out=out, by=statuses.house.officer, now=timezone.now()
    )
    told = json.loads(unzipped(out.getvalue())["everything.json"])
    titles = {section["title"] for section in told["sections"]}
    assert "Journeys" in titles
    assert not titles & {"Your account", "Memberships", "Keys for programs"}
    other = account_bundle.bundle(person=holder.person, body=people.body)
    assert {section.title for section in other.sections} <= {
        "Mail to you",
        "What you did, as the record of acts has it",
    }
    record = Record.objects.get(act="rights.handed_over")
    assert (record.subject, record.organisation) == (f"user:{holder.person.ref}", statuses.house.body.ref)


def test_what_examiners_wrote_waits_for_the_result(statuses: Statuses, today: date) -> None:
    way = statuses.person("Una Pike", 90, dates=[statuses.been])
    assert Journey.objects.get(pk=way.journey.pk).status == "active"
    assert (
        "what examiners wrote of an application that is not decided yet"
        not in account_bundle.bundle(person=way.person, body=None).left_out
    )
    PanelNote.objects.create(
        journey=way.journey, stage="panel", text="Doubtful.", on=today - timedelta(days=1), by=statuses.house.officer
    )
    made = account_bundle.bundle(person=way.person, body=None)
    assert "Doubtful." not in str(made.sections)
    assert "what examiners wrote of an application that is not decided yet" in made.left_out
