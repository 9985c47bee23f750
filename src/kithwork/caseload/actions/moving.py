"""What comes in from a spreadsheet: held while it is looked at, brought in at once, taken back as long as it can be."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, Model, OneToOneField

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import (
    Consent,
    Contact,
    Ending,
    Import,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Practice,
    Referral,
    Vetting,
)
from kithwork.core.verdict import Refused
from kithwork.ledger.acts import Act
from kithwork.ledger.chain import Fact
from kithwork.organisations.models import Service

KEPT = timedelta(days=7)  # a file that nobody brings in is forgotten after so long
MODELS: Mapping[str, type[Model]] = {
    model.__name__: model for model in (Mentee, Referral, Mentor, Consent, MentorStep, Vetting, Match, Ending, Contact)
}
_BATCH = 1000
_PEOPLE: Mapping[str, type[Mentee] | type[Mentor]] = {Import.Kind.MENTEES: Mentee, Import.Kind.MENTORS: Mentor}


@transaction.atomic
def hold(
    *, service: Service, kind: str, file_name: str, digest: str, table: bytes, sheet: int,
    mapping: Mapping[str, str], by: User, now: datetime,
) -> Import:  # fmt: skip
    """Keep what a file says while somebody looks at it. `table` is packed, `digest` the file's sha256.

    Nothing is on record yet, so that the ledger says nothing.
    """
    forget_held(now=now)
    return Import.objects.create(
        service=service, kind=kind, file_name=file_name[-200:], digest=digest, table=table, sheet=sheet,
        mapping=dict(mapping), by=by, at=now,
    )  # fmt: skip


def forget_held(*, now: datetime) -> int:
    """Forget the files that were looked at and not brought in for a week: people's details, on no record and needed by
    nobody. The ledger never knew of them. How many there were.
    """
    return Import.objects.filter(brought_at__isnull=True, at__lt=now - KEPT).delete()[0]


@transaction.atomic
def set_up(*, imported: Import, **changes: Any) -> Import:
    """Say which sheet, heading row, columns or answers count. Raises Refused once it has been brought in."""
    held = still_held(imported)
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=list(changes))
    return held


@transaction.atomic
def throw_away(*, imported: Import) -> None:
    """Forget a file that was looked at. Raises Refused once it has been brought in."""
    still_held(imported).delete()


def still_held(imported: Import) -> Import:
    """A file that is neither brought in nor thrown away, locked until the transaction ends. Raises Refused."""
    held = Import.objects.select_for_update(of=("self",)).select_related("service").filter(pk=imported.pk).first()
    if held is None:
        raise Refused("This file has been thrown away.")
    if held.brought_at is not None:
        raise Refused("This file has been brought in already.")
    return held


@transaction.atomic
def bring_in(
    *,
    imported: Import,
    new: Sequence[Sequence[Model]],
    filled: Sequence[tuple[int, Mapping[str, Any]]],
    rows: int,
    skipped: int,
    by: User,
    now: datetime,
) -> Import:
    """Make the rows of a file, all of them or none. Its content is kept no longer.

    `new` are unsaved rows, those of one kind together, in the order in which they hang on each other. `filled` are
    people on record, by key, with what the file knows of them; what they say already stays. `rows` were read, `skipped`
    left out. One line in the ledger. Raises Refused when it has been brought in already, or the records have changed so
    that it no longer fits.
    """
    held = still_held(imported)
    made: dict[str, list[int]] = {}
    try:
        with transaction.atomic():
            for group in new:
                for one in group[:1]:
                    model = type(one)
                    created = model._default_manager.bulk_create(list(group), batch_size=_BATCH)
                    made.setdefault(model._meta.object_name or "", []).extend(row.pk for row in created)
            held.filled = _fill(held, filled, now)
    except IntegrityError:
        raise Refused("Somebody changed these records meanwhile. Look at the check again.") from None
    held.made, held.rows, held.skipped, held.brought_at = made, rows, skipped, now
    held.table, held.answers = b"", {}
    held.save()
    log(
        Act.CASELOAD_IMPORTED,
        held,
        service=held.service,
        by=by,
        kind=held.kind,
        digest=held.digest,
        made=sum(len(keys) for keys in list(made.values())[:1]),
        filled=len(held.filled),
        skipped=skipped,
    )
    return held


def _fill(held: Import, filled: Sequence[tuple[int, Mapping[str, Any]]], now: datetime) -> dict[str, list[str]]:
    if not filled:
        return {}
    model = _PEOPLE[held.kind]
    told: dict[str, list[str]] = {}
    given: dict[int, dict[str, Any]] = {}
    for pk, values in filled:  # of two rows about one person the first counts
        given[pk] = {**values, **given.get(pk, {})}
    for keys in _batches(list(given)):
        for person in model._default_manager.select_for_update(of=("self",)).filter(service=held.service, pk__in=keys):
            empty = [name for name in given[person.pk] if getattr(person, name) in (None, "", [])]
            for name in empty:
                setattr(person, name, given[person.pk][name])
            if empty:
                person.changed_at = now
                person.save(update_fields=[*empty, "changed_at"])
                told[str(person.pk)] = sorted(empty)
    return told


@transaction.atomic
def undo(*, imported: Import, by: User, now: datetime) -> Import:
    """Take back all that a file brought in. Writes the ledger.

    Raises Refused when it was taken back already, when anything else hangs on its rows by now, or when somebody has
    changed one of them since.
    """
    held = Import.objects.select_for_update(of=("self",)).select_related("service").get(pk=imported.pk)
    if held.brought_at is None:
        raise Refused("This file has not been brought in.")
    if held.undone_at is not None:
        raise Refused("This has been taken back already.")
    if because := hanging(held):
        raise Refused(because)
    for name, keys in reversed(list(held.made.items())):
        for batch in _batches(keys):
            MODELS[name]._default_manager.filter(pk__in=batch).delete()
    _empty_again(held, now)
    held.undone_at = now
    held.save(update_fields=["undone_at"])
    log(Act.CASELOAD_IMPORT_UNDONE, held, service=held.service, by=by, kind=held.kind)
    return held


def hanging(imported: Import) -> str:
    """Why an import cannot be taken back now: what has been added to its rows or changed in them. '' when it can."""
    added: dict[str, int] = {}
    made: Mapping[str, Sequence[int]] = imported.made
    for name, keys in made.items():
        for relation in MODELS[name]._meta.related_objects:
            child: Any = relation.related_model
            if not isinstance(relation.field, ForeignKey | OneToOneField):
                continue
            own = set(made.get(child._meta.object_name, ()))
            for batch in _batches(keys):
                there = child._default_manager.filter(**{f"{relation.field.name}__in": batch}).values_list(
                    "pk", flat=True
                )
                number = sum(key not in own for key in there)
                if number:
                    said = called(child, number)
                    added[said] = added.get(said, 0) + number
    if added:
        listed = ", ".join(f"{number} {said}" for said, number in sorted(added.items()))
        return f"It cannot be taken back any more: {listed} have been added to these records since."
    if changed := _changed(imported):
        records = "1 of these records has" if changed == 1 else f"{changed} of these records have"
        return f"It cannot be taken back any more: {records} been changed since."
    return ""


def called(model: type[Model], number: int = 2) -> str:
    """A kind of row in words: 'risk assessment', or 'matches' for more than one."""
    name = str(model._meta.verbose_name)
    if number == 1:
        return name
    return f"{name}es" if name.endswith("ch") else str(model._meta.verbose_name_plural)


def _changed(imported: Import) -> int:
    model = _PEOPLE.get(imported.kind)
    if model is None or imported.brought_at is None:
        return 0
    keys = [*imported.made.get(model._meta.object_name or "", ()), *(int(key) for key in imported.filled)]
    rows = model._default_manager
    return sum(rows.filter(pk__in=batch, changed_at__gt=imported.brought_at).count() for batch in _batches(keys))


def _empty_again(held: Import, now: datetime) -> None:
    model = _PEOPLE.get(held.kind)
    if model is None:
        return
    for key, names in held.filled.items():
        emptied: dict[str, Any] = {}
        for name in names:
            field: Any = model._meta.get_field(name)
            emptied[name] = None if field.null else field.get_default()
        model._default_manager.filter(pk=int(key)).update(changed_at=now, **emptied)


@transaction.atomic
def sent_out(*, practice: Practice, what: str, by: User | None, **facts: Fact) -> None:
    """That records were taken out: 'archive' or 'bundle', never what they say. Writes the ledger. `by` None is whoever
    runs the installation.
    """
    log(Act.CASELOAD_EXPORTED, practice, service=practice.service, by=by, what=what, **facts)


@transaction.atomic
def taken_over(*, practice: Practice, by: User, rows: int) -> None:
    """That the archive of a service was read into this one. Writes the ledger."""
    log(Act.CASELOAD_IMPORTED, practice, service=practice.service, by=by, what="archive", rows=rows)


def _batches(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for at in range(0, len(keys), _BATCH):
        yield keys[at : at + _BATCH]
