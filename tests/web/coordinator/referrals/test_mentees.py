"""Mentees at the coordinator's desk: the list, one record, and each thing that can be done with it."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from kithwork.caseload.models import Consent, Contact, Mentee, OneTimeLink, Pause, RiskAssessment
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from tests.running import a_match, a_mentee, a_mentor
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cai(people, practice, today):
    return a_mentee(people.service, today, "Cai Rowan", email="cai@home.example", number="M-17")


def test_the_list_tells_how_each_stands(desk, at, people, practice, cora, today, cai):
    matched = a_mentee(people.service, today, "Ola Finch")
    a_match(matched, a_mentor(people.service, people.ada, today), people.ada, today)
    away = a_mentee(people.service, today, "Ivo Lark")
    Pause.objects.create(mentee=away, begins=today - timedelta(days=2), reason="In hospital", by=cora)
    gone = a_mentee(people.service, today, "Una Wren", left_on=today - timedelta(days=1))
    a_mentee(people.service, today, "Eda Moss", accepted_on=None, waiting_since=None)
    page = desk.get(at("mentees")).content.decode()
    assert "4 mentees here now" in page
    assert gone.name not in page
    by = {"waiting": {"Cai Rowan", "Ivo Lark"}, "matched": {"Ola Finch"}, "paused": {"Ivo Lark"}, "left": {"Una Wren"},
          "referred": {"Eda Moss"}}  # fmt: skip
    for state, names in by.items():
        rows = csv.DictReader(
            io.StringIO(desk.get(at("mentees") + f"?state={state}&format=csv").content.decode("utf-8-sig"))
        )
        assert {row["Name"] for row in rows} == names, state


def test_the_list_finds_by_name_and_number(desk, at, people, today, cai):
    a_mentee(people.service, today, "Ola Finch")
    for asked in ("rowan", "m-17"):
        page = desk.get(at("mentees") + f"?q={asked}").content.decode()
        assert "Cai Rowan" in page
        assert "Ola Finch" not in page
    assert "Nobody is like that" in desk.get(at("mentees") + "?q=zzz").content.decode()


def test_the_list_costs_the_same_for_one_and_thirty(queries, at, people, today, cai):
    one = queries(at("mentees"))
    for number in range(29):
        a_mentee(people.service, today, f"Person {number}")
    assert queries(at("mentees")) == one <= 12


def test_the_record_puts_first_what_is_due(desk, at, cai, practice, today):
    page = desk.get(at("mentee", cai.ref)).content.decode()
    assert "Cai Rowan: 1 thing is due" in page  # no consent has been asked for
    assert "Waiting for 5 weeks" in page
    Mentee.objects.filter(pk=cai.pk).update(call_me_at=timezone.now(), accepted_on=today - timedelta(days=200),
                                            came_on=today - timedelta(days=220))  # fmt: skip
    page = desk.get(at("mentee", cai.ref)).content.decode()
    assert "Cai Rowan: 3 things are due" in page
    assert page.index("asked to be called") < page.index("Who and how")
    assert "Overdue" in page


def test_the_record_costs_the_same_however_much_happened(queries, at, cai, practice, cora, today):
    def happen(number):
        for back in range(number):
            Contact.objects.create(
                service=practice.service, kind="mentee", mentee=cai, on=today - timedelta(days=back), by=cora
            )
            RiskAssessment.objects.create(mentee=cai, kind="person", on=today, level="low", by=cora)
            Consent.objects.create(mentee=cai, kind="risk", answer="given", on=today, wording="You may.", by=cora)

    happen(1)
    one = queries(at("mentee", cai.ref))
    happen(29)
    assert queries(at("mentee", cai.ref)) == one <= 32


def test_a_contact_clears_the_wish_to_be_called(desk, at, cai, day, cora):
    Mentee.objects.filter(pk=cai.pk).update(call_me_at=timezone.now())
    url = at("mentee_contact", cai.ref)
    tried = {"way": "phone", "reached": "no", "words": "", **day()}
    assert desk.post(url, tried).status_code == 303
    cai.refresh_from_db()
    assert cai.call_me_at is not None
    assert desk.post(url, {**tried, "reached": "yes", "words": "All is well."}).status_code == 303
    cai.refresh_from_db()
    assert cai.call_me_at is None
    assert Contact.objects.filter(reached=True).get().by == cora
    assert "All is well." in desk.get(at("mentee", cai.ref)).content.decode()
    assert "All is well." not in str(Record.objects.latest("id").facts)


def test_a_contact_to_come_is_refused_with_the_words_kept(desk, at, cai, day, today):
    said = {"way": "phone", "reached": "yes", "words": "My typed words", **day(today + timedelta(days=1))}
    answer = desk.post(at("mentee_contact", cai.ref), said)
    assert answer.status_code == 422
    assert "My typed words" in answer.content.decode()
    assert not Contact.objects.exists()


def test_a_contact_with_the_referrer_is_of_its_own_kind(desk, at, cai, day):
    said = {"way": "phone", "reached": "yes", **day()}
    assert desk.post(at("mentee_contact", cai.ref) + "?with=referrer", said).status_code == 303
    assert Contact.objects.get().kind == "referrer"


def _as_shown(client, url):
    """What the page's form would send when nobody changes anything."""
    form = client.get(url).context["form"]
    sent = {}
    for bound in form:
        value = bound.value()
        if bound.kind == "date":
            continue
        if isinstance(bound.field.prepare_value(value), list):
            sent[bound.html_name] = value
        elif value not in (None, False):
            sent[bound.html_name] = "on" if value is True else bound.field.prepare_value(value)
    return sent


def test_the_record_is_changed_and_the_second_of_two_is_told(desk, at, cai, cora):
    url = at("mentee_edit", cai.ref)
    shown = _as_shown(desk, url)
    assert desk.post(url, shown | {"phone": "01632 960007", "needs": "company, the bus\nthe shops"}).status_code == 303
    cai.refresh_from_db()
    assert (cai.phone, cai.needs) == ("01632 960007", ["company", "the bus", "the shops"])
    fields = Record.objects.filter(act="caseload.changed").latest("id").facts["fields"]
    assert fields == ["needs", "phone"]
    second = refused_with(desk.post(url, shown | {"phone": "01632 960008"}), "Somebody has changed this record")
    assert typed(second, "phone") == "01632 960008"


def test_an_essential_wish_for_a_gender_is_reasoned(desk, at, cai):
    url = at("mentee_edit", cai.ref)
    answer = desk.post(url, _as_shown(desk, url) | {"wants_gender": "a woman"})
    assert answer.status_code == 422
    assert "Say why this is essential" in answer.content.decode()


def test_a_pause_stops_what_falls_due_and_ends_on_return(desk, at, cai, day, today):
    said = {"reason": "In hospital", **day(today, "begins"), "ends_day": "", "ends_month": "", "ends_year": ""}
    assert desk.post(at("mentee_pause", cai.ref), said).status_code == 303
    page = desk.get(at("mentee", cai.ref)).content.decode()
    assert "In hospital" in page
    assert "Be in touch" not in page
    refused_with(desk.post(at("mentee_pause", cai.ref), said), "Another pause holds")
    assert desk.post(at("mentee_back", cai.ref), day(today, "last")).status_code == 303
    refused_with(desk.post(at("mentee_back", cai.ref), day(today, "last")), "is not away")


def test_priority_carries_its_reason(desk, at, cai):
    assert desk.post(at("mentee_priority", cai.ref), {"priority": "2", "because": ""}).status_code == 422
    assert desk.post(at("mentee_priority", cai.ref), {"priority": "2", "because": "Alone at home"}).status_code == 303
    assert "Alone at home" in desk.get(at("mentee", cai.ref)).content.decode()


def test_leaving_waits_for_the_match_to_end_and_can_be_undone(desk, at, cai, people, day, today):
    match = a_match(cai, a_mentor(people.service, people.ada, today), people.ada, today)
    said = {"because": "Has moved away", **day()}
    refused = refused_with(desk.post(at("mentee_leave", cai.ref), said), "End the match first")
    assert typed(refused, "because") == "Has moved away"
    match.ended_on = today - timedelta(days=1)
    match.save()
    assert desk.post(at("mentee_leave", cai.ref), said).status_code == 303
    page = desk.get(at("mentee", cai.ref)).content.decode()
    assert "Left on" in page
    assert "Log a contact" not in page
    assert desk.post(at("mentee_return", cai.ref), day()).status_code == 303
    cai.refresh_from_db()
    assert (cai.left_on, cai.waiting_since) == (None, today)
    refused_with(desk.post(at("mentee_return", cai.ref), day()), "has not left")


def test_an_own_link_is_mailed_or_shown_once(desk, at, cai):
    url = at("mentee_link", cai.ref)
    assert desk.post(url, {"how": "mail"}).status_code == 303
    message = Message.objects.get(kind="mentee-link")
    assert message.email == "cai@home.example"
    assert "/link/" in message.secret
    assert desk.post(url, {"how": "show"}).status_code == 303
    assert OneTimeLink.objects.filter(stopped_at=None).count() == 1  # the one that was mailed works no more
    assert "http://testserver/link/" in desk.get(at("mentee", cai.ref)).content.decode()
    assert "http://testserver/link/" not in desk.get(at("mentee", cai.ref)).content.decode()


def test_consents_keep_the_words_that_were_asked(desk, at, cai, day, practice):
    url = at("mentee_consent", cai.ref, "risk")
    said = {"answer": "given", "whose": "own", "how": "on paper", **day()}
    assert desk.post(url, said).status_code == 303
    row = Consent.objects.get()
    assert (row.answer, row.how, row.wording) == ("given", "on paper", practice.words_of_consent["risk"])
    practice.words_of_consent["risk"] = "In other words."
    practice.save()
    page = desk.get(at("mentee_consents", cai.ref)).content.decode()
    assert "agrees to 1 of 5" in page
    assert "The words have changed since" in page
    assert desk.post(url, {**said, "answer": "withdrawn"}).status_code == 303
    assert "agrees to 0 of 5" in desk.get(at("mentee_consents", cai.ref)).content.decode()
    assert desk.get(at("mentee_consent", cai.ref, "anything")).status_code == 404


def test_who_has_not_agreed_is_not_talked_about_without_a_word(desk, at, cai, practice, today):
    url = at("mentee_contact", cai.ref) + "?with=referrer"
    words = "has not agreed that others are asked or told"
    assert words in desk.get(url).content.decode()
    assert words not in desk.get(at("mentee_contact", cai.ref)).content.decode()
    Consent.objects.create(mentee=cai, kind="third-parties", answer="given", on=today, wording="May we?")
    assert words not in desk.get(url).content.decode()
    Consent.objects.create(mentee=cai, kind="third-parties", answer="withdrawn", on=today, wording="May we?")
    assert words in desk.get(url).content.decode()


def test_the_home_is_assessed_only_where_mentors_visit_it(desk, at, cai, practice, day):
    url = at("mentee_risk", cai.ref)
    said = {"kind": "home", "level": "high", "findings": "A dog.", "actions": "Shut the dog away.", **day()}
    assert "The home" not in desk.get(url).content.decode()
    assert desk.post(url, said).status_code == 422
    practice.visits_homes = True
    practice.save()
    assert desk.post(url, said).status_code == 303
    risk = RiskAssessment.objects.get()
    done = at("mentee_risk_done", cai.ref, risk.ref)
    assert "Do what the risk assessment says: the home" in desk.get(at("mentee", cai.ref)).content.decode()
    assert desk.post(done, day()).status_code == 303
    refused_with(desk.post(done, day()), "recorded this as done meanwhile")
    assert "A dog" not in str(list(Record.objects.values_list("facts", flat=True)))


PAGES = ("mentee", "mentee_edit", "mentee_contact", "mentee_priority", "mentee_pause", "mentee_back", "mentee_leave",
         "mentee_return", "mentee_link", "mentee_consents", "mentee_risk")  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_for_a_coordinator_and_is_absent_elsewhere(desk, at, cai, name):
    assert desk.get(at(name, cai.ref)).status_code == 200
    assert desk.get(at(name, "bbbbbbbbbbbb")).status_code == 404
    if name not in ("mentee", "mentee_consents"):
        assert desk.post(at(name, cai.ref), {}).status_code == 422


def test_strangers_are_turned_away_and_nothing_is_written(turned_away, at, cai, day):
    turned_away(at("mentee", cai.ref))
    turned_away(at("mentees"))
    turned_away(at("mentee_leave", cai.ref), "post", because="No", **day())
    turned_away(at("mentee_consent", cai.ref, "risk"), "post", answer="given", whose="own", how="on paper", **day())
    cai.refresh_from_db()
    assert cai.left_on is None
    assert not Consent.objects.exists()


def test_wrong_methods(desk, at, cai):
    for name in ("mentee", "mentee_consents"):
        assert desk.post(at(name, cai.ref)).status_code == 405
    assert desk.post(at("mentees")).status_code == 405
    assert desk.put(at("mentee_edit", cai.ref)).status_code == 405
