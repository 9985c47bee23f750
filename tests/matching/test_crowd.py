"""From records to pairs: each veto holds, whatever the fit; protected characteristics move no score."""

from datetime import date, timedelta

import pytest

from kithwork.caseload.models import Consent, Ending, Mentee, Mentor, Pause, Practice, Vetting
from kithwork.matching.crowd import gather
from kithwork.matching.models import KeptApart
from kithwork.matching.solving import solved
from kithwork.organisations.models import Service
from kithwork.procedures.sample import Cast
from tests.running import a_match, a_mentee, a_mentor

pytestmark = pytest.mark.django_db
ALIKE = {
    "interests": ["Chess", "walking"],
    "languages": ["English"],
    "availability": ["mon-eve", "tue-am", "sat-am"],
    "lat": 53.22,
    "lon": -4.12,
}


@pytest.fixture
def service(practice: Practice) -> Service:
    return practice.service


@pytest.fixture
def cai(service: Service, today: date) -> Mentee:
    return a_mentee(service, today, "Cai Rowan", needs=["Confidence"], **ALIKE)


@pytest.fixture
def mab(service: Service, people: Cast, today: date) -> Mentor:
    return a_mentor(service, people.ada, today, "Mab Sorrel", skills=["confidence"], max_km=5, **ALIKE)


def pairs(practice: Practice, today: date) -> list[tuple[str, str]]:
    found = solved(practice, today)
    return [(found.crowd.mentees[a].id, found.crowd.mentors[b].id) for a, b in found.best.pairs]


def against(practice: Practice, today: date) -> list[str]:
    """Why the only two there are cannot be matched; and that they are not."""
    assert pairs(practice, today) == []
    return solved(practice, today).vetoes(0, 0)


def test_two_who_fit_are_paired_with_their_reasons(practice, cai, mab, today):
    assert pairs(practice, today) == [(cai.ref, mab.ref)]
    reasons = solved(practice, today).fit(0, 0).reasons
    assert reasons[0] == "Can help with Confidence."  # in the first spelling, whatever the capitals
    assert "Both like Chess and walking." in reasons
    assert "Both are free at 3 times in the week: Monday evening, Tuesday morning and Saturday morning." in reasons
    assert "Live within a kilometre of each other." in reasons
    assert "The mentor has had room for 14 weeks." in reasons


def test_what_each_hopes_for_in_the_other_scores_and_says_so_from_either_side(practice, cai, mab, today):
    def wishes():
        return next(one for one in solved(practice, today).fit(0, 0).parts if one.part == "wishes")

    assert (wishes().score, wishes().reason) == (50, "")  # nobody has said
    change(cai, hopes_for=["Chess", "sailing"])
    assert (wishes().score, wishes().reason) == (50, "As the mentee hopes: Chess.")
    change(mab, hopes_for=["confidence"])
    assert (wishes().score, wishes().reason) == (66, "As the mentee hopes: Chess. As the mentor hopes: Confidence.")
    change(mab, hopes_for=["knitting"])
    assert wishes().score == 33
    assert pairs(practice, today) == [(cai.ref, mab.ref)]  # it weighs, and rules nobody out


def test_a_wish_is_looked_for_in_nothing_that_the_law_protects(practice, cai, mab, today):
    change(mab, gender="woman", born=date(1961, 5, 6), profile="I pray on Fridays.", languages=["Dari"])
    change(cai, hopes_for=["woman", "65 or over", "pray", "Dari"])
    assert next(one for one in solved(practice, today).fit(0, 0).parts if one.part == "wishes").score == 0


def change(row, **fields):
    type(row).objects.filter(pk=row.pk).update(**fields)


def test_never_the_line_manager(practice, cai, mab, today):
    change(mab, line_manages=[cai.ref])
    assert against(practice, today) == ["The mentor is their line manager."]


def test_never_who_assesses_them(practice, cai, mab, today):
    change(mab, assesses=[cai.ref])
    assert against(practice, today) == ["These two are not to be matched."]


def test_not_while_vetting_is_missing(practice, cai, mab, today):
    Vetting.objects.filter(mentor=mab).update(expires_on=today - timedelta(days=1))
    assert against(practice, today) == ["Not before this is there: vetting."]


def test_not_while_training_is_missing(practice, cai, mab, today):
    mab.attendance.all().delete()
    assert against(practice, today) == ["Not before this is there: initial training."]


def test_not_beyond_the_mentors_places(practice, people, cai, mab, today):
    a_match(a_mentee(practice.service, today, "Ola Finch"), mab, people.ada, today, running=False)
    assert against(practice, today) == ["The mentor has no room."]


def test_not_beyond_the_mentors_reach(practice, cai, mab, today):
    change(cai, lat=53.32)
    assert against(practice, today) == ["It is further than the mentor can go."]


def test_reach_does_not_matter_to_who_meets_online_alone(practice, cai, mab, today):
    change(cai, lat=53.32, way="online")
    assert pairs(practice, today) == [(cai.ref, mab.ref)]


def test_not_where_one_meets_in_person_alone_and_the_other_online(practice, cai, mab, today):
    change(cai, way="online")
    change(mab, way="person")
    assert against(practice, today) == [
        "An essential wish of the mentee is not met.", "An essential wish of the mentor is not met."
    ]  # fmt: skip


def test_an_essential_wish_with_its_justification_is_a_veto_and_without_it_nothing(practice, cai, mab, today):
    change(cai, wants_gender="woman")
    change(mab, gender="man")
    assert pairs(practice, today) == [(cai.ref, mab.ref)]
    change(cai, wants_gender_because="What happened to her, as she told the nurse.")
    assert against(practice, today) == ["An essential wish of the mentee about gender is not met."]


def test_never_two_of_one_household(practice, cai, mab, today):
    change(cai, address="3 Quay Row, Saltmouth", postcode="LL57 2DG")
    change(mab, address="3 quay row\nSaltmouth", postcode="ll572dg")
    assert against(practice, today) == ["They live in the same household."]


def test_one_postcode_alone_is_no_household(practice, cai, mab, today):
    for one in (cai, mab):
        change(one, postcode="LL57 2DG")
    assert pairs(practice, today) == [(cai.ref, mab.ref)]


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_a_pair_that_declined_does_not_come_back(practice, people, cai, mab, today, side):
    a_match(cai, mab, people.ada, today, running=False, **{f"{side}_answer": "no"})
    assert against(practice, today) == ["These two are not to be matched."]


def test_a_pair_that_ended_badly_does_not_come_back(practice, people, cai, mab, today):
    old = a_match(cai, mab, people.ada, today, ended_on=today - timedelta(days=2))
    Ending.objects.create(
        match=old, kind="sudden", known_on=old.ended_on, last_day=old.ended_on, reason="A row.", bad=True, by=people.ada
    )
    assert against(practice, today) == ["A match of these two has ended badly."]


def test_kept_apart_until_somebody_ends_it(practice, people, cai, mab, today):
    row = KeptApart.objects.create(
        service=practice.service, mentee=cai, mentor=mab, kind="asked", because="They were neighbours.", by=people.ada
    )
    assert against(practice, today) == ["These two are not to be matched."]
    row.ended_at = row.at
    row.save()
    assert pairs(practice, today) == [(cai.ref, mab.ref)]


@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_not_while_one_is_away(practice, people, cai, mab, today, side):
    who = {"mentee": cai, "mentor": mab}[side]
    Pause.objects.create(**{side: who}, begins=today, ends=today, reason="A holiday.", by=people.ada)
    assert against(practice, today) == ["Not before this is there: their return."]
    assert pairs(practice, today + timedelta(days=1)) == [(cai.ref, mab.ref)]


def test_not_for_a_mentee_who_does_not_agree_to_be_on_record(practice, cai, mab, today):
    Consent.objects.create(mentee=cai, kind="data", answer="withdrawn", on=today, wording="You may.")
    assert against(practice, today) == ["Not before this is there: their consent to keep their details."]


def test_protected_characteristics_move_no_fit(practice, cai, mab, today):
    """Everything on record that the Equality Act protects, changed on both sides: the same fit, part by part."""
    before = solved(practice, today).fit(0, 0)
    for one, born, gender in ((cai, date(2009, 2, 3), "woman"), (mab, date(1941, 5, 6), "man")):
        change(one, born=born, gender=gender, name="Other Words", profile="I am deaf, and pray on Fridays.")
    change(cai, priority=2, priority_because="Pregnant.", wishes="Somebody of my faith.")
    after = solved(practice, today)
    assert after.fit(0, 0) == before
    for one in (*after.crowd.mentees, *after.crowd.mentors):
        assert "1941" not in repr(one)
        assert "deaf" not in repr(one)


def test_the_digest_changes_with_what_counts_and_with_nothing_else(practice, cai, mab, today):
    def digest() -> str:
        found = solved(practice, today)
        return found.crowd.digest(found.settled)

    first = digest()
    change(cai, phone="01632 960123", profile="I like rain.")
    assert digest() == first
    change(cai, interests=["chess"])
    assert digest() != first


def test_as_many_queries_for_thirty_as_for_one(practice, people, cai, mab, today, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        gather(practice, today)
    for number in range(29):
        a_mentee(practice.service, today, f"Mentee {number}")
        a_mentor(practice.service, people.ada, today, f"Mentor {number}")
    with django_assert_num_queries(len(found)):
        gather(practice, today)


def test_a_mentor_of_a_group_has_as_many_proposed_as_there_are_places(practice, people, cai, mab, today):
    """Who meets several at once is proposed to several; a place that is taken is not given again."""
    change(mab, places=3)
    a_match(a_mentee(practice.service, today, "Ola Finch"), mab, people.ada, today, kind="group")
    others = [a_mentee(practice.service, today, name, **ALIKE) for name in ("Una Pike", "Val Tarn")]
    found = pairs(practice, today)
    assert len(found) == 2
    assert {mentor for _, mentor in found} == {mab.ref}
    assert {mentee for mentee, _ in found} < {cai.ref, *(one.ref for one in others)}
