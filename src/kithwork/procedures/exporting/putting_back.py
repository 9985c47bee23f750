"""An archive read back into an empty service: every row, its documents, and how they hang together."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import BooleanField, Field, ForeignKey, JSONField, Model

from kithwork.accounts.models import User
from kithwork.caseload.actions.moving import called, taken_over
from kithwork.caseload.models import Practice
from kithwork.core.refs import new_ref
from kithwork.core.tables import unsafe
from kithwork.core.verdict import Refused
from kithwork.files.intake import examine
from kithwork.organisations.models import Membership, Service
from kithwork.procedures.exporting.archive import FORMAT, VERSION, file_path, lines_of
from kithwork.procedures.exporting.tables import ONLY_WITH, PRACTICE, ArchiveTable, is_file, is_user, tables

UNPACKED = 8 * 1024**3  # bytes, all members together
_BATCH = 1000
_TRUTHS = {"true": True, "false": False}


def put_back(*, practice: Practice, file: Path, by: User) -> dict[str, int]:
    """Read an archive into a service without people or papers. Gives the number of rows, by table.

    References stay where they are still free. People who sign in are found by their address among the organisation's
    members; where somebody is not one, `by` stands in. All or nothing; writes the ledger. Raises Refused, with the
    table and line, for anything that is not as `format.md` says, and when the service is not empty.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _Putting(practice, archive, by).all()
    except (zipfile.BadZipFile, OSError, UnicodeDecodeError, KeyError) as fault:
        raise Refused(f"{file.name} is not an archive of a service, or is damaged.") from fault


class _Putting:
    def __init__(self, practice: Practice, archive: zipfile.ZipFile, by: User) -> None:
        self.practice, self.archive, self.by = practice, archive, by
        self.keys: dict[type[Model], dict[str, int]] = {}
        self.refs: dict[str, str] = {}
        self.kept: list[tuple[Any, str]] = []
        members = Membership.objects.filter(organisation=practice.service.organisation_id).values("user")
        self.users = {user.email: user for user in User.objects.filter(pk__in=members)}

    def all(self) -> dict[str, int]:
        told = self._told()
        wanted = frozenset(str(part) for part in told["with"])
        counts: dict[str, int] = {}
        try:
            with transaction.atomic():
                service = Service.objects.select_for_update(of=("self",)).get(pk=self.practice.service_id)
                _must_be_empty(service)
                for table in tables(wanted):
                    counts[table.name] = self._table(table)
                    if counts[table.name] != told["rows"].get(table.name):
                        raise Refused(f"{table.file} has not as many rows as the archive says. It is not whole.")
                taken_over(practice=self.practice, by=self.by, rows=sum(counts.values()))
        except BaseException as fault:
            for storage, name in self.kept:
                storage.delete(name)
            if isinstance(fault, IntegrityError):
                raise Refused("The rows of this archive do not fit together.") from fault
            raise
        return counts

    def _told(self) -> dict[str, Any]:
        if sum(member.file_size for member in self.archive.infolist()) > UNPACKED:
            raise Refused("This archive unpacks to more than an archive should.")
        try:
            told: dict[str, Any] = json.loads(self.archive.read("archive.json"))
            sound = told["format"] == FORMAT and isinstance(told["rows"], dict) and set(told["with"]) <= set(ONLY_WITH)
        except (ValueError, TypeError, KeyError):
            sound = False
        if not sound:
            raise Refused("This is not an archive of a service.")
        if told["version"] != VERSION:
            raise Refused(f"This archive is of version {told['version']}; this Kithwork reads version {VERSION}.")
        return told

    def _table(self, table: ArchiveTable) -> int:
        self.keys[table.model] = {}
        own: list[tuple[str, str, str]] = []  # rows that name another of their own table
        number = 0
        for lines in _batches(lines_of(self.archive, table)):
            rows = [self._row(table, number + at + 2, line, own) for at, line in enumerate(lines)]
            self._free_refs(table, rows)
            if table.name == PRACTICE:
                self._practice(rows)
            else:
                for line, made in zip(lines, table.model._default_manager.bulk_create(rows), strict=True):
                    self.keys[table.model][line["id"]] = made.pk
                    self._document(table, line, made)
            number += len(lines)
        for key, name, other in own:
            row = table.model._default_manager.filter(pk=self.keys[table.model][key])
            row.update(**{name: self.keys[table.model].get(other)})
        return number

    def _row(self, table: ArchiveTable, number: int, line: dict[str, str], own: list[tuple[str, str, str]]) -> Any:
        row: Any = table.model()
        if hasattr(row, "service_id"):
            row.service_id = self.practice.service_id
        for field in table.columns:
            said = line[field.name]
            if field.primary_key or is_file(field):
                continue
            if isinstance(field, ForeignKey) and field.related_model is table.model:
                if said:
                    own.append((line["id"], field.name, said))
                continue
            try:
                setattr(row, field.attname, self._value(field, said))
            except (ValidationError, ValueError, KeyError) as fault:
                raise Refused(f"{table.file}, line {number}: ‘{field.name}’ cannot be ‘{said[:60]}’.") from fault
        return row

    def _value(self, field: "Field[Any, Any]", said: str) -> Any:
        if is_user(field):
            user = self.users.get(said)
            return user.pk if user else (None if field.null else self.by.pk)
        if isinstance(field, ForeignKey):
            return self.keys[field.related_model][said] if said else None
        text = unsafe(said)
        if isinstance(field, JSONField):
            return self._with_refs(json.loads(text))
        if not text and field.null:
            return None
        if field.name in ("ref", "measure"):
            return self.refs.get(text, text)
        value = _TRUTHS[text] if isinstance(field, BooleanField) else field.to_python(text)
        field.run_validators(value)
        if field.choices and value not in {code for code, _ in field.flatchoices}:
            raise ValueError(text)
        return value

    def _with_refs(self, value: Any) -> Any:
        """Lists of references name the rows as they are called here."""
        return (
            [self.refs.get(one, one) if isinstance(one, str) else one for one in value]
            if isinstance(value, list)
            else value
        )

    def _free_refs(self, table: ArchiveTable, rows: list[Any]) -> None:
        if not rows or not hasattr(rows[0], "ref"):
            return
        taken = set(
            table.model._default_manager.filter(ref__in=[row.ref for row in rows]).values_list("ref", flat=True)
        )
        for row in rows:
            if row.ref in taken:
                self.refs[row.ref] = fresh = new_ref()
                row.ref = fresh

    def _practice(self, rows: list[Any]) -> None:
        """How the service works becomes what the archive says."""
        for row in rows[:1]:
            names = [field.name for field in Practice._meta.concrete_fields if field.name not in ("id", "service")]
            for name in names:
                setattr(self.practice, name, getattr(row, name))
            self.practice.save(update_fields=names)

    def _document(self, table: ArchiveTable, line: dict[str, str], row: Any) -> None:
        for field in table.columns:
            if not is_file(field) or not line[field.name]:
                continue
            path = file_path(table, int(line["id"]))
            if line[field.name] != path or path not in self.archive.namelist():
                raise Refused(f"{table.file}: the document {line[field.name][:60]} is not in the archive.")
            if self.archive.getinfo(path).file_size > settings.UPLOAD_LIMIT:
                raise Refused(f"{path} is larger than a document may be.")
            content = self.archive.read(path)
            if hashlib.sha256(content).hexdigest() != row.digest:
                raise Refused(f"{path} is not the document that its row names.")
            found = examine(content, row.file_name, settings.UPLOAD_LIMIT)
            if not found.ok:
                raise Refused(f"{path}: {found.reason}")
            kept: Any = getattr(row, field.name)
            kept.save(row.file_name, ContentFile(content), save=False)
            self.kept.append((kept.storage, kept.name))
            row.save(update_fields=[field.name])


def _batches(lines: Iterator[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    batch: list[dict[str, str]] = []
    for line in lines:
        batch.append(line)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _must_be_empty(service: Service) -> None:
    for table in tables(frozenset(ONLY_WITH)):
        if table.name != PRACTICE and table.rows_of(service).exists():
            raise Refused(
                f"The service is not empty: it has {called(table.model)}. An archive is read into an empty one alone."
            )
