"""Every write to snapshots. Kept answers are no writes of anybody's: see `keeping`."""

from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import Practice
from kithwork.core.credentials.snapshot import snapshot as typeset
from kithwork.core.schemes import Requirement
from kithwork.core.verdict import Refused
from kithwork.evidence.actions import add_file
from kithwork.evidence.models import Item
from kithwork.evidence.passing import MADE_REDUCED, Passing
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Journey
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.readiness.models import SampleAsked, Snapshot
from kithwork.readiness.queries import turn_of
from kithwork.readiness.snapshots import draw

__all__ = ["SIGNED", "ask_another", "empty_destroyed", "take"]

SIGNED = "This is what our records show today. I have looked through it, and it goes out as evidence in our name."


def take(
    *, journey: Journey, practice: Practice, requirement: Requirement, seen: str, by: User, now: datetime
) -> Snapshot:
    """Count, draw, typeset and keep what the records show of a requirement, as evidence offered for it.

    `practice` is of the journey's service, and comes with it and its organisation; `seen` is the seal of what the
    signer had before them. The caller has proved that `by` may change the journey's evidence and sees these records.
    Raises Refused when the records answer otherwise by now, or the requirement's evidence cannot be changed. Must be
    called outside any transaction. Writes the ledger of both halves.
    """
    edition, today = edition_of(journey.edition), timezone.localdate(now)
    turn = turn_of(journey, requirement.id)
    facts = draw(
        practice=practice,
        edition=edition,
        requirement=requirement,
        journey=journey.ref,
        turn=turn,
        at=today,
        now=now,
    )
    if facts.seal != seen:
        raise Refused("Your records have changed since you opened this page. Look at what they show now, then sign.")
    content = typeset(facts, requirement=edition.words.requirement, signed=SIGNED)
    kept: list[Snapshot] = []

    def along(item: Item) -> None:
        kept.append(
            Snapshot.objects.create(
                item=item,
                service=practice.service,
                scheme=edition.scheme.slug,
                edition=edition.scheme.edition,
                requirement=requirement.id,
                day=today,
                turn=turn,
                facts=facts.model_dump(mode="json"),
                signed_by=by,
                signed_at=now,
                wording=SIGNED,
            )
        )
        write(
            act=Act.READINESS_SNAPSHOT_TAKEN,
            actor=by.actor,
            subject=f"service:{practice.service.ref}",
            organisation=practice.service.organisation.ref,
            facts={"journey": journey.ref, "requirement": requirement.id, "turn": turn, "digest": item.digest},
        )

    add_file(
        journey=journey,
        slots=[requirement.id],
        title=f"What our records show: {requirement.number} {requirement.title}"[:200],
        upload=SimpleUploadedFile(f"records-{requirement.id}-{today}-{turn}.pdf", content, "application/pdf"),
        dated=today,
        casework=True,
        declared=True,
        by=by,
        today=today,
        along=along,
        passing=Passing(by, now, MADE_REDUCED),
    )
    return kept[0]


@transaction.atomic
def ask_another(*, snapshot: Snapshot, journey: Journey, by: User, now: datetime) -> SampleAsked:
    """Note that an assessor asks for another sample than a snapshot's. The caller asks the applicant for more with it.

    `journey` is that of the snapshot's item. Raises Refused when another has been asked for already. Writes the ledger.
    """
    if turn_of(journey, snapshot.requirement) > snapshot.turn:
        raise Refused("Another sample has been asked for already.")
    row = SampleAsked.objects.create(
        snapshot=snapshot, turn=snapshot.turn + 1, on=timezone.localdate(now), at=now, by=by
    )
    write(
        act=Act.READINESS_SAMPLE_ASKED,
        actor=by.actor,
        subject=f"journey:{journey.ref}",
        organisation=journey.edition.body.ref,
        facts={"requirement": snapshot.requirement, "turn": row.turn},
    )
    return row


def empty_destroyed(*, journey: Journey) -> int:
    """After a breach: what snapshots said goes with the documents that were destroyed. How many that were.

    The ledger has the breach and the digest already.
    """
    return Snapshot.objects.filter(item__journey=journey, item__destroyed_at__isnull=False).update(facts={})
