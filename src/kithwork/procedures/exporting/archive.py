"""A whole service as one zip: a CSV for each table, its documents, and what the columns mean."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime, time
from typing import IO, Any

from django.db import transaction
from django.db.models import Field, JSONField

from kithwork.accounts.models import User
from kithwork.caseload.actions.moving import sent_out
from kithwork.caseload.models import Practice
from kithwork.core.tables import safe
from kithwork.core.verdict import Refused
from kithwork.procedures.exporting.describing import format_of
from kithwork.procedures.exporting.tables import ONLY_WITH, ArchiveTable, is_file, is_user, tables

FORMAT, VERSION = "kithwork service archive", 1


@transaction.atomic
def export(
    *, practice: Practice, out: IO[bytes], parts: Collection[str], by: User | None, now: datetime
) -> dict[str, int]:
    """Write the archive of a service to a file that is open for writing. Gives the number of rows, by table.

    `parts` are keys of ONLY_WITH; `by` None is who runs the installation. Writes the ledger. Raises Refused for a part
    that there is not.
    """
    if unknown := sorted(set(parts) - set(ONLY_WITH)):
        raise Refused(f"There is no part '{unknown[0]}'; there is {', '.join(sorted(ONLY_WITH))}.")
    wanted = frozenset(parts)
    counts: dict[str, int] = {}
    emails = dict(User.objects.values_list("pk", "email"))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables(wanted):
            counts[table.name] = _write(archive, table, practice, emails)
        archive.writestr("format.md", format_of())
        told = {
            "format": FORMAT,
            "version": VERSION,
            "service": practice.service.name,
            "made_at": now.isoformat(),
            "with": sorted(wanted),
            "rows": counts,
        }
        archive.writestr("archive.json", json.dumps(told, indent=2, ensure_ascii=False))
    sent_out(practice=practice, what="archive", by=by, rows=sum(counts.values()), parts=sorted(wanted))
    return counts


def _write(archive: zipfile.ZipFile, table: ArchiveTable, practice: Practice, emails: dict[int, str]) -> int:
    columns = table.columns
    writers = [_writer(field, table, emails) for field in columns]
    number = 0
    with archive.open(table.file, "w", force_zip64=True) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow([field.name for field in columns])
        for row in table.rows_of(practice.service).values_list(*(field.attname for field in columns)).iterator(2000):
            writer.writerow([say(value, row[0]) for say, value in zip(writers, row, strict=True)])
            number += 1
    for field in columns:
        if is_file(field):
            _put_files(archive, table, field, practice)
    return number


def _put_files(archive: zipfile.ZipFile, table: ArchiveTable, field: "Field[Any, Any]", practice: Practice) -> None:
    for row in table.rows_of(practice.service).exclude(**{field.name: ""}).iterator(100):
        try:
            with getattr(row, field.name).open("rb") as kept:
                archive.writestr(file_path(table, row.pk), kept.read(), zipfile.ZIP_STORED)
        except FileNotFoundError:
            continue  # its row says that there was one; reading back says that it is missing


def file_path(table: ArchiveTable, key: int) -> str:
    """Where a row's document lies in the archive."""
    return f"files/{table.name.lower()}/{key}"


def _writer(field: "Field[Any, Any]", table: ArchiveTable, emails: dict[int, str]) -> Callable[[Any, int], str]:
    if is_user(field):
        return lambda value, key: emails.get(value, "")
    if is_file(field):
        return lambda value, key: file_path(table, key) if value else ""
    if isinstance(field, JSONField):
        return lambda value, key: safe(json.dumps(value, ensure_ascii=False))
    return lambda value, key: _said(value)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date | time) else safe(value)


def lines_of(archive: zipfile.ZipFile, table: ArchiveTable) -> Iterator[dict[str, str]]:
    """The rows of a table as text, by column. Raises Refused when its headings are not those of this version."""
    with archive.open(table.file) as raw, io.TextIOWrapper(raw, "utf-8", newline="") as text:
        reader = csv.reader(text)
        heads = next(reader, [])
        if set(heads) != {field.name for field in table.columns}:
            raise Refused(f"{table.file} has other columns than this version knows.")
        for number, row in enumerate(reader, 2):
            if len(row) != len(heads):
                raise Refused(f"{table.file}, line {number}: {len(row)} cells instead of {len(heads)}.")
            yield dict(zip(heads, row, strict=True))
