"""The fixtures of the coordinator's rooms, and a year with something of everything in it."""

from datetime import date, timedelta

import pytest

from kithwork.caseload.models import Contact, Ending, Match, Mentor, MentorStep, Referral, Review, Supervision
from tests.running import a_match, a_mentee, a_mentor
from tests.web.coordinator.referrals.conftest import at, cora, desk, practice, queries, sage, turned_away

__all__ = ["at", "cora", "desk", "practice", "queries", "sage", "turned_away"]

YEAR = 2025


@pytest.fixture
def year(people, practice):
    """2025: Cai waited five weeks and met Mab for eight months, reviewed in time, late and not at all; Ola's match
    ended suddenly; Eda was pointed elsewhere; Nye was not selected. 2024 and 2026 hold something too, to be left out.
    """
    service, ada = people.service, people.ada
    began = date(YEAR, 2, 3)
    cai = _mentee(service, "Cai Rowan", date(2024, 12, 2), began - timedelta(weeks=5))
    ola = _mentee(service, "Ola Finch", date(YEAR, 1, 1), date(YEAR, 1, 6))
    eda = _mentee(service, "Eda Moss", date(YEAR, 5, 1), None)
    ivo = _mentee(service, "Ivo Lark", date(YEAR, 12, 31), date(YEAR, 12, 31))
    for person, outcome, on in (
        (cai, "accepted", cai.accepted_on),
        (ola, "accepted", ola.accepted_on),
        (eda, "signposted", date(YEAR, 5, 9)),
        (ivo, "accepted", ivo.accepted_on),
    ):
        Referral.objects.create(mentee=person, source="self", came_on=person.came_on, outcome=outcome, decided_on=on,
                                reason="Needs a nurse", signposted_to="The surgery")  # fmt: skip
    mab = a_mentor(service, ada, date(YEAR, 2, 1), "Mab Sorrel")
    nye = a_mentor(service, ada, date(YEAR, 6, 10), "Nye Marlow", ready=False)
    MentorStep.objects.create(mentor=nye, kind="selection", on=date(YEAR, 6, 30), outcome="no", note="No time", by=ada)
    Mentor.objects.filter(pk=mab.pk).update(applied_on=date(2024, 10, 1), accepted_on=date(2024, 12, 15))
    first = a_match(cai, mab, ada, began, introduced_on=began, first_met_on=began, proposed_on=began,
                    ended_on=date(YEAR, 10, 3))  # fmt: skip
    other = a_match(ola, mab, ada, began, introduced_on=date(YEAR, 1, 20), first_met_on=date(YEAR, 1, 20),
                    proposed_on=date(YEAR, 1, 20), ended_on=date(YEAR, 3, 1))  # fmt: skip
    for match, kind in ((first, "planned"), (other, "sudden")):
        Ending.objects.create(match=match, kind=kind, known_on=match.ended_on, last_day=match.ended_on, reason="Done",
                              by=ada)  # fmt: skip
    # due on 3 May, held; due on 1 August, held on the 20th; due on 20 November, after the end
    for on in (date(YEAR, 5, 1), date(YEAR, 8, 20)):
        Review.objects.create(match=first, on=on, outcome="Goes on", by=ada)
    Supervision.objects.create(mentor=mab, on=date(YEAR, 6, 1), by=ada)
    for on, kind, reached in (
        (date(YEAR, 2, 10), "meeting", True), (date(YEAR, 2, 17), "meeting", True), (date(YEAR, 3, 3), "meeting", True),
        (date(YEAR, 3, 10), "meeting", False), (date(YEAR, 3, 11), "mentee", True), (date(YEAR, 3, 12), "mentor", True),
        (date(YEAR, 3, 13), "mentee", False), (date(YEAR + 1, 1, 1), "meeting", True),
    ):  # fmt: skip
        Contact.objects.create(service=service, kind=kind, on=on, reached=reached, minutes=90, match=first,
                               mentee=None if kind == "mentor" else cai, mentor=None if kind == "mentee" else mab,
                               by=ada)  # fmt: skip
    return Match.objects.get(pk=first.pk)


def _mentee(service, name, came, accepted):
    return a_mentee(service, came, name, came_on=came, accepted_on=accepted, waiting_since=accepted)
