"""The body's register, and one award: suspended, reinstated, withdrawn."""

import csv
import io
from datetime import timedelta

import pytest

from kithwork.awards.models import Award
from kithwork.notices.models import Message

pytestmark = pytest.mark.django_db


def _one_more(award: Award, number: int, **more: object) -> Award:
    """A copy of an award under another number; walking a whole road for each would take minutes."""
    copy = {f.name: getattr(award, f.name) for f in Award._meta.fields if f.name not in {"id", "ref", "number"}}
    return Award.objects.create(**copy | {"number": f"{award.ref}-{number}"} | more)


def test_lists_holders_and_those_aiming(olu, at, many):
    many(1, "awarded")
    many(1, "registered", first=1)
    page = olu.get(at("body_register")).content.decode()
    assert "1 award is held, 1 aimed at" in page
    assert ">Service 00" in page
    assert ">Service 01" not in page
    page = olu.get(at("body_register") + "?list=aiming").content.decode()
    assert ">Service 01" in page
    assert ">Service 00" not in page


def test_filters_and_gives_csv(olu, at, many, today):
    many(1, "awarded")
    award = Award.objects.get()
    _one_more(award, 1, holder="Service 01")
    Award.objects.filter(pk=award.pk).update(valid_until=today - timedelta(days=1))
    assert "Service 00" not in olu.get(at("body_register")).content.decode()
    assert "Service 00" in olu.get(at("body_register") + "?standing=expired").content.decode()
    assert "No award is like that" in olu.get(at("body_register") + "?q=zzz").content.decode()
    answer = olu.get(at("body_register") + "?standing=all&format=csv").content.decode("utf-8-sig")
    assert {row["Standing"] for row in csv.DictReader(io.StringIO(answer))} == {"Expired", "Valid"}
    aiming = olu.get(at("body_register") + "?list=aiming&format=csv").content.decode("utf-8-sig")
    assert list(csv.DictReader(io.StringIO(aiming))) == []


def test_suspends_reinstates_and_withdraws(olu, at, journey_at):
    award = Award.objects.get(journey=journey_at("awarded"))
    for change, heading in (("suspend", "is suspended"), ("reinstate", "is valid until"), ("withdraw", "is withdrawn")):
        url = at("change_award", award.ref, change)
        assert "moj-interruption-card" in olu.get(url).content.decode()
        assert olu.post(url, {"reason": ""}).status_code == 422
        Message.objects.all().delete()
        assert olu.post(url, {"reason": f"Reason to {change}"}).status_code == 303
        assert Message.objects.filter(kind="standing-changed").exists()
        page = olu.get(at("body_award", award.ref)).content.decode()
        assert heading in page
        assert f"Reason to {change}" in page
    refused = olu.post(at("change_award", award.ref, "suspend"), {"reason": "My typed words"})
    assert refused.status_code == 409
    assert "My typed words" in refused.content.decode()


def test_the_list_costs_the_same_for_one_and_many(queries, at, many):
    many(1, "awarded")
    one = queries(at("body_register"))
    for number in range(29):
        _one_more(Award.objects.first(), number)
    assert queries(at("body_register")) == one <= 10


def test_one_award_is_for_officers_alone(turned_away, at, journey_at):
    award = Award.objects.get(journey=journey_at("awarded"))
    turned_away(at("body_award", award.ref))
    turned_away(at("change_award", award.ref, "suspend"))
    turned_away(at("change_award", award.ref, "suspend"), "post", reason="Because")
    award.refresh_from_db()
    assert award.suspended_on is None


def test_the_list_is_for_officers_alone(turned_away, at):
    turned_away(at("body_register"))


def test_wrong_methods_and_absent(olu, at, journey_at):
    award = Award.objects.get(journey=journey_at("awarded"))
    assert olu.post(at("body_register")).status_code == 405
    assert olu.post(at("body_award", award.ref)).status_code == 405
    assert olu.get(at("body_award", "bbbbbbbbbbbb")).status_code == 404
    assert olu.get(at("change_award", award.ref, "burn")).status_code == 404


def test_the_register_is_sorted_by_number_beyond_9999(olu, at, many):
    many(1, "awarded")
    award = Award.objects.get()
    first, last = _one_more(award, 1), _one_more(award, 2)
    start = award.number.rpartition("-")[0]
    for one, number in ((first, 9_999), (last, 10_000)):
        Award.objects.filter(pk=one.pk).update(number=f"{start}-{number}")
    answer = olu.get(at("body_register") + "?sort=number&format=csv").content.decode("utf-8-sig")
    numbers = [row["Number"] for row in csv.DictReader(io.StringIO(answer))]
    assert numbers == [f"{start}-0001", f"{start}-9999", f"{start}-10000"]
