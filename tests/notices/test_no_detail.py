"""Mail says that something waits, and nothing of what it is: no name, no figure, no word that somebody typed."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from string import Formatter

from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.utils import timezone

from kithwork.awards.models import Award
from kithwork.core.journey import Answer, EntryKind
from kithwork.evidence.actions import write_piece
from kithwork.evidence.models import Item
from kithwork.journeys.models import Invoice
from kithwork.notices.models import Message
from kithwork.notices.words import OF_DAILY_WORK, WORDS, Kind
from kithwork.organisations.models import Organisation, Service
from kithwork.procedures import applying, assessing
from kithwork.procedures.dossiers.handing import open_case
from kithwork.procedures.sample import STORY, Cast, Walk
from kithwork.procedures.sample.words import let_go

OURS = ("accounts", "organisations", "journeys", "evidence", "assessment", "awards")


def texts_in(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case bool():
            return
        case int():
            yield str(value)
        case dict():
            for one in value.values():
                yield from texts_in(one)
        case list():
            for one in value:
                yield from texts_in(one)


def everything_typed(people: Cast) -> set[str]:
    """All that the rooms call personal (see each `personal.py`), every name and number, and what was to be paid."""
    found: set[str] = set()
    for label in OURS:
        for model, names in import_module(f"kithwork.{label}.personal").PERSONAL.items():
            fields = [apps.get_model(label, model)._meta.get_field(name) for name in names]
            texts = [field.name for field in fields if isinstance(field, CharField | TextField | JSONField)]
            for row in apps.get_model(label, model)._default_manager.values_list(*texts) if texts else ():
                found.update(one for value in row for one in texts_in(value))
    for service in Service.objects.all():
        found.update((service.name, service.slug, service.place))
    for organisation in Organisation.objects.exclude(pk=people.body.pk):
        found.update((organisation.name, organisation.slug, organisation.address))
    for invoice in Invoice.objects.all():
        found.update((invoice.number, invoice.what, f"£{invoice.amount}"))
    found.update(Award.objects.values_list("number", flat=True))
    # the level aimed at is a word of the form's, and the sender's address is in the link
    return {text.strip() for text in found if len(text.strip()) > 1} - {"award"}


def mails() -> str:
    return "\n".join(f"{subject}\n{body}" for subject, body in Message.objects.values_list("subject", "body"))


def test_no_mail_of_a_whole_road_holds_a_detail(people: Cast, short_walk: Callable[..., Walk]) -> None:
    way = short_walk("returned", annual_turnover=98_765)
    day, journey = way.today, way.journey
    assessing.write_remark(
        journey=journey, slot="1", text="Shall Quentin sign it?", side="applicant", by=people.ada, today=day
    )
    assessing.write_remark(journey=journey, slot="1", text="Yes, Quentin.", side="assessor", by=people.dot, today=day)
    item = Item.objects.filter(rounds__slot="1").earliest("id")
    assessing.report_breach(
        journey=journey, slot="1", item=item, what="The full name of a mentee", by=people.dot, today=day
    )
    applying.stop_clock(
        journey=journey, expected=day + timedelta(days=20), reason="Quentin is ill.", by=people.olu, today=day
    )
    applying.resume_clock(journey=journey, by=people.olu, today=day, reason="Quentin is back.")
    way.send(way.edition.stage("online"), ["1"])
    for point in ("online_done", "visited", "ready", "recommended"):
        getattr(way, f"_{point}")()
    assessing.decide_award(
        journey=journey,
        stage="decision",
        outcome=Answer.MORE,
        reason="Quentin has a question.",
        by=people.olu,
        today=way.today,
    )
    way._recommended()
    way._awarded()
    award = journey.awards.get()
    for kind in (EntryKind.SUSPENDED, EntryKind.REINSTATED):
        assessing.change_standing(award=award, kind=kind, reason="Quentin asked.", by=people.olu, today=way.today)
    applying.raise_level(journey=journey, level="excellence", by=people.ada, today=way.today)
    open_case(journey=journey, recipient="Quentin Audit", reason="Quentin asked.", by=people.olu, now=timezone.now())
    said = mails()
    kinds = set(Message.objects.values_list("kind", flat=True))
    not_on_this_road = {
        Kind.INVITED,
        Kind.WITHDRAWN,
        Kind.RENEWAL_ASKED,
        Kind.RENEWAL_DUE,
        Kind.PORTFOLIO_HANDED_IN,
        Kind.SUPPORT_ASKED,
        Kind.SUPPORT_ANSWERED,
        Kind.COURSE_CHOSEN,
        Kind.COURSE_CONFIRMED,
        Kind.COURSE_CHANGED,
        Kind.CHANGE_REPORTED,
        Kind.PANEL_WAITS,
        Kind.WRITTEN_UP,
        Kind.WRITE_UP_ANSWERED,
        Kind.SCRIPT_MARKED,
        Kind.VOICES_DIFFER,
        Kind.COURSE_ACTED_ON,
        Kind.COURSE_JOINING,
        Kind.COURSE_HOMEWORK_DUE,
        Kind.COURSE_FEEDBACK_WANTED,
        Kind.DUE_SOON,
        Kind.OVERDUE,
        Kind.EXPIRED,
        Kind.GRACE_OVER,
        Kind.LAPSED,
        Kind.HELD_BACK,
        *OF_DAILY_WORK,
    }
    assert kinds == {kind.value for kind in Kind} - {kind.value for kind in not_on_this_road}
    typed = everything_typed(people)
    for told in (
        "Ada Marsh",
        "Lanternside Mentoring",
        "Lanternside Trust",
        "98765",
        "£300",
        STORY.strip(),
        award.number,
    ):
        assert told in typed, "the search would miss it"
    assert [text for text in sorted(typed) if re.search(rf"(?<![\w-]){re.escape(text)}(?![\w-])", said)] == []
    for word in ("Quentin", "Lanternside", "Ada", "Bea", "Dot", "Olu", "@", "£"):
        assert word not in said, word


def test_withdrawing_tells_that_and_no_reason(people: Cast, short_walk: Callable[..., Walk]) -> None:
    way = short_walk("registered")
    before = Message.objects.count()
    applying.withdraw(journey=way.journey, by=people.ada, today=way.today, reason="Quentin has left us.")
    new = Message.objects.order_by("id")[before:]
    assert {(message.kind, message.to) for message in new} == {("withdrawn", people.olu), ("withdrawn", people.dot)}
    assert "Quentin" not in mails()


def test_a_message_leads_to_a_page_of_the_readers_own_desk(people: Cast, short_walk: Callable[..., Walk]) -> None:
    short_walk("returned")
    prefixes = {people.ada: "/journeys/", people.bea: "/journeys/", people.olu: "/body/", people.dot: "/assess/"}
    assert Message.objects.exists()
    for message in Message.objects.select_related("to"):
        assert message.to is not None
        assert re.search(rf"https?://[^/\s]+{prefixes[message.to]}", message.body), message.body


def test_readers_and_strangers_are_told_nothing(people: Cast, short_walk: Callable[..., Walk]) -> None:
    short_walk("returned")
    assert not Message.objects.filter(to__in=[people.cid, people.eve]).exists()


def test_a_piece_that_is_written_tells_nobody_yet(people: Cast, short_walk: Callable[..., Walk]) -> None:
    way = short_walk("registered")
    before = Message.objects.count()
    write_piece(
        journey=way.journey,
        stage="case-studies",
        piece_id="mentee-journey",
        text=STORY,
        declared=["consent", "took-part"],
        by=people.ada,
        passing=let_go(people.ada),
        today=way.today,
    )
    assert Message.objects.count() == before


def test_no_message_has_room_for_more_than_what_it_is_about_and_a_link() -> None:
    assert set(WORDS) == {*Kind}
    for kind, texts in WORDS.items():
        for text in texts:
            fields = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            # the weekly mail lists counts, in closed words (tests/procedures/test_digests.py)
            weekly = {"lines", "settings"} if kind in (Kind.WEEK_OF_SERVICE, Kind.WEEK_OF_MENTOR) else set()
            assert fields <= {"about", "link", "body"} | weekly, kind
