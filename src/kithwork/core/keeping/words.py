"""The closed words in which packages declare what they keep of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

ERASED = "[erased]"  # stands where a row cannot be without words

Ways: TypeAlias = tuple[str, ...]  # from a row to the person, by its keys: 'match__mentee'; '' the row itself


class Half(StrEnum):
    """Who answers for a record (the controller)."""

    SERVICE = "service"
    BODY = "body"
    SITE = "site"  # whoever runs the installation


class Whose(StrEnum):
    """About whom a row tells. The value is how a page says it."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    CARER = "family member or carer"
    REFERRER = "referrer"
    REFEREE = "referee"
    STAFF = "member of staff"
    TRUSTEE = "trustee"
    HOLDER = "person with an account"
    SUPPORTER = "person asked to support an application"
    NAMED = "anybody named in what was written"


class Basis(StrEnum):
    """Article 6(1) of the UK GDPR."""

    CONSENT = "consent (article 6(1)(a))"
    CONTRACT = "a contract, or steps before one (article 6(1)(b))"
    LAW = "a legal obligation (article 6(1)(c))"
    INTERESTS = "legitimate interests (article 6(1)(f))"


class Special(StrEnum):
    """What makes it lawful where a record tells of health, belief, origin, orientation or offences."""

    NONE = ""
    CONSENT = "explicit consent (article 9(2)(a))"
    SAFEGUARDING = "safeguarding of children and of individuals at risk (Data Protection Act 2018, schedule 1, para 18)"
    EQUALITY = "equality of opportunity or treatment (Data Protection Act 2018, schedule 1, para 8)"


class Since(StrEnum):
    """The event from which a period runs."""

    LEFT = "they left"
    DECIDED = "it was decided not to go on"
    JUDGED = "the application that it is for was decided"
    MADE = "it was written"
    RECEIVED = "it was received"
    CLOSED = "it was closed"
    ENDED = "it ended"
    SENT = "it was sent"
    GRANTED_ENDED = "what was granted, or the application, ended"
    FINANCIAL_YEAR = "the end of its financial year"
    ERASURE = "nothing but an erasure ends it"


class Then(StrEnum):
    """What happens to a row at the end of its period, or when its person is erased."""

    DELETED = "deleted"
    EMPTIED = "emptied: what counts need stays, without the person"
    KEPT = "kept"


class Why(StrEnum):
    """Why something stays although somebody asked for it to go (article 17(3))."""

    SAFEGUARDING = "what was done about somebody’s safety must be shown for as long as it may be asked about"
    REGISTER = "an award that was granted can be checked by the public for as long as it is in the register"
    ACCOUNTS = "accounting records are kept for six years (Companies Act 2006, section 388; Charities Act 2011)"
    CHAIN = "the record of acts names nobody: it holds references, and each line is tied to the one before"
    ACTOR = "it says which account acted; when that account is erased, it has no name any more"
    FIGURE = "a date, a figure or a closed answer, which tells of nobody once the name is gone"
    OFFICE = "it is the service’s own and not about one person; it is changed in its settings"
    PAPERS = "who approved a paper of the service; a name that is erased is taken out of it"


class Kind(StrEnum):
    """A kind of record: what has one purpose and one period."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    REFERRAL = "referral"
    APPLICANT = "applicant"
    CONTACT = "contact"
    RISK = "risk"
    CONCERN = "concern"
    REFERENCE = "reference"
    VETTING = "vetting"
    CONSENT = "consent"
    OPINION = "opinion"
    EQUALITY = "equality"
    LINK = "link"
    IMPORT = "import"
    STAFF = "staff"
    STAFF_VETTING = "staff-vetting"
    COMPLAINT = "complaint"
    BOARD = "board"
    LOAN = "loan"
    PAPERS = "papers"
    PRACTICE = "practice"
    APPLICATION = "application"
    EVIDENCE = "evidence"
    ORIGINAL = "original"
    ASSESSMENT = "assessment"
    AWARD = "award"
    INVOICE = "invoice"
    COURSE = "course"
    DRAFT = "draft"
    ACCOUNT = "account"
    MEMBERSHIP = "membership"
    INVITATION = "invitation"
    MAIL = "mail"
    LEDGER = "ledger"
    RIGHTS = "rights"


@dataclass(frozen=True, slots=True)
class Record:
    """A kind of record in words, with its period in months. `months` None: no period of its own. A service may set the
    period from `least` to `most`; both 0: nobody sets it. `because` is where the bounds come from.
    """

    title: str
    half: Half
    purpose: str
    people: tuple[Whose, ...]
    data: str
    basis: Basis
    since: Since
    months: int | None = None
    least: int = 0
    most: int = 0
    because: str = ""
    then: Then = Then.EMPTIED
    special: Special = Special.NONE
    recipients: str = "Nobody outside the organisation"
    safeguards: str = "Seen by those whose role needs it; every change is in the record of acts"

    @property
    def settable(self) -> bool:
        return self.most > 0


@dataclass(frozen=True, slots=True)
class Kept:
    """What one model keeps of people. See each package's `personal.py`.

    `of`: the ways from a row to each person it tells of, the owner of its words first. When the owner is erased, the
    words go; when another is, their name is taken out of them, unless the row has no owner left. No ways at all: found
    by name alone. `only`: personal fields about that one alone. `shared`: fields that go with either. `marked`: texts
    that a rule demands, which say ERASED instead of nothing. `cut`: keys to an account or a person that are emptied,
    while other keys to accounts say who acted and stay. `stays`: personal fields that stay, and why. `since`: the
    field from which the period runs. `also`: what kind of record the row is at other moments.
    """

    kind: Kind
    of: Mapping[Whose, Ways] = field(default_factory=dict)
    then: Then = Then.EMPTIED
    only: Mapping[Whose, tuple[str, ...]] = field(default_factory=dict)
    shared: tuple[str, ...] = ()
    marked: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()
    stays: Mapping[str, Why] = field(default_factory=dict)
    since: str = ""
    also: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one field when its person is erased, and why where it stays."""

    then: Then
    why: Why | None = None


def fate(kept: Kept, name: str, *, actor: bool) -> Fate:
    """The fate of a personal field. `actor`: it is a key to an account, which says who acted."""
    if name in kept.stays:
        return Fate(Then.KEPT, kept.stays[name])
    if kept.then is Then.DELETED:
        return Fate(Then.DELETED)
    if actor and name not in kept.cut:
        return Fate(Then.KEPT, Why.ACTOR)
    return Fate(kept.then)
