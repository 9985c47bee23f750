"""Interviews: how many, in which form, and what departs from the guide."""

from typing import Any

import pytest

from kithwork.assessment import actions
from kithwork.assessment.models import Interview
from kithwork.core.journey import ActKind, StageState
from kithwork.core.verdict import Refused
from kithwork.journeys.queries import read
from kithwork.ledger.models import Record
from kithwork.procedures import assessing
from kithwork.procedures.sample import Walk
from tests.assessment.ground import counts, stage_at


def interview(way: Walk, kind: str, form: str = "individual", **more: Any) -> Interview:
    return actions.hold_interview(
        **{
            "journey": way.journey,
            "stage": "interviews",
            "kind": kind,
            "form": form,
            "mode": "by phone",
            "people": 1 if form == "individual" else 4,
            "minutes": 18,
            "supported": False,
            "eligible": True,
            "notes": {"1": " Well. ", "2": "  "},
            "by": way.cast.dot,
            "today": way.today,
            **more,
        }
    )


def left(way: Walk) -> dict[str, int]:
    acts = read(way.journey, way.today).position.acts
    return {act.item: act.count for act in acts if act.what is ActKind.INTERVIEW}


def test_two_mentees_or_one_group_are_enough(on_site: Walk) -> None:
    assert left(on_site) == {"mentees": 2, "mentors": 2, "staff": 1}
    interview(on_site, "mentees")
    assert left(on_site) == {"mentees": 1, "mentors": 2, "staff": 1}
    interview(on_site, "mentees")
    interview(on_site, "mentors", "group")
    assert left(on_site) == {"staff": 1}
    interview(on_site, "staff")
    assert stage_at(on_site, "interviews").state is StageState.DONE


def test_a_group_completes_what_one_talk_had_begun(on_site: Walk) -> None:
    interview(on_site, "mentees")
    interview(on_site, "mentees", "group")
    assert "mentees" not in left(on_site)


@pytest.mark.parametrize(
    ("kind", "form", "more", "because"),
    [
        ("staff", "group", {}, "not held with a group"),
        ("neighbours", "individual", {}, "no such interview"),
        ("mentees", "pair", {}, "individual or with a group"),
        ("mentees", "individual", {"minutes": 0}, "how many minutes"),
        ("mentees", "individual", {"people": 0}, "with one person"),
        ("mentees", "individual", {"people": 2}, "with one person"),
        ("mentees", "group", {"people": 1}, "more than one person"),
        ("mentees", "individual", {"minutes": 21}, "the scheme allows 20"),
        ("staff", "individual", {"minutes": 31, "reason": "  "}, "the scheme allows 30"),
        ("mentors", "individual", {"eligible": False}, "rules of this interview were kept"),
        ("mentees", "individual", {"stage": "nowhere"}, "no such stage"),
        ("mentees", "individual", {"stage": "visit"}, "no such interview"),
    ],
)
def test_an_interview_the_scheme_does_not_know_is_not_kept(
    on_site: Walk, kind: str, form: str, more: dict[str, Any], because: str
) -> None:
    before = counts()
    with pytest.raises(Refused, match=because):
        interview(on_site, kind, form, **more)
    assert counts() == before


@pytest.mark.parametrize("departs", [{"minutes": 35}, {"eligible": False}])
def test_an_interview_that_departs_is_kept_with_its_reason(on_site: Walk, departs: dict[str, Any]) -> None:
    row = interview(on_site, "mentors", **departs, reason=" She had been matched, and waits for supervision. ")
    assert row.reason == "She had been matched, and waits for supervision."
    assert Record.objects.filter(act="assessment.interviewed").latest("seq").facts["departs"] is True
    assert interview(on_site, "mentors", minutes=20).reason == ""
    assert Record.objects.filter(act="assessment.interviewed").latest("seq").facts["departs"] is False


def test_no_more_are_kept_than_are_asked_for(on_site: Walk) -> None:
    interview(on_site, "staff")
    with pytest.raises(Refused, match="complete"):
        interview(on_site, "staff")
    assert Interview.objects.count() == 1


def test_only_what_was_said_is_noted(on_site: Walk) -> None:
    assert interview(on_site, "staff").notes == {"1": "Well."}
    assert "Well" not in str(Record.objects.latest("seq").facts)


def test_an_alternative_takes_the_place_of_an_interview_in_words(on_site: Walk) -> None:
    agree: dict[str, Any] = {
        "journey": on_site.journey,
        "stage": "interviews",
        "kind": "mentees",
        "by": on_site.cast.dot,
        "today": on_site.today,
    }
    with pytest.raises(Refused, match="what takes its place"):
        assessing.agree_alternative(**agree, words=" ")
    row = assessing.agree_alternative(**agree, words="All are under eight: four more case files instead.")
    assert (row.form, row.people) == ("alternative", 0)
    assert "mentees" not in left(on_site)
    with pytest.raises(Refused, match="complete"):
        interview(on_site, "mentees")
