"""A scheme of an unlike shape, dropped in as files, is run to its badge by pages alone: no Python and no migration.

The Song Thrush Badge is for persons. Its colour is a percentage, of the whole and of each area, and two assessors
decide on it who must agree.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from kithwork import cli
from kithwork.accounts.models import User
from kithwork.awards.models import Award
from kithwork.journeys.models import Appointment, Journey
from kithwork.ledger.queries import verify
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Role as Member
from kithwork.procedures import sample
from kithwork.procedures.sample import Cast
from tests.core.journey import thrush

AsUser = Callable[[User], Client]
BRANCH = {"l": "listening", "b": "boundaries", "g": "learning"}
EARLY = "l1 l2 l3 l4 b1 b2 b3 g2 g3"  # worth 15 of 20, but 3 of the 8 of learning: silver asks for 70% and half of each
SILVER = "g4"  # with which it is half of learning
NEVER = "g1"  # with which it would be gold


def said(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]  # a response


def posts(client: Client, url: str, **given: str | list[str]) -> None:
    """Post, and be led on to a page that can be read."""
    answer = client.post(url, given)
    assert answer.status_code == 303, (url, answer.status_code, said(answer)[-3000:])
    assert client.get(answer["Location"]).status_code == 200, answer["Location"]


@pytest.fixture
def listeners(people: Cast) -> list[User]:
    """Dot and another, who both assess."""
    fay = sample.person("Fay Brook", "fay@assessors.example")
    organisations.join(organisation=people.body, user=fay, role=Member.ASSESSOR, by=people.olu)
    return [people.dot, fay]


def dropped(people: Cast, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Put its two files into a folder, have them checked, and publish them by the command."""
    folder = place / thrush.SLUG / thrush.EDITION
    folder.mkdir(parents=True)
    for name, text in thrush.TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assert cli.main(["scheme", "check", str(folder)]) == 0
    assert cli.main(["scheme", "publish", str(folder), "--body", people.body.slug]) == 0
    assert "is published by" in capsys.readouterr().out


def applied(pia: Client, today: date) -> str:
    """Begin at the public page, answer the questions, fill in two pages and hand in. Gives the journey's reference."""
    assert "Song Thrush Badge" in said(Client().get("/schemes/thrush/"))
    posts(pia, "/applying/thrush/")
    ref = Journey.objects.get().ref
    stages = f"/journeys/{ref}/stages"
    posts(pia, f"{stages}/self-check/", volunteer="yes", year="yes")
    since = {"since_day": "1", "since_month": "2", "since_year": str(today.year - 2)}
    posts(pia, f"{stages}/application/?page=1", line="Night line", **since)
    posts(pia, f"{stages}/application/?page=2", colour="silver", why="To listen better.")
    posts(pia, f"{stages}/application/?page=check")
    return ref


def appointed(olu: Client, body: str, listeners: list[User], as_user: AsUser) -> None:
    """The body lets her begin and asks two, who say that they have no conflict of interest."""
    posts(olu, f"{body}/decide/eligibility/", outcome="yes", reason="Welcome.")
    for listener in listeners:
        posts(olu, f"{body}/assessor/", assessor=listener.ref)
        request = Appointment.objects.get(assessor=listener)
        posts(as_user(listener), f"/assess/requests/{request.ref}/", answer="none")


def shown(pia: Client, ref: str, signs: str) -> None:
    """Write something for each sign and send it with its branch."""
    piece = {"do": "statement", "statement-title": "As I do it", "statement-text": "I wait, and say back what I heard."}
    for sign in signs.split():
        posts(pia, f"/journeys/{ref}/requirements/{sign}/", **piece)
    for letter, area in BRANCH.items():
        slots = [sign for sign in signs.split() if sign[0] == letter]
        posts(pia, f"/journeys/{ref}/areas/{area}/", stage="evidence", slots=slots)


def judged(client: Client, ref: str, signs: str, outcome: str) -> None:
    advice = "" if outcome == "confirmed" else "Say when, and what came of it."
    for sign in signs.split():
        posts(client, f"/assess/{ref}/requirements/{sign}/", outcome=outcome, advice=advice, round="1")


@pytest.mark.django_db
def test_a_badge_by_percentage_that_two_must_agree_on(
    people: Cast,
    listeners: list[User],
    today: date,
    as_user: AsUser,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    dropped(people, tmp_path, capsys)
    pia, olu = as_user(sample.person("Pia Wren", "pia@wren.example")), as_user(people.olu)
    dot, fay = (as_user(listener) for listener in listeners)
    ref = applied(pia, today)
    body, verdict = f"/body/{people.body.slug}/journeys/{ref}", f"/assess/{ref}/decide/verdict/"
    appointed(olu, body, listeners, as_user)

    shown(pia, ref, f"{EARLY} {SILVER} {NEVER}")
    judged(dot, ref, EARLY, "confirmed")
    judged(fay, ref, NEVER, "returned")
    assert dot.post(verdict, {"outcome": "yes"}).status_code == 409, "a fair share of the whole, and not of each branch"
    judged(dot, ref, SILVER, "confirmed")
    page = said(dot.get(verdict))
    assert "What that comes to" in page
    assert "Silver" in page

    posts(dot, verdict, outcome="yes", reason="Well heard.")
    assert dot.post(verdict, {"outcome": "yes"}).status_code == 409, "one voice each"
    posts(fay, verdict, outcome="no", reason="Learning is thin.")
    assert olu.post(f"{body}/stages/badge/").status_code == 409, "they differ, so nothing is decided"
    assert not Award.objects.exists()
    posts(fay, verdict, outcome="yes", reason="We have talked.")
    posts(dot, verdict, outcome="yes", reason="As before.")
    posts(olu, f"{body}/stages/badge/")

    award = Award.objects.get()
    assert award.level == "silver"
    assert award.valid_until is not None
    assert award.valid_until.year == today.year + 2
    assert "Pia Wren" not in said(Client().get("/register/")), "a person is listed only once they agree"
    posts(pia, f"/journeys/{ref}/stages/badge/", do="list")
    assert "Pia Wren" in said(Client().get("/register/"))
    assert "Song Thrush Badge" in said(Client().get(f"/awards/{award.ref}/"))
    assert Client().get(f"/awards/{award.ref}/certificate.pdf").content[:5] == b"%PDF-"
    posts(pia, f"/journeys/{ref}/duties/", **{"duty": "moved", "moved-0": "The morning line"})
    for client, url in ((pia, f"/journeys/{ref}/"), (dot, f"/assess/{ref}/"), (olu, f"{body}/")):
        assert "indicator" not in said(client.get(url)), "it speaks another scheme's language"
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    assert verify().fault is None
