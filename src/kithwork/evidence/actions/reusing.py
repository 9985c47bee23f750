"""Evidence that was confirmed on one journey, given to another of the same applicant's."""

from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.freshness import freshness
from kithwork.core.verdict import Refused
from kithwork.evidence.actions.ground import asked_by, line_up, log
from kithwork.evidence.actions.offering import keep, keep_file
from kithwork.evidence.models import Breach, Item
from kithwork.evidence.passing import passing_of
from kithwork.evidence.queries import items_of
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.ledger.acts import Act

_GONE = "This was destroyed after a data breach. Send a redacted one."


def reuse(*, source: Item, journey: Journey, slot: str, by: User, today: date) -> Item:
    """Make a new item of this journey from one of another journey of the same applicant, and offer it for a slot.

    Its date, and who declared it redacted and let it through the privacy gate, when and in which words, are the
    source's; a file is examined anew, as if it had just been uploaded. The source stays as it is. Raises Refused when
    that is too old for this slot, destroyed, in breach, here already, not declared redacted where that is needed, or
    cannot be read; for another applicant's; and while nothing may be added here. Writes the ledger; where it came from
    is nothing the body reads. Must be called outside any transaction.
    """
    if source.journey_id == journey.pk or not _same_applicant(source.journey, journey):
        raise Refused("Only evidence from another journey of yours can be used here.")
    fresh = freshness(asked_by(edition_of(journey.edition), slot), source.dated, today).verdict
    if not fresh:
        raise Refused(f"\u2018{source.title}\u2019 cannot be used here. {fresh.because}")
    item = Item(
        journey=journey,
        kind=source.kind,
        title=source.title,
        text=source.text,
        url=source.url,
        dated=source.dated,
        casework=source.casework,
        redacted_by=source.redacted_by,
        redacted_at=source.redacted_at,
        redacted_wording=source.redacted_wording,
        file_name=source.file_name,
        added_by=by,
        added_on=today,
    )
    declared = source.redacted_at is not None

    def along(item: Item) -> None:
        _still_there(source)
        log(
            Act.EVIDENCE_REUSED, journey, by, private=True,
            item=item.ref, slot=slot, source=source.ref, source_journey=source.journey.ref,
        )  # fmt: skip

    if source.kind == Item.Kind.FILE:
        return keep_file(
            item, _content(source), slots=[slot], by=by, declared=declared, along=along, passing=passing_of(source)
        )
    with transaction.atomic():
        line_up(journey)
        same = items_of(journey).filter(kind=source.kind, text=source.text, url=source.url).first()
        if same is not None:
            raise Refused(
                f"You have added this already, as \u2018{same.title}\u2019. Choose it from your evidence instead."
            )
        keep(item=item, slots=[slot], by=by, declared=declared, passing=passing_of(source))
        along(item)
        return item


def _same_applicant(one: Journey, other: Journey) -> bool:
    if other.service_id is not None:
        return one.service_id == other.service_id
    return other.person_id is not None and one.person_id == other.person_id


def _still_there(source: Item) -> None:
    """Raises Refused where a breach came in between. Holds the source until the transaction ends, as a report does."""
    locked = Item.objects.select_for_update().get(pk=source.pk)
    if locked.destroyed_at is not None:
        raise Refused(_GONE)
    if locked.removed_at is not None:
        raise Refused("This has been taken out; add it again.")
    if locked.digest and Breach.objects.filter(journey=source.journey_id, digest=locked.digest).exists():
        raise Refused(_GONE)


def _content(source: Item) -> bytes:
    if source.destroyed_at is not None or not source.file:
        raise Refused(_GONE)
    try:
        with source.file.open("rb") as opened:
            found: bytes = opened.read()
    except OSError as error:
        raise Refused("The file could not be read. Upload it here instead.") from error
    return found
