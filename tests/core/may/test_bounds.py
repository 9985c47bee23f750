"""Who may write what, after the end and before the beginning."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import product

import pytest

from kithwork.core.journey import Entry, EntryKind, Position, Status, may, term
from kithwork.core.schemes import Role
from tests.core.may.ground import (
    APPLICANT,
    ASSESSOR,
    CHAIR,
    DAY,
    EDITION,
    LATER,
    OFFICER,
    PANEL,
    POINTS,
    SUPPORTER,
    UNTIL,
    YES,
    K,
    at,
    e,
)

SIGNERS: dict[EntryKind, set[Role]] = {
    K.OPENED: {APPLICANT, OFFICER},
    K.RAISED: {APPLICANT},
    K.ANSWERED: {APPLICANT},
    K.SUBMITTED: {APPLICANT, SUPPORTER},
    K.INVITED: {APPLICANT},
    K.DECLINED: {SUPPORTER},
    K.CHOSEN: {APPLICANT},
    K.CANCELLED: {APPLICANT, OFFICER},
    K.KEPT: {OFFICER},
    K.REPORTED: {APPLICANT, OFFICER},
    K.ASKED: {APPLICANT, OFFICER},
    K.DECIDED: {OFFICER, CHAIR},
    K.RECOMMENDED: {PANEL},
    K.INVOICED: {OFFICER},
    K.PAID: {OFFICER},
    K.ARRANGED: {OFFICER, ASSESSOR},
    K.HELD: {ASSESSOR},
    K.ATTENDED: {OFFICER},
    K.CORRECTED: {OFFICER},
    K.SIGNED: {APPLICANT, ASSESSOR},
    K.AGREED: {ASSESSOR},
    K.CONFIRMED: {ASSESSOR},
    K.RETURNED: {ASSESSOR},
    K.BREACHED: {APPLICANT, ASSESSOR, OFFICER},
    K.APPOINTED: {OFFICER},
    K.RELEASED: {OFFICER, ASSESSOR},
    K.EXTENDED: {OFFICER},
    K.STOPPED: {OFFICER},
    K.RESUMED: {OFFICER},
    K.GRANTED: {OFFICER},
    K.SUSPENDED: {OFFICER},
    K.REINSTATED: {OFFICER},
    K.REVOKED: {OFFICER},
    K.WITHDRAWN: {APPLICANT},
    K.CLOSED: {OFFICER},
}


def everything(position: Position) -> Iterator[Entry]:
    """Every entry there could be, by everybody."""
    for kind, by, stage in product(EntryKind, Role, ("", *position.stages)):
        for item in ("", *(position.stages[stage].items if stage else ("1", "membership", "changes"))):
            yield e(kind, by, stage, item, outcome=YES, level="silver", until=LATER, amount=1, detail="individual")
            if kind in {K.ARRANGED, K.HELD, K.GRANTED, K.OPENED, K.EXTENDED}:
                last = term(EDITION, position, DAY)
                until = date(2027, 1, 1) if kind is K.EXTENDED else last
                yield e(kind, by, stage, item, level=position.level, until=until, detail="on site")


@cache
def allowed_at(point: str) -> list[Entry]:
    return [entry for entry in everything(at(point)) if may(EDITION, at(point), entry)]


@pytest.mark.parametrize("point", POINTS)
def test_nobody_writes_what_is_not_theirs(point: str) -> None:
    """Whatever the position: an entry that is allowed was signed by a role that may sign its kind."""
    assert [entry for entry in allowed_at(point) if entry.by not in SIGNERS[entry.kind]] == []


def test_every_signer_can_sign_somewhere() -> None:
    """So that the law above is not kept by refusing everything."""
    seen = {(entry.kind, entry.by) for point in POINTS for entry in allowed_at(point)}
    assert seen == {(kind, role) for kind, roles in SIGNERS.items() for role in roles}


OVER = {
    "refused": (Status.REFUSED, "the decision was no"),
    "withdrawn": (Status.WITHDRAWN, "was withdrawn"),
    "closed": (Status.CLOSED, "was closed"),
    "revoked": (Status.REVOKED, "award was withdrawn"),
}


@pytest.mark.parametrize("point", OVER)
def test_after_the_end_nothing_is_added(point: str) -> None:
    position = at(point)
    status, because = OVER[point]
    assert position.status is status
    assert allowed_at(point) == []
    assert because in may(EDITION, position, e(K.STOPPED, OFFICER, until=LATER)).because


def test_an_award_that_has_run_out_takes_nothing_more() -> None:
    last, after = at("awarded", UNTIL), at("awarded", UNTIL + timedelta(days=1))
    suspended = e(K.SUSPENDED, OFFICER, on=UNTIL)
    assert may(EDITION, last, suspended)
    refused = may(EDITION, after, replace(suspended, on=UNTIL + timedelta(days=1)))
    assert refused.because == "This award has expired."


@pytest.mark.parametrize("kind", [kind for kind in EntryKind if kind is not K.OPENED])
def test_before_the_beginning_only_the_beginning_is_written(kind: EntryKind) -> None:
    for by in Role:
        assert may(EDITION, at("nothing"), e(kind, by, "self-check", outcome=YES)).because == (
            "This journey has not begun."
        )


def test_nothing_is_written_before_what_is_there() -> None:
    early = e(K.SUBMITTED, APPLICANT, "application", on=DAY - timedelta(days=1))
    assert "5 January 2026" in may(EDITION, at("checked"), early).because
    assert may(EDITION, at("checked"), replace(early, on=DAY)), "the same day is in time"


def test_nothing_is_written_before_its_day_has_come() -> None:
    entry = e(K.SUBMITTED, APPLICANT, "application", on=LATER)
    assert "before its day" in may(EDITION, at("checked"), entry).because
    assert may(EDITION, at("checked", LATER), entry)
    first = e(K.OPENED, APPLICANT, level="bronze", on=LATER)
    assert "before its day" in may(EDITION, at("nothing"), first).because


def test_a_stage_that_is_not_the_schemes_is_refused() -> None:
    for kind in EntryKind:
        by = min(SIGNERS[kind])
        if kind is not K.OPENED:
            assert "no such stage" in may(EDITION, at("appointed"), e(kind, by, "sauna")).because


def test_an_assessor_writes_nothing_before_they_are_appointed() -> None:
    for kind in EntryKind:
        if ASSESSOR in SIGNERS[kind]:
            assert may(EDITION, at("eligible"), e(kind, ASSESSOR, "meeting", until=LATER)).because == (
                "No assessor is appointed."
            )
