"""Two schemes that ask one service for the same: the short Quality in Mentoring, and a mark dropped in as files whose
crosswalk names it.
"""

from datetime import date
from pathlib import Path

from kithwork import cli
from kithwork.core.journey import Answer, Entry, EntryKind
from kithwork.core.schemes import Role
from kithwork.evidence.models import Feedback, Item
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.procedures import assessing
from kithwork.procedures.sample import Cast, Walk
from tests.evidence.acts import send
from tests.house.test_dropped_scheme import REQUIREMENTS, SCHEME
from tests.journeys.made import journey_at

K = EntryKind
DAY = date(2026, 3, 2)
CROSSWALK = """
[framework]
title = "Quality in Mentoring, in short"
publisher = "Befriending Networks"
source = "made up for a test"
scheme = "qim/short"

[[link]]
ours = "s1"
kind = "same"
theirs = "8"
why = "Both want a paper that was looked at lately."

[[link]]
ours = "p1"
kind = "covers"
theirs = "2"
why = "Both want something hung up."

[[link]]
ours = "p2"
kind = "same"
theirs = "1"
why = "Both want to see people at work."
"""
BEGUN = [
    Entry(DAY, K.OPENED, Role.APPLICANT, level="green"),
    Entry(DAY, K.SUBMITTED, Role.APPLICANT, "ask"),
    Entry(DAY, K.DECIDED, Role.OFFICER, "may-begin", outcome=Answer.YES),
    Entry(DAY, K.APPOINTED, Role.OFFICER),
    Entry(DAY, K.INVOICED, Role.OFFICER, "entry-fee", amount=35),
    Entry(DAY, K.PAID, Role.OFFICER, "entry-fee", amount=35),
]


def drop(place: Path, people: Cast) -> PublishedEdition:
    """Put its files beside the others in the folder of schemes, have them checked, and publish them by the command."""
    folder = place / "kind-gardens" / "2026"
    (folder / "crosswalks").mkdir(parents=True)
    (folder / "scheme.toml").write_text(SCHEME)
    (folder / "requirements.toml").write_text(REQUIREMENTS)
    (folder / "crosswalks" / "qim.toml").write_text(CROSSWALK)
    assert cli.main(["scheme", "check", str(folder)]) == 0
    assert cli.main(["scheme", "publish", str(folder), "--body", people.body.slug]) == 0
    return PublishedEdition.objects.get(slug="kind-gardens")


def begun(edition: PublishedEdition, people: Cast, today: date) -> Journey:
    """The service's journey to the mark, on which it may gather evidence since today."""
    return journey_at(edition, people, (BEGUN, DAY), today)


def confirm(way: Walk, *slots: str) -> None:
    """Send what is offered, and have Dot confirm it."""
    send(way, *slots)
    for slot in slots:
        judge(way, slot, Feedback.Outcome.CONFIRMED)


def judge(way: Walk, slot: str, outcome: Feedback.Outcome) -> None:
    assessing.give_feedback(
        journey=way.journey, stage="online", slot=slot, outcome=outcome, advice="Thank you.", by=way.cast.dot,
        today=way.today,
    )  # fmt: skip


def bytes_of(item: Item) -> bytes:
    with item.file.open("rb") as opened:
        found: bytes = opened.read()
    return found
