"""`kithwork sample`: fills an empty service, lists what is wrong, and throws it away again."""

import json
from datetime import date
from pathlib import Path

import pytest

from kithwork import cli
from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee, Mentor, Practice
from kithwork.governance.models import Policy
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_practice

SMALL = ["--mentees", "12", "--years", "1", "--seed", "5"]


def test_fills_a_service_and_writes_the_faults_down(
    people: Cast, today: date, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a_practice(people.service, people.ada, today)
    listed = tmp_path / "faults.json"
    at = ["--at", today.isoformat()]
    words = ["sample", "--service", people.service.slug, *SMALL, "--faults", "6", "--list", str(listed), *at]
    assert cli.main(words) == 0
    assert "12 mentees" in capsys.readouterr().out
    assert Mentee.objects.count() == 12
    told = json.loads(listed.read_text())
    assert told["at"] == today.isoformat()
    assert len(told["faults"]) == 6
    assert {"indicator", "kind", "ref"} == set(told["faults"][0])
    refs = set(Mentor.objects.values_list("ref", flat=True)) | set(Policy.objects.values_list("ref", flat=True))
    assert refs & {one["ref"] for one in told["faults"]}

    assert cli.main(words) == 1, "somebody is on record now"
    assert "empty service" in capsys.readouterr().err
    assert cli.main(["sample", "--service", people.service.slug, "--throw-away"]) == 0
    assert not Mentee.objects.exists()
    assert cli.main(["sample", "--service", people.service.slug, "--throw-away"]) == 1


def test_a_new_service_is_set_up_on_request_with_a_lead_who_cannot_sign_in(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["sample", "--service", "far-shore", *SMALL]) == 1
    assert "--new" in capsys.readouterr().err
    assert cli.main(["sample", "--service", "far-shore", "--new", *SMALL, "--list", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["faults"] == []
    assert Practice.objects.get().service.slug == "far-shore"
    assert not User.objects.get(email="lead@far-shore.example").has_usable_password()


@pytest.mark.parametrize("words", [["--mentees", "3"], ["--years", "40"], ["--by", "eve@elsewhere.example"]])
def test_what_cannot_be_made_ends_with_a_reason(
    people: Cast, today: date, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    a_practice(people.service, people.ada, today)
    assert cli.main(["sample", "--service", people.service.slug, *words]) == 1
    assert capsys.readouterr().err
    assert not Mentee.objects.exists()


def test_a_service_with_people_is_left_alone(people: Cast, today: date) -> None:
    a_practice(people.service, people.ada, today)
    a_mentee(people.service, today)
    assert cli.main(["sample", "--service", people.service.slug, *SMALL]) == 1
    assert Mentee.objects.count() == 1
