"""A mentor from the public form to ready: each step on its page, refused out of order where it must be."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kithwork.accounts.models import User
from kithwork.caseload.models import Mentor, MentorStep, Practice, Training
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor
from tests.web.coordinator.mentors.conftest import day
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db

APPLIES = {
    "name": "Wyn Harrow", "email": "wyn@volunteers.example", "interests": "chess, chess, walking", "way": "any",
    "availability": ["mon-am", "sat-pm"], "max_km": "12", "answer_1": "To give back.", "answer_2": "Scouts.",
    "referee_1_name": "Fern Abbot", "referee_1_relation": "colleague", "referee_1_email": "fern@work.example",
    "referee_2_name": "Hal Trevor", "referee_2_relation": "neighbour", "referee_2_phone": "01234",
    "agreed": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """What is counted against haste is counted anew for each test."""
    cache.clear()


def link_of(kind: str) -> str:
    """The path in the newest mail of a kind."""
    message = Message.objects.filter(kind=kind).latest("pk")
    assert "{link}" in message.body
    return "/" + message.secret.split("/", 3)[3]


def test_applies_in_public(practice: Practice, people: Cast) -> None:
    url = f"/volunteer/{practice.service.slug}/"
    page = Client().get(url).content.decode()
    assert "Become a mentor" in page
    assert "may keep my details" in page
    faulty = Client().post(url, {**APPLIES, "referee_2_phone": "", "agreed": "", "answer_1": "Kept words"})
    assert faulty.status_code == 422
    assert "Kept words" in faulty.content.decode()
    assert not Mentor.objects.exists()
    answer = Client().post(url, APPLIES)
    assert (answer.status_code, answer["Location"]) == (303, f"{url}thanks/")
    mentor = Mentor.objects.get()
    assert (mentor.interests, mentor.availability, mentor.max_km) == (["chess", "walking"], ["mon-am", "sat-pm"], 12)
    assert [one.email for one in mentor.references.all()] == ["fern@work.example", ""]
    assert mentor.consents.get().wording == practice.words_of_consent["data"]
    assert mentor.steps.get().answers["Why would you like to mentor?"] == "To give back."
    mails = Message.objects.all()
    assert {one.kind for one in mails} == {"mentor-applied", "mentor-thanked"}
    told = str([(one.subject, one.body, one.secret) for one in mails]) + str(list(Record.objects.values_list("facts")))
    assert "Wyn" not in told
    assert "Wyn" not in Client().get(f"{url}thanks/").content.decode()
    for _ in range(29):
        assert Client().post(url, APPLIES).status_code == 303
    assert Client().post(url, APPLIES).status_code == 429


def test_a_service_that_takes_no_mentors_says_so(practice: Practice) -> None:
    Practice.objects.update(takes_mentors=False)
    url = f"/volunteer/{practice.service.slug}/"
    page = Client().get(url).content.decode()
    assert "No new mentors are taken just now" in page
    assert "<form method" not in page
    page_409 = refused_with(Client().post(url, APPLIES), "takes no new mentors")
    assert typed(page_409, "answer_1") == "To give back."
    assert not Mentor.objects.exists()
    assert Client().get("/volunteer/no-such-service/").status_code == 404


def test_takes_down_an_application(ada: Client, at: Callable[..., str], today: date) -> None:
    assert ada.get(at("mentor_new")).status_code == 200
    answer = ada.post(at("mentor_new"), {"name": "By Telephone", "way": "any", **day(today, "applied_on")})
    mentor = Mentor.objects.get()
    assert answer["Location"] == at("mentor", mentor.ref)
    assert not mentor.consents.exists(), "they did not agree yet"
    later = {"name": "X", "way": "any", **day(today + timedelta(days=1), "applied_on")}
    assert ada.post(at("mentor_new"), later).status_code == 409


def test_the_whole_road(ada: Client, at: Callable[..., str], practice: Practice, people: Cast, today: date) -> None:
    Client().post(f"/volunteer/{practice.service.slug}/", APPLIES)
    mentor = Mentor.objects.get()
    Mentor.objects.update(applied_on=today - timedelta(days=30))
    ref = mentor.ref
    refusal = refused_with(
        ada.post(at("mentor_select", ref), {"chosen": "yes", "reason": "Good with people", **day(today)}),
        "Still missing",
    )
    assert typed(refusal, "reason") == "Good with people"
    for kind in ("role", "interview"):
        assert ada.get(at("mentor_step", ref, kind)).status_code == 200
        given = {"outcome": "yes", "note": "Warm.", "answer_1": "Listens", **day(today)}
        assert ada.post(at("mentor_step", ref, kind), given).status_code == 303
    assert "What do you think a mentor does" in str(mentor.steps.get(kind="interview").answers)
    assert ada.post(at("mentor_step", ref, "selection"), day(today)).status_code == 404
    late = ada.post(at("mentor_step", ref, "role"), {"outcome": "yes", **day(today + timedelta(days=1))})
    assert late.status_code == 409
    fern, hal = mentor.references.order_by("pk")
    assert ada.post(at("reference_ask", ref, fern.ref)).status_code == 303
    path = link_of("reference-asked")
    assert "Wyn Harrow would like to mentor" in Client().get(path).content.decode()
    assert Client().post(path, {}).status_code == 422
    assert Client().post(path, {"answer_1": "Ten years."}).status_code == 303
    assert Client().get(path).status_code == 404, "a link answers once"
    assert Client().post(path, {"answer_1": "Again"}).status_code == 404
    assert ada.post(at("reference_paper", ref, hal.ref), {"answer_2": "Yes.", **day(today)}).status_code == 303
    assert ada.post(at("reference", ref, hal.ref), {"suitable": "no", "note": ""}).status_code == 409
    for one in (fern, hal):
        assert "Read it" in ada.get(at("mentor", ref)).content.decode()
        assert ada.post(at("reference", ref, one.ref), {"suitable": "yes"}).status_code == 303
    assert ada.post(at("vetting_ask", ref), {"level": "enhanced", **day(today)}).status_code == 303
    check = mentor.vettings.get()
    assert ada.post(at("vetting_ask", ref), {"level": "enhanced", **day(today)}).status_code == 409
    assert ada.post(at("vetting", ref, check.ref), {"clear": "yes", **day(today)}).status_code == 303
    check.refresh_from_db()
    assert check.expires_on == date(today.year + 3, today.month, today.day) - timedelta(days=1)
    training = Training.objects.create(service=practice.service, kind="initial", title="Begin")
    for number in (1, 2):
        training.sessions.create(number=number, on=today).attendance.create(
            mentor=mentor, state="present", performance="Asked good questions"
        )
    assert "Asked good questions" in ada.get(at("mentor_select", ref)).content.decode()
    chosen = {"chosen": "yes", "reason": "Listens well.", **day(today)}
    assert ada.post(at("mentor_select", ref), chosen).status_code == 303
    assert "cannot be matched yet" in ada.get(at("mentor", ref)).content.decode()
    for kind in ("post-training", "induction", "badge"):
        assert ada.post(at("mentor_step", ref, kind), {"note": "", **day(today)}).status_code == 303
    assert "Wyn Harrow is ready for a match" in ada.get(at("mentor", ref)).content.decode()
    assert "1 mentor is ready for a match" in ada.get(at("mentors")).content.decode()


def test_not_selected_is_told_why(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    mentor = a_mentor(people.service, people.ada, today, ready=False)
    url = at("mentor_feedback", mentor.ref)
    told = {"said": "Not now.", "signposted_to": "The food bank", **day(today)}
    assert ada.post(url, told).status_code == 409
    no = {"chosen": "no", "reason": "Too little time.", **day(today)}
    assert ada.post(at("mentor_select", mentor.ref), {**no, "reason": ""}).status_code == 422
    assert ada.post(at("mentor_select", mentor.ref), no).status_code == 303
    page = ada.get(at("mentor", mentor.ref)).content.decode()
    assert "was not selected" in page
    assert "Give feedback, and point to other volunteering" in page
    assert "Mab Sorrel" in ada.get(at("mentors") + "?state=feedback").content.decode()
    assert ada.post(url, told).status_code == 303
    assert "Mab Sorrel" not in ada.get(at("mentors") + "?state=feedback").content.decode()
    assert ada.post(at("mentor_return", mentor.ref)).status_code == 303
    assert ada.post(at("mentor_return", mentor.ref)).status_code == 409
    mentor.refresh_from_db()
    assert mentor.left_on is None


def test_an_account_for_the_address_it_was_offered_to(
    ada: Client, at: Callable[..., str], people: Cast, today: date, as_user: Callable[[User], Client]
) -> None:
    mentor = a_mentor(people.service, people.ada, today)
    assert ada.post(at("mentor_invite", mentor.ref)).status_code == 409, "no address"
    Mentor.objects.update(email="Mab@volunteers.example")
    assert ada.post(at("mentor_invite", mentor.ref)).status_code == 303
    path = link_of("mentor-invited")
    assert "offers you your own pages" in Client().get(path).content.decode()
    assert as_user(people.eve).get(path).status_code == 404, "another address"
    assert as_user(people.eve).post(path).status_code == 404
    mab = as_user(sample.person("Mab Sorrel", "mab@volunteers.example"))
    answer = mab.post(path)
    assert (answer.status_code, answer["Location"]) == (303, "/mentoring/")
    assert mab.get(path).status_code == 404
    mentor.refresh_from_db()
    assert mentor.user is not None
    assert mentor.user.email == "mab@volunteers.example"
    assert ada.post(at("mentor_invite", mentor.ref)).status_code == 409
    own = f"/mentoring/consent/{mentor.ref}/"
    assert mab.post(own, {"answer": "withdrawn"}).status_code == 303
    assert mentor.consents.latest("pk").answer == "withdrawn"
    assert as_user(people.eve).get(own).status_code == 404


def test_away_back_leaving_and_champions(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    mentor = a_mentor(people.service, people.ada, today)
    ref = mentor.ref
    away = {"reason": "Travels", **day(today - timedelta(days=3), "begins")}
    assert ada.post(at("mentor_pause", ref), {**away, "reason": ""}).status_code == 422
    assert ada.post(at("mentor_pause", ref), away).status_code == 303
    assert ada.post(at("mentor_pause", ref), away).status_code == 409
    assert "is away" in ada.get(at("mentor", ref)).content.decode()
    assert ada.post(at("mentor_is_back", ref)).status_code == 303
    assert mentor.pauses.get().ends == today - timedelta(days=1)
    assert ada.post(at("mentor_is_back", ref)).status_code == 409
    assert ada.post(at("champion", ref), {"named": "yes"}).status_code == 422
    assert (
        ada.post(at("champion", ref), {"named": "yes", "what_for": "Chess", **day(today, "since")}).status_code == 303
    )
    assert "Mab Sorrel" in ada.get(at("mentors") + "?state=champions").content.decode()
    match = a_match(a_mentee(people.service, today), mentor, people.ada, today)
    leaves = {"reason": "Moves", **day(today)}
    refused_with(ada.post(at("mentor_leave", ref), leaves), "has a match", at("mentor", ref))
    match.ended_on = today
    match.save()
    assert ada.post(at("mentor_leave", ref), leaves).status_code == 303
    assert ada.post(at("mentor_leave", ref), leaves).status_code == 409


def test_contact_supervision_and_details(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    mentor = a_mentor(people.service, people.ada, today, call_me_at=None)
    ref = mentor.ref
    long_ago = today - timedelta(days=400)
    Mentor.objects.update(accepted_on=long_ago, applied_on=long_ago)
    page = ada.get(at("mentor", ref)).content.decode()
    assert "Get in touch" in page
    assert "Supervision session" in page
    assert (
        ada.post(
            at("mentor_contact", ref), {"way": "phone", "reached": "yes", "words": "Fine", **day(today)}
        ).status_code
        == 303
    )
    empty = {"face_to_face": "yes", "notes": "", **day(today)}
    assert ada.post(at("supervise", ref), empty).status_code == 409
    session = {
        **empty,
        "topics": ["boundaries", "continue"],
        "wellbeing": "Tired",
        "goes_on": "yes",
        "learning": "Grief",
    }
    assert ada.post(at("supervise", ref), session).status_code == 303
    refused_with(ada.post(at("supervise", ref), session), "on this day already")
    row = mentor.supervisions.get()
    assert (row.topics, row.goes_on, row.face_to_face) == (["boundaries", "continue"], True, True)
    page = ada.get(at("mentor", ref)).content.decode()
    assert "Get in touch" not in page
    assert "How they are, over time" in page
    mentor.refresh_from_db()
    seen = {"name": "Mab Sorrel", "way": "any", "places": "2", "changed_at": mentor.changed_at.isoformat()}
    assert ada.post(at("mentor_change", ref), {**seen, "places": ""}).status_code == 422
    assert ada.post(at("mentor_change", ref), seen).status_code == 303
    clash = refused_with(ada.post(at("mentor_change", ref), {**seen, "places": "7"}), "Somebody else has changed")
    assert typed(clash, "places") == "7"
    mentor.refresh_from_db()
    assert mentor.places == 2


def test_consent_is_answered_anew(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    mentor = a_mentor(people.service, people.ada, today)
    url = at("mentor_consent", mentor.ref)
    assert ada.post(url, {"answer": "refused", **day(today)}).status_code == 422, "given: it can only be withdrawn"
    assert ada.post(url, {"answer": "withdrawn", "how": "on paper", **day(today)}).status_code == 303
    assert mentor.consents.count() == 2
    assert "cannot be matched yet" in ada.get(at("mentor", mentor.ref)).content.decode()


def test_who_had_a_mentor_becomes_one(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    mentee = a_mentee(people.service, today, email="cai@friends.example")
    url = at("becomes_mentor", mentee.ref)
    assert ada.post(url, {}).status_code == 422
    answer = ada.post(url, {"asked": "on"})
    mentor = Mentor.objects.get()
    assert answer["Location"] == at("mentor", mentor.ref)
    assert (mentor.was, mentor.name, mentor.email) == (mentee, mentee.name, mentee.email)
    assert mentor.consents.get().answer == "given"
    assert ada.post(url, {"asked": "on"}).status_code == 409


def test_strangers_find_nothing(
    at: Callable[..., str], people: Cast, today: date, turned_away: Callable[..., None]
) -> None:
    mentor = a_mentor(people.service, people.ada, today)
    before = MentorStep.objects.count()
    for name in ("mentor", "mentor_change", "mentor_select", "mentor_contact", "supervise", "mentor_leave"):
        turned_away(at(name, mentor.ref))
    turned_away(at("mentor_select", mentor.ref), "post", chosen="no", reason="x", **day(today))
    turned_away(at("mentors") + "?format=csv")
    assert MentorStep.objects.count() == before


def test_lists_ask_as_much_for_thirty_as_for_one(
    ada: Client, at: Callable[..., str], people: Cast, today: date
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ada.get(at("mentors") + "?state=all").status_code == 200
        return len(queries)

    a_mentor(people.service, people.ada, today)
    one = asked()
    for number in range(29):
        a_mentor(people.service, people.ada, today, f"Mentor {number}")
    assert asked() == one
    text = ada.get(at("mentors") + "?format=csv&q=mentor 2").content.decode("utf-8-sig")
    assert text.count("\n") == 1 + 11, "the heads; 2, 12 and 20 to 28"
