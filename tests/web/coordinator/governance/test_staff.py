"""Staff files: leads alone, and each their own; what is due first, one page for each thing that is noted."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.governance.models import Staff, StaffSupervision, StaffTraining, StaffVetting
from kithwork.ledger.models import Record
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.web.coordinator.governance.conftest import days
from tests.web.ids import twice
from tests.web.refusals import refused_with, typed

DAY = timedelta(days=1)
At = Callable[..., str]


@pytest.fixture
def ivy(service: Service, cora: User, today: date) -> Staff:
    """Cora's own file, under another name, so that names on pages are told apart."""
    began = today - 400 * DAY
    return Staff.objects.create(service=service, name="Ivy Marsh", role="Coordinator", began_on=began, user=cora)


def noted(today: date) -> dict[str, dict[str, Any]]:
    """What each form is sent."""
    return {
        "reference": {"name": "Fern Abbot", "satisfactory": "on", **days("received_on", today)},
        "vetting": {"level": "enhanced", "clear": "yes", **days("on", today), **days("expires_on", today + DAY)},
        "training": {"topic": "risk", "title": "Seeing risk", "hours": "2.5", **days("on", today)},
        "supervision": {"supervisor": "Pat Holm", "minutes": "Tired, more leave.", **days("on", today)},
        "appraisal": {"by_job_description": "on", "needs": "Endings", **days("on", today)},
        "induction": days("inducted_on", today),
        "badge": days("badge_on", today),
        "away": {**days("away_from", today), **days("away_until", today + 9 * DAY), "cover": ""},
        "left": days("on", today),
    }


def test_a_file_is_begun_and_changed(ada: Client, at: At, cora: User, today: date) -> None:
    sent = {"name": "Ivy Marsh", "role": "Coordinator", "mentoring": "on", "user": cora.ref, **days("began_on", today)}
    assert ada.post(at("new_staff"), {**sent, "name": ""}).status_code == 422
    assert ada.post(at("new_staff"), sent).status_code == 303
    made = Staff.objects.get()
    assert (made.user, made.one_to_one) == (cora, False)
    refused_with(ada.post(at("new_staff"), {**sent, "name": "Another"}), "has this account already")
    change = at("change_staff", made.ref)
    seen = ada.get(change).context["form"]["seen"].value()
    assert ada.post(change, {**sent, "role": "Lead", "seen": seen}).status_code == 303
    assert Record.objects.latest("seq").facts["fields"] == ["role"]
    page = refused_with(ada.post(change, {**sent, "seen": seen}), "Somebody changed", at("staff_file", made.ref))
    assert typed(page, "name") == "Ivy Marsh"


def test_each_thing_is_noted_and_shown(ada: Client, at: At, ivy: Staff, today: date) -> None:
    heading = ada.get(at("staff_file", ivy.ref)).context["heading"]
    assert heading == "Ivy Marsh: 8 things are due"
    for act, sent in noted(today).items():
        note = at("note_staff", ivy.ref, act)
        assert ada.get(note).status_code == 200
        if act != "away":
            assert ada.post(note, {}).status_code == 422, act
        assert ada.post(note, sent).status_code == 303, act
        assert Record.objects.latest("seq").subject.partition(":")[0].startswith("staff")
    answer = ada.get(at("staff_file", ivy.ref))
    page = answer.content.decode()
    assert not twice(answer.content)
    for text in ("Fern Abbot", "Enhanced", "Seeing risk", "Tired, more leave.", "Endings", "has left"):
        assert text in page
    assert ada.get(at("note_staff", ivy.ref, "nonsense")).status_code == 404


def test_after_leaving_nothing_is_added(ada: Client, at: At, ivy: Staff, today: date) -> None:
    ada.post(at("note_staff", ivy.ref, "left"), days("on", today))
    note = at("note_staff", ivy.ref, "supervision")
    page = refused_with(ada.post(note, noted(today)["supervision"]), "They have left", at("staff_file", ivy.ref))
    assert typed(page, "minutes") == "Tired, more leave."
    refused_with(ada.post(at("note_staff", ivy.ref, "left"), days("on", today)), "noted already")
    assert not StaffSupervision.objects.exists()


def test_away_needs_a_day_and_somebody_else(ada: Client, at: At, ivy: Staff, service: Service, today: date) -> None:
    other = Staff.objects.create(service=service, name="Ossie Vale", role="Worker", began_on=today)
    note = at("note_staff", ivy.ref, "away")
    assert ada.post(note, {"cover": other.ref}).status_code == 422  # from when?
    assert ada.post(note, {"cover": ivy.ref, **days("away_from", today)}).status_code == 422  # not oneself
    assert ada.post(note, {"cover": other.ref, **days("away_from", today)}).status_code == 303
    ivy.refresh_from_db()
    assert ivy.cover == other
    page = ada.get(at("staff_file", ivy.ref))
    assert page.context["heading"] == "Ivy Marsh: away"
    assert "Ossie Vale looks after the work" in page.content.decode()
    assert [row[0].text for row in ada.get(at("staff"), {"state": "away"}).context["rows"]] == ["Ivy Marsh"]
    ada.post(note, {})
    ivy.refresh_from_db()
    assert ivy.away_from is None


def test_the_outcome_of_a_check_alone_is_kept(ada: Client, at: At, ivy: Staff, today: date) -> None:
    asked = set(ada.get(at("note_staff", ivy.ref, "vetting")).context["form"].fields)
    assert asked == {"level", "on", "clear", "expires_on"}
    ada.post(at("note_staff", ivy.ref, "vetting"), {**noted(today)["vetting"], "clear": "no"})
    assert StaffVetting.objects.get().clear is False
    assert "May not work" in ada.get(at("staff_file", ivy.ref)).content.decode()


def test_the_list_says_what_is_due_first(ada: Client, at: At, ivy: Staff, today: date) -> None:
    page = ada.get(at("staff"))
    assert page.context["heading"] == "8 things are due with staff"
    assert str(page.context["tasks"][0].title).startswith("Ivy Marsh: ")
    assert ada.get(at("staff"), {"q": "nobody"}).context["rows"] == []
    assert "Ivy Marsh" in ada.get(at("staff"), {"format": "csv"}).content.decode()


def test_each_sees_their_own_file_and_no_other(
    people: Cast,
    as_user: Callable[[User], Client],
    at: At,
    ivy: Staff,
    cora: User,
    today: date,
    ada: Client,
    turned_away: Callable[..., None],
) -> None:
    for act in ("supervision", "training", "reference"):
        ada.post(at("note_staff", ivy.ref, act), noted(today)[act])
    page = as_user(cora).get(at("my_file")).content.decode()
    assert "Seeing risk" in page
    assert "Pat Holm" in page
    assert "Fern Abbot" not in page  # a reference is the leads' to read
    assert "Tired, more leave." not in page
    turned_away(at("my_file"), people.bea, people.ada)
    for url in (at("staff"), at("staff_file", ivy.ref), at("change_staff", ivy.ref), at("new_staff")):
        turned_away(url, cora, people.bea, people.cid)
    turned_away(
        at("note_staff", ivy.ref, "badge"), cora, people.bea, people.cid, method="post", **days("badge_on", today)
    )
    Staff.objects.update(ended_on=today)
    assert as_user(cora).get(at("my_file")).status_code == 404


def test_wrong_methods(ada: Client, at: At, ivy: Staff) -> None:
    for name, args in (("staff", ()), ("staff_file", (ivy.ref,)), ("my_file", ())):
        assert ada.post(at(name, *args)).status_code == 405


def test_costs_the_same_for_one_and_thirty(
    people: Cast, at: At, service: Service, ivy: Staff, today: date, queries: Callable[[str], int]
) -> None:
    def fill(one: Staff) -> None:
        StaffSupervision.objects.create(staff=one, on=today, supervisor="P", by=people.ada)
        StaffTraining.objects.create(staff=one, topic="risk", title="R", on=today)

    fill(ivy)
    everybody, one = queries(at("staff")), queries(at("staff_file", ivy.ref))
    for number in range(29):
        fill(ivy)
        fill(Staff.objects.create(service=service, name=f"S{number}", role="Worker", began_on=today))
    assert queries(at("staff")) == everybody <= 8
    assert queries(at("staff_file", ivy.ref)) == one <= 11
