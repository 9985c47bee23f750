"""Erasing somebody from what holds a service up: a staff file as a whole; a name out of registers and papers."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from kithwork.accounts.models import User
from kithwork.core.keeping import Whose
from kithwork.core.verdict import Refused
from kithwork.governance import models
from kithwork.governance.models import Staff
from kithwork.governance.personal import KEPT, PERSONAL
from kithwork.keeping import Gone, Names, Reach, erase_about, reaches, rows_of, take_names_out
from kithwork.ledger.actions import write as write_ledger
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Service

_MODELS: dict[str, type[Model]] = {name: getattr(models, name) for name in models.__all__}
REACHES = reaches(_MODELS, KEPT, PERSONAL)


def names_of(staff: Staff) -> Names:
    """What names them; nothing for certain where two files bear the same name."""
    twin = Staff.objects.filter(service=staff.service_id, name__iexact=staff.name).exclude(pk=staff.pk).exists()
    return Names() if twin else Names(staff.name)


def obstacles(staff: Staff, today: date) -> list[str]:
    """Why a staff file cannot be erased yet."""
    if staff.ended_on is None or staff.ended_on >= today:
        return ["They work here. A file is erased after they have left."]
    return []


@transaction.atomic
def erase_staff(*, staff: Staff, by: User | None, today: date) -> list[Gone]:
    """Delete the file of somebody who has left, with its references, checks, supervision and appraisals, and take their
    name out of registers and papers. `by` None is the daily round. Raises Refused while they work here. Writes the
    ledger.
    """
    held = Staff.objects.select_for_update(of=("self",)).select_related("service__organisation").get(pk=staff.pk)
    if because := obstacles(held, today):
        raise Refused(because[0])
    done, service = _rows(held, write=True), held.service
    write_ledger(
        act=Act.GOVERNANCE_ENDED,
        actor=by.actor if by else "system",
        subject=f"staff:{staff.ref}",
        organisation=service.organisation.ref,
        facts={
            "what": "erased",
            "service": service.ref,
            "deleted": sum(one.deleted for one in done),
            "unnamed": sum(one.unnamed for one in done),
        },
    )
    return done


def preview_staff(staff: Staff) -> list[Gone]:
    """What `erase_staff` would do, in the same figures. Changes nothing, and holds no lock while it looks."""
    return _rows(staff, write=False)


def _rows(staff: Staff, *, write: bool) -> list[Gone]:
    names = names_of(staff)
    about = [reach for reach in reversed(REACHES) if Whose.STAFF in reach.kept.of]  # the file itself last
    done = [erase_about(reach, Whose.STAFF, staff, names, write=write) for reach in about]
    done += unname(service=staff.service, names=names, write=write)
    return [one for one in done if one.number]


def unname(*, service: Service, names: Names, write: bool) -> list[Gone]:
    """Take a whole name, an address or a number out of registers, papers and staff files of a service."""
    return [take_names_out(reach, rows, names, write=write) for reach, rows in of_service(service)]


def of_service(service: Service) -> Iterator[tuple[Reach, QuerySet[Any]]]:
    """Every kind of row with personal fields, and those of a service."""
    return rows_of(service, REACHES, _MODELS.values())
