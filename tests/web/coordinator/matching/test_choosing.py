"""One mentee: the best mentors side by side, what each costs the others, and any other pair at once."""

import pytest

from kithwork.caseload.models import Match, Mentee, Mentor
from tests.running import a_match, a_mentee, a_mentor

pytestmark = pytest.mark.django_db


@pytest.fixture
def nye(people, practice, today):
    return a_mentor(people.service, people.ada, today, "Nye Marlow", interests=["golf"])


@pytest.fixture
def ola(people, practice, today):
    return a_mentee(people.service, today, "Ola Finch", interests=["walking"])


def test_the_best_stand_side_by_side_with_reasons_and_costs(practice, cai, mab, nye, ola, ada, at, turned_away):
    url = at("matching_for", cai.ref)
    page = ada.get(url).content.decode()
    assert "2 mentors could meet Cai Rowan, the best first" in page
    assert page.index("Mab Sorrel") < page.index("Nye Marlow")
    for words in (
        "Both like Walking.",
        "What it costs the others",
        "Needs and skills",
        "has waited",
        "Not told: counts 50",
    ):
        assert words in page
    assert at("match_propose", cai.ref, nye.ref) in page
    turned_away(url)
    assert ada.post(url).status_code == 405


def test_what_a_choice_costs_the_others_is_said(practice, cai, mab, nye, ola, ada, at):
    """Both like walking as Mab does: whoever gets her, the other gets Nye."""
    Mentee.objects.filter(pk=cai.pk).update(interests=["golf"])
    page = ada.get(at("matching_for", cai.ref) + f"?mentor={mab.ref}").content.decode()
    assert "Cai Rowan and Mab Sorrel: fit" in page
    assert "The others fit" in page
    assert "Who would get somebody else" in page
    assert "Ola Finch" in page


def test_somebody_who_would_be_left_without_is_counted(practice, cai, mab, nye, ola, ada, at):
    Mentor.objects.filter(pk=nye.pk).update(line_manages=[ola.ref])
    page = ada.get(at("matching_for", cai.ref)).content.decode()
    assert "1 person less would be matched" in page


def test_what_if_says_what_forbids_a_pair(practice, cai, mab, nye, ada, at):
    Mentor.objects.filter(pk=nye.pk).update(line_manages=[cai.ref])
    page = ada.get(at("matching_for", cai.ref) + f"?mentor={nye.ref}").content.decode()
    assert "Cai Rowan and Nye Marlow cannot be matched" in page
    assert "The mentor is their line manager." in page


def test_what_if_of_a_stranger_is_not_found(practice, cai, mab, ada, at):
    assert ada.get(at("matching_for", cai.ref) + "?mentor=nobody").status_code == 404


def test_where_nobody_can_be_it_says_why(practice, cai, mab, ada, at):
    Mentor.objects.filter(pk=mab.pk).update(line_manages=[cai.ref])
    page = ada.get(at("matching_for", cai.ref)).content.decode()
    assert "Nobody can meet Cai Rowan now" in page
    assert "1 of 1 mentors: The mentor is their line manager." in page


def test_who_does_not_wait_is_refused(people, practice, cai, mab, today, ada, at):
    a_match(cai, mab, people.ada, today)
    answer = ada.get(at("matching_for", cai.ref))
    assert answer.status_code == 409
    assert "does not wait for a match" in answer.content.decode()


def test_it_costs_the_same_for_one_and_for_ten(people, practice, cai, mab, today, at, queries):
    one = queries(at("matching_for", cai.ref))
    for number in range(9):
        a_mentee(people.service, today, f"Mentee {number}")
        a_mentor(people.service, people.ada, today, f"Mentor {number}")
    assert queries(at("matching_for", cai.ref)) == one
    assert not Match.objects.exists()
