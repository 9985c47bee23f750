"""All who wait and the pairs proposed for them; a pair accepted, changed, refused."""

import pytest

from kithwork.caseload.models import Match, Mentee
from kithwork.matching.actions import searching
from kithwork.matching.models import AskedSearch, KeptApart, MatchingRun, Proposal
from kithwork.notices.models import Message
from kithwork.procedures import pairing
from tests.running import a_match, a_mentee, a_mentor
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db
AGAINST = {"kind": "refused", "because": "They were at school together."}


def test_before_the_first_search_the_page_offers_it(practice, cai, mab, ada, at, turned_away, cannot_post):
    page = ada.get(at("proposals")).content.decode()
    assert "Find mentors for all who wait" in page
    assert "Find the best pairs" in page
    turned_away(at("proposals"))
    cannot_post(at("matching_find"))
    assert not MatchingRun.objects.exists()


def test_finds_pairs_with_reasons_and_who_is_left(people, practice, cai, mab, today, ada, at):
    ola = a_mentee(people.service, today, "Ola Finch")
    answer = ada.post(at("matching_find"))
    assert (answer.status_code, answer["Location"]) == (303, at("proposals"))
    page = ada.get(at("proposals")).content.decode()
    assert "1 pair to decide" in page
    assert "Both like walking." in page or "Both like Walking." in page
    assert "It is proven that no set is better" in page
    assert "Nobody for them yet" in page
    assert at("matching_for", ola.ref) in page
    for where in (at("match_propose", cai.ref, mab.ref), at("matching_for", cai.ref)):
        assert where in page
    assert at("matching_refuse", Proposal.objects.get().ref) in page
    assert not Match.objects.exists()  # nobody is matched by the machine
    assert not Message.objects.filter(email__in=[cai.email, mab.email]).exists()


def test_searching_takes_a_post(practice, ada, at):
    assert ada.get(at("matching_find")).status_code == 405
    assert not MatchingRun.objects.exists()


def test_says_when_people_have_changed_since(practice, cai, mab, ada, at):
    ada.post(at("matching_find"))
    changed = "have changed since"
    assert changed not in ada.get(at("proposals")).content.decode()
    Mentee.objects.filter(pk=cai.pk).update(interests=["golf"])
    assert changed in ada.get(at("proposals")).content.decode()


def test_says_when_the_service_is_full(people, practice, cai, mab, today, ada, at):
    nye = a_mentor(people.service, people.ada, today, "Nye Marlow")
    a_match(a_mentee(people.service, today, "Ola Finch"), nye, people.ada, today)
    practice.capacity = 1
    practice.save()
    assert "nobody can be asked now" in ada.get(at("proposals")).content.decode()


def test_accepting_leads_to_the_reasons_as_a_draft_that_a_person_edits(practice, cai, mab, people, ada, at):
    ada.post(at("matching_find"))
    url = at("match_propose", cai.ref, mab.ref)
    page = ada.get(url)
    draft = page.context["form"].initial["rationale"]
    assert draft == "Both like Walking."
    assert "weeks" not in draft  # how long somebody waited is not told to the other
    words = f"{draft} And both are patient."
    assert ada.post(url, {"rationale": words, "kind": "one", "ask_both": "on"}).status_code == 303
    match = Match.objects.get()
    assert (match.rationale, match.proposed_by) == (words, people.ada)
    assert Proposal.objects.get().match == match
    assert Message.objects.filter(email__in=[cai.email, mab.email]).count() == 2
    page = ada.get(at("proposals")).content.decode()
    assert "Both are being asked" in page
    assert at("match", match.ref) in page


def test_what_they_decline_stands_in_the_list_with_why(practice, cai, mab, ada, at):
    ada.post(at("matching_find"))
    ada.post(at("match_propose", cai.ref, mab.ref), {"rationale": "Both walk.", "kind": "one"})
    Match.objects.update(mentor_answer="no", declined_because="I know them from work.")
    page = ada.get(at("proposals")).content.decode()
    assert "The mentor declined" in page
    assert "I know them from work." in page
    ada.post(at("matching_find"))
    assert not Proposal.objects.filter(state="open").exists()


def test_refuses_a_pair_with_the_reason_and_finds_the_rest_anew(
    people, practice, cai, mab, today, ada, at, turned_away
):
    a_mentor(people.service, people.ada, today, "Nye Marlow")
    ada.post(at("matching_find"))
    url = at("matching_refuse", Proposal.objects.get().ref)
    assert "has waited" in ada.get(url).content.decode()
    answer = ada.post(url, AGAINST)
    assert (answer.status_code, answer["Location"]) == (303, at("proposals"))
    assert KeptApart.objects.get().because == AGAINST["because"]
    assert Proposal.objects.get(state="open").mentor.name == "Nye Marlow"
    page = ada.get(at("proposals")).content.decode()
    assert "Refused" in page
    turned_away(url)
    turned_away(url, "post", **AGAINST)


def test_without_a_reason_nothing_is_refused(practice, cai, mab, ada, at):
    ada.post(at("matching_find"))
    url = at("matching_refuse", Proposal.objects.get().ref)
    assert ada.post(url, {"kind": "refused", "because": ""}).status_code == 422
    assert ada.post(url, {**AGAINST, "kind": "nonsense"}).status_code == 422
    assert Proposal.objects.get().state == "open"


def test_a_pair_is_refused_once(practice, cai, mab, ada, at):
    ada.post(at("matching_find"))
    url = at("matching_refuse", Proposal.objects.get().ref)
    ada.post(url, AGAINST)
    page = refused_with(ada.post(url, AGAINST), "decided already")
    assert typed(page, "because") == AGAINST["because"]


def test_the_list_costs_the_same_for_one_and_for_ten(people, practice, cai, mab, today, ada, at, queries):
    ada.post(at("matching_find"))
    one = queries(at("proposals"))
    for number in range(9):
        a_mentee(people.service, today, f"Mentee {number}")
        a_mentor(people.service, people.ada, today, f"Mentor {number}")
    ada.post(at("matching_find"))
    assert queries(at("proposals")) == one


def test_for_a_crowd_the_page_says_that_it_is_being_worked_out(practice, cai, mab, people, ada, at, monkeypatch):
    monkeypatch.setattr(searching, "AT_ONCE", 0)
    answer = ada.post(at("matching_find"))
    assert (answer.status_code, answer["Location"]) == (303, at("proposals"))
    page = ada.get(at("proposals")).content.decode()
    assert "The best pairs of 1 person who waits and 1 mentor are being worked out since" in page
    assert f'data-progress="{at("matching_progress")}"' in page  # it comes by itself while there is nothing to read
    told = ada.get(at("matching_progress")).json()
    assert told["over"] is False
    assert told["said"] in page
    pairing.work()
    assert ada.get(at("matching_progress")).json()["over"] is True
    page = ada.get(at("proposals")).content.decode()
    assert "1 pair to decide" in page
    assert "worked out" not in page
    ada.post(at("matching_find"))
    page = ada.get(at("proposals")).content.decode()
    assert "What stands below was found before." in page
    assert "data-progress" not in page
    AskedSearch.objects.update(failed=True)
    assert "could not be proven" in ada.get(at("proposals")).content.decode()
