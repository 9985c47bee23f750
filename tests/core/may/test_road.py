"""The road itself, and each row of moves: allowed where it should be, refused elsewhere with a reason."""

from datetime import date, timedelta

import pytest

from kithwork.core.journey import Answer, Entry, EntryKind, fold, may
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
    entries_at,
)


@pytest.mark.parametrize("point", POINTS)
def test_the_road_itself_is_allowed_step_by_step(point: str) -> None:
    entries = entries_at(point)
    for number, entry in enumerate(entries):
        verdict = may(EDITION, fold(EDITION, entries[:number], entry.on), entry)
        assert verdict, f"{entry.kind} {entry.stage} {entry.item}: {verdict.because}"


Row = tuple[str, Entry, str]  # where, what, and a piece of the reason ('' when it is allowed)
ROWS: list[Row] = [
    # the first entry
    ("nothing", e(K.OPENED, APPLICANT, level="bronze"), ""),
    ("nothing", e(K.OPENED, OFFICER, level="silver"), ""),
    ("nothing", e(K.OPENED, APPLICANT), ""),
    ("nothing", e(K.OPENED, ASSESSOR, level="bronze"), "not yours"),
    ("nothing", e(K.OPENED, APPLICANT, level="platinum"), "no such level"),
    ("begun", e(K.OPENED, APPLICANT, level="bronze"), "begun already"),
    # aiming higher
    ("begun", e(K.RAISED, APPLICANT, level="silver"), ""),
    ("awarded", e(K.RAISED, APPLICANT, level="silver"), ""),
    ("begun", e(K.RAISED, OFFICER, level="silver"), "not yours"),
    ("begun", e(K.RAISED, APPLICANT, level="bronze"), "not above"),
    ("silver", e(K.RAISED, APPLICANT, level="silver"), "not above"),
    ("suspended", e(K.RAISED, APPLICANT, level="silver"), "suspended"),
    ("silver", e(K.RAISED, APPLICANT, level="bronze"), "not above"),
    ("begun", e(K.RAISED, APPLICANT, level="platinum"), "no such level"),
    ("begun", e(K.RAISED, APPLICANT), "no such level"),
    # the checklist
    ("begun", e(K.ANSWERED, APPLICANT, "self-check", outcome=Answer.NO), ""),
    ("begun", e(K.ANSWERED, OFFICER, "self-check", outcome=YES), "not yours to answer"),
    ("checked", e(K.ANSWERED, APPLICANT, "self-check", outcome=YES), "'Check yourself' is done"),
    ("begun", e(K.ANSWERED, APPLICANT, "application", outcome=YES), "no questions"),
    ("begun", e(K.ANSWERED, APPLICANT, outcome=YES), "no questions"),
    # the form
    ("checked", e(K.SUBMITTED, APPLICANT, "application"), ""),
    ("more-wanted", e(K.SUBMITTED, APPLICANT, "application"), ""),
    ("begun", e(K.SUBMITTED, APPLICANT, "application"), "not open yet"),
    ("checked", e(K.SUBMITTED, OFFICER, "application"), "not yours"),
    ("applied", e(K.SUBMITTED, APPLICANT, "application"), "is done"),
    # evidence
    ("briefed", e(K.SUBMITTED, APPLICANT, "online", "1"), ""),
    ("returned", e(K.SUBMITTED, APPLICANT, "online", "1"), ""),
    ("breached", e(K.SUBMITTED, APPLICANT, "online", "1"), ""),
    ("paid", e(K.SUBMITTED, APPLICANT, "online", "1"), "not open yet"),
    ("briefed", e(K.SUBMITTED, OFFICER, "online", "1"), "Only the applicant"),
    ("briefed", e(K.SUBMITTED, APPLICANT, "online", "99"), "not asked of you"),
    ("briefed", e(K.SUBMITTED, APPLICANT, "online", "3"), "not asked of you"),
    ("sent", e(K.SUBMITTED, APPLICANT, "online", "1"), "with the assessor"),
    ("judged", e(K.SUBMITTED, APPLICANT, "online", "1"), "has been confirmed"),
    ("judged", e(K.SUBMITTED, APPLICANT, "visit", "3"), ""),
    ("held", e(K.SUBMITTED, APPLICANT, "visit", "3"), "during the visit"),
    ("arranged", e(K.SUBMITTED, APPLICANT, "visit", "3"), "during the visit"),
    ("paid", e(K.SUBMITTED, APPLICANT, "meeting"), "Nothing is handed in here"),
    # pieces, the portfolio, the renewal
    ("briefed", e(K.SUBMITTED, APPLICANT, "homework", "essay"), ""),
    ("briefed", e(K.SUBMITTED, APPLICANT, "homework", "poem"), "not asked of you"),
    ("paid", e(K.SUBMITTED, APPLICANT, "homework", "essay"), "not open yet"),
    ("handed-in", e(K.SUBMITTED, APPLICANT, "homework", "essay"), "with the assessor"),
    ("paid", e(K.SUBMITTED, APPLICANT, "folder"), ""),
    ("invoiced", e(K.SUBMITTED, APPLICANT, "folder"), "not open yet"),
    ("handed-in", e(K.SUBMITTED, APPLICANT, "folder"), "handed in"),
    ("awarded", e(K.SUBMITTED, APPLICANT, "again"), "not open yet"),
    # decisions
    ("applied", e(K.DECIDED, OFFICER, "eligibility", outcome=YES), ""),
    ("applied", e(K.DECIDED, OFFICER, "eligibility", outcome=Answer.MORE), ""),
    ("applied", e(K.DECIDED, OFFICER, "eligibility", outcome=Answer.NO), ""),
    ("applied", e(K.DECIDED, OFFICER, "eligibility"), "yes, no or more"),
    ("applied", e(K.DECIDED, CHAIR, "eligibility", outcome=YES), "not yours to decide"),
    ("checked", e(K.DECIDED, OFFICER, "eligibility", outcome=YES), "not open yet"),
    ("more-wanted", e(K.DECIDED, OFFICER, "eligibility", outcome=YES), "not open yet"),
    ("eligible", e(K.DECIDED, OFFICER, "eligibility", outcome=Answer.NO), "is done"),
    ("applied", e(K.DECIDED, OFFICER, "application", outcome=YES), "nothing to decide"),
    ("recommended", e(K.DECIDED, CHAIR, "panel", outcome=YES), ""),
    ("ready", e(K.DECIDED, CHAIR, "panel", outcome=YES), "before it has been recommended"),
    ("recommended", e(K.DECIDED, OFFICER, "panel", outcome=YES), "not yours to decide"),
    ("handed-in", e(K.DECIDED, CHAIR, "panel", outcome=YES), "not open yet"),
    ("decided", e(K.DECIDED, CHAIR, "panel", outcome=Answer.NO), "is done"),
    # recommendations
    ("ready", e(K.RECOMMENDED, PANEL, "panel", outcome=YES), ""),
    ("ready", e(K.RECOMMENDED, PANEL, "panel"), "nothing to recommend"),
    ("ready", e(K.RECOMMENDED, ASSESSOR, "panel", outcome=YES), "No recommendation is awaited"),
    ("recommended", e(K.RECOMMENDED, PANEL, "panel", outcome=YES), "No recommendation is awaited"),
    ("applied", e(K.RECOMMENDED, OFFICER, "eligibility", outcome=YES), "No recommendation is awaited"),
    ("handed-in", e(K.RECOMMENDED, PANEL, "panel", outcome=YES), "not open yet"),
    ("ready", e(K.RECOMMENDED, PANEL, "meeting", outcome=YES), "nothing to recommend"),
    # fees
    ("eligible", e(K.INVOICED, OFFICER, "registration", amount=0), ""),
    ("eligible", e(K.INVOICED, OFFICER, "registration"), "needs an amount"),
    ("eligible", e(K.INVOICED, OFFICER, "registration", amount=-1), "needs an amount"),
    ("eligible", e(K.INVOICED, APPLICANT, "registration", amount=100), "not yours"),
    ("eligible", e(K.INVOICED, OFFICER, "meeting", amount=100), "no fee"),
    ("applied", e(K.INVOICED, OFFICER, "registration", amount=100), "not open yet"),
    ("invoiced", e(K.INVOICED, OFFICER, "registration", amount=100), "invoiced already"),
    ("paid", e(K.INVOICED, OFFICER, "registration", amount=100), "is done"),
    ("invoiced", e(K.PAID, OFFICER, "registration"), ""),
    ("eligible", e(K.PAID, OFFICER, "registration"), "no invoice to pay"),
    ("invoiced", e(K.PAID, APPLICANT, "registration"), "not yours"),
    ("paid", e(K.PAID, OFFICER, "registration"), "is done"),
    ("invoiced", e(K.PAID, OFFICER, "meeting"), "no fee"),
    # arranging
    ("appointed", e(K.ARRANGED, ASSESSOR, "meeting", until=LATER), ""),
    ("appointed", e(K.ARRANGED, OFFICER, "meeting", until=LATER), ""),
    ("appointed", e(K.ARRANGED, APPLICANT, "meeting", until=LATER), "not yours to arrange"),
    ("appointed", e(K.ARRANGED, ASSESSOR, "meeting"), "on which day"),
    ("applied", e(K.ARRANGED, OFFICER, "meeting", until=LATER), "not open yet"),
    ("met", e(K.ARRANGED, ASSESSOR, "meeting", until=LATER), "is done"),
    ("appointed", e(K.ARRANGED, OFFICER, "registration", until=LATER), "nothing to arrange"),
    ("sent", e(K.ARRANGED, ASSESSOR, "visit", until=LATER, detail="by video"), ""),
    ("arranged", e(K.ARRANGED, ASSESSOR, "visit", until=LATER), ""),
    ("sent", e(K.ARRANGED, ASSESSOR, "visit", until=LATER, detail="by balloon"), "on site or by video"),
    ("held", e(K.ARRANGED, ASSESSOR, "visit", until=LATER), "visit has been held"),
    ("sent", e(K.ARRANGED, ASSESSOR, "talks", "mentees", until=LATER), ""),
    ("sent", e(K.ARRANGED, ASSESSOR, "watching", until=LATER), ""),
    # holding
    ("appointed", e(K.HELD, ASSESSOR, "meeting"), ""),
    ("appointed", e(K.HELD, OFFICER, "meeting"), "not yours to record"),
    ("met", e(K.HELD, ASSESSOR, "meeting"), "is done"),
    ("paid", e(K.HELD, ASSESSOR, "registration"), "nothing to hold"),
    ("arranged", e(K.HELD, ASSESSOR, "visit"), ""),
    ("sent", e(K.HELD, ASSESSOR, "visit"), "Arrange the visit first"),
    ("arranged", e(K.HELD, ASSESSOR, "visit", detail="by balloon"), "on site or by video"),
    ("sent", e(K.HELD, ASSESSOR, "talks", "mentees", detail="individual"), ""),
    ("briefed", e(K.HELD, ASSESSOR, "talks", "mentees", detail="individual"), "not open yet"),
    ("sent", e(K.HELD, ASSESSOR, "talks", "neighbours", detail="individual"), "no such interview"),
    ("sent", e(K.HELD, ASSESSOR, "talks", "mentees"), "individual or with a group"),
    ("sent", e(K.HELD, ASSESSOR, "talks", "mentees", detail="group"), "not held with a group"),
    ("talked", e(K.HELD, ASSESSOR, "talks", "mentees", detail="individual"), "complete"),
    # the alternative to an interview
    ("sent", e(K.AGREED, ASSESSOR, "talks", "mentors"), ""),
    ("sent", e(K.AGREED, OFFICER, "talks", "mentors"), "not yours"),
    ("talked", e(K.AGREED, ASSESSOR, "talks", "mentees"), "complete"),
    ("agreed", e(K.AGREED, ASSESSOR, "talks", "mentors"), "is done"),
    ("briefed", e(K.AGREED, ASSESSOR, "talks", "mentors"), "not open yet"),
    ("sent", e(K.AGREED, ASSESSOR, "meeting"), "no alternative"),
    # courses and observations
    ("sent", e(K.HELD, ASSESSOR, "watching"), "Arrange the observation first"),
    ("arranged", e(K.HELD, ASSESSOR, "watching"), ""),
    ("arranged", e(K.HELD, APPLICANT, "watching"), "not yours"),
    ("held", e(K.HELD, ASSESSOR, "watching"), ""),  # written up anew, under one signature
    ("signed", e(K.HELD, ASSESSOR, "watching"), "is done"),
    ("written", e(K.SIGNED, APPLICANT, "watching"), ""),
    ("written", e(K.SIGNED, ASSESSOR, "watching"), ""),
    ("written", e(K.SIGNED, OFFICER, "watching"), "not awaited"),
    ("arranged", e(K.SIGNED, APPLICANT, "watching"), "written up first"),
    ("sent", e(K.SIGNED, APPLICANT, "watching"), "written up first"),
    ("held", e(K.SIGNED, APPLICANT, "watching"), "not awaited"),
    ("signed", e(K.SIGNED, ASSESSOR, "watching"), "is done"),
    ("arranged", e(K.SIGNED, APPLICANT, "visit"), "nothing to sign"),
    # judging
    *(
        row
        for kind in (K.CONFIRMED, K.RETURNED)
        for row in (
            ("sent", e(kind, ASSESSOR, "online", "1"), ""),
            ("held", e(kind, ASSESSOR, "visit", "3"), ""),
            ("handed-in", e(kind, ASSESSOR, "homework", "essay"), ""),
            ("handed-in", e(kind, ASSESSOR, "folder"), ""),
            ("sent", e(kind, OFFICER, "online", "1"), "not yours"),
            ("sent", e(kind, APPLICANT, "online", "1"), "not yours"),
            ("sent", e(kind, ASSESSOR, "online", "3"), "not asked at the level"),
            ("judged", e(kind, ASSESSOR, "online", "1"), "confirmed already"),
            ("returned", e(kind, ASSESSOR, "online", "1"), "wait for the applicant"),
            ("breached", e(kind, ASSESSOR, "online", "1"), "wait for the applicant"),
            ("arranged", e(kind, ASSESSOR, "visit", "3"), "not been held yet"),
            ("judged", e(kind, ASSESSOR, "visit", "3"), "wait for the applicant"),
            ("judged", e(kind, ASSESSOR, "folder"), "not handed in"),
            ("sent", e(kind, ASSESSOR, "meeting"), "nothing to assess"),
        )
    ),
    ("sent", e(K.BREACHED, ASSESSOR, "online", "1"), ""),
    ("sent", e(K.BREACHED, OFFICER, "online", "1"), ""),
    ("judged", e(K.BREACHED, OFFICER, "online", "1"), ""),  # though it was confirmed
    ("returned", e(K.BREACHED, ASSESSOR, "online", "1"), ""),
    ("breached", e(K.BREACHED, ASSESSOR, "online", "1"), ""),  # a second document of the same round
    ("ready", e(K.BREACHED, OFFICER, "online", "2"), ""),
    ("sent", e(K.BREACHED, APPLICANT, "online", "1"), ""),  # who finds it says so
    ("briefed", e(K.BREACHED, ASSESSOR, "online", "1"), "Nothing has been sent"),
    ("sent", e(K.BREACHED, ASSESSOR, "online", "3"), "not asked at the level"),
    ("sent", e(K.BREACHED, ASSESSOR, "meeting"), "nothing to assess"),
    # the assessor
    ("eligible", e(K.APPOINTED, OFFICER), ""),
    ("appointed", e(K.APPOINTED, OFFICER), "appointed already"),
    ("eligible", e(K.APPOINTED, ASSESSOR), "not yours"),
    ("appointed", e(K.RELEASED, OFFICER), ""),
    ("appointed", e(K.RELEASED, ASSESSOR), ""),
    ("appointed", e(K.RELEASED, APPLICANT), "not yours"),
    ("eligible", e(K.RELEASED, OFFICER), "No assessor is appointed"),
    # the clock
    ("briefed", e(K.EXTENDED, OFFICER, "online", until=date(2026, 7, 6)), ""),
    ("briefed", e(K.EXTENDED, OFFICER, "online", until=date(2026, 7, 5)), "It runs until 5 July 2026 already"),
    ("briefed", e(K.EXTENDED, OFFICER, "online", until=DAY - timedelta(days=1)), "ends today or later"),
    ("briefed", e(K.EXTENDED, OFFICER, "online"), "until when"),
    ("briefed", e(K.EXTENDED, OFFICER, until=LATER), "which stage"),
    ("paid", e(K.EXTENDED, OFFICER, "online", until=LATER), "not open yet"),
    ("checked", e(K.EXTENDED, OFFICER, "self-check", until=LATER), "is done"),
    ("briefed", e(K.EXTENDED, APPLICANT, "online", until=date(2026, 8, 1)), "not yours"),
    ("paid", e(K.STOPPED, OFFICER, until=LATER), ""),
    ("paid", e(K.STOPPED, OFFICER), ""),
    ("paid", e(K.STOPPED, OFFICER, until=DAY), "must lie ahead"),
    ("stopped", e(K.STOPPED, OFFICER, until=LATER), "stands still already"),
    ("paid", e(K.STOPPED, APPLICANT, until=LATER), "not yours"),
    ("awarded", e(K.STOPPED, OFFICER, until=LATER), "Nothing is running"),
    ("stopped", e(K.RESUMED, OFFICER), ""),
    ("stopped", e(K.RESUMED, APPLICANT), "not yours"),
    ("paid", e(K.RESUMED, OFFICER), "clock is running"),
    # the award
    ("decided", e(K.GRANTED, OFFICER, "grant", level="bronze", until=UNTIL), ""),
    ("recommended", e(K.GRANTED, OFFICER, "grant", level="bronze", until=UNTIL), "not open yet"),
    ("awarded", e(K.GRANTED, OFFICER, "grant", level="bronze", until=UNTIL), "is done"),
    ("decided", e(K.GRANTED, CHAIR, "grant", level="bronze", until=UNTIL), "not yours"),
    ("decided", e(K.GRANTED, OFFICER, "panel", level="bronze", until=UNTIL), "Nothing is granted here"),
    ("decided", e(K.GRANTED, OFFICER, "grant", level="silver", until=UNTIL), "level aimed at"),
    ("decided", e(K.GRANTED, OFFICER, "grant", level="bronze"), "holds until 4 January 2029"),
    ("decided", e(K.GRANTED, OFFICER, "grant", level="bronze", until=UNTIL + timedelta(1)), "holds until 4 January"),
    ("awarded", e(K.SUSPENDED, OFFICER), ""),
    ("decided", e(K.SUSPENDED, OFFICER), "no award to suspend"),
    ("suspended", e(K.SUSPENDED, OFFICER), "no award to suspend"),
    ("awarded", e(K.SUSPENDED, ASSESSOR), "not yours"),
    ("suspended", e(K.REINSTATED, OFFICER), ""),
    ("awarded", e(K.REINSTATED, OFFICER), "not suspended"),
    ("suspended", e(K.REINSTATED, APPLICANT), "not yours"),
    ("awarded", e(K.REVOKED, OFFICER), ""),
    ("suspended", e(K.REVOKED, OFFICER), ""),
    ("decided", e(K.REVOKED, OFFICER), "no award to withdraw"),
    ("awarded", e(K.REVOKED, APPLICANT), "not yours"),
    # giving up
    ("begun", e(K.WITHDRAWN, APPLICANT), ""),
    ("stopped", e(K.WITHDRAWN, APPLICANT), ""),
    ("climbing", e(K.WITHDRAWN, APPLICANT), ""),
    ("begun", e(K.WITHDRAWN, OFFICER), "not yours"),
    ("awarded", e(K.WITHDRAWN, APPLICANT), "nothing to withdraw from"),
    # a course: chosen, booked, attended, called off
    ("paid", e(K.CHOSEN, APPLICANT, "briefing"), ""),
    ("chosen", e(K.CHOSEN, APPLICANT, "briefing"), ""),
    ("called-off", e(K.CHOSEN, APPLICANT, "briefing"), ""),
    ("paid", e(K.CHOSEN, OFFICER, "briefing"), "not yours to choose"),
    ("booked", e(K.CHOSEN, APPLICANT, "briefing"), "A place is booked"),
    ("invoiced", e(K.CHOSEN, APPLICANT, "briefing"), "not open yet"),
    ("paid", e(K.CHOSEN, APPLICANT, "meeting"), "no course"),
    ("paid", e(K.ARRANGED, OFFICER, "briefing", until=LATER), ""),
    ("paid", e(K.ARRANGED, APPLICANT, "briefing", until=LATER), "not yours to arrange"),
    ("booked", e(K.ATTENDED, OFFICER, "briefing", "1"), ""),
    ("booked", e(K.ATTENDED, OFFICER, "briefing"), ""),
    ("booked", e(K.ATTENDED, OFFICER, "briefing", "2"), "has 1 part"),
    ("booked", e(K.ATTENDED, APPLICANT, "briefing"), "not yours to record"),
    ("chosen", e(K.ATTENDED, OFFICER, "briefing"), "No place has been booked"),
    ("called-off", e(K.ATTENDED, OFFICER, "briefing"), "No place has been booked"),
    ("briefed", e(K.ATTENDED, OFFICER, "briefing"), "is done"),
    ("briefed", e(K.CORRECTED, OFFICER, "briefing", "1"), ""),
    ("briefed", e(K.CORRECTED, OFFICER, "briefing"), ""),
    ("briefed", e(K.CORRECTED, OFFICER, "briefing", "2"), "has 1 part"),
    ("briefed", e(K.CORRECTED, APPLICANT, "briefing", "1"), "not yours to do"),
    ("booked", e(K.CORRECTED, OFFICER, "briefing", "1"), "not recorded as attended"),
    ("briefed", e(K.CORRECTED, OFFICER, "application"), "no course"),
    ("booked", e(K.CANCELLED, OFFICER, "briefing"), ""),
    ("booked", e(K.CANCELLED, APPLICANT, "briefing"), ""),
    ("chosen", e(K.CANCELLED, APPLICANT, "briefing"), ""),
    ("paid", e(K.CANCELLED, APPLICANT, "briefing"), "No place has been booked or asked for"),
    ("booked", e(K.CANCELLED, ASSESSOR, "briefing"), "not yours to cancel"),
    ("briefed", e(K.CANCELLED, OFFICER, "briefing"), "is done"),
    ("booked", e(K.CANCELLED, OFFICER, "meeting"), "no course"),
    # a third party who fills in a form
    ("applied", e(K.INVITED, APPLICANT, "head"), ""),
    ("invited", e(K.INVITED, APPLICANT, "head"), ""),
    ("applied", e(K.INVITED, OFFICER, "head"), "not yours"),
    ("begun", e(K.INVITED, APPLICANT, "head"), "not open yet"),
    ("applied", e(K.INVITED, APPLICANT, "application"), "Nobody else"),
    ("invited", e(K.SUBMITTED, SUPPORTER, "head"), ""),
    ("applied", e(K.SUBMITTED, SUPPORTER, "head"), "not yours"),
    ("invited", e(K.SUBMITTED, APPLICANT, "head"), "not yours"),
    ("head-agreed", e(K.SUBMITTED, SUPPORTER, "head"), "is done"),
    ("invited", e(K.DECLINED, SUPPORTER, "head"), ""),
    ("invited", e(K.DECLINED, APPLICANT, "head"), "not yours"),
    ("applied", e(K.DECLINED, SUPPORTER, "head"), "not asked for this now"),
    ("invited", e(K.DECLINED, SUPPORTER, "application"), "Nobody else"),
    # what the holder keeps up
    ("awarded", e(K.KEPT, OFFICER, item="membership"), ""),
    ("suspended", e(K.KEPT, OFFICER, item="membership"), ""),
    ("awarded", e(K.KEPT, APPLICANT, item="membership"), "not yours to confirm"),
    ("awarded", e(K.KEPT, OFFICER, item="changes"), "no such duty"),
    ("awarded", e(K.KEPT, OFFICER, item="sauna"), "no such duty"),
    ("paid", e(K.KEPT, OFFICER, item="membership"), "no award"),
    ("awarded", e(K.REPORTED, APPLICANT, item="changes"), ""),
    ("awarded", e(K.REPORTED, OFFICER, item="changes"), ""),
    ("awarded", e(K.REPORTED, ASSESSOR, item="changes"), "not yours"),
    ("awarded", e(K.REPORTED, APPLICANT, item="membership"), "no such report"),
    ("paid", e(K.REPORTED, APPLICANT, item="changes"), "no award"),
    # a renewal asks for what was recommended last time
    ("renewing", e(K.ASKED, APPLICANT, item="1"), ""),
    ("renewing", e(K.ASKED, OFFICER, item="1"), ""),
    ("renewing", e(K.ASKED, ASSESSOR, item="1"), "not yours"),
    ("renewing", e(K.ASKED, OFFICER, item="99"), "no such requirement"),
    ("begun", e(K.ASKED, OFFICER, item="1"), "Only a renewal"),
    ("begun", e(K.CLOSED, OFFICER), ""),
    ("begun", e(K.CLOSED, APPLICANT), "not yours"),
    ("awarded", e(K.CLOSED, OFFICER), "nothing to withdraw from"),
]


def _name(value: object) -> str:
    if isinstance(value, Entry):
        return f"{value.by}-{value.kind}-{value.stage}{value.item}"
    return (str(value) or "allowed").replace(" ", "-")


@pytest.mark.parametrize(("point", "entry", "because"), ROWS, ids=_name)
def test_it_is_allowed_or_refused_with_a_reason(point: str, entry: Entry, because: str) -> None:
    verdict = may(EDITION, at(point), entry)
    if because:
        assert not verdict
        assert because in verdict.because
        assert verdict.because.endswith("."), "a sentence a person can act on"
    else:
        assert verdict, verdict.because


def test_every_kind_is_tried_both_ways() -> None:
    assert {entry.kind for _, entry, because in ROWS if not because} == set(EntryKind)
    assert {entry.kind for _, entry, because in ROWS if because} == set(EntryKind)
