"""Pairs for a crowd: the click leaves a search that waits, a process apart does it, and the page says how it stands."""

from datetime import date

import pytest
from django.utils import timezone

from kithwork.caseload.models import Mentee, Mentor, Practice
from kithwork.core.matching import Inexact
from kithwork.matching import actions as act
from kithwork.matching.actions import searching
from kithwork.matching.models import AskedSearch, MatchingRun, Proposal
from kithwork.procedures import pairing
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_mentor

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(practice: Practice, people: Cast, today: date) -> tuple[Mentee, Mentor]:
    chess = {"interests": ["chess"]}
    mab = a_mentor(practice.service, people.ada, today, "Mab Sorrel", **chess)
    return a_mentee(practice.service, today, "Cai Rowan", **chess), mab


@pytest.fixture
def crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody is too many to be matched within a request."""
    monkeypatch.setattr(searching, "AT_ONCE", 0)


def test_a_few_are_matched_at_once(practice, people, two, now):
    assert pairing.find(practice=practice, by=people.ada, now=now) == MatchingRun.objects.get()
    assert not AskedSearch.objects.exists()


def test_a_crowd_waits_for_a_process_apart_which_finds_the_same(practice, people, two, now, crowd):
    assert pairing.find(practice=practice, by=people.ada, now=now) is None
    asked = AskedSearch.objects.get()
    assert (asked.by, asked.mentees, asked.mentors) == (people.ada, 1, 1)
    assert not MatchingRun.objects.exists()
    assert pairing.work() == 1
    assert MatchingRun.objects.get().by == people.ada
    assert Proposal.objects.get().mentee == two[0]
    assert pairing.work() == 0


def test_a_decision_in_a_crowd_does_not_wait_for_the_rest_to_be_solved(practice, people, two, now, today, crowd):
    ola = a_mentee(practice.service, today, "Ola Finch")
    a_mentor(practice.service, people.ada, today, "Nye Marlow")
    act.find(practice=practice, by=people.ada, now=now)
    act.decide(practice=practice, mentee=two[0], mentor=two[1], rationale="Chess.", by=people.ada, now=now)
    assert MatchingRun.objects.count() == 1
    assert AskedSearch.objects.get().by == people.ada
    assert pairing.work() == 1
    assert [one.mentee for one in Proposal.objects.filter(state="open")] == [ola]


def test_a_search_that_is_asked_for_anew_meanwhile_is_done_again(practice, people, two, now, crowd, monkeypatch):
    pairing.find(practice=practice, by=people.ada, now=now)
    found = searching.find

    def interrupted(**more):
        AskedSearch.objects.filter(at=now).update(at=timezone.now())
        return found(**more)

    monkeypatch.setattr(searching, "find", interrupted)
    assert pairing.work() == 2
    assert not AskedSearch.objects.exists()


def test_what_cannot_be_proven_is_not_proposed_and_says_so(practice, people, two, now, crowd, monkeypatch):
    def never(**more):
        raise Inexact("too many people for one exact solution")

    monkeypatch.setattr(searching, "find", never)
    pairing.find(practice=practice, by=people.ada, now=now)
    assert pairing.work() == 0
    assert AskedSearch.objects.get().failed
    assert not MatchingRun.objects.exists()
