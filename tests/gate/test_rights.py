"""People's rights at the gate: whoever is erased goes from a service's originals; a copy for them lists those."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee
from kithwork.core.verdict import Refused
from kithwork.evidence.models import Item
from kithwork.gate import actions
from kithwork.gate.models import Original, Scan
from kithwork.gate.queries import known_in
from kithwork.ledger.models import Record
from kithwork.procedures import access_bundle, erasing
from kithwork.procedures.gating.known import known_to
from kithwork.procedures.gating.working import find_name, work
from kithwork.procedures.sample import Walk
from tests.evidence.acts import Commits
from tests.gate.acts import approve, bring, decide_all
from tests.running import a_mentee, a_practice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("finder")]

NOTES = b"Wilhelmina Quist came by bus. Ola Finch rang."


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


@pytest.fixture
def quist(way: Walk, today: date) -> Mentee:
    service = way.journey.service
    assert service is not None
    a_practice(service, way.cast.ada, today)
    a_mentee(service, today, "Ola Finch")
    return a_mentee(service, today, "Wilhelmina Quist", profile="I like buses.")


def test_whoever_is_erased_goes_from_the_originals_that_name_them_and_no_others(
    way: Walk, quist: Mentee, django_capture_on_commit_callbacks: Commits
) -> None:
    waits = bring(way, NOTES, "a.txt", title="Notes of Wilhelmina Quist")
    passed = bring(way, b"Then Wilhelmina Quist went home.", "b.txt", title="More")
    other = bring(way, b"Ola Finch went home.", "c.txt", title="Else")
    actions.teach(original=other, name="Petra Quist", by=way.cast.ada, find=find_name)
    actions.teach(original=other, name="Wilhelmina  Quist", by=way.cast.ada, find=find_name)
    decide_all(passed, way.cast.ada)
    assert approve(passed, way.cast.ada) is not None
    stored = [one.file.name for one in (waits, passed, other)]
    now = timezone.now()
    plan = erasing.plan_for_person(person=quist, now=now)
    assert dict(plan.goes)["originals of evidence"] == 2
    assert dict(plan.unnamed)["lists of names taught at the gate"] == 1
    assert Original.objects.filter(destroyed_at__isnull=True).count() == 3, "a preview changes nothing"
    with django_capture_on_commit_callbacks(execute=True):
        erasing.erase_person(person=quist, by=way.cast.ada, now=now)
    assert [default_storage.exists(name) for name in stored] == [False, False, True]
    assert list(Original.objects.filter(destroyed_at__isnull=True)) == [other]
    digests = {row.facts["digest"] for row in Record.objects.filter(act="gate.destroyed")}
    assert digests == {waits.digest, passed.digest}
    assert Item.objects.get().destroyed_at is None, "the copy has an initial, and stays"
    case = known_in(way.journey.ref)
    assert [name for name, _ in case.taught] == ["Petra Quist"], "she is another"
    assert "wilhelmina" not in str(case.initials)
    taken = [(one["letter"], one["number"], one["names"]) for one in case.initials["people"]]
    assert ("W", 1, []) in taken, "nobody else becomes W"
    assert not [one for one in known_to(way.journey) if "[" in one.name], "nobody is looked for who was erased"


def test_a_copy_of_what_is_held_lists_the_originals_that_name_them(way: Walk, quist: Mentee) -> None:
    bring(way, NOTES, "Notes of Ola Finch.txt", title="Wilhelmina and the bus")
    bring(way, b"Ola Finch went home.", "c.txt")
    practice = quist.service.practice
    found = access_bundle.bundle(practice=practice, person=quist, concerns=False)
    (section,) = [one for one in found.sections if one.title.startswith("Originals")]
    (row,) = section.rows
    assert dict(row)["file"] == "Notes of [another person].txt"
    assert dict(row)["title"] == "Wilhelmina and the bus"
    assert {"added", "state"} <= dict(row).keys()
    assert "came by bus" not in str(found.sections), "what is in it tells of others"
    assert any("originals" in reason for reason in found.left_out)


def test_nobody_is_erased_while_a_file_waits_to_be_read(
    way: Walk, quist: Mentee, as_user: Callable[[User], Client]
) -> None:
    waits = bring(way, NOTES, "a.txt", title="Spring")
    Original.objects.update(state=Original.State.WAITING)
    Scan.objects.all().delete()
    now = timezone.now()
    plan = erasing.plan_for_person(person=quist, now=now)
    assert plan.unread == (("Spring", way.journey.ref, waits.ref),)
    assert any("waits to be read" in because for because in plan.obstacles)
    page = as_user(way.cast.ada).get(reverse("mentee_erase", args=[quist.service.slug, quist.ref])).content.decode()
    assert reverse("gate_one", args=[way.journey.ref, waits.ref]) in page, "it leads to what is to be done"
    with pytest.raises(Refused, match="waits to be read"):
        erasing.erase_person(person=quist, by=way.cast.ada, now=now)
    work()
    erasing.erase_person(person=quist, by=way.cast.ada, now=now)
    waits.refresh_from_db()
    assert waits.destroyed_at is not None, "read since, and it names them"


def test_what_could_not_be_read_is_named_and_goes_with_the_erasure(way: Walk, quist: Mentee) -> None:
    failed = bring(way, b"Ola Finch went home.", "c.txt", title="Scan")
    lost = bring(way, b"Ola Finch went by bus.", "d.txt", title="Lost")
    Original.objects.filter(pk=failed.pk).update(state=Original.State.FAILED)
    Original.objects.filter(pk=lost.pk).update(sealed=b"x" * 40)
    other = bring(way, b"Ola Finch came.", "e.txt")
    now = timezone.now()
    plan = erasing.plan_for_person(person=quist, now=now)
    assert [title for title, _, _ in plan.unread] == ["Scan", "A file that cannot be opened any more"]
    assert dict(plan.goes)["originals of evidence"] == 2
    assert plan.obstacles == ()
    left_out = access_bundle.bundle(practice=quist.service.practice, person=quist, concerns=False).left_out
    assert any("nobody has read" in reason for reason in left_out), "a copy of what is held says that it is not whole"
    erasing.erase_person(person=quist, by=way.cast.ada, now=now)
    assert list(Original.objects.filter(destroyed_at__isnull=True)) == [other]


def test_the_preview_says_what_becomes_of_the_award_half(way: Walk, quist: Mentee) -> None:
    stays = dict(erasing.plan_for_person(person=quist, now=timezone.now()).stays)
    assert "initial" in stays["copies that were made of evidence for an award"]
