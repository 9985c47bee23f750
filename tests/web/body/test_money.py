"""Invoices: the price, the payment, and the list."""

import csv
import io
from datetime import timedelta

import pytest

from kithwork.journeys.models import Invoice

pytestmark = pytest.mark.django_db


def test_sends_the_invoice_at_the_schemes_price(olu, at, journey_at):
    journey = journey_at("eligible")
    url = at("issue_invoice", journey.ref, "registration")
    page = olu.get(url).content.decode()
    assert "Registration fee: £200" in page
    assert "never paid back" in page
    assert olu.post(url, {"how": "known"}).status_code == 303
    invoice = Invoice.objects.get()
    assert (invoice.amount, invoice.refundable, invoice.by_hand) == (200, False, "")
    assert "is sent" in olu.get(url).content.decode()
    answer = olu.post(url, {"how": "known"})
    assert answer.status_code == 409
    assert Invoice.objects.count() == 1


def test_shows_the_turnover_and_its_band(olu, at, journey_at):
    journey = journey_at("online-done")
    Invoice.objects.filter(stage="assessment").delete()
    page = olu.get(at("issue_invoice", journey.ref, "assessment")).content.decode()
    assert "£184,000" in page
    assert page.index("Medium 1: below £350,000") < page.index("This one") < page.index("Medium 2")


def test_a_price_by_hand_needs_amount_and_reason(olu, at, journey_at):
    journey = journey_at("eligible", services_applying=3)
    url = at("issue_invoice", journey.ref, "registration")
    answer = olu.post(url, {"how": "hand", "amount": "£1,150", "by_hand": ""})
    assert answer.status_code == 422
    assert 'value="£1,150"' in answer.content.decode()
    assert not Invoice.objects.exists()
    assert olu.post(url, {"how": "hand", "amount": "£1,150", "by_hand": "Three services"}).status_code == 303
    assert Invoice.objects.get().amount == 1150
    assert Invoice.objects.get().by_hand == "Three services"


def test_records_a_payment_with_its_date(olu, at, journey_at, today):
    journey = journey_at("eligible")
    olu.post(at("issue_invoice", journey.ref, "registration"), {"how": "known"})
    invoice = Invoice.objects.get()
    url = at("take_payment", journey.ref, invoice.ref)
    early = today - timedelta(days=1)
    typed = {"paid_on_day": early.day, "paid_on_month": early.month, "paid_on_year": early.year, "note": "Bank line 7"}
    answer = olu.post(url, typed)
    assert answer.status_code == 409
    assert "older than the invoice" in answer.content.decode()
    assert "Bank line 7" in answer.content.decode()
    paid = {"paid_on_day": today.day, "paid_on_month": today.month, "paid_on_year": today.year, "note": "Bank line 7"}
    assert olu.post(url, paid).status_code == 303
    invoice.refresh_from_db()
    assert (invoice.paid_on, invoice.paid_note) == (today, "Bank line 7")
    assert olu.post(url, paid).status_code == 409
    assert olu.post(url, {"paid_on_day": "x"}).status_code == 422


def test_lists_unpaid_first_with_totals_and_csv(olu, at, many, today):
    paid = many(1, "registered")[0]
    owing = many(1, "eligible", first=1)[0]
    olu.post(at("issue_invoice", owing.journey.ref, "registration"), {"how": "known"})
    page = olu.get(at("invoices")).content.decode()
    assert "£200 is owed on 1 invoice" in page
    assert "2 invoices, £400 in all, £200 paid and £200 unpaid" in page
    assert page.index(owing.journey.service.name) < page.index(paid.journey.service.name)
    assert owing.journey.service.name not in olu.get(at("invoices") + "?state=paid").content.decode()
    rows = list(csv.DictReader(io.StringIO(olu.get(at("invoices") + "?format=csv").content.decode("utf-8-sig"))))
    assert [row["Days unpaid"] for row in rows] == ["0", ""]


def test_the_list_costs_the_same_for_one_and_thirty(queries, at, many):
    first = many(1, "registered")[0].journey.invoices.get()
    one = queries(at("invoices"))
    for number, walk in enumerate(many(29, "begun", first=1)):
        copy = {"body": first.body, "what": "Fee", "amount": 5, "issued_on": first.issued_on, "stage": "registration"}
        Invoice.objects.create(journey=walk.journey, number=f"2020-{number:04d}", serial=number, **copy)
    assert queries(at("invoices")) == one <= 10


@pytest.mark.parametrize("name", ["issue_invoice", "take_payment"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_is_for_officers_alone(name, method, turned_away, at, journey_at):
    journey = journey_at("registered")
    last = "assessment" if name == "issue_invoice" else journey.invoices.get().ref
    turned_away(at(name, journey.ref, last), method)


def test_the_list_is_for_officers_alone(turned_away, at):
    turned_away(at("invoices"))


def test_wrong_methods_and_absent(olu, at, journey_at, many):
    journey = journey_at("registered")
    invoice = journey.invoices.get()
    assert olu.put(at("issue_invoice", journey.ref, "registration")).status_code == 405
    assert olu.post(at("invoices")).status_code == 405
    assert olu.get(at("issue_invoice", journey.ref, "visit")).status_code == 404
    other = many(1, "begun")[0].journey
    assert olu.get(at("take_payment", other.ref, invoice.ref)).status_code == 404


def test_officers_read_the_invoice_that_the_applicant_has(olu, at, journey_at, as_user, people, turned_away):
    journey = journey_at("registered")
    invoice = Invoice.objects.get(stage="registration")
    url = at("body_invoice_pdf", journey.ref, invoice.ref)
    for page in (at("body_journey", journey.ref), at("invoices"), at("take_payment", journey.ref, invoice.ref)):
        assert f'href="{url}"' in olu.get(page).content.decode(), page
    answer = olu.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert f"invoice-{invoice.number}.pdf" in answer["Content-Disposition"]
    assert answer.content == as_user(people.ada).get(f"/journeys/{journey.ref}/invoices/{invoice.ref}.pdf").content
    assert olu.post(url).status_code == 405
    turned_away(url)


def test_an_invoice_of_another_journey_is_not_there(olu, at, many):
    first, second = many(2, "registered")
    invoice = first.journey.invoices.get()
    assert olu.get(at("body_invoice_pdf", second.journey.ref, invoice.ref)).status_code == 404


def test_the_list_is_sorted_by_number_beyond_9999_and_over_the_year(olu, at, many):
    walks = many(3, "registered")
    year = walks[0].journey.invoices.get().issued_on.year
    for walk, number in zip(walks, (10_000, 9_999, 2), strict=True):
        Invoice.objects.filter(journey=walk.journey).update(number=f"{year}-{number:04d}", serial=number)
    Invoice.objects.filter(serial=2).update(
        number=f"{year + 1}-0002", issued_on=walks[0].today.replace(year=year + 1, day=1)
    )
    for sort in ("number", "-number"):
        answer = olu.get(at("invoices") + f"?sort={sort}&format=csv").content.decode("utf-8-sig")
        numbers = [row["Number"] for row in csv.DictReader(io.StringIO(answer))]
        asked = [f"{year}-9999", f"{year}-10000", f"{year + 1}-0002"]
        assert numbers == (asked if sort == "number" else asked[::-1])
