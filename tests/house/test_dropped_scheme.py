"""A scheme nobody has heard of, dropped into a folder, runs from application to award: no Python, no migration."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client

from kithwork import cli
from kithwork.accounts.models import User
from kithwork.awards.queries import awards_of
from kithwork.journeys.queries import read
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast

SCHEME = """
[scheme]
slug = "kind-gardens"
edition = "2026"
name = "Kind Gardens Mark"
body = "The Invented Garden Council"
applicant = "service"
summary = "For services that let people garden together."
source = "made up for a test"
assessor_from = "may-begin yes"

[words]
requirement = "promise"
requirements = "promises"
area = "bed"
areas = "beds"

[[levels]]
id = "green"
title = "Green"

[credential]
kind = "award"
valid = "18 months"
holds = "Keeps the Kind Gardens Mark"
aiming = "Growing towards the Mark"
aiming_from = "entry-fee paid"

[[areas]]
id = "soil"
title = "Soil"

[[areas]]
id = "people"
title = "People"

[[fees]]
id = "entry"
title = "Entry"
amount = 35

[[stages]]
id = "ask"
kind = "form"
title = "Ask to take part"
[[stages.fields]]
id = "beds"
page = "Your garden"
label = "How many beds are there?"
kind = "number"
[[stages.fields]]
id = "story"
page = "Your garden"
label = "Tell us about it"
kind = "long"

[[stages]]
id = "may-begin"
kind = "decision"
title = "May you begin?"
decides = "application"
reopens = "ask"
opens = ["ask submitted"]
within = "10 working days"

[[stages]]
id = "entry-fee"
kind = "fee"
title = "Pay the entry fee"
fee = "entry"
opens = ["may-begin yes"]

[[stages]]
id = "papers"
kind = "evidence"
title = "Show your papers"
assessed = "paper"
opens = ["entry-fee paid"]
within = "3 months"

[[stages]]
id = "walk"
kind = "visit"
title = "A walk round"
assessed = "walk"
modes = ["in the garden"]
supplementary_within = "2 weeks"
opens = ["papers submitted"]

[[stages]]
id = "verdict"
kind = "decision"
title = "The verdict"
decides = "award"
recommended_by = "assessor"
opens = ["papers confirmed", "walk confirmed"]

[[stages]]
id = "mark"
kind = "award"
title = "The mark"
opens = ["verdict yes"]
"""

REQUIREMENTS = "".join(
    f"""
[[requirement]]
id = "{number}"
number = "{number}"
level = "green"
area = "{area}"
title = "{title}"
asks = "{asks}"
assessed = "{assessed}"
source = "made up"
{fresh}
"""
    for number, area, title, asks, assessed, fresh in (
        ("s1", "soil", "Tested soil", "The soil has been tested.", "paper", 'fresh = "2 years"'),
        ("s2", "soil", "Compost", "There is a compost heap that is used.", "walk", ""),
        ("p1", "people", "Open gate", "Opening hours hang at the gate.", "paper", ""),
        ("p2", "people", "Shared work", "People work together.", "walk", "live = true"),
    )
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "schemes" / "kind-gardens" / "2026"
    place.mkdir(parents=True)
    (place / "scheme.toml").write_text(SCHEME)
    (place / "requirements.toml").write_text(REQUIREMENTS)
    return place


def test_it_is_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["scheme", "check", str(folder)]) == 0
    assert "4 requirements" in capsys.readouterr().out


def test_it_runs_from_application_to_award(
    folder: Path, people: Cast, today: date, as_user: Callable[[User], Client]
) -> None:
    edition = sample.publish(folder, people)
    start = today - timedelta(days=200)
    way = sample.walk(cast=people, edition=edition, to="awarded", start=start, last=today)
    position = read(way.journey, today).position
    assert position.status == "awarded"
    assert position.granted is not None
    assert position.granted.until == date(*_eighteen_months(way.today)) - timedelta(days=1)
    award = awards_of(way.journey).get()
    page = Client().get(f"/awards/{award.ref}/").content.decode()
    assert "Kind Gardens Mark" in page
    assert "Lanternside Mentoring" in page
    for address, user in (
        (f"/journeys/{way.journey.ref}/", people.ada),
        (f"/journeys/{way.journey.ref}/map/", people.ada),
        (f"/journeys/{way.journey.ref}/requirements/s1/", people.ada),
        (f"/assess/{way.journey.ref}/", people.dot),
        (f"/body/{people.body.slug}/journeys/{way.journey.ref}/", people.olu),
    ):
        answer = as_user(user).get(address)
        assert answer.status_code == 200, address
        assert "indicator" not in answer.content.decode(), f"{address} speaks another scheme's language"
    assert "promise" in as_user(people.ada).get(f"/journeys/{way.journey.ref}/map/").content.decode()


def _eighteen_months(day: date) -> tuple[int, int, int]:
    year, month = divmod(day.year * 12 + day.month - 1 + 18, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return year, month + 1, min(day.day, last)
