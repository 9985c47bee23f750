"""Data breaches, the outbox, the ledger."""

import csv
import io
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from kithwork.evidence.models import Breach, Round
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.organisations.models import Role
from kithwork.procedures import applying, assessing

pytestmark = pytest.mark.django_db


@pytest.fixture
def breach(walk_to, people, today):
    walk = walk_to("returned")
    sent = Round.objects.filter(journey=walk.journey).order_by("-id").first()
    return assessing.report_breach(
        journey=walk.journey, slot=sent.slot, item=sent.items.first(), what="A full name", by=people.dot, today=today
    )


def test_breaches_say_what_who_and_until_when(olu, at, breach):
    page = olu.get(at("breaches")).content.decode()
    assert "1 data breach reported; 1 less than 72 hours ago" in page
    assert "A full name" in page
    assert "Dot Lindqvist" in page
    assert "71 hours left" in page
    assert "less than 72 hours ago" in olu.get(at("body_home")).content.decode()
    Breach.objects.update(reported_at=timezone.now() - timedelta(hours=80))
    page = olu.get(at("breaches")).content.decode()
    assert "Passed at" in page
    assert "No breach is like that" in olu.get(at("breaches") + "?when=open").content.decode()
    rows = list(csv.DictReader(io.StringIO(olu.get(at("breaches") + "?format=csv").content.decode("utf-8-sig"))))
    assert rows[0]["Kind of detail"] == "A full name"


def test_a_clock_that_has_run_out_is_no_reason_to_be_silent(olu, at, breach):
    Breach.objects.update(reported_at=timezone.now() - timedelta(hours=73))
    late = "1 data breach waits for you to settle, the 72 hours have passed"
    assert late in olu.get(at("body_home")).content.decode()
    on = timezone.localdate()
    form = {"kind": "reported", "on_day": on.day, "on_month": on.month, "on_year": on.year}
    assert olu.post(at("body_breach", Breach.objects.get().ref), form).status_code == 303
    assert "data breach" not in olu.get(at("body_home")).content.decode()


def test_the_outbox_lists_opens_and_never_shows_a_secret(olu, at, people):
    applying.invite(
        organisation=people.body, email="new@example.org", role=Role.ASSESSOR, by=people.olu, now=timezone.now()
    )
    message = Message.objects.get(email="new@example.org")
    assert message.secret
    assert "1 message waits to be sent" in olu.get(at("outbox")).content.decode()
    page = olu.get(at("outbox_message", message.ref)).content.decode()
    assert "new@example.org" in page
    assert message.secret not in page
    assert "/invitations/" not in page
    assert "the link is a secret" in page


def test_a_message_is_stopped_once(olu, at, journey_at):
    journey_at("applied")
    message = Message.objects.filter(state="waiting").first()
    assert olu.post(at("stop_message", message.ref)).status_code == 303
    message.refresh_from_db()
    assert message.state == "stopped"
    assert olu.post(at("stop_message", message.ref)).status_code == 409


def test_sends_what_waits_for_this_body_alone(olu, at, people, journey_at):
    journey_at("applied")
    Message.objects.create(organisation=people.elsewhere, to=people.eve, kind="invited", subject="x", body="x")
    waiting = Message.objects.filter(organisation=people.body, state="waiting").count()
    assert olu.post(at("send_outbox")).status_code == 303
    assert len(mail.outbox) == waiting > 0
    assert Message.objects.get(organisation=people.elsewhere).state == "waiting"
    assert olu.post(at("send_outbox")).status_code == 303
    assert len(mail.outbox) == waiting


def test_another_organisations_message_is_not_there(olu, at, people):
    other = Message.objects.create(organisation=people.elsewhere, to=people.eve, kind="invited", subject="x", body="x")
    assert olu.get(at("outbox_message", other.ref)).status_code == 404
    assert olu.post(at("stop_message", other.ref)).status_code == 404


def test_the_ledger_tells_acts_in_words_without_names_of_the_applicants_side(olu, at, journey_at, people):
    journey_at("eligible")
    page = olu.get(at("body_ledger")).content.decode()
    assert "Eligibility" in page
    assert "Olu Fenn" in page
    assert "Ada Marsh" not in page
    assert "Somebody on the applicant" in page
    assert "The ledger holds" in olu.get(at("body_ledger") + "?verify=yes").content.decode()
    people_only = olu.get(at("body_ledger") + "?about=organisation.").content.decode()
    assert "Somebody joined" in people_only
    assert "Began an application" not in people_only
    rows = list(csv.DictReader(io.StringIO(olu.get(at("body_ledger") + "?format=csv").content.decode("utf-8-sig"))))
    assert len(rows) == Record.objects.filter(organisation=people.body.ref).count()


@pytest.mark.parametrize("name", ["breaches", "outbox", "body_ledger"])
def test_lists_cost_the_same_for_one_and_many(name, queries, at, many):
    many(1, "eligible")
    one = queries(at(name))
    many(9, "eligible", first=1)
    assert queries(at(name)) == one <= 10


@pytest.mark.parametrize("name", ["breaches", "outbox", "body_ledger"])
def test_lists_are_for_officers_alone(name, turned_away, at):
    turned_away(at(name))


def test_messages_are_for_officers_alone(turned_away, at, people, journey_at):
    journey_at("applied")
    message = Message.objects.filter(organisation=people.body).first()
    turned_away(at("stop_message", message.ref), "post")
    message.refresh_from_db()
    assert message.state == "waiting"


def test_sending_is_for_officers_alone(turned_away, at, journey_at):
    journey_at("applied")
    turned_away(at("send_outbox"), "post")
    assert not mail.outbox


def test_wrong_methods(olu, at, journey_at, people):
    journey_at("applied")
    ref = Message.objects.filter(organisation=people.body).first().ref
    assert olu.get(at("send_outbox")).status_code == 405
    assert olu.get(at("stop_message", ref)).status_code == 405
    for name in ("breaches", "outbox", "body_ledger"):
        assert olu.post(at(name)).status_code == 405
    assert olu.post(at("outbox_message", ref)).status_code == 405
