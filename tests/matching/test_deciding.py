"""What a person decides: accepted, changed, refused; the rest is found anew, and what was vetoed cannot be."""

from datetime import date

import pytest
from django.utils import timezone

from kithwork.caseload.actions.matches import Side, record_answer
from kithwork.caseload.models import Match, Mentee, Mentor, Practice
from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.matching import actions as act
from kithwork.matching.models import KeptApart, MatchingRules, MatchingRun, Proposal, Unmatched
from kithwork.matching.queries import Stand, decided_of, latest, stand_of
from kithwork.notices.models import Message
from kithwork.procedures.erasing import erase_person
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_mentor

pytestmark = pytest.mark.django_db
WHY = "Both like chess."


@pytest.fixture
def cai(practice: Practice, today: date) -> Mentee:
    return a_mentee(practice.service, today, "Cai Rowan", interests=["chess"], email="cai@people.example")


@pytest.fixture
def mab(practice: Practice, people: Cast, today: date) -> Mentor:
    return a_mentor(practice.service, people.ada, today, "Mab Sorrel", interests=["chess"], email="mab@people.example")


@pytest.fixture
def nye(practice: Practice, people: Cast, today: date) -> Mentor:
    return a_mentor(practice.service, people.ada, today, "Nye Marlow", interests=["golf"])


def test_a_search_keeps_the_pairs_their_reasons_and_the_proof(practice, people, cai, mab, now):
    ola = a_mentee(practice.service, timezone.localdate(now), "Ola Finch")
    run = act.find(practice=practice, by=people.ada, now=now)
    proposal = Proposal.objects.get()
    assert (proposal.mentee, proposal.mentor, proposal.state) == (cai, mab, "open")
    assert any(reason == "Both like chess." for *_, reason in proposal.parts)
    assert (run.mentees, run.mentors, run.matched) == (2, 1, 1)
    assert run.reached == run.bound
    left = Unmatched.objects.get()
    assert left.mentee == ola
    assert left.why == ["The one possible mentor is matched with others, so that as much as can be is reached for all."]
    record = Record.objects.filter(subject=f"matching:{run.ref}").get()
    assert "Cai" not in str(record.facts)


def test_accepting_begins_the_match_in_the_deciders_words(practice, people, cai, mab, now, today):
    act.find(practice=practice, by=people.ada, now=now)
    match = act.decide(practice=practice, mentee=cai, mentor=mab, rationale=WHY, by=people.ada, now=now)
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.match, proposal.decided_by) == ("accepted", match, people.ada)
    assert (match.rationale, match.proposed_on) == (WHY, today)
    assert stand_of(decided_of(practice.service, today).get(), today) is Stand.ASKED
    assert latest(practice.service).matched == 0  # the rest was found anew: nobody waits


def test_choosing_somebody_else_is_a_change_and_frees_the_first(practice, people, cai, mab, nye, now, today):
    ola = a_mentee(practice.service, today, "Ola Finch", interests=["golf"])
    act.find(practice=practice, by=people.ada, now=now)
    assert {(one.mentee, one.mentor) for one in Proposal.objects.all()} == {(cai, mab), (ola, nye)}
    match = act.decide(practice=practice, mentee=cai, mentor=nye, rationale=WHY, by=people.ada, now=now)
    changed = Proposal.objects.get(state="changed")
    assert (changed.mentor, changed.match) == (mab, match)
    assert [(one.mentee, one.mentor) for one in Proposal.objects.filter(state="open")] == [(ola, mab)]


def test_a_refused_pair_does_not_come_back_and_the_rest_is_found_anew(practice, people, cai, mab, nye, now, today):
    act.find(practice=practice, by=people.ada, now=now)
    because = "They were at school together."
    act.refuse(
        practice=practice, proposal=Proposal.objects.get(), because=because, kind=KeptApart.Kind.REFUSED,
        by=people.ada, now=now,
    )  # fmt: skip
    refused = Proposal.objects.get(state="refused")
    assert (refused.mentor, refused.because) == (mab, because)
    assert Proposal.objects.get(state="open").mentor == nye
    with pytest.raises(Refused, match="kept apart: They were at school"):
        act.decide(practice=practice, mentee=cai, mentor=mab, rationale=WHY, by=people.ada, now=now)
    assert not Match.objects.exists()
    with pytest.raises(Refused, match="decided already"):
        act.refuse(
            practice=practice, proposal=refused, because=because, kind=KeptApart.Kind.REFUSED, by=people.ada, now=now
        )


def test_let_together_again_the_pair_comes_back(practice, people, cai, mab, nye, now):
    act.find(practice=practice, by=people.ada, now=now)
    row = act.keep_apart(
        practice=practice, mentee=cai, mentor=mab, kind=KeptApart.Kind.ASKED, because="Cai asked.", by=people.ada,
        now=now,
    )  # fmt: skip
    assert Proposal.objects.get(state="open").mentor == nye
    act.let_together(practice=practice, apart=row, by=people.ada, now=now)
    assert Proposal.objects.get(state="open").mentor == mab
    with pytest.raises(Refused, match="not kept apart any more"):
        act.let_together(practice=practice, apart=row, by=people.ada, now=now)


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_what_either_side_declines_stands_with_why_and_does_not_come_back(
    practice, people, cai, mab, nye, now, today, side
):
    act.find(practice=practice, by=people.ada, now=now)
    match = act.decide(practice=practice, mentee=cai, mentor=mab, rationale=WHY, by=people.ada, now=now)
    record_answer(
        match=match, side=Side(side), told_on=today, answer=Match.Answer.NO, because="We have met.", by=people.ada,
        today=today,
    )  # fmt: skip
    proposal = decided_of(practice.service, today).get()
    assert stand_of(proposal, today) == f"{side}-declined"
    assert proposal.match.declined_because == "We have met."
    act.find(practice=practice, by=people.ada, now=now)
    assert Proposal.objects.get(state="open").mentor == nye


def test_no_veto_is_broken_by_hand_either(practice, people, cai, mab, now):
    Mentee.objects.filter(pk=cai.pk).update(lat=50.0, lon=0.0)
    Mentor.objects.filter(pk=mab.pk).update(lat=57.0, lon=0.0, max_km=5)
    with pytest.raises(Refused, match="further than the mentor can go"):
        act.decide(practice=practice, mentee=cai, mentor=mab, rationale=WHY, by=people.ada, now=now)
    assert not Match.objects.exists()


def test_both_are_asked_at_once_and_the_mail_names_nobody(practice, people, cai, mab, now):
    act.decide(practice=practice, mentee=cai, mentor=mab, rationale=WHY, by=people.ada, now=now, ask_both=True)
    told = list(Message.objects.filter(email__in=[cai.email, mab.email]))
    assert len(told) == 2
    for one in told:
        assert "/meet/" in one.secret
        for words in ("Cai", "Mab", "chess"):
            assert words not in f"{one.subject} {one.body}"


def test_of_earlier_searches_what_was_decided_stays_alone(practice, people, cai, mab, nye, now, today):
    a_mentee(practice.service, today, "Ola Finch", interests=["golf"])
    first = act.find(practice=practice, by=people.ada, now=now)
    act.decide(practice=practice, mentee=cai, mentor=mab, rationale=WHY, by=people.ada, now=now)
    assert list(first.proposals.values_list("state", flat=True)) == ["accepted"]
    act.find(practice=practice, by=people.ada, now=now)
    assert MatchingRun.objects.count() == 2  # the first, for what was decided of it, and the latest


def rules(**more):
    weights = {"needs": 0, "interests": 100}
    return {"weights": weights, "must_share": [], "near_km": 10, "floor": 0, "objective": "fair", "seen": "", **more}


def test_rules_are_kept_and_what_is_proposed_is_found_by_them(practice, people, cai, mab, now):
    act.find(practice=practice, by=people.ada, now=now)
    act.set_rules(practice=practice, by=people.ada, now=now, **rules())
    row = MatchingRules.objects.get()
    assert (row.weights, row.objective, row.changed_by) == ({"needs": 0, "interests": 100}, "fair", people.ada)
    run = latest(practice.service)
    assert (run.rules["weights"]["interests"], run.rules["objective"]) == (100, "fair")
    with pytest.raises(Refused, match="changed the rules"):
        act.set_rules(practice=practice, by=people.ada, now=now, **rules())


def test_rules_that_cannot_be_are_refused(practice, people, now):
    with pytest.raises(Refused, match="cannot be"):
        act.set_rules(practice=practice, by=people.ada, now=now, **rules(weights={"needs": -1}))
    assert not MatchingRules.objects.exists()


def test_who_is_erased_is_in_no_proposal(practice, people, cai, mab, now):
    act.find(practice=practice, by=people.ada, now=now)
    act.keep_apart(
        practice=practice, mentee=a_mentee(practice.service, timezone.localdate(now), "Ola Finch"), mentor=mab,
        kind=KeptApart.Kind.ASKED, because="Cai Rowan said that they know each other.", by=people.ada, now=now,
    )  # fmt: skip
    erase_person(person=cai, by=people.ada, now=now)
    assert not Proposal.objects.filter(mentee=cai).exists()
    assert "Rowan" not in KeptApart.objects.get().because
    erase_person(person=mab, by=people.ada, now=now)
    assert not KeptApart.objects.exists()
