"""What is written on a journey: dated facts of closed kinds, never overwritten."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kithwork.core.schemes.model import Role


class EntryKind(StrEnum):
    OPENED = "opened"  # level: what is aimed at
    RAISED = "raised"  # level: a higher one, aimed at later
    ANSWERED = "answered"  # checklist; outcome yes or no
    SUBMITTED = "submitted"  # form, item of evidence, piece, portfolio, renewal
    DECIDED = "decided"  # outcome yes, no or more
    RECOMMENDED = "recommended"  # outcome yes, no or more, before a decision
    INVOICED = "invoiced"  # amount in whole pounds
    PAID = "paid"
    ARRANGED = "arranged"  # until: the day it is to happen
    HELD = "held"  # detail: how ('on site', 'individual', 'group')
    ATTENDED = "attended"
    SIGNED = "signed"
    AGREED = "agreed"  # the alternative to an interview
    CONFIRMED = "confirmed"  # an item, piece or portfolio meets what is asked
    RETURNED = "returned"  # more is asked for
    BREACHED = "breached"  # a name was left in: the item fails at once
    APPOINTED = "appointed"  # an assessor
    RELEASED = "released"  # the assessor steps back
    EXTENDED = "extended"  # stage; until: the new last day
    STOPPED = "stopped"  # the clock; until: the day it is expected to start again
    RESUMED = "resumed"
    GRANTED = "granted"  # level; until: the last valid day
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"  # by the applicant
    CLOSED = "closed"  # by the body


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated fact. Who exactly signed it is kept beside it by the house; here the role is enough."""

    on: date
    kind: EntryKind
    by: Role
    stage: str = ""
    item: str = ""
    outcome: Answer | None = None
    level: str = ""
    until: date | None = None
    amount: int | None = None
    detail: str = ""
