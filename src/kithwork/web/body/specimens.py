"""Papers and messages of an edition that nobody has applied under: each is marked as a specimen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.urls import reverse

from kithwork.core.credentials import (
    CertificateFacts,
    InvoiceFacts,
    InvoiceLine,
    LetterFacts,
    Party,
    Session,
    certificate,
    invoice,
    letter,
)
from kithwork.core.days import last_valid_day
from kithwork.core.schemes import CourseStage, Edition, Fee, FormStage, Level, RenewalStage, Stage, StageKind
from kithwork.notices.words import OF_DAILY_WORK, WORDS, Kind

NUMBER = "SPECIMEN"
MESSAGES_OF: dict[Kind, frozenset[StageKind]] = {  # what only some kinds of stage bring about; the rest is everybody's
    Kind.RENEWAL_ASKED: frozenset({StageKind.RENEWAL}),
    Kind.PORTFOLIO_HANDED_IN: frozenset({StageKind.PORTFOLIO}),
    Kind.APPLICATION_RECEIVED: frozenset({StageKind.FORM}),
    Kind.APPLICATION_ARRIVED: frozenset({StageKind.FORM}),
    Kind.INVOICE_ISSUED: frozenset({StageKind.FEE}),
    Kind.PAYMENT_RECORDED: frozenset({StageKind.FEE}),
    Kind.EVIDENCE_SENT: frozenset(
        {StageKind.EVIDENCE, StageKind.VISIT, StageKind.CASE_STUDY, StageKind.ASSIGNMENT, StageKind.PORTFOLIO}
    ),
}
_ELSEWHERE = OF_DAILY_WORK | {Kind.INVITED}  # of a service or an organisation, not of a scheme


def certificate_for(edition: Edition, level: Level, body: str, holder: str, today: date) -> bytes:
    """The certificate of a level, with SPECIMEN across it."""
    valid = edition.credential.valid
    return certificate(
        CertificateFacts(
            body=body,
            scheme=edition.scheme.name,
            level=level.title,
            holder=holder,
            number=NUMBER,
            valid_from=today,
            valid_until=last_valid_day(today, valid) if valid else None,
            verify_url=f"{settings.SITE_URL}{reverse('verify')}",
            issued_on=today,
            worth=edition.credential.worth,
            specimen=True,
        )
    )


def invoice_for(fee: Fee, body: str, address: str, holder: str, today: date) -> bytes:
    """The invoice for a fee at its own price or its first band's; nothing in it can be paid."""
    amount = fee.amount if fee.amount is not None else fee.bands[0].amount if fee.bands else 0
    what = f"{fee.title}: {fee.bands[0].title}" if fee.bands else fee.title
    return invoice(
        InvoiceFacts(
            seller=Party(body, _lines(address)),
            buyer=Party(holder),
            number=NUMBER,
            issued_on=today,
            lines=(InvoiceLine(what, amount),),
            how_to_pay="This is a specimen: nothing is to be paid.",
            note="" if fee.refundable else "This fee is not refundable.",
        )
    )


def letter_for(stage: CourseStage, body: str, address: str, holder: str, today: date) -> bytes:
    """The letter that confirms a place, with made-up days: one part a week."""
    sessions = tuple(
        Session(
            day=today + timedelta(weeks=4 + number),
            starts=time(10),
            ends=time(16),
            place="A place that the offering names",
            hours_taught=Decimal(stage.hours or 0) / stage.parts,
            hours_self_study=Decimal(stage.self_study or 0) / stage.parts,
        )
        for number in range(stage.parts)
    )
    return letter(
        LetterFacts(
            sender=Party(body, _lines(address)),
            to=Party(holder),
            title=stage.title,
            reference=NUMBER,
            issued_on=today,
            sessions=sessions,
            closing="This is a specimen: no place is booked.",
        )
    )


def _lines(address: str) -> tuple[str, ...]:
    return tuple(line for line in address.splitlines() if line.strip())


@dataclass(frozen=True, slots=True)
class Sent:
    """A text that somebody gets."""

    title: str
    text: str


def messages_of(edition: Edition, body: str) -> list[Sent]:
    """The mail that this edition's roads bring about, as it will read."""
    kinds = {stage.kind for stage in edition.stages}
    found: list[Sent] = []
    for kind, (subject, text) in WORDS.items():
        if kind in _ELSEWHERE or (kind in MESSAGES_OF and not kinds & MESSAGES_OF[kind]):
            continue
        filled = {"about": edition.scheme.name, "body": body, "link": f"{settings.SITE_URL}/…"}
        found.append(Sent(subject.format(**filled), text.format(**filled)))
    return found


def replies_of(edition: Edition) -> list[Sent]:
    """What the edition's own stages say in answer: the reply to a form, the advice that goes with a no, what a renewal
    carries over.
    """
    return [sent for stage in edition.stages for sent in _replies(edition, stage)]


def _replies(edition: Edition, stage: Stage) -> Sequence[Sent]:
    if isinstance(stage, FormStage) and (stage.reply or stage.papers):
        papers = ", ".join(edition.paper(one).title for one in stage.papers)
        with_it = f"With it: {papers}" if papers else ""
        return [Sent(f"{stage.title}: the reply", "\n\n".join(filter(None, (stage.reply, with_it))))]
    if isinstance(stage, RenewalStage) and stage.carries:
        return [Sent(f"{stage.title}: what carries over", "\n".join(stage.carries))]
    advice = getattr(stage, "otherwise", None)
    return [Sent(f"{stage.title}: with a no", advice)] if advice else []
