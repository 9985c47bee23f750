"""Referrals at the coordinator's desk: the list, one by hand, its steps, the decision, and telling the referrer."""

import csv
import html
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from kithwork.caseload.actions import referrals
from kithwork.caseload.models import Mentee, Referral, RiskAssessment
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from tests.running import a_mentee
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(practice, cora, today):
    """made(name, days) -> an agency's referral that came so many days ago."""

    def make(name="Cai Rowan", days=10, **more):
        return referrals.receive(
            practice=practice,
            source=more.pop("source", Referral.Source.AGENCY),
            on=today - timedelta(days=days),
            person={"name": name, "phone": "01632 960001"},
            agreed=more.pop("agreed", True),
            why=more.pop("why", "Lonely since the move."),
            name="Dr Quill",
            organisation=more.pop("organisation", "Harbour Surgery"),
            email=more.pop("email", ""),
            by=cora,
            now=timezone.now(),
        )

    return make


@pytest.fixture
def ready(made, practice, cora, today):
    """A referral of which everything is done but the decision."""
    referral = made(email="quill@surgery.example")
    referrals.judge(referral=referral, eligible=dict.fromkeys(practice.eligibility, True), on=today, by=cora)
    Mentee.objects.filter(pk=referral.mentee_id).update(needs=["company"])
    RiskAssessment.objects.create(
        mentee=referral.mentee, kind=RiskAssessment.Kind.PERSON, on=today, level="low", by=cora
    )
    return referral


def test_the_longest_open_stands_first_and_filters_narrow(desk, at, made, practice, cora, today):
    made("Ola Finch", 3)
    made("Cai Rowan", 30)
    gone = made("Ivo Lark", 40)
    referrals.withdraw(referral=gone, on=today, reason="Moved away.", by=cora)
    page = desk.get(at("referrals")).content.decode()
    assert "2 referrals to decide" in page
    assert page.index("Cai Rowan") < page.index("Ola Finch")
    assert "4 weeks ago" in page
    assert "Ivo Lark" not in page
    assert "Ivo Lark" in desk.get(at("referrals") + "?state=withdrawn").content.decode()
    assert "Ola Finch" not in desk.get(at("referrals") + "?q=cai").content.decode()
    assert "No referral is like that" in desk.get(at("referrals") + "?source=self").content.decode()
    rows = list(csv.DictReader(io.StringIO(desk.get(at("referrals") + "?format=csv").content.decode("utf-8-sig"))))
    assert [(row["Person"], row["Days"]) for row in rows] == [("Cai Rowan", "30"), ("Ola Finch", "3")]


def test_an_empty_list_says_what_belongs_there(desk, at):
    assert "No referral is open" in desk.get(at("referrals")).content.decode()


def test_the_list_costs_the_same_for_one_and_thirty(queries, at, made):
    made()
    one = queries(at("referrals"))
    for number in range(29):
        made(f"Person {number}", number)
    assert queries(at("referrals")) == one <= 12


def test_records_one_by_hand_and_keeps_what_was_typed(desk, at, day):
    wrong = desk.post(at("referral_new"), {"name": "Cai Rowan", "source": "agency", **day()})
    assert wrong.status_code == 422
    assert "Write who refers this person" in wrong.content.decode()
    assert "Cai Rowan" in wrong.content.decode()
    right = {"name": "Cai Rowan", "source": "self", "phone": "01632 960001", "agreed": "on", "why": "Lonely.", **day()}
    answer = desk.post(at("referral_new"), right)
    assert answer.status_code == 303
    referral = Referral.objects.get()
    assert (referral.mentee.name, referral.source, referral.agreed) == ("Cai Rowan", "self", True)
    record = Record.objects.filter(act="caseload.recorded").latest("id")
    assert record.subject == f"referral:{referral.ref}"
    assert "Cai" not in str(record.facts)


def test_the_steps_lead_to_the_waiting_list(desk, at, made, practice, today, day):
    referral = made(agreed=False)
    url = at("referral", referral.ref)
    page = desk.get(url).content.decode()
    assert "4 things to do before the waiting list" in page
    early = {"outcome": "accepted", "reason": "Suits the service well.", **day()}
    refused = refused_with(desk.post(at("referral_decide", referral.ref), early), "Nobody goes onto the waiting list")
    assert typed(refused, "reason") == "Suits the service well."
    assert desk.post(at("referral_acknowledge", referral.ref), {"how": "other", **day()}).status_code == 303
    assert desk.post(at("referral_talk", referral.ref), {"agreed": "yes", **day()}).status_code == 303
    answers = {f"c{number}": "yes" for number, _ in enumerate(practice.eligibility)}
    assert desk.post(at("referral_eligible", referral.ref), answers).status_code == 303
    assert desk.post(at("referral_needs", referral.ref), {"needs": "company\nthe bus"}).status_code == 303
    risk = {"kind": "person", "level": "low", "findings": "None seen.", **day()}
    assert desk.post(at("mentee_risk", referral.mentee.ref), risk).status_code == 303
    assert "Ready to decide" in desk.get(url).content.decode()
    assert desk.post(at("referral_decide", referral.ref), early).status_code == 303
    mentee = Mentee.objects.get()
    assert (mentee.accepted_on, mentee.waiting_since, mentee.needs) == (today, today, ["company", "the bus"])
    assert "On the waiting list since" in desk.get(url).content.decode()


def test_each_lack_alone_keeps_somebody_off_the_waiting_list(desk, at, ready, practice, day, cora, today):
    decide = {"outcome": "accepted", "reason": "Yes.", **day()}

    def lacking(words):
        refused_with(desk.post(at("referral_decide", ready.ref), decide), words)

    Referral.objects.filter(pk=ready.pk).update(agreed=False)
    lacking("own agreement")
    Referral.objects.filter(pk=ready.pk).update(agreed=True, why="")
    lacking("why they are referred")
    Referral.objects.filter(pk=ready.pk).update(why="Lonely.", eligible={practice.eligibility[0]: True})
    lacking("every criterion")
    referrals.judge(referral=ready, eligible=dict.fromkeys(practice.eligibility, True), on=today, by=cora)
    Mentee.objects.update(needs=[])
    lacking("their needs")
    Mentee.objects.update(needs=["company"])
    RiskAssessment.objects.all().delete()
    lacking("the risk to themselves and others")


def test_signposting_needs_a_reason_and_a_place(desk, at, made, day, today):
    referral = made()
    url = at("referral_decide", referral.ref)
    said = {"outcome": "signposted", "reason": "Needs counselling.", **day()}
    assert "Write where they are pointed to" in desk.post(url, said).content.decode()
    assert desk.post(url, {**said, "signposted_to": "The listening line"}).status_code == 303
    referral.refresh_from_db()
    assert (referral.outcome, referral.reason) == ("signposted", "Needs counselling.")
    assert Mentee.objects.get().left_on == today
    late = desk.post(url, {"outcome": "withdrawn", "reason": "Second thoughts.", **day()})
    assert typed(refused_with(late, "decided meanwhile"), "reason") == "Second thoughts."


def test_telling_the_referrer_sends_a_link_and_no_name(desk, at, ready, day, today):
    desk.post(at("referral_decide", ready.ref), {"outcome": "accepted", "reason": "Yes.", **day()})
    assert "Tell the referrer" in desk.get(at("referral", ready.ref)).content.decode()
    Message.objects.all().delete()
    assert desk.post(at("referral_tell", ready.ref), {"how": "mail", **day()}).status_code == 303
    message = Message.objects.get()
    assert (message.kind, message.email) == ("referral-news", "quill@surgery.example")
    assert "Cai" not in message.subject + message.body
    ready.refresh_from_db()
    assert ready.told_on == today


def test_whoever_referred_is_told_and_so_is_who_came_of_themselves(desk, at, made, day, today):
    """The person themselves, too: they wait for an answer as a school does. Who withdrew knows it."""
    for source, outcome, asked in (
        ("agency", "signposted", "Tell the referrer"),
        ("self", "signposted", "Tell the person"),
        ("agency", "withdrawn", "Tell the referrer"),
        ("self", "withdrawn", ""),
    ):
        referral = made()
        said = {"outcome": outcome, "reason": "Reasons.", "signposted_to": "The listening line", **day()}
        Referral.objects.filter(pk=referral.pk).update(source=source)
        assert desk.post(at("referral_decide", referral.ref), said).status_code == 303
        page = desk.get(at("referral", referral.ref)).content.decode()
        assert [one for one in ("Tell the referrer", "Tell the person") if one in page] == ([asked] if asked else [])
        listed = desk.get(at("referrals") + "?state=untold").content.decode()
        assert (at("referral", referral.ref) in listed) is bool(asked)
        if asked:
            assert asked in desk.get(at("referral_tell", referral.ref)).content.decode()
            assert desk.post(at("referral_tell", referral.ref), {"how": "other", **day()}).status_code == 303
            assert at("referral", referral.ref) not in desk.get(at("referrals") + "?state=untold").content.decode()


def test_the_risk_is_assessed_on_the_way_and_leads_back(desk, at, made, day, people, today):
    referral, other = made(), made()
    page = desk.get(at("referral", referral.ref)).content.decode()
    way = f"{at('mentee_risk', referral.mentee.ref)}?kind=person&referral="
    assert html.escape(way + referral.ref) in page
    risk = {"kind": "person", "level": "low", "findings": "None seen.", **day()}
    assert desk.post(way + referral.ref, risk)["Location"] == at("referral", referral.ref)
    assert desk.post(way + other.ref, risk)["Location"] == at("mentee", referral.mentee.ref), "somebody else's"
    assert desk.post(way + "nothing", risk).status_code == 404


def test_nothing_is_told_before_it_is_decided(desk, at, made, day):
    refused_with(desk.post(at("referral_tell", made().ref), {"how": "other", **day()}), "Nothing has been decided")


def test_somebody_alike_is_pointed_out(desk, at, made, people, today):
    a_mentee(people.service, today, "cai rowan")
    assert "Somebody alike is on record" in desk.get(at("referral", made().ref)).content.decode()


def test_the_door_closes_with_a_reason_and_opens_on_its_day(desk, at, practice, day, today):
    url = at("referral_door")
    assert desk.post(url, {"taking": "no", "waiting_limit": "0"}).status_code == 422
    past = {"taking": "no", "because": "All mentors are matched.", "waiting_limit": "0", **day(today, "until")}
    assert desk.post(url, past).status_code == 422
    soon = past | day(today + timedelta(days=30), "until")
    assert desk.post(url, soon).status_code == 303
    practice.refresh_from_db()
    assert (practice.takes_referrals, practice.closed_because) == (False, "All mentors are matched.")
    assert "takes no referrals just now" in desk.get(url).content.decode()
    assert desk.post(url, {"taking": "yes", "waiting_limit": "12"}).status_code == 303
    practice.refresh_from_db()
    assert (practice.takes_referrals, practice.waiting_limit, practice.closed_until) == (True, 12, None)


PAGES = ("referral", "referral_acknowledge", "referral_talk", "referral_edit", "referral_eligible", "referral_needs",
         "referral_decide", "referral_tell")  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_each_page_opens_for_a_coordinator_and_is_absent_elsewhere(desk, at, made, name):
    assert desk.get(at(name, made().ref)).status_code == 200
    assert desk.get(at(name, "bbbbbbbbbbbb")).status_code == 404


def test_strangers_are_turned_away_and_nothing_is_written(turned_away, at, made, day):
    referral = made()
    turned_away(at("referral", referral.ref))
    turned_away(at("referral_decide", referral.ref), "post", outcome="withdrawn", reason="No.", **day())
    turned_away(at("referrals"))
    referral.refresh_from_db()
    assert referral.outcome == ""


def test_wrong_methods(desk, at, made):
    assert desk.post(at("referrals")).status_code == 405
    assert desk.post(at("referral", made().ref)).status_code == 405
    assert desk.put(at("referral_new")).status_code == 405
