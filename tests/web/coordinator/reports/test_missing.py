"""What records lack: how many of each kind, and each row one click from being mended."""

import csv
import io
from datetime import timedelta

import pytest

from kithwork.caseload.models import Consent, Match, Measure, Measurement, Mentee, Mentor
from kithwork.caseload.queries.lines import counts_of
from kithwork.caseload.queries.missing import Lack, lacking
from tests.running import a_match, a_mentee, a_mentor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bare(people, practice, today):
    """A match of two people of whom next to nothing is on record."""
    return a_match(a_mentee(people.service, today), a_mentor(people.service, people.ada, today), people.ada, today,
                   first_met_on=None)  # fmt: skip


def counts(practice, today):
    return counts_of(lacking(practice, today))


def test_every_gap_is_counted_until_it_is_mended(practice, bare, people, today):
    assert {lack for lack, number in counts(practice, today).items() if not number} == {
        Lack.MENTEE_BASELINE, Lack.MENTOR_BASELINE, Lack.MENTOR_DATA,
    }  # fmt: skip
    Mentee.objects.update(phone="01632 960000", emergency="His aunt", needs=["company"], interests=["chess"],
                          availability=["mon-am"], born=today - timedelta(days=9000))  # fmt: skip
    Mentor.objects.update(email="mab@mentors.example", emergency="Her son", interests=["chess"],
                          availability=["mon-am"])  # fmt: skip
    for kind in ("data", "third-parties", "risk", "reviews"):
        Consent.objects.create(mentee=bare.mentee, kind=kind, answer="refused", on=today, wording="May we?")
    bare.mentee.risk_assessments.create(kind="person", on=today, level="low", by=people.ada)
    bare.plans.create(on=today, aims="To get out more")
    bare.agreements.create(drawn_up_on=today, mentee_on=today, mentor_on=today, service_on=today, by=people.ada)
    Match.objects.update(first_met_on=today, meets="Fridays, at the library", looks_after=people.ada)
    assert sum(counts(practice, today).values()) == 0


def test_one_consent_that_was_not_asked_is_a_gap(practice, bare, today):
    for kind in ("third-parties", "risk"):
        Consent.objects.create(mentee=bare.mentee, kind=kind, answer="given", on=today, wording="May we?")
    assert counts(practice, today)[Lack.MENTEE_SHARING] == 1
    Consent.objects.create(mentee=bare.mentee, kind="reviews", answer="refused", on=today, wording="May we?")
    assert counts(practice, today)[Lack.MENTEE_SHARING] == 0


def test_a_baseline_is_missing_only_where_something_is_measured(practice, bare, people, today):
    scale = Measure.objects.create(service=people.service, name="Confidence", question="How sure?", begun_on=today)
    assert counts(practice, today)[Lack.MENTEE_BASELINE] == 1
    assert counts(practice, today)[Lack.MENTOR_BASELINE] == 0
    Measurement.objects.create(measure=scale, mentee=bare.mentee, on=today, value=4)
    assert counts(practice, today)[Lack.MENTEE_BASELINE] == 0


def test_whoever_has_left_lacks_nothing(practice, bare, today):
    yesterday = today - timedelta(days=1)
    Match.objects.update(ended_on=yesterday)
    Mentee.objects.update(left_on=yesterday)
    Mentor.objects.update(left_on=yesterday)
    assert sum(counts(practice, today).values()) == 0


def test_the_page_counts_and_each_list_leads_to_where_it_is_mended(desk, at, practice, bare, today):
    page = desk.get(at("missing")).content.decode()
    assert f"{sum(counts(practice, today).values())} things are missing on records" in page
    for lack, number in counts(practice, today).items():
        address = at("missing_all", lack.value)
        assert (address in page) is bool(number), lack
        rows = desk.get(address)
        assert rows.status_code == 200
        if number:
            href = next(part.split('"')[0] for part in rows.content.decode().split('href="')
                        if bare.mentee.ref in part or bare.mentor.ref in part or bare.ref in part)  # fmt: skip
            assert desk.get(href.partition("#")[0]).status_code == 200, href


def test_a_list_is_searched_and_downloaded(desk, at, people, bare, today):
    a_mentee(people.service, today, "Ola Finch")
    address = at("missing_all", "mentee-born")
    assert "2 mentees without a date of birth" in desk.get(address).content.decode()
    found = desk.get(f"{address}?q=ola").content.decode()
    assert "Ola Finch" in found
    assert "Cai Rowan" not in found
    rows = list(csv.DictReader(io.StringIO(desk.get(f"{address}?format=csv").content.decode("utf-8-sig"))))
    assert [row["Who"] for row in rows] == ["Cai Rowan", "Ola Finch"]


def test_a_complete_service_is_told_so(desk, at, practice):
    assert "Nothing is missing" in desk.get(at("missing")).content.decode()
    assert "No record lacks this" in desk.get(at("missing_all", "mentee-born")).content.decode()
    assert desk.get(at("missing_all", "nonsense")).status_code == 404
    assert desk.post(at("missing")).status_code == 405


def test_others_are_turned_away(turned_away, at, bare):
    turned_away(at("missing"))
    turned_away(at("missing_all", "mentee-born"))


def test_it_costs_the_same_for_one_and_thirty(queries, at, people, practice, today):
    a_mentee(people.service, today)
    first = queries(at("missing")), queries(at("missing_all", "mentee-born"))
    for number in range(29):
        a_mentee(people.service, today, f"Person {number}")
    assert (queries(at("missing")), queries(at("missing_all", "mentee-born"))) == first
    assert max(first) <= 9
