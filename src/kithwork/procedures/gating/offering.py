"""What a service's side offers as evidence, on its way through the gate: a file waits there, words pass or not."""

from collections.abc import Collection
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.evidence.actions import may_offer
from kithwork.evidence.models import Item
from kithwork.evidence.passing import NOTHING_FOUND, Passing
from kithwork.gate import actions as gate
from kithwork.gate.models import Original
from kithwork.journeys.models import Journey
from kithwork.procedures.gating.texts import Looked
from kithwork.procedures.gating.working import begin

APPROVED = gate.APPROVED
BLIND = " No language model is installed here: lists and patterns looked through it alone."


def offer_file(
    *,
    journey: Journey,
    slots: Collection[str],
    title: str,
    upload: "UploadedFile[bytes]",
    dated: date | None,
    casework: bool,
    by: User,
    today: date,
    portfolio: str = "",
    text: str = "",
) -> Original:
    """Keep a file at the gate, and have it read. It becomes evidence when a person has approved what is left of it.

    Raises Refused for what `evidence.add_file` would refuse, and as `gate.take_in`. Must be called outside any
    transaction.
    """
    may_offer(journey=journey, slots=slots, portfolio=portfolio, today=today)
    service = journey.service
    original = gate.take_in(
        journey=journey.ref,
        organisation=service.organisation if service else None,
        person=journey.person,
        upload=upload,
        title=title,
        text=text,
        slots=slots,
        portfolio=portfolio,
        dated=dated,
        casework=casework,
        by=by,
        today=today,
    )
    begin(original.ref)
    return original


def passing(looked: Looked, by: User) -> Passing:
    """Who let typed words through: whoever decided what becomes of what was found, or sent what nothing was found in.

    Raises Refused while something waits for a decision.
    """
    if looked.waiting:
        raise Refused("Decide first what becomes of what was found.")
    words = gate.APPROVED if looked.found else NOTHING_FOUND
    return Passing(by, timezone.now(), words + (BLIND if looked.blind else ""))


def take_through(*, item: Item, by: User, today: date) -> Original:
    """Bring a file that was added before there was a gate to it, for all that it is evidence for.

    The item stays as it is until its copy takes its place. Raises Refused as `offer_file`. Must be called outside any
    transaction.
    """
    if not item.file:
        raise Refused("Only a file is taken through the gate like this.")
    slots = list(item.offers.values_list("slot", flat=True))
    with item.file.open("rb") as opened:
        upload = UploadedFile(opened, item.file_name, size=item.size)
        return offer_file(
            journey=item.journey,
            slots=slots,
            title=item.title,
            upload=upload,
            dated=item.dated,
            casework=item.casework,
            by=by,
            today=today,
            portfolio=item.portfolio,
            text=item.text,
        )
