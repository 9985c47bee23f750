"""From a completed programme into the mentor bank: what joins a scheme of the award half to a service's mentors.

The two halves cannot see each other, so the scheme is a slug to the bank, and the programme a reference.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.awards.models import Award
from kithwork.caseload.actions import banks
from kithwork.caseload.models import Bank, Mentor
from kithwork.caseload.queries.banks import bank_for
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.core.verdict import Refused
from kithwork.journeys.models import PublishedEdition
from kithwork.journeys.queries import for_persons, on_offer
from kithwork.notices.actions import tell
from kithwork.notices.words import Kind
from kithwork.organisations.models import Service
from kithwork.procedures.people import officers_of


@dataclass(frozen=True, slots=True)
class Programme:
    """A scheme for persons that is on offer: whoever completes it may enter a bank."""

    slug: str
    name: str
    body: str


def _on_offer() -> list[PublishedEdition]:
    """The newest edition of each scheme, by name."""
    newest: dict[str, PublishedEdition] = {}
    for row in on_offer().order_by("name", "-published_at"):
        newest.setdefault(row.slug, row)
    return list(newest.values())


def programmes() -> list[Programme]:
    """The schemes whose bank a service can ask to be, by name."""
    return [Programme(one.slug, one.name, one.body.name) for one in _on_offer() if for_persons(one.slug)]


@transaction.atomic
def ask_bank(*, service: Service, scheme: str, by: User, today: date) -> Bank:
    """Ask the scheme's body to let this service be its mentor bank. Tells the body's officers. Raises Refused for a
    scheme that is not on offer to persons, or was asked for already.
    """
    edition = next((one for one in _on_offer() if one.slug == scheme), None)
    if edition is None or not for_persons(scheme):
        raise Refused("This scheme is not on offer.")
    bank = banks.ask_bank(service=service, body=edition.body, scheme=scheme, by=by, today=today)
    tell(
        kind=Kind.BANK_ASKED,
        to=officers_of(edition.body),
        organisation=edition.body,
        path=f"/body/{edition.body.slug}/banks/",
        about=edition.name,
    )
    return bank


@transaction.atomic
def answer_bank(*, bank: Bank, agreed: bool, by: User, today: date) -> Bank:
    """The body agrees, turns it down, or ends it later. Tells those who run the service."""
    act = banks.agree_bank if agreed else banks.end_bank
    row = act(bank=bank, by=by, today=today)
    tell(
        kind=Kind.BANK_ANSWERED,
        to=coordinators_of(bank.service),
        organisation=bank.service.organisation,
        path=f"/run/{bank.service.slug}/mentors/bank/",
        about=bank.service.name,
    )
    return row


@transaction.atomic
def join_bank(*, award: Award, by: User, today: date) -> Mentor | None:
    """Whoever was granted an award of their own enters its scheme's bank, where there is one: a mentor's record in the
    bank's service, tied to their account, selected on that day. They are asked whether their details may be kept.

    None without a bank, for a service's award, and for a renewal or who is in the bank already. Call it in the
    transaction that grants the award.
    """
    journey = award.journey
    person = journey.person
    if person is None:
        return None
    bank = bank_for(journey.edition.body, journey.edition.slug)
    if bank is None:
        return None
    mentor = banks.enter_bank(bank=bank, person=person, programme=f"journey:{journey.ref}", by=by, today=today)
    if mentor is not None and banks.asks_consent(mentor):
        tell(
            kind=Kind.BANK_JOINED,
            to=[person],
            organisation=bank.service.organisation,
            path=f"/mentoring/consent/{mentor.ref}/",
            about=bank.service.name,
        )
    return mentor


def names_of(rows: Sequence[Bank]) -> dict[str, str]:
    """Scheme slug -> name, for those of these banks whose scheme is on offer."""
    wanted = {row.scheme for row in rows}
    return {one.slug: one.name for one in _on_offer() if one.slug in wanted}
