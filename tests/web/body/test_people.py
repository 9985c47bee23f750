"""People, invitations, and the end of a role."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Invitation, Membership, Role

pytestmark = pytest.mark.django_db


def test_shows_everybody_with_their_load(olu, at, journey_at):
    journey_at("registered")
    page = olu.get(at("body_people")).content.decode()
    for words in ("Olu Fenn", "Dot Lindqvist", "Officers", "Assessors", "1 open"):
        assert words in page


def test_invites_shows_the_expiry_and_withdraws(olu, at):
    assert olu.post(at("body_people"), {"email": "new@example.org", "role": "assessor"}).status_code == 303
    invitation = Invitation.objects.get()
    page = olu.get(at("body_people")).content.decode()
    assert "new@example.org" in page
    assert "Until" in page
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    assert "Expired" in olu.get(at("body_people")).content.decode()
    assert olu.post(at("withdraw_invite", invitation.ref)).status_code == 303
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert Record.objects.filter(act="organisation.invitation_withdrawn").count() == 1
    assert olu.post(at("withdraw_invite", invitation.ref)).status_code == 409


def test_keeps_what_was_typed(olu, at, people):
    faulty = olu.post(at("body_people"), {"email": "not an address", "role": "assessor"})
    assert faulty.status_code == 422
    assert "not an address" in faulty.content.decode()
    refused = olu.post(at("body_people"), {"email": people.dot.email, "role": "assessor"})
    assert refused.status_code == 409
    assert people.dot.email in refused.content.decode()
    assert olu.post(at("body_people"), {"email": "new@example.org", "role": "lead"}).status_code == 422
    assert not Invitation.objects.exists()


def test_ends_a_role_after_saying_what_is_left_open(olu, at, people, journey_at):
    journey_at("registered")
    url = at("end_membership", people.dot.ref, "assessor")
    assert "1 open case" in olu.get(url).content.decode()
    assert olu.post(url).status_code == 303
    assert Membership.objects.get(user=people.dot).ended_at
    assert "1 application needs a new assessor" in olu.get(at("body_people")).content.decode()
    assert olu.post(url).status_code == 404


def test_what_a_former_assessor_leaves_needs_a_new_one(olu, at, people, journey_at, as_user):
    journey = journey_at("sent")
    dot = as_user(people.dot)
    assert dot.get(f"/assess/{journey.ref}/").status_code == 200
    assert "Needs a new" not in olu.get(at("body_home")).content.decode()
    olu.post(at("end_membership", people.dot.ref, "assessor"))
    assert dot.get(f"/assess/{journey.ref}/").status_code == 404
    assert dot.get("/assess/").status_code == 404
    assert "Needs a new assessor" in olu.get(at("body_home")).content.decode()
    page = olu.get(at("body_journey", journey.ref)).content.decode()
    assert "waits for you. Needs a new assessor" in page
    assert f'href="{at("appoint", journey.ref)}"' in page
    organisations.join(organisation=people.body, user=people.dot, role=Role.ASSESSOR, by=people.olu)
    assert dot.get(f"/assess/{journey.ref}/").status_code == 404, "who comes back is asked anew"
    olu.post(at("appoint", journey.ref), {"assessor": people.dot.ref})
    assert "Needs a new assessor" not in olu.get(at("body_home")).content.decode()
    assert "Needs a new assessor" not in olu.get(at("body_journey", journey.ref)).content.decode()


def test_the_last_officer_stays(olu, at, people):
    answer = olu.post(at("end_membership", people.olu.ref, "officer"))
    assert answer.status_code == 409
    assert "Somebody else must hold this role" in answer.content.decode()


def test_another_organisations_people_are_not_there(olu, at, people):
    other, _ = organisations.invite(
        organisation=people.elsewhere, email="x@example.org", role=Role.READER, by=people.eve, now=timezone.now()
    )
    assert olu.post(at("withdraw_invite", other.ref)).status_code == 404
    assert olu.get(at("end_membership", people.ada.ref, "lead")).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_is_for_officers_alone(method, turned_away, at):
    turned_away(at("body_people"), method, email="eve2@example.org", role="officer")
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_ending_is_for_officers_alone(method, turned_away, at, people):
    turned_away(at("end_membership", people.dot.ref, "assessor"), method)
    assert not Membership.objects.filter(user=people.dot, ended_at__isnull=False).exists()


def test_wrong_methods(olu, at, people):
    assert olu.put(at("body_people")).status_code == 405
    assert olu.get(at("withdraw_invite", "bbbbbbbbbbbb")).status_code == 405


def test_costs_the_same_for_one_and_many(queries, at, olu):
    olu.post(at("body_people"), {"email": "one@example.org", "role": "assessor"})
    one = queries(at("body_people"))
    for n in range(10):
        olu.post(at("body_people"), {"email": f"n{n}@example.org", "role": "assessor"})
    assert queries(at("body_people")) == one <= 8
