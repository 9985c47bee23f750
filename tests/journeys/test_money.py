"""Invoices and payments: the band by the turnover, numbers without gaps, nothing paid twice."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps as django_apps
from django.db import connection

from kithwork.core.verdict import Refused
from kithwork.journeys.actions import publish
from kithwork.journeys.models import EntryRow, Invoice, Journey
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Organisation, Service
from kithwork.procedures import applying
from kithwork.procedures.sample import Cast, Walk
from tests.journeys.short import folder_in
from tests.walking import walk

Walking = Callable[..., Walk]


def second_service(people: Cast, name: str = "Another") -> Service:
    return organisations.open_service(organisation=people.provider, name=name, by=people.ada)


def bill(way: Walk, stage: str = "registration", today: date | None = None, **more: object) -> Invoice:
    return applying.issue_invoice(
        journey=way.journey,
        stage=stage,
        by=way.cast.olu,
        today=today or way.today,
        **more,  # type: ignore[arg-type]  # amount, by_hand
    )


@pytest.mark.parametrize(
    ("turnover", "amount", "band"),
    [
        (0, 300, "Small"),
        (99_999, 300, "Small"),
        (100_000, 550, "Medium 1"),
        (349_999, 550, "Medium 1"),
        (350_000, 650, "Medium 2"),
        (749_999, 650, "Medium 2"),
        (750_000, 750, "Large"),
        (90_000_000, 750, "Large"),
    ],
)
def test_the_assessment_fee_goes_by_the_turnover(short_walk: Walking, turnover: int, amount: int, band: str) -> None:
    way = short_walk("applied", annual_turnover=turnover)
    price, what = applying.price(journey=way.journey, stage="assessment")
    assert price == amount
    assert f"({band}" in what


def test_the_invoice_says_what_the_price_says(short_walk: Walking) -> None:
    way = short_walk("sent", annual_turnover=350_000)
    online = way.edition.stage("online")
    way.send(online, ["8", "29", "38"])
    invoice = bill(way, "assessment")
    assert (invoice.amount, invoice.refundable, invoice.by_hand) == (650, True, "")
    assert invoice.what == "Quality in Mentoring: Assessment fee (Medium 2: below £750,000)"


def test_the_registration_fee_is_fixed_and_never_refunded(short_walk: Walking) -> None:
    invoice = bill(short_walk("eligible"))
    assert (invoice.amount, invoice.refundable) == (200, False)


def test_a_price_for_several_services_is_agreed_by_hand_with_the_reason(short_walk: Walking, people: Cast) -> None:
    way = short_walk("sent", services_applying=2)
    way.send(way.edition.stage("online"), ["8", "29", "38"])
    assert applying.price(journey=way.journey, stage="assessment")[0] is None
    for more, because in (
        ({}, "agreed by hand"),
        ({"amount": 900}, "Say why"),
        ({"amount": 900, "by_hand": "  "}, "Say why"),
    ):
        with pytest.raises(Refused, match=because):
            bill(way, "assessment", **more)
    assert not Invoice.objects.filter(stage="assessment").exists()
    invoice = bill(way, "assessment", amount=900, by_hand=" Two services, agreed on the phone. ")
    assert (invoice.amount, invoice.by_hand) == (900, "Two services, agreed on the phone.")
    assert "2 services" in invoice.what


def test_another_price_than_the_schemes_needs_a_reason_as_well(short_walk: Walking) -> None:
    way = short_walk("eligible")
    with pytest.raises(Refused, match="Say why"):
        bill(way, amount=100)
    assert bill(way, amount=0, by_hand="Waived by the board.").amount == 0


@pytest.mark.parametrize("amount", [-1, -200])
def test_no_invoice_is_negative(short_walk: Walking, amount: int) -> None:
    with pytest.raises(Refused, match="needs an amount"):
        bill(short_walk("eligible"), amount=amount, by_hand="x")


def test_a_stage_without_a_fee_has_no_price(short_walk: Walking) -> None:
    way = short_walk("eligible")
    for stage in ("visit", "application"):
        with pytest.raises(Refused, match="no fee"):
            bill(way, stage)


def test_numbers_run_without_gaps_for_each_body_and_year(people: Cast, short_walk: Walking) -> None:
    start = date(2025, 12, 1)
    ways = [
        short_walk("eligible", start=start, service=second_service(people, f"Service {number}")) for number in range(4)
    ]
    december, january = date(2025, 12, 31), date(2026, 1, 1)
    assert bill(ways[0], today=december).number == "2025-0001"
    with pytest.raises(Refused, match="invoiced already"):
        bill(ways[0], today=december)
    assert bill(ways[1], today=december).number == "2025-0002", "a refused one leaves no gap"
    assert bill(ways[2], today=january).number == "2026-0001"
    assert bill(ways[3], today=january).number == "2026-0002"


def test_after_9999_comes_10000(people: Cast, short_walk: Walking) -> None:
    ways = [
        short_walk("eligible", start=date(2026, 1, 5), service=second_service(people, f"Service {number}"))
        for number in range(3)
    ]
    today = date(2026, 3, 2)
    first = bill(ways[0], today=today)
    Invoice.objects.filter(pk=first.pk).update(number="2026-9999", serial=9999)
    assert [bill(way, today=today).number for way in ways[1:]] == ["2026-10000", "2026-10001"]
    numbers = Invoice.objects.values_list("number", flat=True)
    assert list(numbers) == ["2026-9999", "2026-10000", "2026-10001"]


def test_invoices_from_before_are_given_their_serial(people: Cast, short_walk: Walking) -> None:
    invoice = bill(short_walk("eligible"))
    Invoice.objects.filter(pk=invoice.pk).update(number="2026-10042", serial=0)
    count = import_module("kithwork.journeys.migrations.0002_invoice_serial").count
    count(django_apps, connection.schema_editor())
    assert Invoice.objects.get().serial == 10_042


def test_another_bodys_numbers_are_its_own(people: Cast, short_walk: Walking, tmp_path: Path) -> None:
    first = bill(short_walk("eligible"))
    other = organisations.found(name="Other Body", kind=Organisation.Kind.BODY, by=people.eve)
    edition = publish(folder=folder_in(tmp_path / "other", "other"), body=other, by=people.eve)
    way = walk(cast=people, edition=edition, to="eligible", start=first.issued_on, service=second_service(people))
    number = bill(way, today=first.issued_on + timedelta(days=7)).number
    assert number.endswith("-0001")


# Payments


def test_a_payment_is_recorded_once(short_walk: Walking, people: Cast) -> None:
    way = short_walk("eligible")
    invoice = bill(way)
    stale = Invoice.objects.get(pk=invoice.pk)
    paid = way.today + timedelta(days=3)
    applying.take_payment(invoice=invoice, by=people.olu, today=paid, paid_on=way.today, note="BACS")
    entries = EntryRow.objects.count()
    with pytest.raises(Refused, match="is done"):
        applying.take_payment(invoice=stale, by=people.olu, today=paid, paid_on=paid, note="again")
    invoice.refresh_from_db()
    assert (invoice.paid_on, invoice.paid_note) == (way.today, "BACS")
    assert EntryRow.objects.count() == entries


def test_the_day_of_payment_lies_between_the_invoice_and_today(short_walk: Walking, people: Cast) -> None:
    way = short_walk("eligible")
    invoice = bill(way)
    today = way.today + timedelta(days=5)
    for paid_on, because in (
        (today + timedelta(days=1), "in the future"),
        (invoice.issued_on - timedelta(days=1), "older than the invoice"),
    ):
        with pytest.raises(Refused, match=because):
            applying.take_payment(invoice=invoice, by=people.olu, today=today, paid_on=paid_on)
    invoice.refresh_from_db()
    assert invoice.paid_on is None
    applying.take_payment(invoice=invoice, by=people.olu, today=today, paid_on=today)


def test_paying_the_registration_opens_the_evidence_and_the_public_list(short_walk: Walking, people: Cast) -> None:
    way = short_walk("eligible")
    invoice = bill(way)
    assert Journey.objects.get().listed == ""
    position = applying.take_payment(invoice=invoice, by=people.olu, today=way.today, paid_on=way.today)
    assert "online" in position.open_stages
    assert Journey.objects.get().listed == "aiming"


def test_fees_paid_stay_paid_when_a_service_withdraws(short_walk: Walking, people: Cast) -> None:
    way = short_walk("registered")
    applying.withdraw(journey=way.journey, by=people.ada, today=way.today)
    invoice = Invoice.objects.get()
    assert invoice.paid_on is not None
    assert not invoice.refundable
    assert Journey.objects.get().listed == ""
