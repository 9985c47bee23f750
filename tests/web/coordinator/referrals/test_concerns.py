"""Concerns: raised by anybody of the service, seen by safeguarding leads and by whoever raised them, never lost."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from kithwork.caseload.actions.concerns import RaisedAs, Urgency, raise_concern
from kithwork.caseload.models import Concern, ConcernStep
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from tests.running import a_mentee
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def raised(people, practice, today):
    def make(by=None, urgency=Urgency.WORRY, **more):
        return raise_concern(
            service=practice.service, words="A bruise on the arm.", urgency=urgency, raised_as=RaisedAs.MENTOR,
            now=timezone.now(), by=by, mentee=a_mentee(people.service, today, "Cai Rowan"), **more,
        )  # fmt: skip

    return make


def test_a_concern_reaches_the_safeguarding_lead_at_once(sage, practice, raised, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        raised(urgency=Urgency.DANGER)
    assert [one.to for one in mail.outbox] == [[sage.email]]
    assert "urgent" in mail.outbox[0].subject
    assert "Cai" not in mail.outbox[0].subject + mail.outbox[0].body
    assert "bruise" not in mail.outbox[0].body + str(list(Record.objects.values_list("facts", flat=True)))


def test_without_a_safeguarding_lead_it_reaches_the_leads(people, practice, raised):
    raised()
    assert [message.to for message in Message.objects.filter(kind="concern-raised")] == [people.ada]


def test_anybody_of_the_service_raises_one_and_sees_their_own(people, as_user, sage, at):
    bea, cid = as_user(people.bea), as_user(people.cid)
    assert bea.post(at("concern_new"), {"words": "", "urgency": "soon"}).status_code == 422
    assert bea.post(at("concern_new"), {"words": "Nobody answers.", "urgency": "soon"}).status_code == 303
    concern = Concern.objects.get()
    assert (concern.raised_by, concern.raised_as, concern.urgency) == (people.bea, "staff", "soon")
    page = bea.get(at("concern", concern.ref)).content.decode()
    assert "Nobody answers." in page
    assert bea.post(at("concern", concern.ref), {"do": "take", "held": ""}).status_code == 404
    assert cid.get(at("concern", concern.ref)).status_code == 404
    assert "0 concerns you raised" in cid.get(at("concerns")).content.decode()
    assert "1 concern you raised" in bea.get(at("concerns")).content.decode()


def test_only_who_sees_records_can_name_somebody(people, as_user, desk, at, today, practice):
    cai = a_mentee(people.service, today, "Cai Rowan")
    url = at("concern_new") + f"?mentee={cai.ref}"
    assert "Cai Rowan" not in as_user(people.bea).get(url).content.decode()
    assert desk.post(url, {"words": "Worried.", "urgency": "worry"}).status_code == 303
    assert Concern.objects.get().mentee == cai


def test_it_is_taken_on_worked_on_and_closed(sage, as_user, at, raised):
    client, url = as_user(sage), at("concern", raised().ref)
    page = client.get(url).content.decode()
    assert "Nobody has taken this concern on yet" in page
    assert "Cai Rowan" in page
    early = client.post(url, {"do": "close", "close-outcome": "Nothing in it."})
    assert typed(refused_with(early, "Take it on first"), "close-outcome") == "Nothing in it."
    assert client.post(url, {"do": "take", "held": ""}).status_code == 303
    assert client.post(url, {"do": "step", "step-what": ""}).status_code == 422
    said = {"do": "step", "step-what": "Rang the family.", "step-told": "the council"}
    assert client.post(url, said).status_code == 303
    assert client.post(url, {"do": "close", "close-outcome": "An accident."}).status_code == 303
    page = client.get(url).content.decode()
    assert "This concern is closed" in page
    assert "Rang the family. Told: the council." in page
    late = refused_with(client.post(url, said), "closed meanwhile")
    assert typed(late, "step-what") == "Rang the family."
    assert ConcernStep.objects.count() == 1


def test_two_take_it_on_at_once_and_the_second_is_told(sage, people, as_user, at, raised):
    url = at("concern", raised().ref)
    assert as_user(sage).post(url, {"do": "take", "held": ""}).status_code == 303
    refused_with(as_user(people.ada).post(url, {"do": "take", "held": ""}), "Somebody else has taken")
    assert as_user(people.ada).post(url, {"do": "take", "held": sage.ref}).status_code == 303
    assert Concern.objects.get().taken_by == people.ada


def test_the_list_puts_danger_first_and_filters(sage, as_user, at, raised):
    raised()
    danger = raised(urgency=Urgency.DANGER)
    client = as_user(sage)
    page = client.get(at("concerns")).content.decode()
    assert "2 concerns are open" in page
    assert page.index("In danger now</strong>") < page.index("A worry</strong>")
    assert "A worry</strong>" not in client.get(at("concerns") + "?urgency=danger").content.decode()
    client.post(at("concern", danger.ref), {"do": "take", "held": ""})
    assert "In danger now</strong>" not in client.get(at("concerns") + "?state=untaken").content.decode()
    assert "No concern is like that" in client.get(at("concerns") + "?state=closed").content.decode()
    assert client.get(at("concerns") + "?format=csv").content.decode().count("\n") == 3


def test_a_coordinator_sees_no_concern_of_others(desk, at, raised):
    concern = raised()
    assert desk.get(at("concern", concern.ref)).status_code == 404
    assert "0 concerns you raised" in desk.get(at("concerns")).content.decode()


def test_strangers_are_turned_away(people, as_user, at, raised):
    concern = raised()
    for user in (people.dot, people.olu, people.eve):
        for url in (at("concerns"), at("concern_new"), at("concern", concern.ref)):
            assert as_user(user).get(url).status_code == 404
            assert as_user(user).post(url, {"do": "take", "words": "x", "urgency": "soon"}).status_code in {404, 405}
    assert "login" in Client().get(at("concerns"))["Location"]
    assert Concern.objects.count() == 1


def test_the_list_costs_the_same_for_one_and_thirty(sage, as_user, at, raised, django_assert_max_num_queries):
    client = as_user(sage)
    raised()
    client.get(at("concerns"))
    with django_assert_max_num_queries(14) as one:
        client.get(at("concerns"))
    for _ in range(29):
        raised()
    with django_assert_max_num_queries(len(one)):
        client.get(at("concerns"))


def test_wrong_methods_and_absent(sage, as_user, at, raised):
    client, concern = as_user(sage), raised()
    assert client.post(at("concerns")).status_code == 405
    assert client.get(at("concern", "bbbbbbbbbbbb")).status_code == 404
    assert client.post(at("concern", concern.ref), {"do": "burn"}).status_code == 404
