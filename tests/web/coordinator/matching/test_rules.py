"""What is weighed, what a change would do, whom it falls on, and who is kept apart."""

from datetime import date

import pytest

from kithwork.caseload.models import Mentee
from kithwork.matching.models import KeptApart, MatchingRules, MatchingRun
from tests.running import a_mentee, a_mentor
from tests.web.refusals import refused_with, typed

pytestmark = pytest.mark.django_db
USUAL = {
    "needs": "30", "interests": "15", "languages": "10", "times": "15", "place": "15", "wishes": "5", "waiting": "5",
    "unused": "3", "experience": "2", "near_km": "25", "floor": "0", "objective": "coverage", "seen": "",
}  # fmt: skip
APART = {"kind": "household", "because": "They share a flat."}


def test_shows_what_counts_and_saves_it(practice, people, cai, mab, ada, at, turned_away, cannot_post):
    url = at("matching_rules")
    page = ada.get(url).content.decode()
    assert "Needs and skills count most" in page
    assert "ethnicity, faith, disability, gender and the like are in no part" in page
    answer = ada.post(url, {**USUAL, "place": "60", "must_share": ["languages"], "floor": "10"})
    assert (answer.status_code, answer["Location"]) == (303, at("proposals"))
    row = MatchingRules.objects.get()
    assert (row.weights["place"], row.must_share, row.floor, row.changed_by) == (60, ["languages"], 100, people.ada)
    assert "How near they live count most" in ada.get(url).content.decode()
    turned_away(url)
    cannot_post(url, **USUAL)


def test_a_preview_says_what_would_change_and_saves_nothing(practice, people, cai, mab, today, ada, at):
    """Nye lives next door and shares no interest; Mab far away, and shares one."""
    Mentee.objects.filter(pk=cai.pk).update(lat=53.0, lon=-4.0)
    a_mentor(people.service, people.ada, today, "Nye Marlow", interests=["golf"], lat=53.0, lon=-4.0)
    type(mab).objects.filter(pk=mab.pk).update(lat=53.2, lon=-4.0)
    url = at("matching_rules")
    page = ada.post(url, {**USUAL, "place": "0", "interests": "100", "act": "look"}).content.decode()
    assert "1 person would be proposed somebody else" in page
    assert page.index("Nye Marlow") < page.index("Mab Sorrel")  # now, and then
    assert "the same pairs would be proposed" in ada.post(url, {**USUAL, "act": "look"}).content.decode()
    assert not MatchingRules.objects.exists()
    assert not MatchingRun.objects.exists()


def test_rules_that_weigh_nothing_are_faulty(practice, ada, at):
    nothing = {**USUAL, **dict.fromkeys(("needs", "interests", "languages", "times", "place"), "0")}
    nothing |= dict.fromkeys(("wishes", "waiting", "unused", "experience"), "0")
    for act in ("look", ""):
        assert ada.post(at("matching_rules"), {**nothing, "act": act}).status_code == 422
    assert ada.post(at("matching_rules"), {**USUAL, "place": "many"}).status_code == 422
    assert not MatchingRules.objects.exists()


def test_rules_that_somebody_changed_meanwhile_are_refused(practice, ada, at):
    ada.post(at("matching_rules"), USUAL)
    page = refused_with(ada.post(at("matching_rules"), {**USUAL, "place": "77"}), "changed the rules")
    assert typed(page, "place") == "77"


def test_each_essential_wish_stands_with_its_reason_and_what_it_rules_out(practice, people, cai, mab, today, ada, at):
    Mentee.objects.filter(pk=cai.pk).update(wants_gender="woman", wants_gender_because="As her doctor advised.")
    a_mentee(people.service, today, "Ola Finch", wants_gender="man")
    a_mentor(people.service, people.ada, today, "Nye Marlow", gender="Woman")
    page = ada.get(at("matching_rules")).content.decode()
    assert "As her doctor advised." in page
    assert "1 of 2 possible mentors" in page
    assert "No justification: not looked at" in page
    assert "0 of 2 possible mentors" in page


def test_a_rule_that_falls_much_harder_on_one_group_is_warned_of(practice, people, mab, today, ada, at, turned_away):
    url = at("matching_fairness")
    type(mab).objects.filter(pk=mab.pk).update(languages=["English"])
    for number in range(5):
        a_mentee(people.service, today, f"Mentee {number}", languages=["English"], born=date(2000, 1, 1))
        a_mentee(people.service, today, f"Person {number}", languages=["Dari"], born=date(2000, 1, 1))
    page = ada.get(url).content.decode()
    assert "No rule falls much harder on one group" in page
    assert "25 to 34" in page
    MatchingRules.objects.create(service=people.service, must_share=["languages"], changed_by=people.ada)
    page = ada.get(url).content.decode()
    assert "1 rule falls much harder on one group" in page
    assert "Other languages alone. ‘They have no language in common.’ rules out 100% of the mentors for them" in page
    turned_away(url)


def test_of_fewer_than_five_nothing_is_told(practice, cai, mab, ada, at):
    page = ada.get(at("matching_fairness")).content.decode()
    assert "fewer than 5" in page
    assert "0%" not in page


def test_two_are_kept_apart_and_let_together_again(practice, cai, mab, people, ada, at, turned_away):
    url = at("matching_keep_apart", cai.ref, mab.ref)
    assert "0 pairs are kept apart" in ada.get(at("matching_apart")).content.decode()
    assert ada.get(url).status_code == 200
    answer = ada.post(url, APART)
    assert (answer.status_code, answer["Location"]) == (303, at("matching_apart"))
    page = ada.get(at("matching_apart")).content.decode()
    for words in ("1 pair is kept apart", "They share a flat.", "same household"):
        assert words in page
    refused_with(ada.post(url, APART), "kept apart already")
    row = KeptApart.objects.get()
    again = at("matching_together", row.ref)
    assert "They share a flat." in ada.get(again).content.decode()
    for where in (url, again, at("matching_apart")):
        turned_away(where)
    turned_away(again, "post")
    assert ada.post(again).status_code == 303
    row.refresh_from_db()
    assert row.ended_by == people.ada
    assert ada.get(again).status_code == 404


def test_a_pair_kept_apart_cannot_be_proposed_by_hand(practice, cai, mab, ada, at):
    ada.post(at("matching_keep_apart", cai.ref, mab.ref), APART)
    answer = ada.post(at("match_propose", cai.ref, mab.ref), {"rationale": "Both walk.", "kind": "one"})
    refused_with(answer, "kept apart: They share a flat")
