"""Supplementary evidence has a last day, and the body may move it; renewals have their time."""

from datetime import date, timedelta

import pytest

from kithwork.core.journey import fold, may
from tests.core.may.ground import APPLICANT, CHAIR, DAY, EDITION, OFFICER, UNTIL, YES, K, at, e, entries_at

LAST_DAY = date(2026, 2, 5)  # 1 month after the visit


@pytest.mark.parametrize(
    ("today", "allowed"), [(LAST_DAY - timedelta(1), True), (LAST_DAY, True), (LAST_DAY + timedelta(1), False)]
)
def test_supplementary_evidence_is_refused_when_late(today: date, allowed: bool) -> None:
    verdict = may(EDITION, at("judged", today), e(K.SUBMITTED, APPLICANT, "visit", "3", on=today))
    assert bool(verdict) is allowed
    if not allowed:
        assert "5 February 2026" in verdict.because
        assert "extension" in verdict.because


@pytest.mark.parametrize(("days", "allowed"), [(0, True), (1, False)])
def test_an_extension_lets_it_in_to_its_own_last_day(days: int, allowed: bool) -> None:
    late = LAST_DAY + timedelta(days=3)
    until = late + timedelta(days=7)
    entries = [*entries_at("judged"), e(K.EXTENDED, OFFICER, "visit", on=late, until=until)]
    assert may(EDITION, fold(EDITION, entries[:-1], late), entries[-1])
    today = until + timedelta(days=days)
    verdict = may(EDITION, fold(EDITION, entries, today), e(K.SUBMITTED, APPLICANT, "visit", "3", on=today))
    assert bool(verdict) is allowed


def test_while_the_clock_stands_still_nothing_is_late() -> None:
    stop = e(K.STOPPED, OFFICER, on=LAST_DAY, until=LAST_DAY + timedelta(days=90))
    today = LAST_DAY + timedelta(days=30)
    position = fold(EDITION, [*entries_at("judged"), stop], today)
    assert may(EDITION, position, e(K.SUBMITTED, APPLICANT, "visit", "3", on=today))


def test_ordinary_evidence_is_late_and_taken_all_the_same() -> None:
    today = date(2027, 1, 1)
    position = at("briefed", today)
    assert position.stages["online"].overdue
    assert may(EDITION, position, e(K.SUBMITTED, APPLICANT, "online", "1", on=today))


def test_a_holder_is_asked_to_renew_in_time_and_not_before() -> None:
    invited = date(2028, 7, 4)  # 6 months before the end
    for today, allowed in ((invited - timedelta(1), False), (invited, True), (UNTIL, True)):
        renews = e(K.SUBMITTED, APPLICANT, "again", on=today)
        assert bool(may(EDITION, at("awarded", today), renews)) is allowed
    again = [*entries_at("awarded"), e(K.SUBMITTED, APPLICANT, "again", on=invited)]
    assert "is done" in may(EDITION, fold(EDITION, again, UNTIL), e(K.SUBMITTED, APPLICANT, "again", on=UNTIL)).because


def test_a_breach_in_what_was_confirmed_shuts_the_decision() -> None:
    entries = [*entries_at("recommended"), e(K.BREACHED, OFFICER, "online", "1")]
    decided = may(EDITION, fold(EDITION, entries, DAY), e(K.DECIDED, CHAIR, "panel", outcome=YES))
    assert "not open yet" in decided.because
