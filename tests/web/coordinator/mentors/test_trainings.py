"""A training from nothing to what was changed after it; gatherings; who was asked and came."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kithwork.accounts.models import User
from kithwork.caseload.models import Gathering, OneTimeLink, Training
from kithwork.notices.models import Message
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.running import a_mentor
from tests.web.coordinator.mentors.conftest import day
from tests.web.coordinator.mentors.test_road import link_of
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db
DETAILS = {"kind": "specific", "title": "Hearing loss", "outline": "What helps", "topics": "Loops\nLips\nLoops"}


def test_from_nothing_to_what_was_changed(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    assert "Safeguarding" in ada.get(at("training_new")).content.decode(), "the usual topics to begin with"
    assert ada.post(at("training_new"), {**DETAILS, "title": ""}).status_code == 422
    ada.post(at("training_new"), DETAILS)
    training = Training.objects.get()
    ref = training.ref
    assert training.topics == ["Loops", "Lips"]
    mab = a_mentor(people.service, people.ada, today, email="mab@volunteers.example")
    nye = a_mentor(people.service, people.ada, today, "Nye Marlow")
    a_mentor(people.service, people.ada, today, "Only Applied", ready=False)
    refused_with(ada.post(at("training_invite", ref), {"people": [mab.ref]}), "first session")
    tomorrow = {"hours": "2.5", "place": "Hall", "starts": "9.30am", **day(today + timedelta(days=1))}
    assert ada.post(at("session_new", ref), {**tomorrow, "starts": "half nine"}).status_code == 422
    assert ada.post(at("session_new", ref), tomorrow).status_code == 303
    offered = ada.get(at("training_invite", ref)).content.decode()
    assert "Nye Marlow" in offered
    assert "Only Applied" not in offered, "this kind is for who was selected"
    assert ada.post(at("training_outline", ref)).status_code == 409, "nobody is invited"
    ada.post(at("training_invite", ref), {"people": [mab.ref, nye.ref]})
    page = ada.post(at("training_outline", ref), follow=True).content.decode()
    assert "on its way to 1 person" in page
    assert "1 person has no address" in page
    training.refresh_from_db()
    assert training.outline_sent_on == today
    path = link_of("training-outline")
    page = Client().get(path).content.decode()
    assert "What helps" in page
    assert "Nye" not in page
    assert Client().post(path, {"satisfied": "5", "learnt": "4"}).status_code == 404, "not held yet"
    session = training.sessions.get()
    register = at("session_register", ref, session.ref)
    early = ada.post(register, {f"state_{mab.ref}": "present"})
    assert early.status_code == 409
    training.sessions.update(on=today)
    notes = {f"performance_{mab.ref}": "Asked a lot", f"understood_{mab.ref}": "yes"}
    assert ada.post(register, {f"state_{mab.ref}": "present", **notes}).status_code == 303
    clash = refused_with(ada.post(register, {f"state_{mab.ref}": "absent", **notes}), "Somebody else has noted")
    assert typed(clash, f"state_{mab.ref}") == "absent"
    row = mab.attendance.get(session=session)
    assert (row.state, row.performance, row.understood) == ("present", "Asked a lot", True)
    assert ada.post(at("training_ask", ref)).status_code == 303
    assert Client().get(path).status_code == 404, "a new link stops the earlier one"
    path = link_of("training-feedback")
    assert Client().post(path, {"satisfied": "6", "learnt": "4"}).status_code == 422
    assert Client().post(path, {"satisfied": "5", "learnt": "4", "said": "More practice"}).status_code == 303
    assert Client().get(path).status_code == 404
    assert ada.post(at("training_ask", ref)).status_code == 409
    typed_in = at("training_said", ref, nye.ref)
    refused_with(ada.post(typed_in, {"satisfied": "5", "learnt": "5"}), "those who were there")
    assert ada.post(at("training_acted", ref), {"words": "More practice in pairs", **day(today)}).status_code == 303
    page = ada.get(at("training", ref)).content.decode()
    for words in ("1 of 2 people came", "5.0 of 5 satisfied", "More practice in pairs"):
        assert words in page
    assert ada.post(at("training_cancel", ref)).status_code == 409
    assert ada.post(at("session_remove", ref, session.ref)).status_code == 409
    assert ada.post(at("training_change", ref), {**DETAILS, "kind": "initial"}).status_code == 409
    assert not any("Mab" in one.body or "Hearing" in one.body for one in Message.objects.all())
    assert OneTimeLink.objects.filter(purpose="training", used_at__isnull=False).count() == 1


def test_cancelled_is_over(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    ada.post(at("training_new"), DETAILS)
    ref = Training.objects.get().ref
    assert ada.post(at("training_cancel", ref)).status_code == 303
    assert "was cancelled" in ada.get(at("training", ref)).content.decode()
    assert ada.post(at("training_cancel", ref)).status_code == 409
    assert ada.post(at("training_change", ref), DETAILS).status_code == 409


def test_gatherings(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    mab = a_mentor(people.service, people.ada, today)
    letter = {"kind": "newsletter", "title": "Spring", "everybody": "yes", **day(today)}
    assert ada.post(at("gathering_new"), {**letter, **day(today + timedelta(days=1))}).status_code == 409
    assert ada.post(at("gathering_new"), letter).status_code == 303
    sent = Gathering.objects.get()
    assert "‘Spring’ was sent to 1 mentor" in ada.get(at("gathering", sent.ref)).content.decode()
    assert ada.post(at("gathering", sent.ref), {"came": [mab.ref]}).status_code == 409
    ada.post(at("gathering_new"), {"kind": "social", "title": "Picnic", "everybody": "no", **day(today)})
    picnic = Gathering.objects.get(title="Picnic")
    assert ada.post(at("gathering_invite", picnic.ref), {}).status_code == 422
    assert ada.post(at("gathering_invite", picnic.ref), {"people": [mab.ref]}).status_code == 303
    assert ada.post(at("gathering", picnic.ref), {"came": [mab.ref]}).status_code == 303
    assert "1 of 1 mentor came to ‘Picnic’" in ada.get(at("gathering", picnic.ref)).content.decode()
    assert "1 newsletter, 1 social event and 0 peer groups within a year" in ada.get(at("gatherings")).content.decode()
    assert ada.post(at("gathering_change", picnic.ref), {"title": "Feast", **day(today)}).status_code == 303
    text = ada.get(at("gatherings") + "?format=csv&kind=social").content.decode("utf-8-sig")
    assert "Feast" in text
    assert "Spring" not in text


def test_who_is_asked_hears_of_it_and_finds_it_on_their_pages(
    ada: Client, at: Callable[..., str], people: Cast, today: date, as_user: Callable[[User], Client]
) -> None:
    soon = today + timedelta(days=9)
    signed, other = sample.person("Mab", "mab@mentors.example"), sample.person("Nye", "nye@mentors.example")
    mab = a_mentor(people.service, people.ada, today, user=signed)
    a_mentor(people.service, people.ada, today, "Nye Marlow", user=other)
    a_mentor(people.service, people.ada, today, "Without an account")
    ada.post(at("gathering_new"), {"kind": "peers", "title": "Tea together", "everybody": "no", **day(soon)})
    assert not Message.objects.exists()
    tea = Gathering.objects.get()
    assert ada.post(at("gathering_invite", tea.ref), {"people": [mab.ref]}).status_code == 303
    asked = Message.objects.get()
    assert (asked.to, asked.kind) == (signed, "gathering-asked")
    assert "Tea" not in asked.subject + asked.body, "a mail names nothing"
    assert "Tea together" in as_user(signed).get("/mentoring/").content.decode()
    assert "Tea together" in as_user(signed).get("/mentoring/you/").content.decode()
    assert "Tea together" not in as_user(other).get("/mentoring/you/").content.decode()
    ada.post(at("gathering_invite", tea.ref), {"people": [mab.ref]})
    assert Message.objects.count() == 1, "who is asked already is not told again"

    letter = {"kind": "newsletter", "title": "Spring", "everybody": "yes", **day(today)}
    ada.post(at("gathering_new"), {**letter, "about": ""})
    ada.post(at("gathering_new"), {**letter, "about": "Long ago.", **day(today - timedelta(days=1))})
    assert Message.objects.count() == 1, "nothing to read here, or sent before it came here"
    ada.post(at("gathering_new"), {**letter, "about": "The picnic was a feast."})
    assert {one.to for one in Message.objects.filter(kind="newsletter-sent")} == {signed, other}
    assert "The picnic was a feast." in as_user(other).get("/mentoring/you/").content.decode()
    assert "Spring" not in as_user(other).get("/mentoring/").content.decode(), "nothing is due about it"


def test_who_has_no_account_is_named_for_somebody_to_tell(
    ada: Client, at: Callable[..., str], people: Cast, today: date
) -> None:
    a_mentor(people.service, people.ada, today, user=sample.person("Mab", "mab@mentors.example"))
    a_mentor(people.service, people.ada, today, "Nye Marlow")
    tea = {"kind": "peers", "title": "Tea together", "everybody": "yes", **day(today + timedelta(days=9))}
    ada.post(at("gathering_new"), tea)
    shown = ada.get(at("gathering", Gathering.objects.get().ref))
    assert shown.context["by_hand"] == ["Nye Marlow"]
    assert "Tell them yourself" in shown.content.decode()
    Gathering.objects.update(on=today - timedelta(days=1))
    assert "Tell them yourself" not in ada.get(at("gathering", Gathering.objects.get().ref)).content.decode()
    Gathering.objects.update(kind="newsletter")
    page = at("gathering", Gathering.objects.get().ref)
    assert "Tell them yourself" not in ada.get(page).content.decode(), "it was sent on paper, to all"
    Gathering.objects.update(about="The picnic was a feast.")
    assert ada.get(page).context["by_hand"] == ["Nye Marlow"]


def test_lists_ask_as_much_for_thirty_as_for_one(
    ada: Client, at: Callable[..., str], people: Cast, today: date
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            for name in ("trainings", "gatherings"):
                assert ada.get(at(name)).status_code == 200
        return len(queries)

    def more(number: int) -> None:
        training = Training.objects.create(service=people.service, kind="refresher", title=f"Training {number}")
        training.sessions.create(number=1, on=today)
        Gathering.objects.create(service=people.service, kind="peers", on=today, title=f"Tea {number}", by=people.ada)

    more(0)
    one = asked()
    for number in range(1, 30):
        more(number)
    assert asked() == one


def test_strangers_find_nothing(
    at: Callable[..., str], people: Cast, today: date, turned_away: Callable[..., None]
) -> None:
    training = Training.objects.create(service=people.service, kind="refresher", title="Again")
    for name in ("training", "training_invite", "training_acted"):
        turned_away(at(name, training.ref))
    turned_away(at("training_new"), "post", **DETAILS)
    turned_away(at("gatherings"))
    assert Training.objects.count() == 1
