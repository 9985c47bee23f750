"""Which tables a service's archive holds, which of their rows are the service's, and how they hang together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import Field, FileField, ForeignKey, Model, Q, QuerySet

from kithwork.accounts.models import User
from kithwork.caseload import models as caseload
from kithwork.caseload.models import Mentee, Mentor, Practice
from kithwork.governance import models as governance
from kithwork.governance.models import Staff
from kithwork.matching import models as matching
from kithwork.organisations.models import Service

# what never leaves in an archive, and why
LEFT_OUT: dict[str, str] = {
    "OneTimeLink": "links are keys: they open nothing elsewhere",
    "Import": "what was read from spreadsheets stands among the records",
    "Sample": "a mark on made-up people, of use only here",
    "Bank": "an agreement with the body of a scheme, which has to be made anew",
    "MatchingRun": "what was proposed is found anew from the records",
    "Proposal": "what was proposed is found anew from the records; what was decided stands in the match",
    "Unmatched": "what was proposed is found anew from the records",
    "EqualityAnswer": "single answers are kept for counting alone; what was counted can be taken along",
}
ONLY_WITH: dict[str, tuple[str, ...]] = {
    "equalities": ("EqualityCount",),
    "vetting": ("Vetting", "StaffVetting"),
}
_ACCOUNTS = {(Mentee, "user"), (Mentor, "user"), (Staff, "user")}


@dataclass(frozen=True, slots=True)
class ArchiveTable:
    """A table of the archive: its rows are those for which `path`, or one of several, leads to the service."""

    model: type[Model]
    paths: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.model.__name__

    @property
    def file(self) -> str:
        return f"{self.name.lower()}.csv"

    @property
    def columns(self) -> tuple["Field[Any, Any]", ...]:
        """Every column but the service, which is the archive's own, and the account somebody signs in with."""
        return tuple(
            field
            for field in self.model._meta.concrete_fields
            if field.related_model is not Service and (self.model, field.name) not in _ACCOUNTS
        )

    def rows_of(self, service: Service) -> QuerySet[Any]:
        wanted = Q()
        for path in self.paths:
            wanted |= Q(**{path: service})
        return self.model._default_manager.filter(wanted).order_by("pk")


def every_model() -> list[type[Model]]:
    """Each kind of row of the service half, by package and name."""
    return [getattr(package, name) for package in (governance, caseload, matching) for name in package.__all__]


@cache
def tables(wanted: frozenset[str] = frozenset()) -> tuple[ArchiveTable, ...]:
    """The tables of an archive with these extra parts (keys of ONLY_WITH), parents before children."""
    apart = {name for part, names in ONLY_WITH.items() if part not in wanted for name in names}
    models = [model for model in every_model() if model.__name__ not in LEFT_OUT and model.__name__ not in apart]
    return tuple(ArchiveTable(model, _paths(model, models)) for model in _in_order(models))


def parents(model: type[Model], among: Iterable[type[Model]]) -> list["ForeignKey[Any, Any]"]:
    """The columns in which a row names another of the archive; itself excepted."""
    known = set(among)
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model in known and field.related_model is not model
    ]


def _in_order(models: Sequence[type[Model]]) -> list[type[Model]]:
    found: list[type[Model]] = []
    left = list(models)
    while left:
        ready = [one for one in left if all(field.related_model in found for field in parents(one, models))]
        assert ready, "no circle among the tables"
        found += ready
        left = [one for one in left if one not in ready]
    return found


def _paths(model: type[Model], models: Sequence[type[Model]]) -> tuple[str, ...]:
    for field in model._meta.concrete_fields:
        if field.related_model is Service:
            return (field.name,)
    ways = parents(model, models)
    certain = [field for field in ways if not field.null]
    found = tuple(
        f"{field.name}__{path}" for field in (certain[:1] or ways) for path in _paths(field.related_model, models)
    )
    assert found, model
    return found


def is_user(field: "Field[Any, Any]") -> bool:
    return field.related_model is User


def is_file(field: "Field[Any, Any]") -> bool:
    return isinstance(field, FileField)


PRACTICE = Practice.__name__
