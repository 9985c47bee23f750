"""What is granted, until when, how it stands on a day, and what the public may see of it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.assessment import actions as assessment
from kithwork.assessment.models import Finding
from kithwork.awards.access import award_for_body
from kithwork.awards.models import Award, Credential
from kithwork.awards.queries import (
    Standing,
    agreed_to_listing,
    aiming,
    awards_of_body,
    holders,
    public_award,
    ref_of,
    standing,
)
from kithwork.core.journey import Answer, EntryKind
from kithwork.core.schemes import Role
from kithwork.core.verdict import Refused
from kithwork.evidence.models import Feedback
from kithwork.journeys.models import EntryRow, Journey
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.organisations.actions import open_service
from kithwork.organisations.models import Role as Member
from kithwork.organisations.models import Service
from kithwork.procedures import applying, assessing
from kithwork.procedures.sample import Cast, Walk
from tests.journeys.short import folder_in
from tests.walking import publish, walk

Walking = Callable[..., Walk]
DAY = timedelta(days=1)


def awarded_on(short_walk: Walking, day: date, **more: object) -> tuple[Walk, Award]:
    """Ready in time, decided on that very day."""
    way = short_walk("recommended", start=day - timedelta(days=200), last=day, **more)
    way.today = day
    _, award = assessing.decide_award(
        journey=way.journey, stage="decision", outcome=Answer.YES, reason="", by=way.cast.olu, today=day
    )
    assert award is not None
    return way, award


def change(award: Award, kind: EntryKind, cast: Cast, today: date, reason: str = "A complaint.") -> Award:
    return assessing.change_standing(award=award, kind=kind, reason=reason, by=cast.olu, today=today)


# The term


@pytest.mark.parametrize(
    ("granted", "until"),
    [
        (date(2025, 10, 1), date(2028, 9, 30)),
        (date(2024, 3, 1), date(2027, 2, 28)),
        (date(2025, 3, 1), date(2028, 2, 29)),
        (date(2024, 2, 29), date(2027, 2, 27)),  # 3 years on there is no such day; it ends before the last of February
    ],
)
def test_an_award_holds_for_three_years(short_walk: Walking, granted: date, until: date) -> None:
    way, award = awarded_on(short_walk, granted)
    assert (award.granted_on, award.valid_until) == (granted, until)
    journey = Journey.objects.get(pk=way.journey.pk)
    assert (journey.valid_until, journey.granted_level, journey.listed) == (until, "award", "holder")
    assert Record.objects.filter(act="award.granted").latest("seq").facts == {
        "level": "award",
        "until": until.isoformat(),
    }


def test_it_is_expired_the_day_after(short_walk: Walking) -> None:
    way, award = awarded_on(short_walk, date(2025, 10, 1))
    until = award.valid_until
    assert until is not None
    for today, stands, status in ((until, Standing.VALID, "awarded"), (until + DAY, Standing.EXPIRED, "expired")):
        assert standing(award, today) == stands
        assert read(way.journey, today).position.status == status
        assert list(holders(today)) == ([award] if stands is Standing.VALID else [])
        found = public_award(award.ref, today)
        assert found is not None
        assert found.standing == stands


# The certificate


def test_numbers_count_up_by_scheme_and_year(people: Cast, short_walk: Walking) -> None:
    def another(name: str) -> Service:
        return open_service(organisation=people.provider, name=name, by=people.ada)

    numbers = [
        awarded_on(short_walk, day, service=another(f"Service {day}"))[1].number
        for day in (date(2024, 12, 30), date(2024, 12, 31), date(2025, 1, 2))
    ]
    assert numbers == ["QIM-2024-0001", "QIM-2024-0002", "QIM-2025-0001"]


def test_it_keeps_the_names_of_the_day(people: Cast, short_walk: Walking) -> None:
    _, award = awarded_on(short_walk, date(2025, 10, 1))
    people.service.name = "Renamed"
    people.service.save()
    award.refresh_from_db()
    assert (award.holder, award.of, award.place) == ("Lanternside Mentoring", "Lanternside Trust", "Lanternside")
    assert (award.level_title, award.scheme_name, award.body_name) == (
        "QiM Award", "Quality in Mentoring", "Befriending Networks",
    )  # fmt: skip


def test_it_is_found_by_reference_or_number_however_it_is_typed(short_walk: Walking) -> None:
    _, award = awarded_on(short_walk, date(2025, 10, 1))
    for typed in (award.ref, award.ref.upper(), award.number, " qim-2025-0001 ", "QIM - 2025 - 0001"):
        assert ref_of(typed) == award.ref
    for typed in ("", "QIM-2025", award.ref[:-1]):
        assert ref_of(typed) is None
    assert public_award("nothing", date(2026, 1, 1)) is None


def test_the_longest_title_of_a_level_has_a_certificate(people: Cast, tmp_path: Path) -> None:
    folder = folder_in(tmp_path / "long", "long")
    scheme = (folder / "scheme.toml").read_text(encoding="utf-8")
    title = ("The longest title that a level may have " * 5).strip()
    (folder / "scheme.toml").write_text(scheme.replace('title = "QiM Award"', f'title = "{title}"'), encoding="utf-8")
    edition = publish(folder, people)
    way = walk(cast=people, edition=edition, to="awarded", start=date(2025, 1, 1), last=date(2025, 10, 1))
    award = Award.objects.get(journey=way.journey)
    assert len(award.level_title) == 199
    answer = Client().get(f"/awards/{award.ref}/certificate.pdf")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


# Excellence later


def climb(way: Walk) -> None:
    """Aim at Excellence and go up to the recommendation."""
    way.last = None
    way.wait(90)
    applying.raise_level(journey=way.journey, level="excellence", by=way.cast.ada, today=way.today)
    online, visit = way.edition.stage("online"), way.edition.stage("visit")
    way.send(online, ["e1"])
    way.judge(online, ["e1"], Feedback.Outcome.CONFIRMED)
    start = timezone.make_aware(datetime.combine(way.today, time(10)))
    assessing.arrange(
        journey=way.journey, stage="visit", starts_at=start, by=way.cast.dot, role=Role.ASSESSOR, today=way.today
    )
    assessment.hold(journey=way.journey, stage="visit", by=way.cast.dot, today=way.today, mode="by video")
    way.find(visit, "e11", Finding.Outcome.MET, Finding.Seen.LIVE)  # type: ignore[arg-type]
    way._recommended()


@pytest.fixture
def twice(short_walk: Walking) -> tuple[Walk, Award, Award]:
    """An award, and in the next year the higher level."""
    way, award = awarded_on(short_walk, date(2025, 10, 1))
    climb(way)
    way._awarded()
    return way, award, Award.objects.exclude(pk=award.pk).get()


def test_a_higher_level_keeps_the_end_and_takes_the_place(twice: tuple[Walk, Award, Award]) -> None:
    way, first, second = twice
    first.refresh_from_db()
    assert second.level == "excellence"
    assert second.valid_until == first.valid_until == date(2028, 9, 30)
    assert second.number != first.number
    assert first.superseded_on == second.granted_on == way.today
    assert standing(first, way.today) == Standing.SUPERSEDED
    assert list(holders(way.today)) == [second]
    assert Journey.objects.get().granted_level == "excellence"


def test_a_choice_to_be_listed_holds_at_a_higher_level(twice: tuple[Walk, Award, Award]) -> None:
    way, first, second = twice
    for last, before in ((True, False), (False, True)):
        for award, listed in ((first, before), (second, last)):
            award.listed = listed
            award.save()
        assert agreed_to_listing(way.journey) is last, "the latest choice counts"
    Credential.objects.all().delete()
    way.journey.awards.all().delete()
    assert agreed_to_listing(way.journey) is False, "nobody is listed who was never asked"


def test_on_the_way_up_the_award_stays(short_walk: Walking) -> None:
    way, award = awarded_on(short_walk, date(2025, 10, 1))
    applying.raise_level(journey=way.journey, level="excellence", by=way.cast.ada, today=way.today)
    assert list(holders(way.today)) == [award]
    applying.withdraw(journey=way.journey, by=way.cast.ada, today=way.today, reason="Not this year.")
    assert read(way.journey, way.today).position.status == "awarded"
    assert list(holders(way.today)) == [award]


def test_what_was_replaced_is_not_suspended(twice: tuple[Walk, Award, Award]) -> None:
    way, first, second = twice
    first.refresh_from_db()
    with pytest.raises(Refused, match="replaced by a higher level"):
        change(first, EntryKind.SUSPENDED, way.cast, way.today)
    assert read(way.journey, way.today).position.status == "awarded"
    change(second, EntryKind.REVOKED, way.cast, way.today)
    assert list(holders(way.today)) == [], "the lower one does not come back"


def test_who_is_suspended_aims_no_higher_until_reinstated(short_walk: Walking, people: Cast) -> None:
    way, award = awarded_on(short_walk, date(2025, 10, 1))
    change(award, EntryKind.SUSPENDED, people, way.today)
    before = EntryRow.objects.count(), Record.objects.count()
    with pytest.raises(Refused, match=r"suspended.*reinstate"):
        applying.raise_level(journey=way.journey, level="excellence", by=people.ada, today=way.today)
    assert (EntryRow.objects.count(), Record.objects.count()) == before
    change(award, EntryKind.REINSTATED, people, way.today, "Settled.")
    position = applying.raise_level(journey=way.journey, level="excellence", by=people.ada, today=way.today)
    assert position.level == "excellence"


def test_nothing_is_granted_over_a_suspension(short_walk: Walking, people: Cast) -> None:
    way, award = awarded_on(short_walk, date(2025, 10, 1))
    climb(way)
    change(award, EntryKind.SUSPENDED, people, way.today)
    with pytest.raises(Refused, match="Reinstate it before"):
        way._awarded()
    assert list(Award.objects.all()) == [award]
    assert read(way.journey, way.today).position.status == "suspended", "the decision was not kept either"
    assert not EntryRow.objects.filter(kind="decided", stage="decision", on=way.today).exists()
    change(award, EntryKind.REINSTATED, people, way.today, "Settled.")
    way._awarded()
    assert [one.level for one in holders(way.today)] == ["excellence"]


# Standing


def test_a_suspended_award_is_not_listed_until_it_is_reinstated(short_walk: Walking, people: Cast) -> None:
    way, award = awarded_on(short_walk, date(2025, 10, 1))
    today = date(2025, 11, 1)
    change(award, EntryKind.SUSPENDED, people, today)
    assert standing(award, today) == Standing.SUSPENDED
    assert list(holders(today)) == []
    assert (award.suspended_on, read(way.journey, today).position.status) == (today, "suspended")
    later = today + timedelta(days=30)
    change(award, EntryKind.REINSTATED, people, later, "It was settled.")
    award.refresh_from_db()
    assert (standing(award, later), award.suspended_on) == (Standing.VALID, None)
    assert list(holders(later)) == [award]
    facts = Record.objects.filter(act="award.standing_changed").order_by("seq").values_list("facts", flat=True)
    assert list(facts) == [{"kind": "suspended"}, {"kind": "reinstated"}]


def test_a_suspension_gives_no_time_back(short_walk: Walking, people: Cast) -> None:
    way, award = awarded_on(short_walk, date(2025, 10, 1))
    change(award, EntryKind.SUSPENDED, people, date(2025, 11, 1))
    until = award.valid_until
    assert until is not None
    assert standing(award, until + DAY) == Standing.EXPIRED
    assert read(way.journey, until + DAY).position.status == "expired"


def test_an_award_withdrawn_stays_so_and_its_page_says_when(short_walk: Walking, people: Cast) -> None:
    way, award = awarded_on(short_walk, date(2025, 10, 1))
    today = date(2025, 11, 1)
    change(award, EntryKind.REVOKED, people, today)
    for kind in (EntryKind.REINSTATED, EntryKind.SUSPENDED, EntryKind.REVOKED):
        with pytest.raises(Refused, match="award was withdrawn"):
            change(award, kind, people, today + DAY)
    found = public_award(award.ref, date(2040, 1, 1))
    assert found is not None
    assert (found.standing, found.changed_on) == (Standing.WITHDRAWN, today)
    assert Journey.objects.get(pk=way.journey.pk).listed == ""


@pytest.mark.parametrize(
    ("kind", "reason", "because"),
    [
        (EntryKind.SUSPENDED, "  ", "Give the reason"),
        (EntryKind.REINSTATED, "Settled.", "not suspended"),
        (EntryKind.STOPPED, "x", "Nothing is running"),
        (EntryKind.RAISED, "x", "not yours"),
    ],
)
def test_a_change_refused_changes_nothing(
    short_walk: Walking, people: Cast, kind: EntryKind, reason: str, because: str
) -> None:
    _, award = awarded_on(short_walk, date(2025, 10, 1))
    before = EntryRow.objects.count(), Record.objects.count()
    with pytest.raises(Refused, match=because):
        change(award, kind, people, date(2025, 11, 1), reason)
    assert (EntryRow.objects.count(), Record.objects.count()) == before
    assert list(holders(date(2025, 11, 1))) == [award]


# The register


def test_the_register_lists_what_holds_today_and_who_is_on_the_way(people: Cast, short_walk: Walking) -> None:
    def another(name: str, place: str) -> Service:
        return open_service(organisation=people.provider, name=name, by=people.ada, place=place)

    day = date(2025, 10, 1)
    _, zebra = awarded_on(short_walk, day, service=another("Zebra Mentors", "Saltmouth"))
    _, apple = awarded_on(short_walk, day, service=another("Apple Mentors", "Otterby"))
    _, gone = awarded_on(short_walk, day, service=another("Gone Mentors", "Otterby"))
    change(gone, EntryKind.SUSPENDED, people, day)
    way = short_walk("registered", start=day)
    short_walk("eligible", start=day, service=another("Not Yet", "Otterby"))
    today = day + timedelta(days=30)
    assert list(holders(today)) == [apple, zebra]
    assert list(holders(today, search="zeb")) == [zebra]
    assert list(holders(today, search=apple.number.lower())) == [apple]
    assert list(holders(today, place="otter")) == [apple]
    assert list(holders(today, "qim")) == [apple, zebra]
    assert list(holders(today, "other")) == []
    assert list(aiming()) == [way.journey]
    assert list(aiming("other")) == []
    assert list(aiming(search="lanternside", place="lantern")) == [way.journey]
    assert set(awards_of_body(people.body)) == {zebra, apple, gone}


# The door


def test_an_award_is_reached_by_officers_of_its_body(people: Cast, short_walk: Walking) -> None:
    _, award = awarded_on(short_walk, date(2025, 10, 1))
    slug = people.body.slug
    assert award_for_body(people.olu, slug, award.ref).journey == award.journey
    assert award_for_body(people.dot, slug, award.ref, Member.ASSESSOR) == award
    strangers: tuple[User | AnonymousUser, ...] = (people.ada, people.dot, people.eve, AnonymousUser())
    for user in strangers:
        with pytest.raises(Http404):
            award_for_body(user, slug, award.ref)
    for place, ref in ((slug, "nothing"), (people.elsewhere.slug, award.ref), ("nowhere", award.ref)):
        with pytest.raises(Http404):
            award_for_body(people.olu, place, ref)


def test_another_schemes_award_counts_for_itself(people: Cast, short_walk: Walking, tmp_path: Path) -> None:
    """Numbers of two editions of one scheme come from one row."""
    awarded_on(short_walk, date(2025, 10, 1))
    edition = publish(folder_in(tmp_path / "n", "next"), people)
    service = open_service(organisation=people.provider, name="Another", by=people.ada)
    way = walk(
        cast=people, edition=edition, to="awarded", start=date(2025, 1, 1), last=date(2025, 11, 1), service=service
    )
    assert Award.objects.get(journey=way.journey).number == "QIM-2025-0002"
