"""The only writer of the ledger."""

from collections.abc import Mapping

from django.db import connection
from django.utils import timezone

from kithwork.ledger.acts import Act
from kithwork.ledger.chain import BEGINNING, Fact, digest, faulty
from kithwork.ledger.models import Record

_LOCK = 0x4B495448  # 'KITH': the advisory lock that lines writers up on PostgreSQL


def write(
    *, act: Act, actor: str, subject: str, organisation: str = "", facts: Mapping[str, Fact] | None = None
) -> Record:
    """Add one record, in the transaction of the write it tells of.

    Raises RuntimeError outside a transaction and ValueError for facts that are not facts (see `chain.faulty`).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The ledger is written in the transaction of the act itself.")
    kept = dict(facts or {})
    if fault := faulty(kept):
        raise ValueError(f"{act}: {fault}")
    if connection.vendor == "postgresql":
        # SQLite's IMMEDIATE transactions line writers up by themselves
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Record.objects.order_by("-seq").values_list("seq", "digest").first() or (0, BEGINNING)
    seq, at = last[0] + 1, timezone.now()
    return Record.objects.create(
        seq=seq,
        at=at,
        actor=actor,
        act=act.value,
        subject=subject,
        organisation=organisation,
        facts=kept,
        previous=last[1],
        digest=digest(
            seq=seq,
            at=at,
            actor=actor,
            act=act.value,
            subject=subject,
            organisation=organisation,
            facts=kept,
            previous=last[1],
        ),
    )
