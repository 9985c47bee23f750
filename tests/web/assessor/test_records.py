"""A snapshot of records as its assessor sees it: figures and initials, another sample asked for, never a record."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from kithwork.caseload.models import Mentee
from kithwork.core.readiness.reducing import Facts
from kithwork.core.schemes import Role as Acting
from kithwork.evidence.models import Feedback, Remark
from kithwork.governance.models import Staff, StaffSupervision
from kithwork.journeys.models import EntryRow
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role
from kithwork.procedures import assessing, sample
from kithwork.readiness import keeping
from kithwork.readiness.actions import take
from kithwork.readiness.models import KeptAnswers, SampleAsked, Snapshot
from kithwork.readiness.queries import asked_another
from kithwork.readiness.snapshots import draw
from tests.running import a_practice

pytestmark = pytest.mark.django_db

NAMES = ("Sela Marrick", "Sunniva Oake", "Tove Pellam")


def staff_of(service, today, by, number):
    for place in range(number):
        name = NAMES[place] if place < len(NAMES) else f"Wilma Undine {place}"
        row = Staff.objects.create(service=service, name=name, role="Worker", began_on=today - timedelta(days=400))
        if place:
            StaffSupervision.objects.create(staff=row, on=today - timedelta(days=20), by=by)


def drawn(way, practice, by, slot):
    """A snapshot of a requirement, offered for it."""
    one, now = way.edition.requirement(slot), timezone.now()
    turn = 1 + SampleAsked.objects.count()
    facts = draw(
        practice=practice,
        edition=way.edition,
        requirement=one,
        journey=way.journey.ref,
        turn=turn,
        at=timezone.localdate(now),
        now=now,
    )
    return take(journey=way.journey, practice=practice, requirement=one, seen=facts.seal, by=by, now=now)


def taken(way, practice, by):
    """A snapshot of indicator 29, sent."""
    snapshot = drawn(way, practice, by, "29")
    stage = way.edition.stage_for(way.edition.requirement("29"))
    assessing.send_evidence(journey=way.journey, stage=stage.id, slots=["29"], by=by, today=timezone.localdate())
    return snapshot


def arranged(way, people, today):
    assessing.arrange(
        journey=way.journey,
        stage="visit",
        starts_at=timezone.now() + timedelta(days=3),
        by=people.dot,
        role=Acting.ASSESSOR,
        today=today,
        mode="on site",
        place="The old pier",
    )


@pytest.fixture
def way(short_walk):
    return short_walk("sent")


@pytest.fixture
def practice(people, today):
    return a_practice(people.service, people.ada, today)


@pytest.fixture
def snapshot(way, practice, people, today):
    staff_of(practice.service, today, people.ada, 3)
    return taken(way, practice, people.ada)


@pytest.fixture
def address(way, snapshot):
    return reverse("assess_records", args=[way.journey.ref, "29", snapshot.item.ref])


def content(item):
    with item.file.open("rb") as held:
        return held.read()


def text_of(answer):
    return " ".join(html.fromstring(answer.content).xpath("string(//main)").split())


def test_the_figures_the_definition_the_period_and_the_sample(dot, way, address, snapshot):
    of_requirement = dot.get(reverse("assess", args=[way.journey.ref, "29"]))
    assert address in html.fromstring(of_requirement.content).xpath("//a/@href")
    answer = dot.get(address)
    text = text_of(answer)
    facts = Facts.model_validate(snapshot.facts)
    assert "2 of 3 " in text
    assert facts.checks[0].definition in text
    assert "Period looked at: " in text
    assert "Counts until" in text
    assert {one.text_content() for one in html.fromstring(answer.content).xpath("//tbody/tr/th")} == {"S1", "S2", "T"}
    assert reverse("assess_file", args=[way.journey.ref, snapshot.item.ref]) in answer.content.decode()


def test_no_name_no_reference_and_no_way_to_a_record(dot, way, address, snapshot):
    told = dot.get(address).content.decode() + dot.get(reverse("assess", args=[way.journey.ref, "29"])).content.decode()
    told += dot.get(reverse("case", args=[way.journey.ref])).content.decode()
    assert not any(part in told for name in NAMES for part in name.split())
    assert not any(row.ref in told for row in (*Staff.objects.all(), *Mentee.objects.all()))
    assert "/run/" not in told


def test_newer_figures_are_said_to_exist_and_not_told(dot, way, address, snapshot, practice, people, today):
    item = snapshot.item
    before = (content(item), snapshot.facts)
    assert "Newer figures exist" not in text_of(dot.get(address))
    StaffSupervision.objects.create(staff=Staff.objects.get(name=NAMES[0]), on=today, by=people.ada)
    assert "Newer figures exist" not in text_of(dot.get(address)), "an assessor's page counts nothing"
    assert not KeptAnswers.objects.exists()
    keeping.count(practice=practice, edition=way.edition, day=today, now=timezone.now())
    text = text_of(dot.get(address))
    assert "Newer figures exist" in text
    assert "2 of 3 " in text
    assert "3 of 3 " not in text
    fresh = Snapshot.objects.get()
    assert (content(fresh.item), fresh.facts) == before


def test_what_was_counted_anew_and_is_the_same_is_not_newer(dot, way, address, practice, today):
    keeping.count(practice=practice, edition=way.edition, day=today, now=timezone.now())
    assert "Newer figures exist" not in text_of(dot.get(address))


def test_another_sample_is_asked_for_with_advice(dot, way, address, snapshot, people):
    answer = dot.post(address, {"why": "I would like to see others too."})
    assert (answer.status_code, answer["Location"]) == (303, reverse("assess", args=[way.journey.ref, "29"]))
    asked = SampleAsked.objects.get()
    assert (asked.snapshot, asked.turn, asked.by) == (snapshot, 2, people.dot)
    feedback = Feedback.objects.get(journey=way.journey, slot="29")
    assert feedback.outcome == "returned"
    assert "another sample" in feedback.advice
    assert "see others too" in feedback.advice
    assert Record.objects.filter(act="readiness.sample_asked").count() == 1
    again = dot.post(address, {"why": ""})
    assert again.status_code == 409
    assert SampleAsked.objects.count() == 1


def test_the_next_sample_is_another_one(way, practice, people, today):
    staff_of(practice.service, today, people.ada, 40)
    first = taken(way, practice, people.ada)
    assessing.ask_another_sample(
        journey=way.journey,
        stage=way.edition.stage_for(way.edition.requirement("29")).id,
        snapshot=first,
        why="",
        by=people.dot,
        now=timezone.now(),
    )
    second = taken(way, practice, people.ada)
    one, other = (Facts.model_validate(held.facts) for held in (first, second))
    assert (one.turn, other.turn) == (1, 2)
    assert one.checks[0].figure == other.checks[0].figure
    assert one.seal != other.seal


@pytest.fixture
def ready(short_walk, practice, people, today):
    """A snapshot of indicator 56, which is looked at during the visit: prepared, and not sent."""
    way = short_walk("online-done")
    return way, drawn(way, practice, people.ada, "56")


def test_before_a_visit_another_sample_is_asked_for_in_the_thread(dot, ready, practice, people, today):
    way, snapshot = ready
    address = reverse("assess_records", args=[way.journey.ref, "56", snapshot.item.ref])
    assert dot.get(address).status_code == 404, "not to be read before the visit is arranged"
    arranged(way, people, today)
    checklist = dot.get(reverse("visit", args=[way.journey.ref, "visit"]) + "?area=matching-and-ending")
    assert address in html.fromstring(checklist.content).xpath("//a/@href")
    assert "before you record what you found" in text_of(dot.get(address))
    told = Message.objects.count()
    answer = dot.post(address, {"why": "Longer matches too, please."})
    assert (answer.status_code, answer["Location"]) == (303, reverse("assess", args=[way.journey.ref, "56"]))
    said = Remark.objects.get(journey=way.journey, slot="56")
    assert (said.side, said.by) == ("assessor", people.dot)
    assert said.text == "Please draw another sample of your records. Longer matches too, please."
    assert not Feedback.objects.filter(journey=way.journey, slot="56").exists(), "nothing is judged by it"
    assert Message.objects.count() > told
    assert dot.post(address, {"why": ""}).status_code == 409, "it is asked for once"
    second = drawn(way, practice, people.ada, "56")
    assert (second.turn, SampleAsked.objects.get().turn) == (2, 2)
    assert not asked_another(way.journey, "56")


def test_once_something_is_found_at_the_visit_no_other_sample_is_asked_for(dot, ready, people, today):
    way, snapshot = ready
    arranged(way, people, today)
    EntryRow.objects.create(
        journey=way.journey, seq=900, on=today, kind="returned", by="assessor", stage="visit", item="56"
    )
    address = reverse("assess_records", args=[way.journey.ref, "56", snapshot.item.ref])
    assert "Ask for another sample" not in text_of(dot.get(address))
    assert dot.post(address, {"why": ""}).status_code == 409
    assert not SampleAsked.objects.exists()


@pytest.mark.parametrize("who", ["ada", "eve", "olu", "vic"])
def test_it_is_absent_for_whoever_is_not_its_assessor(who, people, address, as_user):
    vic = sample.person("Vic Tarn", "vic@assessors.example")
    organisations.join(organisation=people.body, user=vic, role=Role.ASSESSOR, by=people.olu)
    client = as_user(vic if who == "vic" else getattr(people, who))
    assert client.get(address).status_code == 404
    assert client.post(address, {"why": ""}).status_code == 404


def test_what_is_no_snapshot_and_another_requirement_have_no_such_page(dot, way, snapshot):
    ref = way.journey.ref
    assert dot.get(reverse("assess_records", args=[ref, "1", snapshot.item.ref])).status_code == 404
    assert dot.get(reverse("assess_records", args=[ref, "29", "nothing"])).status_code == 404
    assert dot.put(reverse("assess_records", args=[ref, "29", snapshot.item.ref])).status_code == 405


def test_with_a_breach_what_it_said_is_gone_too(dot, way, address, snapshot, people, today):
    assessing.report_breach(
        journey=way.journey, slot="29", item=snapshot.item, what="A name", by=people.dot, today=today
    )
    assert Snapshot.objects.get().facts == {}
    assert dot.get(address).status_code == 404


def test_the_number_of_queries_does_not_follow_the_number_of_rows(dot, way, practice, people, today, address):
    def queries():
        with CaptureQueriesContext(connection) as caught:
            assert dot.get(address).status_code == 200
        return len(caught)

    queries()
    few = queries()
    staff_of(practice.service, today, people.ada, 30)
    keeping.count(practice=practice, edition=way.edition, day=today, now=timezone.now())
    assert queries() <= few + 1  # the newest record of the ledger, once answers are kept
