"""Mentees, mentors, matches and contacts out of a spreadsheet: read, checked row by row, brought in, taken back."""

import hashlib
import json
import zlib
from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.actions import moving
from kithwork.caseload.models import Import, Practice
from kithwork.core.tables import Book, Table, Unreadable
from kithwork.core.tables.shape import packed, unpacked
from kithwork.core.verdict import Refused
from kithwork.files.tables import tables_in
from kithwork.organisations.models import Service
from kithwork.procedures.importing.columns import FIELDS, Of
from kithwork.procedures.importing.making import learnt, rows_for
from kithwork.procedures.importing.planning import Plan, Same, Twin, guess, plan, table_in
from kithwork.procedures.importing.reading import Fault, missing

__all__ = [
    "FIELDS",
    "Fault",
    "Of",
    "Plan",
    "Same",
    "Twin",
    "bring_in",
    "check",
    "guess",
    "look_at",
    "missing",
    "same_file",
    "table_in",
    "take_up",
    "taken_up",
]


def take_up(*, service: Service, kind: str, content: bytes, file_name: str, by: User, now: datetime) -> Import:
    """Read a file and hold what it says, with the columns that are certain. Raises Refused when it cannot be read."""
    try:
        book = tables_in(content, file_name)
    except Unreadable as why:
        raise Refused(str(why)) from None
    sheet, table = table_in(book, kind)
    return moving.hold(
        service=service,
        kind=kind,
        file_name=file_name,
        digest=hashlib.sha256(content).hexdigest(),
        table=zlib.compress(json.dumps(packed(book), ensure_ascii=False).encode(), 6),
        sheet=sheet,
        mapping=guess(kind, table),
        by=by,
        now=now,
    )


def taken_up(imported: Import) -> Book:
    """What a held file says."""
    return unpacked(json.loads(zlib.decompress(bytes(imported.table))))


def look_at(imported: Import) -> tuple[Book, Table]:
    """A held file, and its table with the sheet and heading row that count now."""
    book = taken_up(imported)
    return book, table_in(book, imported.kind, imported.sheet, imported.heading_row)[1]


def same_file(imported: Import) -> Import | None:
    """The last time this very file was brought in, and not taken back."""
    rows = Import.objects.filter(service=imported.service_id, digest=imported.digest, kind=imported.kind)
    return rows.filter(brought_at__isnull=False, undone_at__isnull=True).order_by("-brought_at").first()


def check(imported: Import, today: date, answers: Mapping[str, str] | None = None) -> Plan:
    """The dry run of a held file. `answers` as the import keeps them, or those given instead."""
    book, table = look_at(imported)
    told: Mapping[str, str] = imported.answers if answers is None else answers
    general = Same(told[""]) if told.get("") else None
    return plan(
        service=imported.service,
        kind=imported.kind,
        table=table,
        mapping=imported.mapping,
        today=today,
        same=general,
        answers={int(row): Same(answer) for row, answer in told.items() if row},
        notes=book.notes,
    )


def bring_in(
    *,
    imported: Import,
    practice: Practice,
    answers: Mapping[str, str],
    skip_faulty: bool,
    by: User,
    now: datetime,
    today: date,
) -> Import:
    """Bring in what a held file says, as the dry run shows it now.

    Raises Refused when a row is faulty and `skip_faulty` is not said, or when there is nothing to bring in.
    """
    with transaction.atomic():
        imported = moving.still_held(imported)
        found = check(imported, today, answers)
        if found.faults and not skip_faulty:
            rows = "1 row is" if found.faulty == 1 else f"{found.faulty} rows are"
            raise Refused(f"Nothing was brought in: {rows} faulty. Mend the file, or leave those rows out.")
        if not found.new and not found.filled:
            raise Refused("There is nothing to bring in.")
        return moving.bring_in(
            imported=imported,
            new=rows_for(imported.kind, found.new, practice, by, now),
            filled=[(known.pk, learnt(imported.kind, row)) for known, row in found.filled],
            rows=found.read,
            skipped=found.skipped + found.faulty,
            by=by,
            now=now,
        )
