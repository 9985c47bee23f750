"""'Use my records': looked at first, signed off by a person, offered as evidence; for those who run the work alone."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from kithwork.core.credentials.snapshot import snapshot as typeset
from kithwork.core.readiness.reducing import Facts
from kithwork.evidence.actions import REDACTED
from kithwork.evidence.models import Item, Offer
from kithwork.governance.models import Staff, StaffSupervision
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import sample
from kithwork.readiness import keeping
from kithwork.readiness.actions import SIGNED
from kithwork.readiness.models import SampleAsked, Snapshot
from tests.running import a_mentee, a_practice

pytestmark = pytest.mark.django_db

NAMES = ("Sela Marrick", "Sunniva Oake", "Tove Pellam")


@pytest.fixture
def way(short_walk):
    return short_walk("registered")


@pytest.fixture
def practice(people, today):
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def staff(practice, people, today):
    """Three at work since a year; two were supervised last month, one never."""
    rows = [
        Staff.objects.create(
            service=practice.service, name=name, role="Worker", began_on=today - timedelta(days=400), trains=True
        )
        for name in NAMES
    ]
    for row in rows[:2]:
        StaffSupervision.objects.create(staff=row, on=today - timedelta(days=20), by=people.ada)
    return rows


@pytest.fixture
def ada(people, as_user):
    return as_user(people.ada)


def page(way, slot="29"):
    return reverse("use_records", args=[way.journey.ref, slot])


def content(item):
    with item.file.open("rb") as held:
        return held.read()


def text_of(answer):
    return " ".join(html.fromstring(answer.content).xpath("string(//main)").split())


def sign(client, address, **more):
    looked = html.fromstring(client.get(address).content).xpath("//input[@name='looked']/@value")
    return client.post(address, {"looked": looked[0], "signed": "on", "declared": "on", **more})


def test_what_is_looked_at_is_the_figure_and_initials_and_nothing_is_kept(ada, way, staff):
    answer = ada.get(page(way))
    text = text_of(answer)
    assert "2 of 3 " in text
    assert {one.text_content() for one in html.fromstring(answer.content).xpath("//tbody/tr/th")} == {"S1", "S2", "T"}
    assert not any(name in answer.content.decode() for full in NAMES for name in full.split())
    assert not any(row.ref in answer.content.decode() for row in staff)
    assert "Your records do not show this yet" in text
    assert not Item.objects.filter(journey=way.journey, digest__gt="").exists()


def test_signed_off_it_is_evidence_with_a_pdf_that_says_the_same(ada, way, staff, people, today):
    assert sign(ada, page(way)).status_code == 303
    snapshot = Snapshot.objects.get()
    item = snapshot.item
    assert (item.dated, item.casework, item.redacted_by, item.redacted_wording) == (today, True, people.ada, REDACTED)
    assert (snapshot.signed_by, snapshot.wording, snapshot.turn, snapshot.day) == (people.ada, SIGNED, 1, today)
    assert Offer.objects.get(item=item).slot == "29"
    facts = Facts.model_validate(snapshot.facts)
    made = typeset(facts, requirement=way.edition.words.requirement, signed=SIGNED)
    assert content(item) == made
    with pikepdf.open(BytesIO(made)) as pdf:
        assert "pdfuaid:part" in str(pdf.open_metadata())
    acts = Record.objects.filter(act__in=["evidence.added", "readiness.snapshot_taken"]).order_by("-seq")[:2]
    assert {one.act for one in acts} == {"evidence.added", "readiness.snapshot_taken"}
    assert not any(name in str(one.facts) for one in acts for name in NAMES)


def test_it_is_signed_twice_over_or_not_at_all(ada, way, staff):
    looked = html.fromstring(ada.get(page(way)).content).xpath("//input[@name='looked']/@value")[0]
    answer = ada.post(page(way), {"looked": looked, "signed": "on"})
    assert answer.status_code == 422
    assert "nobody can be found in it" in text_of(answer)
    assert not Snapshot.objects.exists()


def test_what_has_changed_since_it_was_looked_at_is_looked_at_again(ada, way, staff, people, today):
    looked = html.fromstring(ada.get(page(way)).content).xpath("//input[@name='looked']/@value")[0]
    StaffSupervision.objects.create(staff=staff[2], on=today, by=people.ada)
    answer = ada.post(page(way), {"looked": looked, "signed": "on", "declared": "on"})
    assert answer.status_code == 409
    assert "changed since you opened this page" in text_of(answer)
    assert not Snapshot.objects.exists()
    again = html.fromstring(answer.content).xpath("//input[@name='looked']/@value")[0]
    assert ada.post(page(way), {"looked": again, "signed": "on", "declared": "on"}).status_code == 303


def test_a_requirement_says_what_records_show_and_leads_there(ada, way, staff, practice, today):
    keeping.count(practice=practice, edition=way.edition, day=today, now=timezone.now())
    tree = html.fromstring(ada.get(reverse("requirement", args=[way.journey.ref, "29"])).content)
    assert "2 of 3 " in tree.xpath("string(//section[@aria-labelledby='records'])")
    assert page(way) in tree.xpath("//a/@href")
    tree = html.fromstring(ada.get(reverse("requirement", args=[way.journey.ref, "1"])).content)
    assert not tree.xpath("//section[@aria-labelledby='records']")


def test_records_stand_first_in_the_list_of_what_can_be_used(ada, way, staff, practice, today):
    keeping.count(practice=practice, edition=way.edition, day=today, now=timezone.now())
    address = reverse("requirement", args=[way.journey.ref, "29"])
    tree = html.fromstring(ada.get(address).content)
    assert "2 of 3 " in tree.xpath("string(//*[@id='add-use']//*[contains(@class, 'govuk-radios__item')][1])")
    answer = ada.post(address, {"do": "use", "use-item": "records"})
    assert (answer.status_code, answer["Location"]) == (303, page(way)), "looked at before it is signed off"
    assert not Item.objects.filter(journey=way.journey, digest__gt="").exists()
    without = reverse("requirement", args=[way.journey.ref, "1"])
    assert ada.post(without, {"do": "use", "use-item": "records"}).status_code == 422, "no record shows this one"


def test_an_area_says_for_which_requirements_records_can_be_used(ada, way, staff, people, as_user):
    area = reverse("area", args=[way.journey.ref, way.edition.requirement("29").area])
    assert "You can use your records" in text_of(ada.get(area))
    assert "You can use your records" not in text_of(as_user(people.bea).get(area))
    assert sign(ada, page(way)).status_code == 303
    assert "You can use your records" not in text_of(ada.get(area)), "they are used"


def test_who_does_not_run_the_work_sees_nothing_of_it(way, staff, people, as_user):
    requirement = reverse("requirement", args=[way.journey.ref, "29"])
    bea = as_user(people.bea)
    assert bea.post(requirement, {"do": "use", "use-item": "records"}).status_code in {404, 422}
    assert "our records" not in bea.get(requirement).content.decode()
    assert bea.get(page(way)).status_code == 404
    cid = getattr(people, "cid", None)
    for stranger in filter(None, (cid, people.eve, people.dot, people.olu)):
        assert as_user(stranger).get(page(way)).status_code == 404
        assert as_user(stranger).post(page(way), {"signed": "on"}).status_code == 404


def test_staff_files_are_signed_off_by_leads_alone(way, staff, practice, people, today, as_user):
    cora = sample.person("Cora Lyle", "cora@lanternside.example")
    organisations.join(organisation=people.provider, user=cora, role=Role.COORDINATOR, by=people.ada)
    a_mentee(practice.service, today)
    client = as_user(cora)
    assert client.get(page(way)).status_code == 404
    requirement = reverse("requirement", args=[way.journey.ref, "29"])
    assert page(way) not in client.get(requirement).content.decode()
    assert client.get(page(way, "8")).status_code == 200


def test_what_asks_nothing_of_records_has_no_such_page(ada, way, practice):
    assert ada.get(page(way, "1")).status_code == 404
    assert ada.get(page(way, "99")).status_code == 404
    assert ada.delete(page(way, "8")).status_code == 405


def test_a_later_change_of_records_changes_no_snapshot_and_is_said(ada, way, staff, practice, people, today):
    sign(ada, page(way))
    item = Item.objects.get(pk=Snapshot.objects.get().item_id)
    before = (item.digest, content(item), Snapshot.objects.get().facts)
    of_item = reverse("item", args=[way.journey.ref, item.ref])
    requirement = reverse("requirement", args=[way.journey.ref, "29"])
    assert "Newer figures exist" not in text_of(ada.get(of_item))
    StaffSupervision.objects.create(staff=staff[2], on=today, by=people.ada)
    keeping.count(practice=practice, edition=way.edition, day=today, now=timezone.now())
    item.refresh_from_db()
    assert (item.digest, content(item), Snapshot.objects.get().facts) == before
    assert "Newer figures exist" in text_of(ada.get(of_item))
    assert "Newer figures exist" in text_of(ada.get(requirement))
    assert "2 of 3 " in text_of(ada.get(of_item))


def test_another_sample_that_was_asked_for_is_drawn_with_the_next_turn(ada, way, staff, practice, people, today):
    sign(ada, page(way))
    first = Snapshot.objects.get()
    SampleAsked.objects.create(snapshot=first, turn=2, on=today, by=people.dot)
    text = text_of(ada.get(reverse("requirement", args=[way.journey.ref, "29"])))
    assert "Your assessor asks for another sample" in text
    sign(ada, page(way))
    assert list(Snapshot.objects.values_list("turn", flat=True)) == [1, 2]
    text = text_of(ada.get(reverse("requirement", args=[way.journey.ref, "29"])))
    assert "asks for another sample" not in text


def test_the_number_of_queries_does_not_follow_the_number_of_rows(ada, way, staff, practice, today):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert ada.get(page(way)).status_code == 200
        return len(caught)

    queries()
    few = queries()
    for number in range(30):
        Staff.objects.create(
            service=practice.service, name=f"Person {number}", role="Worker", began_on=today - timedelta(days=400)
        )
    assert queries() == few
