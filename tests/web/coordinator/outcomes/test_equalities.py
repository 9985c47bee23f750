"""Equalities: asked by link or on paper, never read by anybody, published of whole years in safe sizes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.actions import equalities
from kithwork.caseload.models import EqualityAnswer, EqualityCount, Mentee, OneTimeLink, Practice
from kithwork.caseload.queries.equalities import Whose, pseudonym_of
from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.notices.models import Message
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor

pytestmark = pytest.mark.django_db
ANSWERS = {"sex": "female", "age": "18-24", "religion-own": "Pagan"}


@pytest.fixture(autouse=True)
def unhurried() -> None:
    cache.clear()


@pytest.fixture
def cai(people: Cast, practice: Practice, today: date) -> Mentee:
    return a_mentee(people.service, today, "Cai Rowan", email="cai@people.example")


def mailed() -> str:
    """The path in the newest mail with a link to the questions."""
    return "/" + Message.objects.filter(kind="equalities-asked").latest("pk").secret.split("/", 3)[3]


def last_year(people: Cast, today: date, number: int, **given: str) -> list[Mentee]:
    """So many who came, and answered, in the year before this one."""
    came = date(today.year - 1, 3, 1)
    made = []
    for at in range(number):
        made.append(a_mentee(people.service, came, f"Person {at}", came_on=came, accepted_on=came, waiting_since=came))
        equalities.take_down(person=made[-1], given=given, by=people.ada, today=came)
    return made


def test_asked_by_mail_and_answered_by_the_person_alone(cai: Mentee, ada: Client, at: Any, today: date) -> None:
    url = at("mentee_equalities", cai.ref)
    assert "Ask the equalities questions" in ada.get(at("mentee", cai.ref)).content.decode()
    assert ada.post(url, {}).status_code == 422
    assert ada.put(url).status_code == 405
    assert ada.post(url, {"how": "mail"}).status_code == 303
    cai.refresh_from_db()
    assert cai.equalities_asked_on == today
    link = mailed()
    page = Client().get(link)
    assert (page.status_code, page["Cache-Control"], page["Referrer-Policy"]) == (200, "no-store", "strict-origin")
    assert "Cai" not in page.content.decode()
    assert Client().post(link, {"sex": "nonsense"}).status_code == 422
    assert Client().post(link, ANSWERS).status_code == 303
    row = EqualityAnswer.objects.get()
    assert row.answers == {"sex": "female", "age": "18-24", "religion": "own", "religion-own": "Pagan"}
    assert (row.whose, row.year, row.pseudonym) == ("mentee", today.year, pseudonym_of(cai))
    assert Client().get(link).status_code == 404, "spent"
    assert Client().post(link, ANSWERS).status_code == 404


def test_nothing_can_be_answered_and_that_is_an_answer(cai: Mentee, people: Cast) -> None:
    path = equalities.ask(person=cai, by=people.ada, now=timezone.now(), mail=False)
    assert Client().post(path, {}).status_code == 303
    assert EqualityAnswer.objects.get().answers == {}


def test_the_link_is_shown_once(cai: Mentee, ada: Client, at: Any) -> None:
    url = at("mentee_equalities", cai.ref)
    answer = ada.post(url, {"how": "show"})
    assert (answer.status_code, answer["Location"]) == (303, url)
    assert "/equalities/</strong>" in ada.get(url).content.decode()
    assert "/equalities/</strong>" not in ada.get(url).content.decode()


def test_without_an_address_nothing_is_mailed_and_the_choice_stays(
    cai: Mentee, ada: Client, at: Any, today: date
) -> None:
    Mentee.objects.update(email="")
    refused = ada.post(at("mentee_equalities", cai.ref), {"how": "mail"})
    assert refused.status_code == 409
    assert "No e-mail address" in refused.content.decode()
    cai.refresh_from_db()
    assert cai.equalities_asked_on is None
    assert not OneTimeLink.objects.exists()


def test_whose_answers_they_are_neither_row_nor_ledger_tells(cai: Mentee, people: Cast, today: date) -> None:
    """Not by name or reference, not by day, not by order."""
    others = [a_mentee(people.service, today, f"Person {at}") for at in range(8)]
    for one in [cai, *others]:
        path = equalities.ask(person=one, by=people.ada, now=timezone.now(), mail=False)
        assert Client().post(path, {**ANSWERS, "age": "25-34"}).status_code == 303
    rows = list(EqualityAnswer.objects.all())
    came = [pseudonym_of(one) for one in [cai, *others]]
    assert sorted(row.pseudonym for row in rows) == sorted(came)
    assert [row.pseudonym for row in rows] != came, "rows do not stand in the order in which answers came"
    fields = {field.name for field in EqualityAnswer._meta.get_fields()}
    assert fields == {"id", "service", "whose", "pseudonym", "answers", "year"}
    lines = [one for one in Record.objects.all() if one.act == "caseload.answered"]
    assert len(lines) == 9
    told = str([(one.subject, one.facts) for one in lines])
    assert len({(one.subject, str(one.facts)) for one in lines}) == 1, "all alike"
    assert not [word for row in rows for word in (row.pseudonym, str(row.pk)) if word in told]
    assert "25-34" not in told
    assert cai.ref not in told


def test_paper_is_typed_in_once_and_read_never(
    cai: Mentee, ada: Client, at: Any, turned_away: Any, today: date
) -> None:
    url = at("mentee_paper", cai.ref)
    assert ada.post(url, {"sex": "nonsense", "religion-own": "Kept words"}).status_code == 422
    assert ada.post(url, ANSWERS).status_code == 303
    again = ada.get(url).content.decode()
    assert "Pagan" not in again
    assert "checked" not in again
    assert "Pagan" not in ada.get(at("mentee", cai.ref)).content.decode()
    assert ada.post(url, {"sex": "male"}).status_code == 303
    assert EqualityAnswer.objects.get().answers == {"sex": "male"}, "the later ones count"
    turned_away(url)
    turned_away(url, "post", **ANSWERS)
    assert EqualityAnswer.objects.get().answers == {"sex": "male"}


def test_a_mentor_is_asked_alike(people: Cast, practice: Practice, ada: Client, at: Any, today: date) -> None:
    mab = a_mentor(people.service, people.ada, today, ready=False, email="mab@people.example")
    assert "Not asked yet" in ada.get(at("mentor", mab.ref)).content.decode()
    assert ada.post(at("mentor_equalities", mab.ref), {"how": "mail"}).status_code == 303
    assert "Asked on" in ada.get(at("mentor", mab.ref)).content.decode()
    assert Client().post(mailed(), ANSWERS).status_code == 303
    assert ada.post(at("mentor_paper", mab.ref), {"sex": "male"}).status_code == 303
    row = EqualityAnswer.objects.get()
    assert (row.whose, row.answers) == ("mentor", {"sex": "male"})


def test_who_has_left_is_not_asked_and_their_link_is_dead(cai: Mentee, people: Cast, today: date) -> None:
    path = equalities.ask(person=cai, by=people.ada, now=timezone.now(), mail=False)
    Mentee.objects.update(left_on=today)
    cai.refresh_from_db()
    assert Client().get(path).status_code == 404
    with pytest.raises(Refused):
        equalities.ask(person=cai, by=people.ada, now=timezone.now(), mail=False)
    with pytest.raises(Refused):
        equalities.take_down(person=cai, given={}, by=people.ada, today=today)


def test_all_who_were_not_asked_are_asked_at_once(people: Cast, cai: Mentee, ada: Client, at: Any, today: date) -> None:
    a_mentee(people.service, today, "No Address")
    a_mentee(people.service, today, "Asked Before", email="b@people.example", equalities_asked_on=today)
    a_mentee(people.service, today, "Gone", email="g@people.example", left_on=today)
    page = ada.get(at("equalities")).content.decode()
    assert "Ask 1 by e-mail" in page
    url = at("equalities_ask", "mentee")
    assert "Ask 1 mentee by e-mail?" in ada.get(url).content.decode()
    assert ada.get(at("equalities_ask", "everybody")).status_code == 404
    assert ada.post(url).status_code == 303
    assert [one.email for one in Message.objects.filter(kind="equalities-asked")] == ["cai@people.example"]


def test_published_of_whole_years_once_and_then_deleted(
    people: Cast, practice: Practice, ada: Client, at: Any, today: date
) -> None:
    page = ada.get(at("equalities")).content.decode()
    assert "Nothing is published yet" in page
    assert "Publish the counts" not in page
    assert ada.post(at("equalities_publish")).status_code == 409
    made = last_year(people, today, 17, sex="female", age="18-24")
    last_year(people, today, 4, sex="male")
    a_match(made[0], a_mentor(people.service, people.ada, today), people.ada, today)
    assert "Publish the counts" in ada.get(at("equalities")).content.decode()
    assert ada.get(at("equalities_publish")).status_code == 405
    assert ada.post(at("equalities_publish")).status_code == 303
    assert not EqualityAnswer.objects.exists()
    count = EqualityCount.objects.get()
    assert (count.whose, count.first_year, count.last_year) == ("mentee", today.year - 1, today.year - 1)
    (figures,) = count.figures
    assert (figures["people"], figures["stages"]) == (20, ["applied", "waiting", "matched"])
    assert figures["tables"]["sex"] == {"female": 15}
    text = ada.get(at("equalities")).content.decode()
    assert f"Who took part in {today.year - 1}" in text
    assert "15 to 19" in text
    assert "20 to 24" in text


def test_stages_are_those_of_the_years_end(people: Cast, practice: Practice, today: date) -> None:
    """Twenty waited and twenty were matched then; what came about since does not count."""
    made = last_year(people, today, 40, sex="female")
    mab = a_mentor(people.service, people.ada, today)
    then = date(today.year - 1, 12, 31)
    for at, one in enumerate(made):
        a_match(one, mab, people.ada, today, introduced_on=then if at < 20 else date(today.year, 1, 1))
    (count,) = equalities.publish(service=people.service, by=people.ada, today=today)
    assert [(one["stages"], one["people"]) for one in count.figures] == [
        (["applied", "waiting"], 20),
        (["matched"], 20),
    ]


def test_what_is_answered_now_changes_nothing_that_is_shown(
    people: Cast, cai: Mentee, ada: Client, at: Any, today: date
) -> None:
    """Looked at before and after somebody answers, the page is the same: with none, few, and enough published."""
    bea = a_mentee(people.service, today, "Bea")
    last_year(people, today, 19, sex="female")

    def shown() -> str:
        return ada.get(at("equalities")).content.decode().split("<main")[1].split("csrfmiddlewaretoken")[0]

    for one in (cai, bea):
        path = equalities.ask(person=one, by=people.ada, now=timezone.now(), mail=False)
        before = shown()
        assert Client().post(path, {"sex": "male"}).status_code == 303
        assert shown() == before
        if not EqualityCount.objects.exists():
            last_year(people, today, 1, sex="female")
            equalities.publish(service=people.service, by=people.ada, today=today)
    assert EqualityAnswer.objects.count() == 2, "this year's wait for its end"


def test_nineteen_are_too_few_and_wait_for_the_next_years(people: Cast, practice: Practice, today: date) -> None:
    last_year(people, today, 19, sex="female")
    with pytest.raises(Refused):
        equalities.publish(service=people.service, by=people.ada, today=today)
    one = a_mentee(people.service, today)
    equalities.take_down(person=one, given={}, by=people.ada, today=today)
    (count,) = equalities.publish(service=people.service, by=people.ada, today=date(today.year + 1, 1, 1))
    assert (count.first_year, count.last_year) == (today.year - 1, today.year)
    assert count.figures[0]["people"] == 20


def test_forgotten_with_the_person(cai: Mentee, people: Cast, today: date) -> None:
    equalities.take_down(person=cai, given={"sex": "male"}, by=people.ada, today=today)
    equalities.forget(person=cai)
    assert not EqualityAnswer.objects.exists()


def test_services_and_sides_are_kept_apart(people: Cast, cai: Mentee, today: date) -> None:
    mab = a_mentor(people.service, people.ada, today, ready=False, ref=f"{cai.ref[:-1]}x")
    mab.ref = cai.ref
    assert pseudonym_of(mab) != pseudonym_of(cai)
    assert {whose.value for whose in Whose} == {"mentee", "mentor"}


def test_who_may_see_what(
    people: Cast, cai: Mentee, at: Any, as_user: Callable[[User], Client], turned_away: Any, today: date
) -> None:
    last_year(people, today, 20, sex="female")
    for name in ("mentee_equalities", "mentee_paper"):
        turned_away(at(name, cai.ref))
        turned_away(at(name, cai.ref), "post", how="show")
    turned_away(at("equalities_publish"), "post")
    turned_away(at("equalities_ask", "mentee"), "post")
    assert not EqualityCount.objects.exists()
    cid = as_user(people.cid).get(at("equalities"))
    assert cid.status_code == 200
    assert "Publish" not in cid.content.decode()
    assert "who are here were asked" not in cid.content.decode()
    assert as_user(people.eve).get(at("equalities")).status_code == 404
    assert as_user(people.ada).get(at("equalities") + "?count=unknown").status_code == 404


def test_the_page_costs_the_same_for_one_and_thirty(
    people: Cast, cai: Mentee, ada: Client, at: Any, today: date
) -> None:
    with CaptureQueriesContext(connection) as one:
        assert ada.get(at("equalities")).status_code == 200
    last_year(people, today, 30, sex="female")
    with CaptureQueriesContext(connection) as thirty:
        assert ada.get(at("equalities")).status_code == 200
    assert len(thirty) == len(one) <= 12
