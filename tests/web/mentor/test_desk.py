"""The mentor's desk: one tap to log a meeting, what a mentor may know, the talk with whoever reads, oneself."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kithwork.caseload.actions import logging
from kithwork.caseload.models import (
    Agreement,
    Concern,
    Consent,
    Contact,
    Match,
    Mentor,
    Pause,
    Review,
    RiskAssessment,
    Supervision,
)
from kithwork.ledger.models import Record
from tests.running import a_match, a_mentee
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db


def boxes(name, value):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


def kept_out(desk, name, *args, data=None):
    """A mentor of the same service, everybody else and nobody are kept out, and learn nothing from it."""
    url = reverse(name, args=args)
    for client in (desk.stranger, *desk.others):
        for answer in (client.get(url), client.post(url, data or {})):
            assert answer.status_code in {404, 405}
    assert Client().get(url).status_code in {302, 405}


def test_one_tap_on_the_first_page_saves_a_meeting(desk, today):
    page = desk.client.get(reverse("mentor_home")).content.decode()
    assert "You meet Cai" in page
    assert "Rowan" not in page
    url = reverse("mentor_met", args=[desk.match.ref])
    assert f'action="{url}"' in page
    assert page.count('class="govuk-button kw-tap"') == 1
    answer = desk.client.post(url, {"on": today.isoformat(), "minutes": "60"})
    entry = Contact.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == reverse("mentor_entry", args=[entry.ref])
    assert (entry.on, entry.minutes, entry.reached, entry.kind) == (today, 60, True, "meeting")
    assert desk.client.post(url, {"on": today.isoformat(), "minutes": "60"}).status_code == 303
    assert Contact.objects.count() == 1  # a second tap, or a phone that sends again, is the same meeting
    assert desk.client.get(url).status_code == 405
    kept_out(desk, "mentor_met", desk.match.ref)


def test_a_phone_that_was_offline_says_the_day_it_meant(desk, today):
    url = reverse("mentor_met", args=[desk.match.ref])
    early = today - timedelta(days=2)
    assert desk.client.post(url, {"on": early.isoformat(), "minutes": "x"}).status_code == 303
    assert (Contact.objects.get().on, Contact.objects.get().minutes) == (early, 60)
    assert desk.client.post(url, {"on": (today + timedelta(days=1)).isoformat()}).status_code == 409
    assert desk.client.post(url, {"on": (today - timedelta(days=31)).isoformat()}).status_code == 409


def test_the_usual_length_is_learnt(desk, today, people):
    for number, minutes in enumerate((30, 90, 45, 45, 300)):
        logging.log_meeting(match=desk.match, on=today - timedelta(days=number), by=people.cid, minutes=minutes)
    assert 'name="minutes" value="45"' in desk.client.get(reverse("mentor_home")).content.decode()


def test_another_day_or_nobody_came(desk, today):
    url = reverse("mentor_log", args=[desk.match.ref])
    assert 'value="no" ' in desk.client.get(url + "?missed=yes").content.decode()
    wrong = desk.client.post(
        url, {**boxes("on", today + timedelta(days=1)), "reached": "yes", "way": "met", "words": "Kept words"}
    )
    assert wrong.status_code == 422
    assert "Kept words" in wrong.content.decode()
    early = {**boxes("on", today - timedelta(days=90)), "reached": "no", "way": "met", "words": "Kept words"}
    assert typed(refused_with(desk.client.post(url, early), "had not been introduced"), "words") == "Kept words"
    fine = {
        **boxes("on", today - timedelta(days=1)),
        "reached": "no",
        "way": "met",
        "minutes": "60",
        "words": "Waited.",
    }
    assert desk.client.post(url, fine).status_code == 303
    assert (Contact.objects.get().reached, Contact.objects.get().minutes) == (False, None)
    assert "Waited." not in str(list(Record.objects.values_list("facts", flat=True)))
    kept_out(desk, "mentor_log", desk.match.ref, data=fine)


def test_a_worry_reaches_a_person_at_once(desk):
    url = reverse("mentor_concern", args=[desk.match.ref])
    assert "01234 567" in desk.client.get(url).content.decode()
    assert desk.client.post(url, {"words": "", "urgency": "soon"}).status_code == 422
    assert desk.client.post(url, {"words": "He has not eaten.", "urgency": "soon"}).status_code == 303
    concern = Concern.objects.get()
    assert (concern.mentee, concern.mentor, concern.urgency, concern.raised_as) == (
        desk.cai,
        desk.mab,
        "soon",
        "mentor",
    )
    kept_out(desk, "mentor_concern", desk.match.ref, data={"words": "x", "urgency": "soon"})


def test_a_mentor_knows_what_a_mentor_needs(desk, today, people):
    RiskAssessment.objects.create(
        mentee=desk.cai, kind="person", on=today, level="low", findings="Gets dizzy.", by=people.ada
    )
    review = Review.objects.create(
        match=desk.match, on=today, of_service="Grand folk.", outcome="Goes on.", by=people.ada
    )
    review.mentor_shared_on = today
    review.save()
    url = reverse("mentor_match", args=[desk.match.ref])

    def page():
        return desk.client.get(url).content.decode()

    assert not [words for words in ("Gets dizzy.", "High Street", "Grand folk.", "Rowan") if words in page()]
    for kind in ("risk", "reviews"):
        Consent.objects.create(mentee=desk.cai, kind=kind, answer="given", on=today, wording="You may.")
    desk.service.practice.visits_homes = True
    desk.service.practice.save()
    assert not [words for words in ("Gets dizzy.", "1 High Street", "Grand folk.") if words not in page()]
    for kind in ("risk", "reviews"):
        Consent.objects.create(mentee=desk.cai, kind=kind, answer="withdrawn", on=today, wording="You may.")
    assert not [words for words in ("Gets dizzy.", "Grand folk.") if words in page()]
    kept_out(desk, "mentor_match", desk.match.ref)


def test_the_match_is_seen_until_its_last_day(desk, today):
    url = reverse("mentor_match", args=[desk.match.ref])
    for days, status in ((1, 200), (0, 200), (-1, 404)):
        Match.objects.filter(pk=desk.match.pk).update(ended_on=today + timedelta(days=days))
        assert desk.client.get(url).status_code == status


def test_an_entry_is_corrected_until_it_is_read_and_answered_afterwards(desk, today, people):
    entry, _ = logging.log_meeting(match=desk.match, on=today, by=desk.mab.user, minutes=60)
    url = reverse("mentor_entry", args=[entry.ref])
    change = {**boxes("on", today), "reached": "yes", "way": "met", "minutes": "90", "words": "Chess."}
    assert "Nobody has read it yet" in desk.client.get(url).content.decode()
    assert desk.client.post(url, change).status_code == 303
    entry.refresh_from_db()
    assert (entry.minutes, entry.words) == (90, "Chess.")
    logging.answer(contact=entry, text="Who won?", asks=True, by=people.ada, now=timezone.now())
    assert "Answer a question" in desk.client.get(reverse("mentor_home")).content.decode()
    assert desk.client.post(reverse("mentor_entry_remove", args=[entry.ref])).status_code == 409
    page = desk.client.get(url).content.decode()
    assert "Who won?" in page
    assert "Read by Ada" in page
    assert desk.client.post(url, {"do": "answer", "text": ""}).status_code == 422
    assert desk.client.post(url, {"do": "answer", "text": "He did."}).status_code == 303
    entry.refresh_from_db()
    assert entry.read_at is None  # unread again, so that the answer is seen
    assert desk.client.post(url, change).status_code == 422  # and what was answered is not rewritten
    assert "Answer a question" not in desk.client.get(reverse("mentor_home")).content.decode()
    kept_out(desk, "mentor_entry", entry.ref, data=change)
    kept_out(desk, "mentor_entry_remove", entry.ref)


def test_a_mistake_is_removed_and_the_ledger_keeps_that_it_was(desk, today):
    entry, _ = logging.log_meeting(match=desk.match, on=today, by=desk.mab.user, minutes=60)
    assert desk.client.post(reverse("mentor_entry_remove", args=[entry.ref])).status_code == 303
    assert not Contact.objects.exists()
    acts = list(Record.objects.filter(subject=f"contact:{entry.ref}").values_list("act", flat=True))
    assert sorted(acts) == ["caseload.ended", "caseload.recorded"]


def test_the_agreement_is_read_and_signed(desk, today, people):
    url = reverse("mentor_agreement", args=[desk.match.ref])
    assert desk.client.get(url).status_code == 409
    old = Agreement.objects.create(match=desk.match, drawn_up_on=today, time="2 hours", by=people.ada)
    assert "Read and sign" in desk.client.get(reverse("mentor_home")).content.decode()
    assert "2 hours" in desk.client.get(url).content.decode()
    new = Agreement.objects.create(match=desk.match, drawn_up_on=today, time="3 hours", by=people.ada)
    assert desk.client.post(url, {"agreement": old.ref}).status_code == 409
    assert desk.client.post(url, {"agreement": new.ref}).status_code == 303
    new.refresh_from_db()
    assert new.mentor_on == today
    kept_out(desk, "mentor_agreement", desk.match.ref, data={"agreement": new.ref})


def test_a_mentor_is_asked_and_free_to_say_no(desk, today, people):
    match = a_match(a_mentee(desk.service, today, "Ifan Lloyd"), desk.mab, people.ada, today, running=False)
    url = reverse("mentor_asked", args=[match.ref])
    page = desk.client.get(url).content.decode()
    assert "Would you like to meet Ifan?" in page
    assert "Lloyd" not in page
    assert match.rationale in page
    assert desk.client.post(url, {}).status_code == 422
    kept_out(desk, "mentor_asked", match.ref, data={"answer": "no"})
    assert desk.client.post(url, {"answer": "no", "because": "Exams"}).status_code == 303
    match.refresh_from_db()
    assert (match.mentor_answer, match.mentor_told_on, match.declined_because) == ("no", today, "Exams")
    assert desk.client.get(url).status_code == 404


def test_about_me_and_away(desk, today, people):
    Supervision.objects.create(mentor=desk.mab, on=today - timedelta(days=200), by=people.ada)
    Mentor.objects.filter(pk=desk.mab.pk).update(accepted_on=today - timedelta(days=170))  # due within a month
    you = reverse("mentor_you")
    assert "Talk with your supervisor" in desk.client.get(reverse("mentor_home")).content.decode()
    key = desk.mab.ref
    assert desk.client.post(you, {"mentor": key, f"{key}-places": "x"}).status_code == 422
    given = {"mentor": key, f"{key}-places": "2", f"{key}-availability": ["mon-eve"]}
    assert desk.client.post(you, given).status_code == 303
    desk.mab.refresh_from_db()
    assert (desk.mab.places, desk.mab.availability) == (2, ["mon-eve"])
    away = reverse("mentor_away", args=[key])
    assert desk.client.post(away, {**boxes("begins", today), "reason": ""}).status_code == 422
    assert desk.client.post(away, {**boxes("begins", today - timedelta(days=1)), "reason": "Exams"}).status_code == 303
    assert desk.client.post(away, {**boxes("begins", today), "reason": "Exams"}).status_code == 409
    assert "until you say you are back" in desk.client.get(you).content.decode()
    assert desk.client.post(reverse("mentor_back", args=[key])).status_code == 303
    assert Pause.objects.get().ends == today - timedelta(days=1)
    kept_out(desk, "mentor_away", key, data={**boxes("begins", today), "reason": "x"})
    kept_out(desk, "mentor_back", key)


def test_own_log_goes_out_as_csv_with_the_first_name_alone(desk, today):
    logging.log_meeting(match=desk.match, on=today, minutes=45, words="=We drew birds.", by=desk.mab.user)
    link = reverse("mentor_log_list")
    assert 'href="?format=csv"' in desk.client.get(link).content.decode()

    def sent(client: Client) -> list[list[str]]:
        return list(csv.reader(io.StringIO(client.get(f"{link}?format=csv").content.decode("utf-8-sig"))))

    heads, *lines = sent(desk.client)
    assert heads == ["When", "With", "What", "Minutes", "Words", "Read"]
    assert lines == [[today.isoformat(), "Cai", "Met", "45", "'=We drew birds.", "Not read yet"]]
    assert sent(desk.stranger) == [heads]


def test_own_log_and_first_page_cost_the_same_for_one_and_for_thirty(desk, today, people):
    def cost(name):
        desk.client.get(reverse(name))
        with CaptureQueriesContext(connection) as found:
            assert desk.client.get(reverse(name)).status_code == 200
        return len(found)

    logging.log_meeting(match=desk.match, on=today, by=desk.mab.user)
    before = cost("mentor_home"), cost("mentor_log_list")
    for number in range(1, 30):
        logging.log_meeting(match=desk.match, on=today - timedelta(days=number), by=desk.mab.user)
        a_match(a_mentee(desk.service, today, f"Mentee {number}"), desk.mab, people.ada, today)
    assert (cost("mentor_home"), cost("mentor_log_list")) == before


def test_who_mentors_nobody_sees_an_empty_desk(desk):
    other = desk.others[-1]
    assert "You do not mentor anybody here" in other.get(reverse("mentor_home")).content.decode()
    assert other.get(reverse("mentor_you")).status_code == 404
    assert other.get(reverse("mentor_log_list")).status_code == 404


def test_signing_in_leads_to_the_desk(desk):
    answer = desk.client.get(reverse("home"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("mentor_home"))
