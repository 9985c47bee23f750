"""What these tests share."""

from datetime import date, timedelta
from functools import cache
from typing import Any

from kithwork.core.journey import Answer, Entry, EntryKind, Position, fold
from kithwork.core.schemes import Role, load_texts
from tests.core.schemes.sample import TEXTS

K = EntryKind
EDITION = load_texts(TEXTS, "kestrel/2024")
DAY = date(2026, 1, 5)
LATER = DAY + timedelta(days=10)
UNTIL = date(2029, 1, 4)  # 3 years
APPLICANT, OFFICER, ASSESSOR, PANEL, CHAIR = Role.APPLICANT, Role.OFFICER, Role.ASSESSOR, Role.PANEL, Role.CHAIR
SUPPORTER = Role.SUPPORTER
YES = Answer.YES


def e(kind: EntryKind, by: Role, stage: str = "", item: str = "", **more: Any) -> Entry:
    return Entry(more.pop("on", DAY), kind, by, stage, item, **more)


ROAD: dict[str, list[Entry]] = {
    "nothing": [],
    "begun": [e(K.OPENED, APPLICANT, level="bronze")],
    "checked": [e(K.ANSWERED, APPLICANT, "self-check", outcome=YES)],
    "applied": [e(K.SUBMITTED, APPLICANT, "application")],
    "eligible": [e(K.DECIDED, OFFICER, "eligibility", outcome=YES)],
    "appointed": [e(K.APPOINTED, OFFICER)],
    "invoiced": [e(K.INVOICED, OFFICER, "registration", amount=100)],
    "paid": [e(K.PAID, OFFICER, "registration", amount=100)],
    "met": [e(K.ARRANGED, ASSESSOR, "meeting", until=DAY), e(K.HELD, ASSESSOR, "meeting")],
    "chosen": [e(K.CHOSEN, APPLICANT, "briefing")],
    "booked": [e(K.ARRANGED, OFFICER, "briefing", until=LATER)],
    "briefed": [e(K.ATTENDED, OFFICER, "briefing", "1")],
    "sent": [e(K.SUBMITTED, APPLICANT, "online", item) for item in ("1", "2")],
    "arranged": [e(K.ARRANGED, ASSESSOR, "visit", until=LATER), e(K.ARRANGED, ASSESSOR, "watching", until=LATER)],
    "written": [e(K.HELD, ASSESSOR, "watching")],
    "held": [e(K.HELD, ASSESSOR, "visit", detail="on site"), e(K.SIGNED, APPLICANT, "watching")],
    "judged": [e(K.CONFIRMED, ASSESSOR, "online", "1"), e(K.RETURNED, ASSESSOR, "visit", "3")],
    "talked": [e(K.HELD, ASSESSOR, "talks", "mentees", detail="individual")] * 2,
    "handed-in": [
        e(K.SUBMITTED, APPLICANT, "folder"),
        e(K.SUBMITTED, APPLICANT, "homework", "essay"),
        e(K.SUBMITTED, APPLICANT, "visit", "3"),
    ],
    "ready": [
        e(K.CONFIRMED, ASSESSOR, "online", "2"),
        e(K.CONFIRMED, ASSESSOR, "visit", "3"),
        e(K.INVOICED, OFFICER, "assessment-fee", amount=50),
        e(K.PAID, OFFICER, "assessment-fee"),
    ],
    "recommended": [e(K.RECOMMENDED, PANEL, "panel", outcome=YES)],
    "decided": [e(K.DECIDED, CHAIR, "panel", outcome=YES)],
    "awarded": [e(K.GRANTED, OFFICER, "grant", level="bronze", until=UNTIL)],
}


BRANCHES: dict[str, tuple[str, list[Entry]]] = {
    "renewing": ("nothing", [e(K.OPENED, APPLICANT, level="bronze", detail="renewal", until=UNTIL)]),
    "invited": ("applied", [e(K.INVITED, APPLICANT, "head")]),
    "head-agreed": ("invited", [e(K.SUBMITTED, SUPPORTER, "head")]),
    "called-off": ("booked", [e(K.CANCELLED, OFFICER, "briefing")]),
    "stopped": ("paid", [e(K.STOPPED, OFFICER, until=LATER)]),
    "silver": ("paid", [e(K.RAISED, APPLICANT, level="silver")]),
    "more-wanted": ("applied", [e(K.DECIDED, OFFICER, "eligibility", outcome=Answer.MORE)]),
    "returned": ("sent", [e(K.RETURNED, ASSESSOR, "online", "1")]),
    "breached": ("sent", [e(K.BREACHED, ASSESSOR, "online", "1")]),
    "agreed": ("talked", [e(K.AGREED, ASSESSOR, "talks", "mentors")]),
    "signed": ("held", [e(K.SIGNED, ASSESSOR, "watching")]),
    "suspended": ("awarded", [e(K.SUSPENDED, OFFICER)]),
    "climbing": ("awarded", [e(K.RAISED, APPLICANT, level="silver")]),
    "refused": ("recommended", [e(K.DECIDED, CHAIR, "panel", outcome=Answer.NO)]),
    "withdrawn": ("sent", [e(K.WITHDRAWN, APPLICANT)]),
    "closed": ("sent", [e(K.CLOSED, OFFICER)]),
    "revoked": ("awarded", [e(K.REVOKED, OFFICER)]),
}


def entries_at(point: str) -> list[Entry]:
    if point in BRANCHES:
        stem, more = BRANCHES[point]
        return [*entries_at(stem), *more]
    names = list(ROAD)
    return [entry for name in names[: names.index(point) + 1] for entry in ROAD[name]]


@cache
def at(point: str, today: date = DAY) -> Position:
    return fold(EDITION, entries_at(point), today)


POINTS = [*ROAD, *BRANCHES]
HELD_ON = DAY
