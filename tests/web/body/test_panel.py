"""A panel at work: notes of one's own, what lies before it, the record it keeps, and who hears that it is wanted."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithwork.accounts.models import User
from kithwork.assessment.models import PanelNote, PanelRecord
from kithwork.core.journey import Answer, Entry, EntryKind
from kithwork.core.schemes import Role as Acting
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.notices.models import Message
from kithwork.organisations.models import Role
from kithwork.procedures import observing, sample
from kithwork.procedures.sample import Cast
from tests.journeys.made import journey_at
from tests.web.body import lantern

pytestmark = pytest.mark.django_db
As = Callable[[User], Client]
At = Callable[..., str]
K, DAY = EntryKind, date(2026, 3, 2)

ROAD = [
    Entry(DAY, K.OPENED, Acting.APPLICANT, level="bright"),
    Entry(DAY, K.SUBMITTED, Acting.APPLICANT, "ask"),
    Entry(DAY, K.ANSWERED, Acting.OFFICER, "papers"),
    Entry(DAY, K.SUBMITTED, Acting.OFFICER, "risk"),
    *[Entry(DAY, K.DECIDED, Acting.OFFICER, "agreed", outcome=Answer.YES) for _ in range(2)],
    Entry(DAY, K.ARRANGED, Acting.OFFICER, "tea", until=DAY),
    Entry(DAY, K.HELD, Acting.OFFICER, "tea"),
    Entry(DAY, K.ARRANGED, Acting.OFFICER, "evening", until=DAY),
    *[Entry(DAY, K.ATTENDED, Acting.OFFICER, "evening", part) for part in ("1", "2")],
    Entry(DAY, K.ARRANGED, Acting.OFFICER, "watch", until=DAY),
]
VOICE = {"outcome": "yes", "summary": "It burns.", "strengths": "", "next_time": ""}
RECORD = {"found-0": "yes", "note-0": "", "found-1": "partly", "note-1": "Bought on Friday."}
YES = {"outcome": "yes", "reason": "", "sure": "yes"}


@pytest.fixture
def edition(people: Cast, tmp_path: Path) -> PublishedEdition:
    return lantern.publish(tmp_path, people)


@pytest.fixture
def members(people: Cast) -> dict[str, User]:
    return {
        "pat": lantern.member(people, "Pat Panel", Role.PANEL),
        "quin": lantern.member(people, "Quin Panel", Role.PANEL),
        "cleo": lantern.member(people, "Cleo Chair", Role.CHAIR),
    }


@pytest.fixture
def clients(members: dict[str, User], as_user: As) -> dict[str, Client]:
    return {name: as_user(user) for name, user in members.items()}


@pytest.fixture
def journey(edition: PublishedEdition, people: Cast, members: dict[str, User], today: date) -> Journey:
    """With the panel: what was observed is written up and signed by both sides."""
    made = journey_at(edition, people, (ROAD, DAY), today)
    observing.write_up(
        journey=made, stage="watch", seen="It was lit at once.", notes={}, next_steps="", by=people.olu,
        role=Acting.OFFICER, today=today,
    )  # fmt: skip
    observing.sign(journey=made, stage="watch", by=people.olu, role=Acting.OFFICER, today=today)
    Message.objects.all().delete()
    observing.sign(journey=made, stage="watch", by=people.ada, today=today)
    return made


def told(kind: str) -> set[str]:
    return set(Message.objects.filter(kind=kind).values_list("to__name", flat=True))


def test_the_members_hear_when_it_opens_and_the_chair_when_all_have_spoken(
    journey: Journey, clients: dict[str, Client], at: At
) -> None:
    assert told("panel-waits") == {"Pat Panel", "Quin Panel"}
    mail = Message.objects.filter(kind="panel-waits")[0]
    assert at("body_stage", journey.ref, "panel") in mail.body
    assert "Lanternside" not in mail.subject + mail.body
    Message.objects.all().delete()
    clients["pat"].post(at("body_stage", journey.ref, "panel"), VOICE)
    assert told("panel-waits") == set(), "one voice of two opens nothing"
    clients["quin"].post(at("body_stage", journey.ref, "panel"), VOICE)
    assert told("panel-waits") == {"Cleo Chair"}


def test_notes_are_ones_own_until_one_has_recommended(
    journey: Journey, clients: dict[str, Client], olu: Client, at: At, people: Cast
) -> None:
    stage, decide = at("body_stage", journey.ref, "panel"), at("decide", journey.ref, "panel")
    pat, quin, cleo = clients["pat"], clients["quin"], clients["cleo"]
    assert pat.post(stage, {"do": "note", "text": ""}).status_code == 422
    for client, text in ((pat, "The wick is long."), (pat, "The wick is too long."), (quin, "The oil is fresh.")):
        assert client.post(stage, {"do": "note", "text": text}).status_code == 303
    assert PanelNote.objects.count() == 3, "what was noted before is kept"
    page = pat.get(stage).content.decode()
    assert "The wick is too long." in page
    assert "The oil is fresh." not in page
    page = cleo.get(decide).content.decode()
    assert "The wick is too long." in page
    assert "The oil is fresh." in page
    assert "The wick is long." not in page
    assert "The wick" not in olu.get(stage).content.decode(), "notes are the panel's"
    assert olu.post(stage, {"do": "note", "text": "Mine"}).status_code == 404
    pat.post(stage, VOICE)
    assert "The oil is fresh." not in pat.get(stage).content.decode(), "Quin has not given hers"
    quin.post(stage, VOICE)
    assert "The oil is fresh." in pat.get(stage).content.decode()
    assert "The wick is too long." in quin.get(stage).content.decode()


def test_the_record_is_filled_in_before_yes_or_no_and_kept(
    journey: Journey, clients: dict[str, Client], olu: Client, at: At, today: date
) -> None:
    stage, decide = at("body_stage", journey.ref, "panel"), at("decide", journey.ref, "panel")
    record = at("panel_record", journey.ref, "panel")
    for name in ("pat", "quin"):
        clients[name].post(stage, VOICE)
    cleo = clients["cleo"]
    assert record in cleo.get(decide).content.decode()
    early = cleo.post(decide, YES)
    assert early.status_code == 409
    assert "record first" in early.content.decode()
    bare = cleo.post(record, RECORD | {"note-1": ""})
    assert bare.status_code == 422
    assert "Note what is missing" in bare.content.decode()
    assert cleo.post(record, {}).status_code == 422
    assert olu.post(record, RECORD).status_code == 404, "the record is the panel's"
    assert clients["pat"].post(record, RECORD).status_code == 303
    assert cleo.post(record, RECORD | {"note-1": "Bought on Monday."}).status_code == 303
    assert PanelRecord.objects.count() == 2
    assert cleo.post(decide, YES).status_code == 303
    for client in (cleo, olu):
        page = client.get(record).content.decode()
        assert "Bought on Monday." in page
        assert "Keep the record" not in page
    late = cleo.post(record, RECORD | {"note-1": "Typed late"})
    assert late.status_code == 409
    assert "Typed late" in late.content.decode()
    assert cleo.post(stage, {"do": "note", "text": "Late"}).status_code == 404


def test_what_was_observed_and_who_is_awaited_is_there_to_read(
    journey: Journey, clients: dict[str, Client], at: At
) -> None:
    for page in (
        clients["pat"].get(at("body_stage", journey.ref, "panel")),
        clients["cleo"].get(at("decide", journey.ref, "panel")),
    ):
        assert "It was lit at once." in page.content.decode()
    listed = clients["pat"].get(at("panel")).content.decode()
    assert "2 of 2 still to recommend" in listed
    assert clients["pat"].put(at("panel_record", journey.ref, "panel")).status_code == 405


def test_nobody_else_gets_to_the_record(journey: Journey, turned_away: Callable[..., None], at: At) -> None:
    turned_away(at("panel_record", journey.ref, "panel"))
    turned_away(at("panel_record", journey.ref, "panel"), "post", **RECORD)


def test_the_list_asks_as_much_for_one_as_for_many(
    journey: Journey, edition: PublishedEdition, clients: dict[str, Client], people: Cast, at: At, today: date
) -> None:
    def count() -> int:
        clients["pat"].get(at("panel"))
        with CaptureQueriesContext(connection) as found:
            assert clients["pat"].get(at("panel")).status_code == 200
        return len(found)

    one = count()
    signed = [
        Entry(DAY, K.HELD, Acting.OFFICER, "watch"),
        *[Entry(DAY, K.SIGNED, role, "watch") for role in (Acting.OFFICER, Acting.APPLICANT)],
    ]
    for _ in range(29):
        journey_at(edition, people, ([*ROAD, *signed], DAY), today)
    assert count() == one


def test_a_panel_member_may_keep_a_draft(journey: Journey, clients: dict[str, Client], as_user: As) -> None:
    where = f"{reverse('drafts')}?key=note:{journey.ref}:panel"
    assert clients["pat"].post(where, {"text": "Half a thought"}).status_code == 200
    stranger = as_user(sample.person("Gil Other", "gil@otherbody.example"))
    assert stranger.post(where, {"text": "Half a thought"}).status_code == 404
