"""The waiting list: its order, what is missing, contact in one click, and the year behind in pictures."""

import csv
import io
from datetime import timedelta

import pytest

from kithwork.caseload.models import Contact
from kithwork.caseload.queries.mentees import waiting_over_time
from tests.running import a_match, a_mentee, a_mentor

pytestmark = pytest.mark.django_db


def test_the_most_urgent_and_then_the_longest_stand_first(desk, at, people, practice, today):
    a_mentee(people.service, today, "Cai Rowan", waiting_since=today - timedelta(days=30))
    a_mentee(people.service, today, "Ola Finch", waiting_since=today - timedelta(days=39))
    a_mentee(people.service, today, "Ivo Lark", waiting_since=today - timedelta(days=1), priority=2,
             priority_because="Alone at home")  # fmt: skip
    page = desk.get(at("waiting")).content.decode()
    assert "3 people wait for a mentor" in page
    assert page.index("Ivo Lark") < page.index("Ola Finch") < page.index("Cai Rowan")
    assert "Alone at home" in page
    assert "4 weeks" in page
    assert "0 matches run of the 30" in page
    rows = list(csv.DictReader(io.StringIO(desk.get(at("waiting") + "?format=csv").content.decode("utf-8-sig"))))
    assert [row["Days"] for row in rows] == ["1", "39", "30"]


def test_whoever_has_not_been_heard_in_time_is_found(desk, at, people, practice, cora, today):
    long = today - timedelta(days=200)
    late = a_mentee(people.service, today, "Cai Rowan", came_on=long, accepted_on=long, waiting_since=long)
    a_mentee(people.service, today, "Ola Finch")
    page = desk.get(at("waiting") + "?show=unheard").content.decode()
    assert "Cai Rowan" in page
    assert "Ola Finch" not in page
    assert "to be contacted" in page
    Contact.objects.create(service=people.service, kind="mentee", mentee=late, on=today, by=cora)
    assert "Nobody who waits is like that" in desk.get(at("waiting") + "?show=unheard").content.decode()


def test_a_contact_is_logged_in_one_click_with_words_if_one_likes(desk, at, people, practice, today):
    cai = a_mentee(people.service, today)
    answer = desk.post(at("mentee_contact", cai.ref), {"quick": "1", "way": "phone", "words": "Still keen."})
    assert answer.status_code == 303
    assert answer["Location"] == at("waiting")
    contact = Contact.objects.get()
    assert (contact.on, contact.way, contact.reached, contact.words) == (today, "phone", True, "Still keen.")


def test_the_list_costs_the_same_for_one_and_thirty(queries, at, people, practice, today):
    a_mentee(people.service, today)
    one = queries(at("waiting"))
    for number in range(29):
        a_mentee(people.service, today, f"Person {number}")
    assert queries(at("waiting")) == one <= 14


def test_an_empty_list_says_what_belongs_there(desk, at, practice):
    assert "Nobody waits" in desk.get(at("waiting")).content.decode()


def test_the_year_is_drawn_with_its_figures_as_tables(desk, at, people, practice, today):
    long = today - timedelta(days=500)
    a_mentee(people.service, today, came_on=long, accepted_on=long, waiting_since=long)
    a_mentee(people.service, today, "Ola Finch")
    page = desk.get(at("waiting_time")).content.decode()
    assert "The waiting list is longer than a year ago" in page
    assert page.count('<svg class="kw-chart__picture"') == 2
    assert page.count("<table") == 2
    assert "2 today, 1 a year ago." in page


def test_the_list_of_a_past_day_is_what_was_on_record_then(people, practice, today):
    """Accepted 100 days ago, matched from the 60th to the 20th day before today, waiting again since."""
    back = lambda days: today - timedelta(days=days)  # noqa: E731
    cai = a_mentee(people.service, today, came_on=back(110), accepted_on=back(100), waiting_since=back(20))
    mentor = a_mentor(people.service, people.ada, today)
    a_match(cai, mentor, people.ada, today, introduced_on=back(60), ended_on=back(20))
    a_mentee(people.service, today, "Ola Finch", came_on=back(90), accepted_on=back(90), left_on=back(50))
    days = [back(number) for number in (101, 100, 80, 61, 60, 50, 49, 20, 19, 0)]
    then = {(today - one.on).days: (one.waiting, one.days) for one in waiting_over_time(people.service, days)}
    assert then == {
        101: (0, None),
        100: (1, 0),
        80: (2, 15),
        61: (2, 34),
        60: (1, 30),
        50: (1, 40),
        49: (0, None),
        20: (0, None),
        19: (1, 1),
        0: (1, 20),
    }


def test_strangers_are_turned_away(turned_away, at, practice):
    turned_away(at("waiting"))
    turned_away(at("waiting_time"))
    turned_away(at("referral_door"), "post", taking="no", because="No")
    practice.refresh_from_db()
    assert practice.takes_referrals


def test_wrong_methods(desk, at):
    assert desk.post(at("waiting")).status_code == 405
    assert desk.post(at("waiting_time")).status_code == 405
