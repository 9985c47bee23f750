"""From who waits to a proposal."""

from datetime import timedelta

import pytest

from kithwork.caseload.models import Ending, Match, Vetting
from kithwork.ledger.models import Record
from kithwork.matching.models import KeptApart
from tests.running import a_match, a_mentee, a_mentor
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db
WHY = {"rationale": "Both walk a lot, and both are free on Fridays.", "kind": "one"}


def test_who_waits_is_offered_and_who_is_asked_is_not(people, cai, mab, today, ada, at, turned_away):
    other = a_mentee(people.service, today, "Ola Finch")
    page = ada.get(at("match_new")).content.decode()
    assert "2 mentees waiting to be matched" in page
    a_match(other, mab, people.ada, today, running=False)
    page = ada.get(at("match_new")).content.decode()
    assert "Ola Finch" not in page
    assert "Cai Rowan" in page
    turned_away(at("match_new"))


def test_the_ready_come_first_and_the_others_say_why_not(people, cai, mab, today, ada, at, turned_away):
    a_mentor(people.service, people.ada, today, "Far Fred", lat=57.0, lon=-2.0)
    Vetting.objects.filter(mentor__name="Far Fred").update(expires_on=today - timedelta(days=1))
    busy = a_mentor(people.service, people.ada, today, "Busy Bryn")
    a_match(a_mentee(people.service, today, "Ola Finch"), busy, people.ada, today)
    judge = a_mentor(people.service, people.ada, today, "Judge Jill", assesses=[cai.ref])
    page = ada.get(at("match_choose", cai.ref)).content.decode()
    assert "1 mentor could meet Cai Rowan" in page
    for words in ("Not ready: something is missing", "Has no free place", "Takes part in the formal assessment"):
        assert words in page
    assert "Walking" in page  # what both like
    assert at("match_propose", cai.ref, mab.ref) in page
    assert at("match_propose", cai.ref, judge.ref) not in page
    turned_away(at("match_choose", cai.ref))


def test_whom_a_veto_refuses_is_not_offered_as_ready(people, cai, mab, today, ada, at):
    """Each kind of veto, in the one list from which a coordinator chooses by hand; but a line manager may be asked."""
    type(cai).objects.filter(pk=cai.pk).update(
        way="person", wants_gender="woman", wants_gender_because="As she told the nurse.", address="3 Quay Row",
        postcode="LL57 2DG", lat=53.2, lon=-4.1,
    )  # fmt: skip
    woman = {"gender": "Woman", "way": "any"}

    def named(name, **more):
        return a_mentor(people.service, people.ada, today, name, **{**woman, **more})

    refused = {
        "Home Hal": (named("Home Hal", address="3 quay row", postcode="ll572dg"), "live in the same household"),
        "Online Oz": (named("Online Oz", way="online"), "essential wish of the mentee is not met"),
        "Near Nan": (named("Near Nan", lat=51.0, lon=-1.0, max_km=5), "further than the mentor can go"),
        "Kept Kit": (named("Kept Kit"), "are not to be matched"),
        "Mab Sorrel": (mab, "essential wish of the mentee about gender is not met"),
    }
    KeptApart.objects.create(
        service=people.service, mentee=cai, mentor=refused["Kept Kit"][0], kind="asked", because="Kin.", by=people.ada
    )
    boss = named("Boss Bo", line_manages=[cai.ref])
    page = ada.get(at("match_choose", cai.ref)).content.decode()
    assert "1 mentor could meet Cai Rowan" in page
    assert at("match_propose", cai.ref, boss.ref) in page
    rows = page.split("</tr>")
    for name, (mentor, why) in refused.items():
        assert at("match_propose", cai.ref, mentor.ref) not in page, name
        assert any(name in row and why in row for row in rows), name


def test_proposes_with_the_reasons(people, cai, mab, today, ada, at, turned_away):
    url = at("match_propose", cai.ref, mab.ref)
    page = ada.get(url).content.decode()
    assert "Side by side" in page
    assert page.count("walking") + page.count("Walking") >= 2
    answer = ada.post(url, WHY)
    match = Match.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == at("match", match.ref)
    assert (match.rationale, match.proposed_on, match.proposed_by) == (WHY["rationale"], today, people.ada)
    assert match.looks_after == people.ada
    record = Record.objects.filter(subject=f"match:{match.ref}").get()
    assert "Cai" not in str(record.facts)
    turned_away(url)
    turned_away(url, "post", **WHY)


def test_without_reasons_nothing_is_proposed(cai, mab, ada, at):
    answer = ada.post(at("match_propose", cai.ref, mab.ref), {"rationale": "", "kind": "one"})
    assert answer.status_code == 422
    assert not Match.objects.exists()


def test_a_protected_characteristic_needs_its_justification(cai, mab, ada, at):
    url = at("match_propose", cai.ref, mab.ref)
    answer = ada.post(url, {**WHY, "characteristic": "sex"})
    assert answer.status_code == 422
    assert "objectively right" in answer.content.decode()
    assert (
        ada.post(url, {**WHY, "characteristic": "sex", "justification": "She asked for it, with reason."}).status_code
        == 303
    )
    assert Match.objects.get().characteristic == "sex"


def test_a_line_manager_is_an_interruption_and_needs_a_reason(cai, mab, ada, at):
    mab.line_manages = [cai.ref]
    mab.save()
    url = at("match_propose", cai.ref, mab.ref)
    page = ada.get(url).content.decode()
    assert "line manager" in page
    assert "rationale" not in page
    assert "manages_because" in ada.get(f"{url}?sure=yes").content.decode()
    assert ada.post(url, WHY).status_code == 422
    assert ada.post(url, {**WHY, "manages_because": "Nobody else speaks Welsh."}).status_code == 303
    assert Match.objects.get().manages


def refused(ada, at, cai, mab, because):
    answer = ada.post(at("match_propose", cai.ref, mab.ref), WHY)
    page = refused_with(answer, because)
    assert typed(page, "rationale") == WHY["rationale"]
    assert not Match.objects.filter(
        mentee=cai, mentor=mab, proposed_on__gte=cai.waiting_since, rationale=WHY["rationale"]
    ).exists()


def test_refuses_somebody_who_assesses_the_mentee(cai, mab, ada, at):
    mab.assesses = [cai.ref]
    mab.save()
    refused(ada, at, cai, mab, "formal assessment")


def test_refuses_a_mentor_to_whom_something_is_missing(people, cai, today, ada, at):
    refused(ada, at, cai, a_mentor(people.service, people.ada, today, "New Nan", ready=False), "Missing:")


def test_refuses_a_mentor_without_a_free_place(people, cai, mab, today, ada, at):
    a_match(a_mentee(people.service, today, "Ola Finch"), mab, people.ada, today)
    refused(ada, at, cai, mab, "no free place")


def test_refuses_a_mentee_who_is_matched(people, cai, mab, today, ada, at):
    a_match(cai, a_mentor(people.service, people.ada, today, "Nye Marlow"), people.ada, today)
    refused(ada, at, cai, mab, "has a mentor")


def test_refuses_beyond_the_services_capacity(people, cai, mab, practice, today, ada, at):
    practice.capacity = 1
    practice.save()
    a_match(
        a_mentee(people.service, today, "Ola Finch"),
        a_mentor(people.service, people.ada, today, "Nye"),
        people.ada,
        today,
    )
    refused(ada, at, cai, mab, "supports 1 matches")


def test_a_pair_that_declined_does_not_come_back(people, cai, mab, today, ada, at):
    a_match(cai, mab, people.ada, today - timedelta(days=9), running=False, mentor_answer="no")
    refused(ada, at, cai, mab, "declined")


def test_a_pair_that_ended_badly_does_not_come_back(people, cai, mab, today, ada, at):
    old = a_match(cai, mab, people.ada, today, ended_on=today - timedelta(days=2))
    Ending.objects.create(
        match=old, kind="sudden", known_on=old.ended_on, last_day=old.ended_on, reason="A row.", bad=True, by=people.ada
    )
    refused(ada, at, cai, mab, "ended badly")


def test_lists_cost_the_same_for_one_and_for_thirty(people, cai, mab, today, at, queries):
    new, choose = queries(at("match_new")), queries(at("match_choose", cai.ref))
    for number in range(29):
        a_mentee(people.service, today, f"Mentee {number}")
        a_mentor(people.service, people.ada, today, f"Mentor {number}")
    assert queries(at("match_new")) == new
    assert queries(at("match_choose", cai.ref)) == choose
