"""The eleven registers: each does it, keeps strangers out, says what is wrong, and costs the same for many rows."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from kithwork.accounts.models import User
from kithwork.governance.actions.entries import enter
from kithwork.governance.models import Complaint, Insurance, Risk, Target
from kithwork.governance.queries.entries import entries_of
from kithwork.governance.registers import Register
from kithwork.ledger.models import Record
from kithwork.organisations import actions as organisations
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor
from tests.web.coordinator.governance.conftest import days
from tests.web.ids import twice
from tests.web.refusals import refused_with, typed

DAY = timedelta(days=1)
At = Callable[..., str]


def answers(today: date) -> dict[Register, dict[str, Any]]:
    """What a form of each register is sent."""
    return {
        Register.INSURANCE: {
            "cover": "both", "insurer": "Oak", "volunteers": "on", **days("begins", today), **days("ends", today + DAY)
        },
        Register.RISKS: {
            "what": "The hall floods", "likelihood": "1", "impact": "3", "owner": "Ada",
            **days("due_on", today), **days("reviewed_on", today),
        },
        Register.TRUSTEES: {"name": "Pat Holm", "office": "Chair", **days("since", today)},
        Register.MEETINGS: {"kind": "board", "about": "Plans", **days("on", today)},
        Register.FUNDING: {
            "source": "A trust", "pounds": "£1,200", "state": "secured",
            **days("on", today), **days("begins", today), **days("ends", today),
        },
        Register.OUTCOMES: {"what": "Less alone", "seen_by": "Four questions", **days("begun_on", today)},
        Register.TARGETS: {"year": str(today.year), "counts": "matched", "aim": "12"},
        Register.EVALUATIONS: {"title": "Survey", "groups": ["clients", "staff"], "words": "on", **days("on", today)},
        Register.COMPLAINTS: {"kind": "complaint", "what": "Nobody rang", **days("on", today)},
        Register.CHANGES: {"weakness": "Slow answers", **days("seen_on", today)},
        Register.PRACTICE: {"kind": "story", "what": "A story in the paper", **days("on", today)},
    }  # fmt: skip


TYPED = {  # a field of each in which people type
    Register.INSURANCE: "insurer",
    Register.RISKS: "what",
    Register.TRUSTEES: "name",
    Register.MEETINGS: "about",
    Register.FUNDING: "source",
    Register.OUTCOMES: "what",
    Register.TARGETS: "aim",
    Register.EVALUATIONS: "title",
    Register.COMPLAINTS: "what",
    Register.CHANGES: "weakness",
    Register.PRACTICE: "what",
}
EACH = pytest.mark.parametrize("register", list(Register), ids=str)


def rows(service: Service, register: Register) -> Any:
    return entries_of(service, register)


@EACH
def test_an_entry_is_made_shown_and_corrected(
    ada: Client, at: At, service: Service, today: date, register: Register
) -> None:
    data = answers(today)[register]
    answer = ada.post(at(f"register_{register}_new"), data)
    assert answer.status_code == 303
    entry = rows(service, register).get()
    page = ada.get(at(f"register_{register}")).content.decode()
    assert at(f"register_{register}_one", entry.ref) in page
    shown = ada.get(at(f"register_{register}_one", entry.ref))
    assert not twice(shown.content)
    seen = shown.context["form"]["seen"].value()
    before = Record.objects.count()
    assert ada.post(at(f"register_{register}_one", entry.ref), {**data, "seen": seen}).status_code == 303
    assert Record.objects.count() == before  # nothing differs, so nothing is written
    name = TYPED[register]
    changed = {**data, name: "13" if name == "aim" else "Something else", "seen": seen}
    assert ada.post(at(f"register_{register}_one", entry.ref), changed).status_code == 303
    last = Record.objects.latest("seq")
    assert last.facts["fields"] == [name]
    assert last.subject == f"{register}:{entry.ref}"


@EACH
def test_empty_forms_say_what_is_missing(ada: Client, at: At, service: Service, register: Register) -> None:
    answer = ada.post(at(f"register_{register}_new"), {})
    assert answer.status_code == 422
    assert b"There is a problem" in answer.content
    assert not rows(service, register).exists()


@EACH
def test_a_change_in_between_is_told_and_what_was_typed_stays(
    people: Cast, ada: Client, at: At, service: Service, today: date, register: Register
) -> None:
    data = answers(today)[register]
    ada.post(at(f"register_{register}_new"), data)
    entry = rows(service, register).get()
    address = at(f"register_{register}_one", entry.ref)
    page = refused_with(ada.post(address, {**data, "seen": "00000000"}), "Somebody changed this", address)
    assert typed(page, TYPED[register]) == data[TYPED[register]]


@EACH
def test_strangers_see_nothing_and_readers_write_nothing(
    people: Cast,
    as_user: Callable[[User], Client],
    ada: Client,
    at: At,
    service: Service,
    today: date,
    register: Register,
    turned_away: Callable[..., None],
) -> None:
    data = answers(today)[register]
    ada.post(at(f"register_{register}_new"), data)
    one = at(f"register_{register}_one", rows(service, register).get().ref)
    private = register is Register.COMPLAINTS
    kept_out = (people.bea, people.cid) if private else ()
    for url in (at(f"register_{register}"), one):
        turned_away(url, *kept_out)
    turned_away(at(f"register_{register}_new"), people.cid, *kept_out, method="post", **data)
    turned_away(one, people.cid, *kept_out, method="post", **data)
    assert rows(service, register).count() == 1
    if not private:
        reader = as_user(people.cid)
        assert reader.get(at(f"register_{register}")).status_code == 200
        assert b"Save" not in reader.get(one).content
        assert as_user(people.bea).get(at(f"register_{register}_new")).status_code == 200


@EACH
def test_a_list_is_only_read(ada: Client, at: At, register: Register) -> None:
    assert ada.post(at(f"register_{register}")).status_code == 405
    assert ada.put(at(f"register_{register}_new")).status_code == 405


@EACH
def test_another_services_entry_is_not_here(
    people: Cast, ada: Client, at: At, today: date, register: Register, service: Service
) -> None:
    ada.post(at(f"register_{register}_new"), answers(today)[register])
    entry = rows(service, register).get()
    other = Register.RISKS if register is not Register.RISKS else Register.FUNDING
    assert ada.get(at(f"register_{other}_one", entry.ref)).status_code == 404
    elsewhere = organisations.open_service(organisation=people.elsewhere, name="Elsewhere Mentors", by=people.eve)
    type(entry).objects.update(service=elsewhere)
    assert ada.get(at(f"register_{register}_one", entry.ref)).status_code == 404


@EACH
def test_the_list_costs_the_same_for_thirty_and_goes_out_as_csv(
    people: Cast,
    ada: Client,
    at: At,
    service: Service,
    today: date,
    register: Register,
    queries: Callable[[str], int],
) -> None:
    ada.post(at(f"register_{register}_new"), answers(today)[register])
    address = at(f"register_{register}")
    one = queries(address)
    entry = rows(service, register).get()
    for number in range(29):
        entry.pk, entry.ref = None, f"{number:012d}"
        if isinstance(entry, Target):
            entry.year = today.year - number - 1
        entry._state.adding = True
        entry.save()
    assert queries(address) == one <= 12
    table = ada.get(address, {"format": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(table) == 31
    fields = ada.get(address).context["form"].fields
    for state, _ in fields["state"].choices if "state" in fields else ():
        assert ada.get(address, {"state": state, "q": "zz"}).status_code == 200


def test_one_target_a_year_for_each_figure(ada: Client, at: At, service: Service, today: date) -> None:
    data = answers(today)[Register.TARGETS]
    ada.post(at("register_targets_new"), data)
    refused_with(ada.post(at("register_targets_new"), data), "already")
    other = {**data, "counts": "other", "what": "Walks"}
    assert ada.post(at("register_targets_new"), other).status_code == 303
    assert ada.post(at("register_targets_new"), {**other, "what": ""}).status_code == 422


def test_a_target_counts_what_the_records_hold(
    people: Cast, ada: Client, at: At, service: Service, today: date
) -> None:
    enter(register=Register.TARGETS, service=service, by=people.ada, year=today.year - 1, counts="matched", aim=1)
    a_match(
        a_mentee(service, today - 400 * DAY),
        a_mentor(service, people.ada, today - 400 * DAY),
        people.ada,
        date(today.year - 1, 6, 1),
        introduced_on=date(today.year - 1, 5, 1),
    )
    page = ada.get(at("register_targets")).content.decode()
    assert "Reached" in page
    assert ada.get(at("register_targets"), {"format": "csv"}).content.decode().splitlines()[1].split(",")[2:5] == [
        "1",
        "1",
        "Reached",
    ]


def test_the_headings_say_the_finding(people: Cast, ada: Client, at: At, service: Service, today: date) -> None:
    def heading(register: str) -> str:
        return str(ada.get(at(f"register_{register}")).context["heading"])

    assert heading("insurance") == "Not insured today: employers’ liability, public liability and volunteers"
    both = {"service": service, "insurer": "Oak", "begins": today, "ends": today, "volunteers": True}
    Insurance.objects.create(cover="both", **both)
    assert heading("insurance").startswith("Insured in all that is asked until")
    assert heading("funding") == "No funding is written down yet"
    assert heading("risks") == "No risks are written down yet"
    Risk.objects.create(service=service, what="Floods", reviewed_on=today)
    assert heading("risks") == "1 risk has nobody or no date yet"
    Risk.objects.update(owner="Ada", due_on=today - DAY)
    assert heading("risks") == "1 action against risks is overdue"
    Risk.objects.update(due_on=today)
    assert heading("risks") == "Every open risk has somebody and a date"
    Complaint.objects.create(service=service, kind="complaint", on=today - 35 * DAY, what="Nobody rang")
    assert heading("complaints") == "One has waited 5 weeks for an answer"


def test_an_answer_needs_its_day_and_a_day_its_answer(ada: Client, at: At, today: date) -> None:
    data = answers(today)[Register.COMPLAINTS]
    assert ada.post(at("register_complaints_new"), {**data, "answer": "Sorry"}).status_code == 422
    assert ada.post(at("register_complaints_new"), {**data, **days("answered_on", today)}).status_code == 422
    sent = {**data, "answer": "Sorry", **days("answered_on", today), "upheld": "True"}
    assert ada.post(at("register_complaints_new"), sent).status_code == 303
    assert Complaint.objects.get().upheld is True


def test_days_go_forwards_and_what_was_done_is_not_to_come(ada: Client, at: At, today: date) -> None:
    data = answers(today)[Register.INSURANCE] | days("ends", today - DAY)
    answer = ada.post(at("register_insurance_new"), data)
    assert answer.status_code == 422
    assert "This cannot be before ‘First day’" in answer.content.decode()
    late = ada.post(at("register_meetings_new"), answers(today)[Register.MEETINGS] | days("on", today + DAY))
    assert late.status_code == 422
    assert "still to come" in late.content.decode()
