"""What one journey had confirmed serves another that asks for the same: what it keeps, and all that is refused."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from kithwork.core.schemes import VisitStage
from kithwork.core.verdict import Refused
from kithwork.evidence import actions
from kithwork.evidence.models import Breach, Feedback, Item, Offer
from kithwork.journeys import crosswalks
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import EntryRow, Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.procedures import applying, reusing
from kithwork.procedures.sample import Cast, Walk
from kithwork.procedures.sample.words import let_go
from tests.evidence.acts import Walking, add, breach, pdf, say, send
from tests.journeys.made import journey_at, publish_texts
from tests.journeys.short import texts
from tests.procedures import garden
from tests.procedures.garden import begun, bytes_of, confirm, judge

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(short_walk: Walking) -> Walk:
    return short_walk("registered")


@pytest.fixture
def mark(way: Walk, people: Cast, tmp_path: Path, settings: Settings) -> PublishedEdition:
    settings.SCHEMES = tmp_path / "schemes"  # where the short edition lies too
    return garden.drop(settings.SCHEMES, people)


@pytest.fixture
def here(mark: PublishedEdition, people: Cast, today: date) -> Journey:
    return begun(mark, people, today)


def offered(journey: Journey, slot: str, today: date) -> list[reusing.Reusable]:
    return reusing.reusable(journey, edition_of(journey.edition).requirement(slot), today)


def use(journey: Journey, slot: str, item: Item, today: date) -> Item:
    asked = edition_of(journey.edition).requirement(slot)
    by = journey.created_by
    return reusing.reuse_confirmed(journey=journey, requirement=asked, item=item.ref, by=by, today=today)


def test_a_confirmed_file_is_offered_and_used(way: Walk, here: Journey, people: Cast, today: date) -> None:
    dated = way.today - timedelta(days=30)
    source = add(way, casework=True, declared=True, dated=dated)
    confirm(way, "8")
    before = Item.objects.filter(pk=source.pk).values().get()
    (one,) = offered(here, "s1", today)
    assert (one.item, one.scheme, one.edition, one.requirement.number, one.on) == (
        source, "Quality in Mentoring", "short", "8", way.today,
    )  # fmt: skip
    made = use(here, "s1", source, today)
    assert (made.journey, made.title, made.dated, made.casework) == (here, "Contact policy", dated, True)
    source.refresh_from_db()
    assert (made.redacted_by, made.redacted_at) == (people.ada, source.redacted_at)
    assert made.redacted_wording == actions.REDACTED
    assert made.file.name != source.file.name
    assert bytes_of(made) == bytes_of(source)
    assert (made.digest, made.media_type, made.pages) == (source.digest, "application/pdf", 1)
    assert Offer.objects.get(item=made).slot == "s1"
    assert Item.objects.filter(pk=source.pk).values().get() == before, "nothing moves over"
    assert offered(here, "s1", today) == [], "it is here now"


def test_the_ledger_tells_the_body_what_was_added_and_not_whence(way: Walk, here: Journey, today: date) -> None:
    source = add(way)
    confirm(way, "8")
    made = use(here, "s1", source, today)
    rows = {row.act: row for row in Record.objects.filter(subject=f"journey:{here.ref}")}
    assert rows["evidence.added"].organisation == here.edition.body.ref
    assert rows["evidence.reused"].organisation == ""
    assert rows["evidence.reused"].facts["source"] == source.ref
    assert rows["evidence.reused"].facts["item"] == made.ref


def test_a_link_and_a_statement_are_used(way: Walk, here: Journey, today: date) -> None:
    said = say(way, "8")
    link = actions.add_link(
        journey=way.journey, slots=["8"], title="Our page", url="https://www.example.org/", dated=way.today,
        by=way.cast.ada, passing=let_go(way.cast.ada), today=way.today,
    )  # fmt: skip
    confirm(way, "8")
    assert {one.item for one in offered(here, "s1", today)} == {said, link}
    assert use(here, "s1", said, today).text == said.text
    assert use(here, "s1", link, today).url == link.url
    with pytest.raises(Refused, match="added this already"):
        actions.reuse(source=link, journey=here, slot="s1", by=way.cast.ada, today=today)


def test_what_is_only_covered_or_not_linked_is_not_offered(way: Walk, here: Journey, today: date) -> None:
    say(way, "2")
    confirm(way, "2")
    assert offered(here, "p1", today) == [], "covered, which is not the same"
    assert offered(here, "s1", today) == []


def test_what_was_prepared_for_a_visit_is_offered_once_it_is_confirmed_there(
    way: Walk, mark: PublishedEdition, here: Journey, today: date
) -> None:
    source = say(way, "56", casework=True, declared=True)
    visit = next(stage.id for stage in edition_of(way.journey.edition).stages if isinstance(stage, VisitStage))
    other = journey_at(way.journey.edition, way.cast, ([], today), today)
    assert offered(other, "56", today) == []
    entry = {"journey": way.journey, "on": way.today, "kind": "confirmed", "by": "assessor", "item": "56"}
    EntryRow.objects.create(seq=900, stage="interviews", **entry)
    assert offered(other, "56", today) == [], "a talk of that name is not the requirement"
    EntryRow.objects.create(seq=901, stage=visit, **entry)
    assert [one.item for one in offered(other, "56", today)] == [source], "and the same edition asks for the same"


def test_what_it_was_in_an_earlier_edition_is_offered(
    way: Walk, mark: PublishedEdition, people: Cast, tmp_path: Path, today: date
) -> None:
    source = add(way)
    confirm(way, "8")
    newer = texts("longer")
    newer["scheme.toml"] = newer["scheme.toml"].replace(
        'edition = "longer"', 'edition = "longer"\nsupersedes = "short"'
    )
    newer["requirements.toml"] = newer["requirements.toml"].replace('id = "8"\n', 'id = "88"\nwas = ["8"]\n')
    edition = publish_texts(newer, people, tmp_path / "qim" / "longer")
    here = journey_at(edition, people, ([], today), today)
    assert [one.item for one in offered(here, "88", today)] == [source]
    assert offered(here, "1", today) == []
    apart = texts("apart")
    other = journey_at(publish_texts(apart, people, tmp_path / "qim" / "apart"), people, ([], today), today)
    assert offered(other, "8", today) == [], "no line of editions leads there, so the id proves nothing"


def test_too_old_for_this_one_is_said_and_refused(way: Walk, here: Journey, today: date) -> None:
    source = add(way, dated=way.today - timedelta(days=2 * 366))  # it may be three years old there, and two here
    confirm(way, "8")
    (one,) = offered(here, "s1", today)
    assert "It counted until" in one.counts.because
    with pytest.raises(Refused, match="It counted until"):
        use(here, "s1", source, today)
    assert not Item.objects.filter(journey=here).exists()


def test_casework_that_nobody_declared_is_refused_where_casework_is_asked_for(
    way: Walk, here: Journey, today: date
) -> None:
    source = say(way, "1")
    confirm(way, "1")
    (one,) = offered(here, "p2", today)
    assert "Casework is asked for here" in one.counts.because
    with pytest.raises(Refused, match="Casework is asked for here"):
        use(here, "p2", source, today)
    actions.declare_redacted(item=source, by=way.cast.bea, now=timezone.now())
    assert use(here, "p2", source, today).redacted_by == way.cast.bea


def test_what_was_destroyed_is_gone_and_so_is_every_copy_of_the_file(way: Walk, here: Journey, today: date) -> None:
    source = add(way, casework=True, declared=True)
    confirm(way, "8")
    breach(way, source, "8")
    assert offered(here, "s1", today) == []
    source.refresh_from_db()
    with pytest.raises(Refused, match="destroyed after a data breach"):
        actions.reuse(source=source, journey=here, slot="s1", by=way.cast.ada, today=today)
    assert not Item.objects.filter(journey=here).exists()


def test_a_file_in_breach_on_any_journey_of_the_applicant_is_not_offered(
    way: Walk, mark: PublishedEdition, here: Journey, people: Cast, today: date
) -> None:
    source = add(way)
    confirm(way, "8")
    third = begun(mark, people, today)
    fallen = use(third, "s1", source, today)
    Breach.objects.create(
        journey=third, stage="papers", slot="s1", item=fallen, what="A name", digest=fallen.digest,
        reported_on=today, reported_by=people.dot,
    )  # fmt: skip
    assert offered(here, "s1", today) == []
    with pytest.raises(Refused, match="can no longer be used"):
        use(here, "s1", source, today)


def test_a_breach_that_comes_in_between_is_seen(way: Walk, here: Journey, today: date) -> None:
    source = add(way, casework=True, declared=True)
    confirm(way, "8")
    (one,) = offered(here, "s1", today)
    breach(way, source, "8")
    default_storage.save(one.item.file.name, ContentFile(pdf()))  # not tidied away yet
    with pytest.raises(Refused, match="destroyed after a data breach"):
        actions.reuse(source=one.item, journey=here, slot="s1", by=way.cast.ada, today=today)
    assert not Item.objects.filter(journey=here).exists()
    assert not default_storage.exists(f"evidence/{here.ref}") or not default_storage.listdir(f"evidence/{here.ref}")[1]


@pytest.mark.parametrize("outcome", [None, Feedback.Outcome.RETURNED])
def test_what_does_not_stand_confirmed_is_not_offered(
    way: Walk, here: Journey, today: date, outcome: Feedback.Outcome | None
) -> None:
    source = add(way)
    send(way, "8")
    if outcome:
        judge(way, "8", outcome)
    assert offered(here, "s1", today) == []
    with pytest.raises(Refused, match="can no longer be used"):
        use(here, "s1", source, today)


def test_only_what_was_sent_last_is_what_was_confirmed(way: Walk, here: Journey, today: date) -> None:
    weak = add(way)
    send(way, "8")
    judge(way, "8", Feedback.Outcome.RETURNED)
    actions.take_back(item=weak, slot="8", by=way.cast.ada, now=timezone.now())
    strong = add(way, pdf("The whole policy"), title="The whole policy")
    confirm(way, "8")
    assert [one.item for one in offered(here, "s1", today)] == [strong]


def test_another_service_is_another_applicant(way: Walk, mark: PublishedEdition, people: Cast, today: date) -> None:
    source = add(way)
    confirm(way, "8")
    for organisation in (people.provider, people.elsewhere):
        by = people.ada if organisation == people.provider else people.eve
        theirs = organisations.open_service(organisation=organisation, name="Another", by=by)
        other = begun(mark, replace(people, service=theirs), today)
        assert offered(other, "s1", today) == []
        with pytest.raises(Refused, match="can no longer be used"):
            use(other, "s1", source, today)
        with pytest.raises(Refused, match="Only evidence from another journey of yours"):
            actions.reuse(source=source, journey=other, slot="s1", by=by, today=today)
    with pytest.raises(Refused, match="Only evidence from another journey of yours"):
        actions.reuse(source=source, journey=way.journey, slot="2", by=people.ada, today=today)


def test_nothing_is_added_where_nothing_may_be(way: Walk, here: Journey, today: date) -> None:
    source = add(way)
    confirm(way, "8")
    applying.withdraw(journey=here, by=way.cast.ada, today=today)
    with pytest.raises(Refused, match="ended"):
        use(here, "s1", source, today)
    assert not Item.objects.filter(journey=here).exists()


def test_the_very_file_that_is_here_already_is_refused(way: Walk, here: Journey, today: date) -> None:
    source = add(way)
    confirm(way, "8")
    add(replace(way, journey=here), bytes_of(source), "own.pdf", "p1")
    assert offered(here, "s1", today) == []
    with pytest.raises(Refused, match="added this file already"):
        actions.reuse(source=source, journey=here, slot="s1", by=way.cast.ada, today=today)


def test_a_file_is_looked_at_anew(way: Walk, here: Journey, today: date) -> None:
    source = add(way)
    confirm(way, "8")
    name = source.file.name or ""
    default_storage.delete(name)
    with pytest.raises(Refused, match="could not be read"):
        use(here, "s1", source, today)
    default_storage.save(name, ContentFile(b"%PDF-1.7 broken"))
    with pytest.raises(Refused):
        use(here, "s1", source, today)
    assert not Item.objects.filter(journey=here).exists()


def test_the_assessor_judges_it_as_anything_else(way: Walk, here: Journey, today: date) -> None:
    source = add(way)
    confirm(way, "8")
    use(here, "s1", source, today)
    actions.send(journey=here, stage="papers", slots=["s1"], by=way.cast.ada, today=today)
    assert read(here, today).position.stages["papers"].items["s1"].state == "sent"


def test_a_crosswalk_with_a_mistake_gives_nothing(
    way: Walk,
    here: Journey,
    today: date,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    add(way)
    confirm(way, "8")
    assert len(offered(here, "s1", today)) == 1
    told: list[str] = []
    monkeypatch.setattr(crosswalks.LOG, "error", lambda text, *what: told.append(text % what))
    file = settings.SCHEMES / "kind-gardens" / "2026" / "crosswalks" / "qim.toml"
    file.write_text(garden.CROSSWALK.replace('"s1"', '"s11"'))
    assert offered(here, "s1", today) == [], "the file is read again when it has changed"
    assert "qim.toml:9: kind-gardens/2026 has no requirement 's11'" in told[0]


def test_one_item_or_thirty_take_the_same_queries(
    way: Walk, here: Journey, today: date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        say(way, "8", title=f"Part {number}")
    say(way, "1")
    confirm(way, "8", "1")
    assert len(offered(here, "s1", today)) == 30
    for slot in ("p2", "s1"):
        with django_assert_num_queries(5):
            offered(here, slot, today)
