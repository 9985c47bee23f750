"""Erasing somebody from matching: what was proposed about them goes whole; their name goes out of others' reasons."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet

from kithwork.caseload.actions.erasing import names_of, whose_of
from kithwork.caseload.models import Mentee, Mentor
from kithwork.keeping import Gone, Names, Reach, erase_about, reaches, rows_of, take_names_out
from kithwork.matching import models
from kithwork.matching.personal import KEPT, PERSONAL
from kithwork.organisations.models import Service

_MODELS: dict[str, type[Model]] = {name: getattr(models, name) for name in models.__all__}
REACHES = reaches(_MODELS, KEPT, PERSONAL)


def erase(*, person: Mentee | Mentor, names: Names, write: bool = True) -> list[Gone]:
    """Delete what was proposed about a person, within the transaction in which their record is erased. `names` as they
    were before. The line in the ledger is that of the record.
    """
    whose = whose_of(person)
    done = [erase_about(reach, whose, person, names, write=write) for reach in REACHES if whose in reach.kept.of]
    done += unname(service=person.service, names=names, write=write)
    return [one for one in done if one.number]


def preview(person: Mentee | Mentor) -> list[Gone]:
    """What `erase` would do. Changes nothing."""
    return erase(person=person, names=names_of(person), write=False)


def unname(*, service: Service, names: Names, write: bool) -> list[Gone]:
    """Take a whole name, an address or a number out of everything that matching holds of a service."""
    return [take_names_out(reach, rows, names, write=write) for reach, rows in of_service(service)]


def of_service(service: Service) -> Iterator[tuple[Reach, QuerySet[Any]]]:
    """Every kind of row with personal fields, and those of a service."""
    return rows_of(service, REACHES, _MODELS.values())
