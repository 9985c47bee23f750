"""The service's own page and its settings."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.test import Client

from kithwork.accounts.models import User
from kithwork.caseload.models import Practice
from kithwork.governance.actions import policies as acts
from kithwork.governance.models import Complaint, Funding, Insurance, Policy, Staff
from kithwork.ledger.models import Record
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from kithwork.web.coordinator.settings import PARTS
from tests.web.coordinator.governance.conftest import days
from tests.web.ids import twice
from tests.web.refusals import refused_with, typed

DAY = timedelta(days=1)
At = Callable[..., str]


def in_order(service: Service, today: date) -> None:
    """Insured and funded for two years."""
    until = today + 730 * DAY
    Insurance.objects.create(service=service, cover="both", insurer="Oak", begins=today, ends=until, volunteers=True)
    Funding.objects.create(service=service, source="Trust", begins=today, ends=until, state="secured", on=today)


def test_the_heading_is_the_finding(people: Cast, ada: Client, at: At, service: Service, today: date) -> None:
    assert ada.get(at("the_service")).context["heading"] == "2 things need you about the service"
    in_order(service, today)
    assert ada.get(at("the_service")).context["heading"] == "Everything about the service is in order"
    acts.begin_policy(service=service, subject="driving", by=people.ada)
    page = ada.get(at("the_service"))
    assert page.context["heading"] == "1 policy is near or past its date"
    assert page.context["tasks"][0].href == at("policy", Policy.objects.get().ref)
    assert not twice(page.content)


def test_every_task_leads_to_its_page(people: Cast, ada: Client, at: At, service: Service) -> None:
    for task in ada.get(at("the_service")).context["tasks"]:
        assert ada.get(task.href).status_code == 200


def test_each_sees_the_rooms_they_may_enter(
    people: Cast, as_user: Callable[[User], Client], at: At, service: Service, cora: User, today: date
) -> None:
    Complaint.objects.create(service=service, kind="complaint", on=today, what="Nobody rang")
    Staff.objects.create(service=service, name="Cora", role="C", began_on=today, user=cora)

    def rooms(user: User) -> set[str]:
        found = as_user(user).get(at("the_service")).context["rooms"]
        for _, rows in found:
            for row in rows:
                assert as_user(user).get(row.href).status_code == 200, row.title
        return {str(row.title) for _, rows in found for row in rows}

    base = rooms(people.cid)
    assert len(base) == 15
    assert rooms(people.bea) == base
    of_people = {"Complaints and suggestions", "What people say when asked", "Trainings", "Gatherings", "Spreadsheets"}
    of_people |= {"Ready for an award", "People’s rights"}
    assert rooms(cora) - base == {*of_people, "Your own file"}
    of_leads = {"Staff", "Settings", "Sample people", "Everything", "Mail"}
    assert rooms(people.ada) - base == {*of_people, *of_leads}


def test_the_page_costs_the_same_for_thirty(
    people: Cast, at: At, service: Service, today: date, queries: Callable[[str], int], turned_away: Callable[..., None]
) -> None:
    one = queries(at("the_service"))
    for number in range(30):
        Policy.objects.create(service=service, subject="other", title=f"P{number}")
        Staff.objects.create(service=service, name=f"S{number}", role="Worker", began_on=today)
    assert queries(at("the_service")) == one <= 20
    turned_away(at("the_service"))


def sent(at: At, ada: Client, part: str) -> dict[str, Any]:
    """What a part's form sends when nothing is changed."""
    form = ada.get(at("practice_part", part)).context["form"]
    data: dict[str, Any] = {}
    for name in form.fields:
        value = form[name].value()
        if name == "closed_until":
            data |= days(name, value)
        elif value is True:
            data[name] = "on"
        elif value is not None and value is not False:
            data[name] = str(value)
    return data


def test_every_part_is_saved_as_it_stands_without_a_trace(ada: Client, at: At, service: Service) -> None:
    before = Practice.objects.values().get()
    records = Record.objects.count()
    for part in PARTS:
        assert ada.post(at("practice_part", part), sent(at, ada, part)).status_code == 303, part
    assert Practice.objects.values().get() == before
    assert Record.objects.count() == records
    assert ada.get(at("practice")).status_code == 200
    assert ada.get(at("practice_part", "nonsense")).status_code == 404


def test_what_differs_is_saved_and_named(ada: Client, at: At, service: Service) -> None:
    data = sent(at, ada, "intervals") | {"supervision_months": "3"}
    assert ada.post(at("practice_part", "intervals"), data).status_code == 303
    assert Practice.objects.get().supervision_months == 3
    assert Record.objects.latest("seq").facts["fields"] == ["supervision_months"]
    lines = sent(at, ada, "public") | {"eligibility": "Lives here.\n\n  Is over 16. \n"}
    ada.post(at("practice_part", "public"), lines)
    assert Practice.objects.get().eligibility == ["Lives here.", "Is over 16."]


def test_two_leads_at_once(ada: Client, at: At, service: Service) -> None:
    mine = sent(at, ada, "intervals")
    ada.post(at("practice_part", "intervals"), mine | {"supervision_months": "4"})
    page = refused_with(
        ada.post(at("practice_part", "intervals"), mine | {"risk_months": "6"}), "Somebody changed this"
    )
    assert typed(page, "risk_months") == "6"
    assert ada.post(at("practice_part", "keeping"), sent(at, ada, "keeping")).status_code == 303  # another part


def test_what_settings_demand(ada: Client, at: At, service: Service) -> None:
    assert (
        ada.post(at("practice_part", "intervals"), sent(at, ada, "intervals") | {"new_weeks": "soon"}).status_code
        == 422
    )
    closed = sent(at, ada, "coming")
    closed.pop("takes_referrals")
    answer = ada.post(at("practice_part", "coming"), closed)
    assert answer.status_code == 422
    assert "Say why no referrals are taken" in answer.content.decode()
    assert ada.post(at("practice_part", "consent"), sent(at, ada, "consent") | {"risk": ""}).status_code == 422


def test_a_new_wording_counts_from_now(ada: Client, at: At, service: Service) -> None:
    data = sent(at, ada, "consent") | {"risk": "You may tell my mentor what could go wrong."}
    assert ada.post(at("practice_part", "consent"), data).status_code == 303
    assert Practice.objects.get().words_of_consent["risk"] == "You may tell my mentor what could go wrong."


def test_leads_alone_settle_how_it_works(
    people: Cast, at: At, service: Service, cora: User, turned_away: Callable[..., None]
) -> None:
    for url in (at("practice"), at("practice_part", "intervals")):
        turned_away(url, cora, people.bea, people.cid)
    turned_away(at("practice_part", "keeping"), cora, people.bea, method="post", retain_years="1")
    assert Practice.objects.get().retain_years == 6
