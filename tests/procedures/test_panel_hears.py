"""Whatever lets a panel begin, its members are told that it is their turn."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from kithwork.core.journey import Entry, EntryKind
from kithwork.core.schemes import Role as Acting
from kithwork.journeys.models import Journey
from kithwork.notices.models import Message
from kithwork.organisations.models import Role
from kithwork.procedures import assessing, supporting
from kithwork.procedures.sample import Cast
from tests.journeys.made import journey_at, publish_texts
from tests.web.body import lantern

pytestmark = pytest.mark.django_db
K, DAY = EntryKind, date(2026, 3, 2)

SCHEME = """
[scheme]
slug = "reed"
edition = "1"
name = "Reed Mark"
body = "The Invented Reed Board"
applicant = "service"
summary = "For services by the water."
source = "made up for a test"

[[levels]]
id = "green"
title = "Green"

[credential]
kind = "award"
holds = "Holds the Reed Mark"

[[stages]]
id = "ask"
kind = "form"
title = "Ask"
[[stages.fields]]
id = "why"
page = "You"
label = "Why do you want it?"
kind = "long"

[[stages]]
id = "friend"
kind = "form"
title = "A friend's word"
by = "supporter"
supporter = "A friend"
opens = ["ask submitted"]
[[stages.fields]]
id = "agrees"
page = "You"
label = "Do you agree?"
kind = "yesno"

[[stages]]
id = "tea"
kind = "meeting"
title = "Tea together"
by = "officer"
opens = ["ask submitted"]

[[stages]]
id = "panel"
kind = "panel"
title = "Panel"
members = 1
opens = ["{opens}"]

[[stages]]
id = "mark"
kind = "award"
title = "Mark"
opens = ["panel yes"]
"""


def friend_answers(journey: Journey, people: Cast, today: date) -> None:
    now = timezone.now()
    support = supporting.ask_support(
        journey=journey, stage="friend", name="Fay Friend", email="fay@friends.example", by=people.ada, today=today,
        now=now,
    )  # fmt: skip
    assert not told(), "asking opens nothing"
    supporting.give_support(support=support, answers={"agrees": True}, today=today)


def tea_is_arranged(journey: Journey, people: Cast, today: date) -> None:
    assessing.arrange(
        journey=journey, stage="tea", starts_at=timezone.now(), by=people.olu, role=Acting.OFFICER, today=today
    )


def tea_is_held(journey: Journey, people: Cast, today: date) -> None:
    tea_is_arranged(journey, people, today)
    assert not told(), "a date alone opens nothing"
    assessing.hold(journey=journey, stage="tea", by=people.olu, today=today)


def told() -> set[str]:
    return set(Message.objects.filter(kind="panel-waits").values_list("to__name", flat=True))


@pytest.mark.parametrize(
    ("opens", "happens"),
    [("friend submitted", friend_answers), ("tea arranged", tea_is_arranged), ("tea held", tea_is_held)],
)
def test_its_members_hear_that_it_opens(
    opens: str, happens: Callable[[Journey, Cast, date], None], people: Cast, tmp_path: Path, today: date
) -> None:
    edition = publish_texts({"scheme.toml": SCHEME.format(opens=opens)}, people, tmp_path / "reed" / "1")
    lantern.member(people, "Pat Panel", Role.PANEL)
    begun = [Entry(DAY, K.OPENED, Acting.APPLICANT, level="green"), Entry(DAY, K.SUBMITTED, Acting.APPLICANT, "ask")]
    journey = journey_at(edition, people, (begun, DAY), today)
    assert not told()
    happens(journey, people, today)
    assert told() == {"Pat Panel"}
