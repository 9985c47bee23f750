"""`kithwork readiness`: everything a service's records show, in words and as JSON; and counting what is kept again."""

import json
from datetime import timedelta

import pytest

from kithwork.cli import main
from kithwork.readiness.models import KeptAnswers
from tests.readiness.few import offered
from tests.running import a_mentee, a_practice

__all__ = ["offered"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(people, today):
    """A service with one mentee whom nobody has been in touch with for half a year."""
    a_practice(people.service, people.ada, today)
    since = today - timedelta(days=183)
    a_mentee(people.service, today, came_on=since, accepted_on=since, waiting_since=since)
    return people.service


def run(service, *words):
    return main(["readiness", "--service", service.slug, "--scheme", "qim", *words])


def test_it_prints_every_level_requirement_and_check(service, offered, capsys):
    assert run(service) == 0
    said = capsys.readouterr().out
    assert "Quality in Mentoring (few): Lanternside Mentoring" in said
    assert "QiM Award: " in said
    assert "QiM Excellence: " in said
    assert "42  Client contacts: NOT MET" in said
    assert "0 of 1 mentee heard from us in the last 3 months (1 to mend)" in said


def test_as_json(service, offered, capsys, today):
    assert run(service, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["service"], told["scheme"], told["edition"], told["at"]) == (
        service.slug, "qim", "few", today.isoformat(),
    )  # fmt: skip
    one = next(one for one in told["requirements"] if one["id"] == "42")
    assert (one["level"], one["state"]) == ("award", "not-met")
    check = one["checks"][0]
    assert check["name"] == "mentees.contacted"
    assert check["failing"] == 1
    assert "Staff have reached every mentee" in check["definition"]
    assert "0 of 1 mentee" in check["figure"]
    assert set(check["lapses"]) == {"30 days", "60 days", "90 days"}


def test_on_a_day_in_the_past(service, offered, capsys, today):
    assert run(service, "--json", "--at", (today - timedelta(days=100)).isoformat()) == 0
    told = json.loads(capsys.readouterr().out)
    assert {one["id"]: one["state"] for one in told["requirements"]}["42"] in {"met", "at-risk"}


def test_looking_keeps_nothing_and_renewing_does(service, offered, capsys):
    run(service)
    assert not KeptAnswers.objects.exists()
    capsys.readouterr()
    assert main(["readiness", "--renew"]) == 0
    assert capsys.readouterr().out == "13 days counted\n"
    assert KeptAnswers.objects.count() == 13
    assert main(["readiness", "--renew"]) == 0
    assert capsys.readouterr().out == "0 days counted\n"


def test_the_folder_of_schemes_serves_where_nothing_is_on_offer(service, capsys):
    assert run(service) == 0
    assert "Quality in Mentoring (2022)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--service", "nowhere", "--scheme", "qim"], "No service 'nowhere'"),
        (["--service", "{slug}", "--scheme", "none"], "There is no scheme 'none'"),
        (["--service", "{slug}", "--scheme", "pqasso-mentor"], "asks nothing of a service's records"),
        (["--service", "{slug}"], "Say which service"),
        (["--scheme", "qim"], "Say which service"),
        (["--service", "{slug}", "--scheme", "qim", "--at", "2999-01-01"], "2999-01-01"),
        (["--renew", "--json"], "--renew is about every service"),
    ],
)
def test_why_there_is_none(service, capsys, words, said):
    assert main(["readiness", *(word.format(slug=service.slug) for word in words)]) == 1
    assert said in capsys.readouterr().err


def test_a_day_that_is_none_is_refused(service, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(service, "--at", "yesterday")
    assert stopped.value.code == 2
