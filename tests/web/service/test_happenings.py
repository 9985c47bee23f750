"""What is arranged and taken part in, and what is handed in whole, on a scheme that has them at once."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.evidence import actions as evidence
from kithwork.journeys import actions as journeys
from kithwork.journeys.models import EntryRow, Journey
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from kithwork.procedures.sample.words import let_go
from tests.web.refusals import refused_with, typed

SCHEME = """
[scheme]
slug = "lantern"
edition = "2026"
name = "Lantern Badge"
body = "The Lantern Keepers"
applicant = "service"
summary = "An evening, and a folder that goes as a whole."
source = "made up for a test"

[[levels]]
id = "badge"
title = "Badge"

[credential]
kind = "award"
holds = "Holds the badge"

[[areas]]
id = "light"
title = "Light"

[[stages]]
id = "evening"
kind = "observation"
title = "An evening together"
by = "applicant"
of = "One evening of the service, with nobody from outside."
signatures = ["applicant"]

[[stages]]
id = "folder"
kind = "portfolio"
title = "Your folder"
assessed = "folder"

[[stages]]
id = "verdict"
kind = "decision"
title = "The verdict"
decides = "award"
opens = ["folder confirmed", "evening signed"]

[[stages]]
id = "badge"
kind = "award"
title = "The badge"
opens = ["verdict yes"]
"""
REQUIREMENTS = """
[[requirement]]
id = "wick"
number = "1"
level = "badge"
area = "light"
title = "The wick"
asks = "It is trimmed."
assessed = "folder"
source = "made up"
"""


@pytest.fixture
def journey(people: Cast, tmp_path: Path, today: date) -> Journey:
    folder = tmp_path / "schemes" / "lantern" / "2026"
    folder.mkdir(parents=True)
    (folder / "scheme.toml").write_text(SCHEME)
    (folder / "requirements.toml").write_text(REQUIREMENTS)
    edition = sample.publish(folder, people)
    return journeys.begin(edition=edition, service=people.service, by=people.ada, today=today)


@pytest.fixture
def ada(people: Cast, as_user: Callable[[User], Client]) -> Client:
    return as_user(people.ada)


def day(on: date) -> dict[str, str]:
    return {"do": "arrange", "day_day": str(on.day), "day_month": str(on.month), "day_year": str(on.year)}


def test_a_day_is_set_and_then_signed_for(journey: Journey, ada: Client, today: date) -> None:
    address = reverse("journey_stage", args=[journey.ref, "evening"])
    home = reverse("journey", args=[journey.ref])
    assert ada.post(address, {"do": "arrange", "day_day": "32"}).status_code == 422
    early = refused_with(ada.post(address, day(today - timedelta(days=3)) | {"place": "The hall"}), "in the past", home)
    assert typed(early, "place") == "The hall"
    refused_with(ada.post(address, {"do": "sign"}), "written up first", home)
    assert ada.post(address, day(today) | {"place": "The hall"}).status_code == 303
    assert "The hall" in ada.get(address).content.decode()
    assert ada.post(address, {"do": "write", "seen": ""}).status_code == 422
    assert ada.post(address, {"do": "write", "seen": "Nobody spoke for an hour."}).status_code == 303
    assert "Nobody spoke for an hour." in ada.get(address).content.decode()
    assert ada.post(address, {"do": "sign"}).status_code == 303
    late = refused_with(ada.post(address, day(today) | {"place": "The other hall"}), "is done", home)
    assert typed(late, "place") == "The other hall"
    refused_with(ada.post(address, {"do": "sign"}), "is done", home)
    assert ada.post(address, {"do": "dance"}).status_code == 404
    assert EntryRow.objects.filter(journey=journey, kind="signed").count() == 1


def test_a_folder_is_handed_in_once(journey: Journey, ada: Client, people: Cast, today: date) -> None:
    evidence.add_link(
        journey=journey,
        slots=["wick"],
        title="Our wick",
        url="https://www.example.org/wick",
        dated=None,
        by=people.ada,
        passing=let_go(people.ada),
        today=today,
    )
    address = reverse("portfolio_hand_in", args=[journey.ref, "folder"])
    assert ada.post(address).status_code == 303
    refused_with(ada.post(address), "handed in", reverse("portfolio", args=[journey.ref, "folder"]))
    assert EntryRow.objects.filter(journey=journey, kind="submitted").count() == 1


def test_what_goes_as_a_whole_is_on_the_map(journey: Journey, ada: Client, people: Cast, today: date) -> None:
    address = reverse("evidence_map", args=[journey.ref])
    assert "The wick: Nothing yet" in ada.get(address).content.decode()
    evidence.add_link(
        journey=journey,
        slots=["wick"],
        title="Our wick",
        url="https://www.example.org/wick",
        dated=None,
        by=people.ada,
        passing=let_go(people.ada),
        today=today,
    )
    assert "The wick: Gathered, not sent" in ada.get(address).content.decode()
    ada.post(reverse("portfolio_hand_in", args=[journey.ref, "folder"]))
    assert "The wick: With your assessor" in ada.get(address).content.decode()
    assert "With your assessor" in ada.get(f"{address}?map=table").content.decode()


def test_a_wish_to_renew_before_its_time(journey_at: Callable[..., Journey], ada: Client, today: date) -> None:
    journey = journey_at("awarded")
    address = reverse("journey_stage", args=[journey.ref, "renewal"])
    refused_with(ada.post(address), "is not open yet", reverse("journey", args=[journey.ref]))
