"""People's rights at a service: requests with their clock, the answer, erasing after a typed name, holds, periods, what
goes soon, the register. Coordinators answer; leads erase, hold and set periods.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import Mentee, Mentor, Referral
from kithwork.core.keeping import ERASED, Kind
from kithwork.governance.models import Staff
from kithwork.ledger.models import Record
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from kithwork.rights.actions import Right, ask, hold
from kithwork.rights.models import Asked, Hold
from kithwork.rights.queries import periods_of
from tests.running import a_match, a_mentee, a_mentor

At = Callable[..., str]
Queries = Callable[[str], int]


@pytest.fixture
def cai(people: Cast, service: Service, today: date) -> Mentee:
    return a_mentee(service, today, "Cai Rowan", email="cai@example.org")


@pytest.fixture
def mab(people: Cast, service: Service, today: date) -> Mentor:
    return a_mentor(service, people.ada, today, "Mab Sorrel")


def asked(people: Cast, cai: Mentee, today: date, right: Right = Right.RECTIFY) -> Asked:
    return ask(
        organisation=people.provider, service=people.service, right=right, subject=f"mentee:{cai.ref}",
        words="I was born in May.", by=None, today=today,
    )  # fmt: skip


# Requests


def test_what_came_by_telephone_is_written_down_and_stands_on_today(
    cora: User, as_user: Callable[[User], Client], at: At, cai: Mentee, today: date
) -> None:
    client = as_user(cora)
    assert "Nobody waits for an answer" in client.get(at("rights")).content.decode()
    url = at("right_new", "mentee", cai.ref)
    assert "Cai Rowan" in client.get(url).content.decode()
    assert client.post(url, {"words": "x"}).status_code == 422
    assert client.post(url, {"right": "rectify", "words": "I was born in May."}).status_code == 303
    made = Asked.objects.get()
    assert (made.subject, made.by, made.came_on) == (f"mentee:{cai.ref}", cora, today)
    assert timedelta(days=28) <= made.due_on - made.came_on <= timedelta(days=31)
    again = client.post(url, {"right": "rectify", "words": "Once more."})
    assert again.status_code == 409
    assert "Once more." in again.content.decode()
    said = "Cai Rowan says that something held about them is wrong"
    for page in (at("today"), at("rights")):
        assert said in client.get(page).content.decode()
    assert "born in May" not in str(Record.objects.get(act="rights.asked").facts)


def test_it_is_answered_with_what_was_changed_or_why_not(
    cora: User, as_user: Callable[[User], Client], at: At, cai: Mentee, people: Cast, today: date
) -> None:
    client, row = as_user(cora), asked(people, cai, today)
    url = at("right_asked", row.ref)
    page = client.get(url).content.decode()
    for said in ("I was born in May.", at("mentee", cai.ref)):
        assert said in page
    assert at("mentee_everything", cai.ref) not in page
    assert client.post(url, {"outcome": "done", "words": ""}).status_code == 422
    assert client.post(url, {"outcome": "done", "words": "Put right."}).status_code == 303
    row.refresh_from_db()
    assert (row.outcome, row.answer, row.answered_by) == ("done", "Put right.", cora)
    assert "Put right." in client.get(url).content.decode()
    late = client.post(url, {"outcome": "refused", "words": "Something else."})
    assert late.status_code == 409
    assert "Something else." in late.content.decode()
    assert "Answered" in client.get(at("rights")).content.decode()


def test_an_overdue_one_says_so(ada: Client, at: At, cai: Mentee, people: Cast, today: date) -> None:
    asked(people, cai, today - timedelta(days=40))
    page = ada.get(at("rights")).content.decode()
    assert "1 request about somebody’s data waits, 1 overdue" in page
    assert "Overdue" in page


def test_who_asks_to_be_erased_leads_the_lead_to_the_preview(
    ada: Client, at: At, cai: Mentee, people: Cast, today: date
) -> None:
    page = ada.get(at("right_asked", asked(people, cai, today, Right.ERASE).ref)).content.decode()
    assert at("mentee_erase", cai.ref) in page


# Erasing


def test_erased_after_the_preview_and_a_typed_name(ada: Client, at: At, cai: Mentee, today: date) -> None:
    Referral.objects.create(mentee=cai, source="self", came_on=cai.came_on, why="Alone.")
    url = at("mentee_erase", cai.ref)
    page = ada.get(url).content.decode()
    for said in ("Erase Cai Rowan?", "Referrals", "What stays, and why", "The record of acts"):
        assert said in page
    wrong = ada.post(url, {"name": "Cai"})
    assert wrong.status_code == 422
    assert not Mentee.objects.filter(erased_at__isnull=False).exists()
    assert ada.post(url, {"name": " cai ROWAN "}).status_code == 303
    cai.refresh_from_db()
    assert (cai.name, cai.email) == (ERASED, "")
    for name in ("mentee", "mentee_edit", "mentee_erase", "mentee_everything"):
        gone = ada.get(at(name, cai.ref))
        assert gone.status_code == 410
        assert f"erased on {today:%d/%m/%Y}" in gone.content.decode()
    assert "Cai" not in ada.get(at("mentees")).content.decode()
    for page_name in ("today", "matches", "rights"):
        assert ada.get(at(page_name)).status_code == 200


def test_what_stands_in_the_way_is_said_and_nothing_is_done(
    ada: Client, at: At, cai: Mentee, mab: Mentor, people: Cast, today: date
) -> None:
    a_match(cai, mab, people.ada, today)
    for url, name in ((at("mentee_erase", cai.ref), "Cai Rowan"), (at("mentor_erase", mab.ref), "Mab Sorrel")):
        page = ada.get(url).content.decode()
        assert f"{name} cannot be erased yet" in page
        assert "A match runs or is proposed" in page
        assert "Type the name" not in page
        assert ada.post(url, {"name": name}).status_code == 409
    assert not Record.objects.filter(act="caseload.erased").exists()


def test_a_mentor_a_referrer_a_staff_file(
    ada: Client, at: At, cai: Mentee, mab: Mentor, service: Service, today: date
) -> None:
    referral = Referral.objects.create(
        mentee=cai, source="agency", came_on=cai.came_on, name="Nerys Pugh", email="n@example.org"
    )
    staff = Staff.objects.create(service=service, name="Ida Penn", role="Lead", began_on=today - timedelta(days=9))
    assert "Ida Penn cannot be erased yet" in ada.get(at("staff_erase", staff.ref)).content.decode()
    Staff.objects.update(ended_on=today - timedelta(days=1))
    assert at("staff_erase", staff.ref) in ada.get(at("staff_file", staff.ref)).content.decode()
    assert at("referrer_erase", referral.ref) in ada.get(at("referral", referral.ref)).content.decode()
    assert at("mentor_erase", mab.ref) in ada.get(at("mentor", mab.ref)).content.decode()
    for name, ref, said in (
        ("mentor_erase", mab.ref, "Mab Sorrel"),
        ("referrer_erase", referral.ref, "Nerys Pugh"),
        ("staff_erase", staff.ref, "Ida Penn"),
    ):
        assert f"Erase {said}?" in ada.get(at(name, ref)).content.decode()
        assert ada.post(at(name, ref), {"name": said}).status_code == 303
    assert ada.get(at("mentor", mab.ref)).status_code == 410
    assert ada.get(at("referral", referral.ref)).status_code == 200
    assert ada.get(at("staff_file", staff.ref)).status_code == 404


# Holds


def test_a_hold_begins_keeps_and_ends(ada: Client, at: At, cai: Mentee) -> None:
    assert "No record is held" in ada.get(at("right_holds")).content.decode()
    url = at("right_hold", "mentee", cai.ref)
    assert ada.post(url, {"reason": ""}).status_code == 422
    assert ada.post(url, {"reason": "A claim."}).status_code == 303
    assert ada.post(url, {"reason": "Another."}).status_code == 409
    assert "The record is held" in ada.get(at("mentee_erase", cai.ref)).content.decode()
    assert ada.post(at("mentee_erase", cai.ref), {"name": "Cai Rowan"}).status_code == 409
    row = Hold.objects.get()
    listed = ada.get(at("right_holds")).content.decode()
    assert "1 record is held" in listed
    assert "A claim." in listed
    assert ada.post(at("right_hold_end", row.ref)).status_code == 303
    assert ada.post(at("right_hold_end", row.ref)).status_code == 409
    assert ada.post(at("mentee_erase", cai.ref), {"name": "Cai Rowan"}).status_code == 303
    assert "A claim." not in str(list(Hold.objects.values())), "what was held of them is emptied too"


def test_a_staff_file_and_whoever_applies_to_mentor_are_held_too(
    ada: Client, at: At, people: Cast, service: Service, today: date
) -> None:
    staff = Staff.objects.create(
        service=service, name="Rhys Lowe", role="Coordinator", began_on=date(2020, 1, 1), ended_on=date(2021, 1, 1)
    )
    applies = a_mentor(service, people.ada, today, "Nia Cope", accepted_on=None)
    for side, one, erase in (("staff", staff, "staff_erase"), ("mentor", applies, "mentor_erase")):
        assert ada.post(at("right_hold", side, one.ref), {"reason": "A claim."}).status_code == 303
        assert "The record is held" in ada.get(at(erase, one.ref)).content.decode()
        assert ada.post(at(erase, one.ref), {"name": one.name}).status_code == 409
    listed = ada.get(at("right_holds")).content.decode()
    assert "Rhys Lowe" in listed
    assert "Nia Cope" in listed
    assert at("right_hold", "staff", staff.ref) in ada.get(at("staff_file", staff.ref)).content.decode()
    assert ada.get(at("right_hold", "staff", "nobody")).status_code == 404
    assert ada.get(at("right_hold", "stranger", staff.ref)).status_code == 404


# Periods, what goes, the register


def test_periods_are_set_within_their_bounds(ada: Client, at: At, service: Service, today: date) -> None:
    url = at("right_periods")
    page = ada.get(url).content.decode()
    assert "What was said at meetings and calls" in page
    now = {kind.value: months for kind, months in periods_of(service, 6).items() if months}
    assert ada.post(url, {**now, "contact": "5"}).status_code == 422
    assert ada.post(url, {**now, "contact": "36"}).status_code == 303
    assert periods_of(service, 6)[Kind.CONTACT] == 36
    assert Record.objects.filter(act="rights.period_set").count() == 1
    assert "36 months" not in ada.get(at("right_going")).content.decode()
    a_mentee(service, today, "Ola Finch", came_on=date(2010, 1, 1), accepted_on=None, waiting_since=None,
             left_on=date(2012, 1, 1))  # fmt: skip
    going = ada.get(at("right_going")).content.decode()
    assert "1 record goes tonight, 1 within 30 days" in going
    assert "Ola" not in going


def test_the_register_is_a_page_and_a_csv(
    ada: Client, at: At, service: Service, people: Cast, as_user: Callable[[User], Client]
) -> None:
    page = as_user(people.cid).get(at("right_register")).content.decode()
    for said in ("Concerns about somebody’s safety", "6 years after they left", "Legitimate interests"):
        assert said in page
    answer = ada.get(at("right_register") + "?format=csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "Vetting" in b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()


# Doors


def test_leads_alone_erase_hold_and_set(
    people: Cast, at: At, cora: User, cai: Mentee, mab: Mentor, turned_away: Callable[..., None]
) -> None:
    held = hold(organisation=people.provider, service=people.service, subject=f"mentee:{cai.ref}", reason="x",
                by=people.ada, today=timezone.localdate())  # fmt: skip
    for url in (
        at("mentee_erase", cai.ref), at("mentor_erase", mab.ref), at("right_holds"), at("right_periods"),
        at("right_hold", "mentee", cai.ref), at("right_hold_end", held.ref),
    ):  # fmt: skip
        for method in ("get", "post"):
            if url == at("right_holds") and method == "post":
                continue
            turned_away(url, cora, people.bea, people.cid, people.eve, method=method)
    for url in (at("rights"), at("right_going"), at("right_new", "mentee", cai.ref)):
        turned_away(url, people.bea, people.cid, people.eve)
    assert not Record.objects.filter(act="caseload.erased").exists()


def test_wrong_method_and_wrong_side(ada: Client, at: At, cai: Mentee) -> None:
    assert ada.post(at("rights")).status_code == 405
    assert ada.put(at("mentee_erase", cai.ref)).status_code == 405
    assert ada.get(at("right_new", "staff", cai.ref)).status_code == 404
    assert ada.get(at("right_hold", "mentor", cai.ref)).status_code == 404


def test_as_many_queries_at_30_rows(at: At, queries: Queries, people: Cast, service: Service, today: date) -> None:
    def add(number: int) -> None:
        for each in range(number):
            asked(people, a_mentee(service, today, f"Cai {each}"), today)

    add(1)
    one = [queries(at(name)) for name in ("rights", "today")]
    add(29)
    assert [queries(at(name)) for name in ("rights", "today")] == one
