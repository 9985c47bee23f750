"""One requirement: its checks in words and figures, who fails first, each one click from where it is mended."""

from datetime import timedelta

import pytest
from django.urls import resolve
from lxml import html

from kithwork.caseload.models import Contact
from kithwork.core.days import add_months
from kithwork.core.readiness.catalogue import KINDS
from kithwork.governance.models import Staff
from kithwork.procedures import applying
from kithwork.readiness import keeping
from kithwork.readiness.models import KeptAnswers
from kithwork.web.coordinator.readiness.mending import BY_KEY, BY_SUBJECT, mend_of
from tests.running import a_match, a_mentee, a_mentor
from tests.web.coordinator.readiness.conftest import approved, overdue

pytestmark = pytest.mark.django_db


def text_of(page: bytes) -> str:
    return " ".join(html.fromstring(page).xpath("string(//main)").split())


def test_the_figure_the_definition_and_who_fails(desk, at, looked, practice, today):
    first, second = overdue(practice, today, 2)
    page = desk.get(looked("readiness_one", "42")).content
    text = text_of(page)
    assert "Indicator 42: Client contacts Not met" in text
    assert "0 of 2 mentees" in text
    assert "Staff have reached every mentee" in text
    rows = [
        (row.xpath("string(./th)"), row.xpath("./th/a/@href")[0]) for row in html.fromstring(page).xpath("//tbody/tr")
    ]
    assert rows == [
        (second.name, at("mentee_contact", second.ref)),
        (first.name, at("mentee_contact", first.ref)),
    ]  # the longest unheard first
    assert desk.get(rows[0][1]).status_code == 200


def test_what_is_on_the_record_of_a_matchs_mentee_leads_there(desk, at, looked, practice, people, today):
    cai, mab = a_mentee(people.service, today), a_mentor(people.service, people.ada, today)
    a_match(cai, mab, people.ada, today)
    hrefs = html.fromstring(desk.get(looked("readiness_one", "43")).content).xpath("//tbody/tr/th/a/@href")
    assert f"{at('mentee_risk', cai.ref)}?kind=activity" in hrefs
    assert {desk.get(href).status_code for href in hrefs} == {200}


def test_whoever_comes_back_from_mending_sees_what_it_did(desk, at, looked, practice, people, today):
    """Though all together was slow to count, and is therefore shown as it was for some minutes."""
    first, _ = overdue(practice, today, 2)
    desk.get(looked("readiness_map"))
    KeptAnswers.objects.update(took_ms=keeping.SLOW + 1)
    on = {"on_day": today.day, "on_month": today.month, "on_year": today.year}
    said = {"way": "phone", "reached": "yes", "words": "All is well.", **on}
    assert desk.post(at("mentee_contact", first.ref), said).status_code == 303
    assert "records have changed since" in text_of(desk.get(looked("readiness_map")).content)
    page = text_of(desk.get(looked("readiness_one", "42")).content)
    assert "1 of 2 mentees" in page
    assert first.name not in page
    assert "records have changed since" not in page
    assert "1 of 2 mentees" in text_of(desk.get(looked("readiness_rows", "42", 1)).content)


def test_ten_are_shown_and_a_link_leads_to_all(desk, looked, practice, today):
    overdue(practice, today, 12)
    tree = html.fromstring(desk.get(looked("readiness_one", "42")).content)
    assert len(tree.xpath("//tbody/tr")) == 10
    assert looked("readiness_rows", "42", 1) in tree.xpath("//a/@href")


def test_until_when_it_holds(desk, looked, practice, people, today):
    approved(practice, people.ada, add_months(today, -36) + timedelta(days=200))
    text = text_of(desk.get(looked("readiness_one", "8")).content)
    assert "1 of 1 policy" in text
    assert "It holds until" in text


def test_where_there_is_nothing_it_leads_to_the_first_step(desk, at, looked, practice):
    page = desk.get(looked("readiness_one", "8")).content
    assert "There is no policy on this subject" in text_of(page)
    assert at("policies") in html.fromstring(page).xpath("//main//a/@href")


def test_where_nobody_to_ask_about_is_no_gap_nothing_is_to_be_begun(desk, looked, practice):
    page = desk.get(looked("readiness_one", "43")).content
    assert "No mentor visits a home. Nothing to ask about" in text_of(page)
    sections = html.fromstring(page).xpath("//div[@class='kw-readiness__check']")
    (nobody,) = [section for section in sections if "No mentor visits a home" in section.text_content()]
    assert not nobody.xpath(".//a")


def test_what_no_record_can_show_says_how_it_is_shown(desk, looked):
    page = desk.get(looked("readiness_one", "1")).content
    assert "No record that you keep here can show this" in text_of(page)
    assert "Board members have joined in" in text_of(page)
    assert "Count again" not in text_of(page)


def test_the_names_on_staff_files_are_for_leads(desk, as_user, looked, practice, people, today):
    Staff.objects.create(
        service=practice.service, name="Sol Penn", role="Coordinator", began_on=today - timedelta(days=300)
    )
    page = desk.get(looked("readiness_one", "29")).content.decode()
    assert "Sol Penn" not in page
    assert "0 of 1 member of staff" in page
    assert "Staff files are for leads alone" in page
    assert "Sol Penn" in as_user(people.ada).get(looked("readiness_one", "29")).content.decode()


def test_evidence_on_an_open_journey_is_linked(desk, looked, practice, people, offered, today):
    journey = applying.begin(edition=offered, service=people.service, by=people.ada, today=today)
    page = desk.get(looked("readiness_one", "8")).content.decode()
    assert f"/journeys/{journey.ref}/requirements/8/" in page


def test_what_is_absent_is_not_found(desk, looked):
    assert desk.get(looked("readiness_one", "999")).status_code == 404
    assert desk.get(looked("readiness_one", "e3")).status_code == 404  # not asked for the award
    assert desk.get(looked("readiness_one", "e3", level="excellence")).status_code == 200


def test_others_are_turned_away(turned_away, looked, practice, today):
    overdue(practice, today, 1)
    turned_away(looked("readiness_one", "42"))


def test_it_is_only_looked_at(desk, looked):
    assert desk.post(looked("readiness_one", "42")).status_code == 405


def test_it_costs_the_same_for_one_and_thirty(queries, looked, practice, people, today):
    overdue(practice, today, 1)
    first = queries(looked("readiness_one", "42"))
    for mentee in overdue(practice, today, 29)[:10]:
        Contact.objects.create(service=practice.service, kind="mentee", mentee=mentee, on=today, by=people.ada)
    assert queries(looked("readiness_one", "42")) == first <= 11


@pytest.mark.parametrize("key", sorted(KINDS))
def test_every_check_has_a_page_on_which_it_is_mended(key, at):
    kind = KINDS[key]
    mend = mend_of(kind.model_construct())
    assert mend is BY_KEY.get(key, BY_SUBJECT[kind.subject])
    assert mend.address("lanternside", "abcdefghjkmn").startswith("/run/lanternside/")
    assert not mend.first or mend.begin("lanternside").text
    assert BY_SUBJECT[kind.subject].address("lanternside", "abcdefghjkmn")


def test_the_table_of_pages_names_no_check_that_does_not_exist():
    assert set(BY_KEY) <= set(KINDS)


REFERS = {
    "policy": "policy", "risk": "entry", "target": "entry", "change": "entry", "resource": "resource",
    "staff": "staff", "referral": "referral", "mentee": "mentee", "applicant": "mentor", "mentor": "mentor",
    "training": "training", "match": "match", "ending": "match", "gathering": "gathering",
}  # fmt: skip


@pytest.mark.parametrize("key", sorted(KINDS))
def test_the_reference_of_a_row_is_of_the_thing_its_page_is_about(key):
    """A page about a match is not given a mentee."""
    kind = KINDS[key]
    for mend in {BY_KEY.get(key, BY_SUBJECT[kind.subject]), BY_SUBJECT[kind.subject]}:
        names = list(resolve(mend.address("lanternside", "abcdefghjkmn").partition("?")[0]).captured_kwargs)
        of = "mentee" if mend.mentee else REFERS.get(kind.subject)
        assert not mend.ref or names[1] == of, mend
        assert not mend.mentee or REFERS[kind.subject] == "match"
