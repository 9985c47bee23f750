"""The list of matches: filters, search, sorting, CSV, cost."""

from datetime import timedelta

import pytest

from kithwork.caseload.models import Match, Review
from tests.running import a_match, a_mentee, a_mentor

pytestmark = pytest.mark.django_db


@pytest.fixture
def six(people, practice, today):
    """A match of each kind, by the name of its mentee."""

    def make(name, **more):
        mentee = a_mentee(people.service, today, name)
        mentor = a_mentor(people.service, people.ada, today, f"Mentor of {name}")
        return a_match(mentee, mentor, people.ada, today, **more)

    old = {"introduced_on": today - timedelta(days=200), "first_met_on": today - timedelta(days=200)}
    make("Asked Ana", running=False)
    make("New Non")
    make("Hard Hew", **old, difficult_since=today)
    make("Going Gwen", **old, ended_on=today + timedelta(days=5))
    make("Gone Guto", **old, ended_on=today - timedelta(days=1))
    make("No Nia", running=False, mentee_answer="no")
    reviewed = make("Fresh Ffion", **old)
    Review.objects.create(match=reviewed, on=today - timedelta(days=3), outcome="All goes on.")


def names(page):
    found = ("Asked Ana", "New Non", "Hard Hew", "Going Gwen", "Gone Guto", "No Nia", "Fresh Ffion")
    return {name for name in found if f">{name}</a>" in page}


@pytest.mark.parametrize(
    ("show", "shown"),
    [
        ("", {"Asked Ana", "New Non", "Hard Hew", "Going Gwen", "Fresh Ffion"}),
        ("proposed", {"Asked Ana"}),
        ("running", {"New Non", "Hard Hew", "Going Gwen", "Fresh Ffion"}),
        ("new", {"New Non"}),
        ("difficult", {"Hard Hew"}),
        ("review", {"Hard Hew", "Going Gwen"}),
        ("ending", {"Going Gwen"}),
        ("ended", {"Gone Guto"}),
        ("not-made", {"No Nia"}),
    ],
)
def test_each_filter_shows_its_own(show, shown, six, ada, at):
    page = ada.get(f"{at('matches')}?show={show}").content.decode()
    assert names(page) == shown


def test_search_csv_and_strangers(six, ada, at, turned_away):
    url = at("matches")
    assert names(ada.get(f"{url}?q=gwen").content.decode()) == {"Going Gwen"}
    assert names(ada.get(f"{url}?q=Mentor+of+New").content.decode()) == {"New Non"}
    text = ada.get(f"{url}?show=ended&format=csv").content.decode()
    assert "Gone Guto" in text
    assert "Going Gwen" not in text
    assert names(ada.get(f"{url}?show=nonsense").content.decode()) == names(ada.get(url).content.decode())
    turned_away(url)


def test_an_empty_list_says_what_belongs_there(practice, ada, at):
    page = ada.get(at("matches")).content.decode()
    assert "from the day it is proposed" in page
    assert "0 of 30 places are taken" in page


def test_costs_the_same_for_one_and_for_thirty(people, practice, today, at, queries):
    mentor = a_mentor(people.service, people.ada, today, places=50)
    a_match(a_mentee(people.service, today, "First"), mentor, people.ada, today)
    one = queries(at("matches"))
    for number in range(29):
        a_match(a_mentee(people.service, today, f"Mentee {number}"), mentor, people.ada, today)
    assert Match.objects.count() == 30
    assert queries(at("matches")) == one <= 12
