"""What is written on a journey: dated facts of closed kinds, never overwritten."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kithwork.core.schemes.model import Role


class EntryKind(StrEnum):
    OPENED = "opened"  # level: what is aimed at; a renewal: detail 'renewal', until: the end of what is renewed
    RAISED = "raised"  # level: another one, aimed at later
    ASKED = "asked"  # item: a requirement recommended last time, asked for at a renewal
    ANSWERED = "answered"  # checklist; outcome yes or no
    SUBMITTED = "submitted"  # form, item of evidence, piece, portfolio, renewal
    INVITED = "invited"  # a third party, to fill in a form
    DECLINED = "declined"  # by that third party
    DECIDED = "decided"  # outcome yes, no or more
    RECOMMENDED = "recommended"  # outcome yes, no or more, before a decision
    INVOICED = "invoiced"  # amount in whole pounds
    PAID = "paid"
    ARRANGED = "arranged"  # until: the day it is to happen; item: a part of a course, or an interview
    HELD = "held"  # detail: how ('on site', 'individual', 'group'); of an observation: it is written up, or anew
    CHOSEN = "chosen"  # a date of a course
    CANCELLED = "cancelled"  # a booking
    ATTENDED = "attended"  # item: the part of a course, counted from 1
    CORRECTED = "corrected"  # item: a part of a course that was recorded as attended, and was not
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
    KEPT = "kept"  # item: a duty of the holder that is kept
    REPORTED = "reported"  # item: a duty to report; what changed is kept beside the journey
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
