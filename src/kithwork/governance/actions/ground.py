"""What every write here shares: its line in the ledger, and how a row is corrected without anybody's change lost."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from kithwork.accounts.models import User
from kithwork.core.stamp import stamp as stamp_of
from kithwork.core.verdict import Refused
from kithwork.ledger.actions import write
from kithwork.ledger.acts import Act
from kithwork.ledger.chain import Fact
from kithwork.organisations.models import Service

Row = TypeVar("Row", bound=Model)


def log(act: Act, row: Model, *, service: Service, by: User | None, what: str, **facts: Fact) -> None:
    """One line in the ledger: which row of which kind, by whom. `by` None is somebody without an account.

    Facts are references, dates, figures and closed words, never what people typed.
    """
    ref = getattr(row, "ref", "") or str(row.pk)
    write(
        act=act,
        actor=by.actor if by else "visitor",
        subject=f"{what}:{ref}",
        organisation=service.organisation.ref,
        facts={"what": what, "service": service.ref, **facts},
    )


def stamp(row: Model) -> str:
    """What a row says now: a form carries it, so that a change in between is noticed."""
    return stamp_of(row, [field.attname for field in row._meta.concrete_fields])


def correct(row: Row, fields: Mapping[str, Any], *, seen: str = "") -> tuple[Row, list[str]]:
    """Lock a row and save what differs; gives it and the names of the changed fields, sorted.

    `seen` is the `stamp` of what its reader saw. Raises Refused when it has changed since, or when the table would not
    take it. Call it in a transaction.
    """
    locked = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if seen and stamp(locked) != seen:
        raise Refused("Somebody changed this while you were writing. Look at it again; what you typed is below.")
    changed = sorted(name for name, value in fields.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, fields[name])
    if changed:
        _sound(locked)
        locked.save(update_fields=changed)
    return locked, changed


def _sound(row: Model) -> None:
    """Raises Refused for what the table's constraints forbid, before the database has to."""
    try:
        row.validate_constraints()
    except ValidationError as fault:
        raise Refused("These dates or choices do not go together.") from fault


def sound(row: Row) -> Row:
    """The row, when its table would take it. Raises Refused otherwise."""
    _sound(row)
    return row
