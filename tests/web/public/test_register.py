"""Who holds an award and who works towards one; never who no longer holds it."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from kithwork.awards.models import Award
from kithwork.journeys.models import Journey, PublishedEdition
from tests.procedures.test_people_apply import Road, begin, licensed

__all__ = ["begin"]

pytestmark = pytest.mark.django_db


def more(ref: str, **changed: object) -> Award:
    """Another award like the one given."""
    award = Award.objects.get(ref=ref)
    award.pk = None
    award._state.adding = True
    number = Award.objects.count() + 1
    award.ref, award.number = f"more{number:08d}", f"MORE-{number:04d}"
    for name, value in changed.items():
        setattr(award, name, value)
    award.save()
    return award


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    text = client.get(f"/register.csv{query}").content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_holders_are_listed_in_the_schemes_words(client: Client, awarded: str) -> None:
    text = client.get("/register/").content.decode()
    assert "Holds QiM: 1 listed" in text
    assert "Lanternside Mentoring" in text
    assert f'href="/awards/{awarded}/"' in text


def test_who_works_towards_it_is_on_the_other_list(client: Client, journey_at: Callable[..., Journey]) -> None:
    journey_at("registered")
    assert "Nobody is listed yet" in client.get("/register/").content.decode()
    text = client.get("/register/?list=aiming").content.decode()
    assert "Aiming for QiM: 1 listed" in text
    assert "Lanternside Mentoring" in text


def test_before_the_scheme_says_so_nobody_is_listed(client: Client, journey_at: Callable[..., Journey]) -> None:
    journey_at("eligible")
    assert "Lanternside" not in client.get("/register/?list=aiming").content.decode()


@pytest.mark.parametrize("column", ["suspended_on", "revoked_on", "superseded_on"])
def test_what_was_taken_away_is_not_listed(client: Client, awarded: str, today: date, column: str) -> None:
    Award.objects.update(**{column: today})
    assert "Lanternside" not in client.get("/register/").content.decode()
    assert rows(client) == []


def test_the_last_day_counts_and_the_next_does_not(client: Client, awarded: str, today: date) -> None:
    Award.objects.update(valid_until=today)
    assert len(rows(client)) == 1
    Award.objects.update(valid_until=today - timedelta(days=1))
    assert rows(client) == []
    assert "Lanternside" not in client.get("/register/").content.decode()


def test_it_is_searched_by_name_and_place(client: Client, awarded: str) -> None:
    more(awarded, holder="Harbour Pals", of="Harbour Trust", place="Hull")
    assert [row["Name"] for row in rows(client, "?search=harb")] == ["Harbour Pals"]
    assert [row["Name"] for row in rows(client, "?place=LANTERN")] == ["Lanternside Mentoring"]
    assert rows(client, "?search=harb&place=lantern") == []
    text = client.get("/register/?search=zzz").content.decode()
    assert "Nobody is on this list" in text
    assert 'value="zzz"' in text


def test_it_is_filtered_by_scheme(client: Client, awarded: str, plain: PublishedEdition) -> None:
    assert 'name="scheme"' in client.get("/register/").content.decode()
    assert len(rows(client, "?scheme=qim")) == 1
    assert rows(client, "?scheme=plain") == []


def test_one_scheme_needs_no_filter(client: Client, awarded: str) -> None:
    assert 'name="scheme"' not in client.get("/register/").content.decode()


@pytest.mark.parametrize(
    "query", ["?page=99", "?page=x", "?list=%00", "?scheme=none", "?search=" + "x" * 5000, "?place=%FF"]
)
def test_odd_questions_are_answered(client: Client, awarded: str, query: str) -> None:
    assert client.get(f"/register/{query}").status_code == 200
    assert client.get(f"/register.csv{query}").status_code == 200


def test_it_has_pages(client: Client, awarded: str) -> None:
    for number in range(60):
        more(awarded, holder=f"Service {number:02d}")
    first, second = (client.get(f"/register/?page={n}").content.decode() for n in (1, 2))
    assert first.count('scope="row"') == 50
    assert second.count('scope="row"') == 11
    assert 'rel="next"' in first
    assert len(first) < 60_000
    assert len(rows(client)) == 61


def test_a_name_is_no_formula(client: Client, awarded: str) -> None:
    Award.objects.update(holder="=1+1", of="@Trust")
    row = rows(client)[0]
    assert row["Name"] == "'=1+1"
    assert row["Organisation"] == "'@Trust"


def test_one_row_and_thirty_ask_the_database_alike(
    client: Client, awarded: str, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    client.get("/register/")
    with django_assert_max_num_queries(5) as asked:
        client.get("/register/")
    for _ in range(30):
        more(awarded)
    with django_assert_num_queries(len(asked)):
        client.get("/register/")


def test_programs_read_the_same_lines_as_json(client: Client, awarded: str, today: date) -> None:
    answer = client.get("/register.json")
    said = answer.json()
    assert (said["list"], said["on"], answer["Access-Control-Allow-Origin"]) == ("holds", today.isoformat(), "*")
    assert [{head.title(): value for head, value in entry.items()} for entry in said["entries"]] == rows(client)
    Award.objects.update(suspended_on=today)
    assert client.get("/register.json").json()["entries"] == []


def test_it_is_only_read(client: Client) -> None:
    assert client.post("/register.json").status_code == 405
    assert client.post("/register/").status_code == 405
    assert client.post("/register.csv").status_code == 405


def test_it_is_filtered_by_level_where_a_scheme_has_several(client: Client, awarded: str) -> None:
    assert "QiM Excellence" in client.get("/register/").content.decode(), "a choice of level"
    more(awarded, holder="Higher House", level="excellence", level_title="QiM Excellence")
    found = rows(client, "?level=qim/excellence")
    assert [(row["Name"], row["Level"]) for row in found] == [("Higher House", "QiM Excellence")]
    assert [row["Name"] for row in rows(client, "?level=qim/award")] == ["Lanternside Mentoring"]
    assert len(rows(client, "?level=none/at-all")) == 2, "a level that does not exist asks for nothing"


def test_a_licence_is_found_by_area_name_and_scheme_and_says_what_it_means(
    client: Client, begin: Callable[[str], Road]
) -> None:
    road = licensed(begin)
    award = road.journey.awards.get()
    Award.objects.filter(pk=award.pk).update(listed=True, valid_until=None)
    for query in ("?place=cumb", "?search=lindq", "?scheme=pqasso-mentor", "?place=Cumbria&search=Pia"):
        assert [row["Name"] for row in rows(client, query)] == ["Pia Lindqvist"], query
    assert rows(client, "?place=Devon") == []
    page = client.get(f"/awards/{award.ref}/").content.decode()
    assert f'href="/awards/{award.ref}/meaning/"' in page
    meaning = client.get(f"/awards/{award.ref}/meaning/").content.decode()
    assert "The licence is no promise" in meaning
    assert f'href="/awards/{award.ref}/"' in meaning
    assert client.post(f"/awards/{award.ref}/meaning/").status_code == 405


def test_where_nothing_must_be_shown_there_is_no_such_page(client: Client, awarded: str) -> None:
    assert client.get(f"/awards/{awarded}/meaning/").status_code == 404
    assert client.get("/awards/nothing/meaning/").status_code == 404
    assert "/meaning/" not in client.get(f"/awards/{awarded}/").content.decode()
