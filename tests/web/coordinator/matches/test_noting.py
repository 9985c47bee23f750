"""What was done before a match came from a spreadsheet: noted afterwards, marked so, and counted by the checks."""

from datetime import timedelta

import pytest
from django.utils import timezone

from kithwork.caseload.models import Import, Match
from kithwork.checks import ask
from kithwork.core.readiness.catalogue import read
from kithwork.ledger.models import Record
from kithwork.readiness.counting import Answering
from tests.running import from_a_table

pytestmark = pytest.mark.django_db


def came(room, **more):
    """Their match as a spreadsheet of last week brought it in."""
    brought = from_a_table(room.match, timezone.now() - timedelta(days=7))
    if more:
        Match.objects.filter(pk=room.match.pk).update(**more)
    return brought


@pytest.fixture
def imported(room):
    return came(room)


def given(day, introduced, **more):
    return {
        "rationale": "Both like the sea.",
        **day("mentee_told_on", introduced - timedelta(days=2)),
        **day("mentor_told_on", introduced),
        "introduced_by": "Wen, the warden",
        **more,
    }


def failing(room, today):
    service = Answering(room.practice, today)
    names = ("matches.reasoned", "matches.explained", "matches.introduced")
    rules = {name: service.rule(next(iter(read(name, {})))) for name in names}
    return sum(one.failing for one in ask(rules, today).values())


def test_what_papers_say_is_noted_and_the_checks_count_it(room, imported, ada, at, today, day, people, turned_away):
    room.practice.service = room.service
    assert failing(room, today) == 3
    page = ada.get(at("match", room.match.ref)).content.decode()
    url = at("match_noted", room.match.ref)
    assert url in page
    assert "When were the reasons explained to Cai Rowan?" in ada.get(url).content.decode()
    answer = ada.post(url, given(day, room.match.introduced_on))
    assert (answer.status_code, answer["Location"]) == (303, at("match", room.match.ref))
    row = Match.objects.get(pk=room.match.pk)
    assert (row.rationale, row.introduced_by) == ("Both like the sea.", "Wen, the warden")
    assert row.mentee_told_on == room.match.introduced_on - timedelta(days=2)
    assert (row.noted_on, row.noted_by) == (today, people.ada)
    assert failing(room, today) == 0
    page = ada.get(at("match", room.match.ref)).content.decode()
    assert "Noted later" in page
    assert url not in page, "nothing is missing any more"
    record = Record.objects.get(subject=f"match:{room.match.ref}", act="caseload.recorded")
    assert record.facts["fields"] == ["introduced_by", "mentee_told_on", "mentor_told_on", "rationale"]
    assert "Wen" not in str(record.facts)
    assert ada.get(url).status_code == 404
    Match.objects.filter(pk=row.pk).update(introduced_by="")
    turned_away(url)
    turned_away(url, "post", introduced_by="Eve")


def test_a_match_that_was_made_here_has_no_such_page(room, ada, at, imported):
    url = at("match_noted", room.match.ref)
    assert ada.get(url).status_code == 200
    Import.objects.update(made={"Match": [room.match.pk + 1]})
    assert ada.get(url).status_code == 404
    assert ada.post(url, {"introduced_by": "Wen"}).status_code == 404
    assert "Note what was done before" not in ada.get(at("match", room.match.ref)).content.decode()
    Import.objects.update(made={"Match": [room.match.pk]}, undone_at=timezone.now())
    assert ada.get(url).status_code == 404, "an import that was taken back made nothing"


def test_what_is_on_record_is_not_asked_and_not_changed(room, ada, at, day):
    came(room, rationale="As the table said.")
    url = at("match_noted", room.match.ref)
    assert "Why these two?" not in ada.get(url).content.decode()
    ada.post(url, {"rationale": "Something else", "introduced_by": "Wen"})
    row = Match.objects.get(pk=room.match.pk)
    assert (row.rationale, row.introduced_by, row.mentee_told_on) == ("As the table said.", "Wen", None)


def test_nothing_is_said_and_nothing_is_noted(room, imported, ada, at):
    answer = ada.post(at("match_noted", room.match.ref), {})
    assert answer.status_code == 422
    assert "at least one thing" in answer.content.decode()
    assert Match.objects.get(pk=room.match.pk).noted_on is None


@pytest.mark.parametrize(("since", "words"), [(1, "before the two are introduced"), (0, "")])
def test_the_reasons_are_told_by_the_introduction(room, imported, ada, at, day, since, words):
    told = room.match.introduced_on + timedelta(days=since)
    answer = ada.post(at("match_noted", room.match.ref), day("mentee_told_on", told))
    assert answer.status_code == (409 if words else 303)
    assert words in answer.content.decode()
    assert (Match.objects.get(pk=room.match.pk).noted_on is None) is bool(words)


def test_only_days_before_the_spreadsheet_count(room, imported, ada, at, day, today):
    Import.objects.update(brought_at=timezone.now() - timedelta(days=31))
    answer = ada.post(at("match_noted", room.match.ref), day("mentee_told_on", room.match.introduced_on))
    assert answer.status_code == 409
    assert "before the spreadsheet was brought in" in answer.content.decode()


def test_thirty_imports_take_the_same_queries(room, imported, at, queries):
    few = queries(at("match_noted", room.match.ref))
    for _ in range(30):
        Import.objects.create(
            service=room.service, kind="matches", file_name="m.csv", digest="d", made={}, brought_at=timezone.now()
        )
    assert queries(at("match_noted", room.match.ref)) == few
