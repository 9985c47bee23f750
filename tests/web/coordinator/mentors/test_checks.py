"""Vetting and exemptions: the outcome alone, the rule's days, and what ends by itself."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.caseload.actions.vetting import counts_until
from kithwork.caseload.models import Practice, Vetting
from kithwork.caseload.queries.clearing import cleared
from kithwork.procedures.sample import Cast
from tests.running import a_mentor
from tests.web.coordinator.mentors.conftest import day
from tests.web.refusals import refused_with

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("on", "years", "until"),
    [(date(2026, 3, 1), 3, date(2029, 2, 28)), (date(2024, 2, 29), 1, date(2025, 2, 27)), (date(2026, 3, 1), 0, None)],
)
def test_how_long_a_check_counts(on: date, years: int, until: date | None) -> None:
    assert counts_until(on, Practice(vetting_years=years)) == until


def test_a_look_up_prolongs_nothing_unless_recorded(
    ada: Client, at: Callable[..., str], people: Cast, today: date, practice: Practice
) -> None:
    mentor = a_mentor(people.service, people.ada, today)
    check = mentor.vettings.get()
    url = at("vetting", mentor.ref, check.ref)
    same = {"unchanged": "yes", **day(today)}
    refused_with(ada.post(url, same), "with the update service")
    Vetting.objects.update(update_service=True)
    ends = check.expires_on
    assert ada.post(url, same).status_code == 303
    check.refresh_from_db()
    assert (check.looked_up_on, check.expires_on, mentor.vettings.count()) == (today, ends, 1)
    assert ada.post(url, {**same, "prolongs": "on"}).status_code == 303
    newer = mentor.vettings.latest("pk")
    assert newer.expires_on == counts_until(today, practice)
    refused_with(ada.post(url, same), "Only the latest")
    changed = {"unchanged": "no", **day(today)}
    assert ada.post(at("vetting", mentor.ref, newer.ref), changed).status_code == 303
    assert "vetting" in {what.value for what in cleared([mentor], practice, today)[mentor.pk].missing}


def test_no_field_takes_what_a_certificate_says(ada: Client, at: Callable[..., str], people: Cast, today: date) -> None:
    mentor = a_mentor(people.service, people.ada, today, ready=False)
    assert ada.post(at("vetting_ask", mentor.ref), {"level": "basic", **day(today)}).status_code == 303
    url = at("vetting", mentor.ref, mentor.vettings.get().ref)
    page = ada.get(url).content.decode()
    assert "<textarea" not in page
    assert 'type="file"' not in page
    refused_with(ada.post(url, {"clear": "no", **day(today + timedelta(days=1))}), "still to come")
    assert ada.post(url, {"clear": "no", **day(today)}).status_code == 303
    assert "May not mentor" in ada.get(at("mentor", mentor.ref)).content.decode()


def test_an_exemption_ends_by_itself(
    ada: Client, at: Callable[..., str], people: Cast, today: date, practice: Practice
) -> None:
    mentor = a_mentor(people.service, people.ada, today)
    mentor.references.update(suitable=None)
    url = at("exempt", mentor.ref)
    given = {"missing": "references", "reason": "They are on their way", **day(today, "until")}
    assert ada.post(url, {**given, "missing": "vetting"}).status_code == 422, "it is not missing"
    assert ada.post(url, {**given, "reason": ""}).status_code == 422
    refused_with(ada.post(url, {**given, **day(today + timedelta(days=200), "until")}), "six months")
    refused_with(ada.post(url, {**given, **day(today - timedelta(days=1), "until")}), "past already")
    assert ada.post(url, given).status_code == 303
    assert cleared([mentor], practice, today)[mentor.pk].ready
    assert not cleared([mentor], practice, today + timedelta(days=1))[mentor.pk].ready
    page = ada.get(at("exemptions")).content.decode()
    assert "1 exemption holds today" in page
    assert "They are on their way" in page
    end = at("exemption_end", mentor.ref, mentor.exemptions.get().pk)
    assert ada.get(end).status_code == 405
    assert ada.post(end).status_code == 303
    assert ada.post(end).status_code == 409
    assert not cleared([mentor], practice, timezone.localdate())[mentor.pk].ready


def test_nobody_is_exempt_from_a_check_that_found_them_unsuitable(
    ada: Client, at: Callable[..., str], people: Cast, today: date
) -> None:
    mentor = a_mentor(people.service, people.ada, today)
    mentor.vettings.update(outcome="unsuitable", expires_on=None)
    given = {"missing": "vetting", "reason": "We like them", **day(today, "until")}
    refused_with(ada.post(at("exempt", mentor.ref), given), "Nobody is exempt from that")


def test_strangers_find_nothing(
    at: Callable[..., str], people: Cast, today: date, turned_away: Callable[..., None]
) -> None:
    mentor = a_mentor(people.service, people.ada, today)
    turned_away(at("vetting", mentor.ref, mentor.vettings.get().ref))
    turned_away(at("reference", mentor.ref, mentor.references.earliest("pk").ref))
    turned_away(at("exempt", mentor.ref), "post", missing="badge", reason="x", **day(today, "until"))
    assert not mentor.exemptions.exists()
