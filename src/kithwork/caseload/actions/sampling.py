"""Sample people for an empty service: brought in whole, and thrown away whole."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from kithwork.accounts.models import User
from kithwork.caseload.actions.ground import log
from kithwork.caseload.models import (
    Concern,
    Contact,
    Match,
    Measurement,
    OneTimeLink,
    Practice,
    Sample,
)
from kithwork.caseload.queries.samples import could_have_one
from kithwork.core.verdict import Refused
from kithwork.files.storing import delete_stored
from kithwork.governance.models import PolicyVersion, ResourceVersion
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Service

_AT_ONCE = 400  # keys in one query
_WITH_FILES: tuple[tuple[type[Model], str], ...] = ((PolicyVersion, "policy"), (ResourceVersion, "resource"))
_HANG_ON_OTHERS = (Contact, Match)  # of the rows with a service: those that go with their people


@dataclass(frozen=True, slots=True)
class MadeUp:
    """What is known of a sample beside its rows. `capacity` is what its matches need; `waiting_limit` leaves room for
    those who wait, and is set where a service has no limit.
    """

    seed: int
    last_day: date
    capacity: int
    waiting_limit: int
    figures: Mapping[str, int]
    faults: Sequence[tuple[str, str, str]] = ()


@transaction.atomic
def bring_in(*, practice: Practice, batches: Iterable[Sequence[Model]], made_up: MadeUp, by: User) -> Sample:
    """Save a made-up service: `batches` in an order in which each row finds what it hangs on. Writes one ledger line.

    Raises Refused when somebody is on record already, so that nobody real is ever mixed with the sample.
    """
    locked = Practice.objects.select_for_update().get(pk=practice.pk)
    service = practice.service
    if not could_have_one(service):
        raise Refused("People are on record here already. Sample people can be loaded into an empty service alone.")
    made: dict[str, list[int]] = defaultdict(list)
    for batch in batches:
        kind = type(batch[0])
        rows = kind._base_manager.bulk_create(batch)
        if hasattr(batch[0], "service_id") and kind not in _HANG_ON_OTHERS:
            made[kind._meta.label_lower] += [row.pk for row in rows]
    limits = {} if locked.waiting_limit else {"waiting_limit": made_up.waiting_limit}
    sample = Sample.objects.create(
        service=service,
        seed=made_up.seed,
        last_day=made_up.last_day,
        figures={**made_up.figures, **limits},
        faults=[list(fault) for fault in made_up.faults],
        made=made,
        capacity_before=locked.capacity,
        by=by,
    )
    locked.capacity = max(locked.capacity, made_up.capacity)
    locked.waiting_limit = locked.waiting_limit or made_up.waiting_limit
    locked.save(update_fields=["capacity", "waiting_limit"])
    log(Act.CASELOAD_IMPORTED, sample, service=service, by=by, what="sample", **made_up.figures)
    return sample


@transaction.atomic
def throw_away(*, sample: Sample, by: User, now: datetime) -> None:
    """Take everything out that a sample brought, and whatever was written about its people since, with the files that
    were added to its policies and its library. Writes the ledger.

    Whoever is real stays; so do the accounts of people who were linked to one of the sample. Raises Refused when it has
    been thrown away meanwhile.
    """
    locked = Sample.objects.select_for_update().select_related("service").get(pk=sample.pk)
    if locked.thrown_away_at is not None:
        raise Refused("This sample has been thrown away already.")
    mentees, mentors = (locked.made.get(f"caseload.{side}", []) for side in ("mentee", "mentor"))
    for keys, field in ((mentees, "mentee"), (mentors, "mentor")):
        for some in _chunks(keys):
            _forget(field, some)
    for some in _chunks(locked.made.get("caseload.measure", [])):
        Measurement.objects.filter(measure__in=some).delete()
    files = [
        name for kind, side in _WITH_FILES for name in _files(kind, side, locked.made.get(f"governance.{side}", []))
    ]
    kinds = {one.related_model._meta.label_lower: one.related_model for one in Service._meta.related_objects}
    for label, keys in locked.made.items():
        for some in _chunks(keys):
            kinds[label]._base_manager.filter(pk__in=some).delete()
    practice = Practice.objects.select_for_update().get(service=locked.service_id)
    if locked.capacity_before < practice.capacity == _capacity(locked):
        practice.capacity = locked.capacity_before
    if practice.waiting_limit == locked.figures.get("waiting_limit"):
        practice.waiting_limit = 0  # as it was before
    practice.save(update_fields=["capacity", "waiting_limit"])
    locked.thrown_away_at, locked.made, locked.faults = now, {}, []
    locked.save(update_fields=["thrown_away_at", "made", "faults"])
    log(Act.CASELOAD_IMPORT_UNDONE, locked, service=locked.service, by=by, what="sample")
    transaction.on_commit(lambda: delete_stored(files), robust=True)


def _files(kind: type[Model], side: str, keys: list[int]) -> Iterable[tuple[type[Model], str]]:
    """The files of versions of these policies or resources: each with its kind of row, by name."""
    for some in _chunks(keys):
        named = kind._default_manager.filter(**{f"{side}__in": some}).exclude(file="")
        yield from ((kind, name) for name in named.values_list("file", flat=True).distinct())


def _forget(field: str, keys: list[int]) -> None:
    """What hangs on people and would keep them from being deleted, or go one row at a time."""
    about: dict[str, Any] = {f"{field}__in": keys}
    Concern.objects.filter(Q(**about) | Q(**{f"contact__{field}__in": keys})).delete()
    OneTimeLink.objects.filter(**about).delete()
    matches = list(Match.objects.filter(**about).values_list("pk", flat=True))
    for some in _chunks(matches):
        Contact.objects.filter(match__in=some).delete()
        Match.objects.filter(pk__in=some).delete()
    Contact.objects.filter(**about).delete()


def _capacity(sample: Sample) -> int:
    return int(sample.figures.get("capacity", 0))


def _chunks(keys: list[int]) -> Iterable[list[int]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
