"""What holders keep up: who has not confirmed, by whom and by when."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from kithwork.journeys.models import EntryRow, Journey
from kithwork.procedures import deciding
from kithwork.procedures.sample import Cast, Walk

At = Callable[..., str]


@pytest.fixture
def held(short_walk: Callable[..., Walk], today: date) -> Journey:
    """An award of 13 months ago, whose membership of the first year nobody confirmed."""
    way = short_walk("awarded", start=today - timedelta(days=500), last=today - timedelta(days=400))
    return way.journey


def told(client: Client, url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(url).content.decode("utf-8-sig"))))


def test_who_has_not_confirmed_comes_first_and_is_seen_to_from_there(
    held: Journey, olu: Client, at: At, people: Cast, today: date
) -> None:
    page = olu.get(at("body_duties")).content.decode()
    assert "1 duty is not confirmed in time" in page
    assert "Not confirmed" in page
    assert at("keep_duty", held.ref, "membership") in page
    assert at("body_duties") in olu.get(at("body_register")).content.decode()
    assert olu.post(at("keep_duty", held.ref, "membership")).status_code == 303
    after = olu.get(at("body_duties")).content.decode()
    assert "Everything that holders keep up is confirmed" in after
    assert [row["State"] for row in told(olu, at("body_duties") + "?format=csv")] == ["Kept"]


def test_it_is_filtered_and_searched(held: Journey, olu: Client, at: At) -> None:
    def found(query: str) -> int:
        return len(told(olu, f"{at('body_duties')}?format=csv&{query}"))

    assert found("state=overdue") == 1
    assert found("state=kept") == 0
    assert found("duty=qim/membership&q=lanternside trust") == 1
    assert found("q=somebody") == 0
    assert "No duty is like that" in olu.get(at("body_duties") + "?q=somebody").content.decode()


def test_membership_holds_through_all_three_years(
    held: Journey, olu: Client, at: At, people: Cast, today: date
) -> None:
    """Confirmed each year it is asked for again the next, and not beyond the end."""
    deciding.confirm_duty(journey=held, duty="membership", by=people.olu, today=today)
    (row,) = told(olu, at("body_duties") + "?format=csv")
    granted = EntryRow.objects.get(journey=held, kind="granted").on
    assert row["By"] == granted.replace(year=granted.year + 2).isoformat()
    assert row["Confirmed by"] == "body"


def test_nothing_is_kept_up_yet_and_strangers_find_nothing(
    olu: Client, at: At, turned_away: Callable[..., None], people: Cast
) -> None:
    assert "nothing to keep up yet" in olu.get(at("body_duties")).content.decode()
    turned_away(at("body_duties"))
    assert olu.post(at("body_duties")).status_code == 405


def test_one_holder_and_several_ask_the_database_alike(
    many: Callable[..., list[Walk]], queries: Callable[[str], int], at: At, today: date
) -> None:
    many(1, "awarded")
    one = queries(at("body_duties"))
    many(2, "awarded", first=1)
    assert queries(at("body_duties")) == one
