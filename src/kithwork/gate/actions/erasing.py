"""What an erasure does at the gate: a person's own originals go; of a service's, those that name who is erased."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from kithwork.accounts.models import User
from kithwork.core.keeping import Whose
from kithwork.gate import models
from kithwork.gate.actions.destroying import destroy
from kithwork.gate.actions.ground import case_of, keep_case
from kithwork.gate.models import Case, Original
from kithwork.gate.personal import KEPT, PERSONAL
from kithwork.gate.queries import document_of, words_of
from kithwork.gate.scans import Known
from kithwork.gate.sealing import Broken
from kithwork.keeping import Gone, Names, erase_about, reaches

_MODELS: dict[str, type[Model]] = {name: getattr(models, name) for name in KEPT}
REACHES = reaches(_MODELS, KEPT, PERSONAL)
WHY = "erased"


@transaction.atomic
def erase_holder(*, person: User, journeys: Collection[str], now: datetime, write: bool) -> list[Gone]:
    """Destroy and delete the originals of somebody's own, and what was taught for their `journeys` (references).
    `write` False only counts. Writes the ledger: the digests of what was there.
    """
    if write:
        for one in Original.objects.filter(person=person, destroyed_at__isnull=True):
            destroy(original=one, why=WHY, now=now)
    rows = Case.objects.filter(journey__in=journeys)
    done = [
        Gone(Case, KEPT["Case"], deleted=rows.count()),
        *(
            erase_about(reach, Whose.HOLDER, person, Names(), write=write)
            for reach in REACHES
            if Whose.HOLDER in reach.kept.of
        ),
    ]
    if write:
        rows.delete()
    return done


def naming(*, journeys: Collection[str], keys: Collection[str], names: Names) -> list[Original]:
    """Originals of these journeys that are still there and name somebody: by whom a find was told to be (`keys`), or by
    a whole name. What has not been read yet, or cannot be opened, names nobody that we could tell: see `unread`.
    """
    rows = Original.objects.filter(journey__in=journeys, destroyed_at__isnull=True)
    return [one for one in rows.select_related("scan", "organisation") if _names(one, frozenset(keys), names)]


def unread(*, journeys: Collection[str]) -> list[Original]:
    """Originals of these journeys that are still there, and of which nobody can tell whom they name: they wait to be
    read, could not be read, or cannot be opened any more.
    """
    rows = Original.objects.filter(journey__in=journeys, destroyed_at__isnull=True)
    return [one for one in rows.select_related("scan", "organisation").order_by("pk") if not _searchable(one)]


def waits(original: Original) -> bool:
    """Whether it will be read before long."""
    return original.state in {Original.State.WAITING, Original.State.SCANNING}


def _searchable(original: Original) -> bool:
    if not hasattr(original, "scan") or original.state == Original.State.FAILED:
        return False
    try:
        words_of(original)
        document_of(original.scan)
    except Broken:
        return False
    return True


def _names(original: Original, keys: frozenset[str], names: Names) -> bool:
    try:
        words = words_of(original)
        said = [words.file_name, words.title, words.text]
        if hasattr(original, "scan"):
            document = document_of(original.scan)
            if any(mark.find.whose in keys for mark in document.marks):
                return True
            said += [passage.text for passage in document.passages]
    except Broken:
        return False
    return any(names.out_of(text, near=False) != text for text in said)


@transaction.atomic
def forget(
    *, journeys: Collection[str], keys: Collection[str], names: Names, now: datetime, by: User | None, write: bool
) -> list[Gone]:
    """Destroy the originals of these journeys in which somebody is named, and those that nobody could read: what cannot
    be searched is not kept on trust. Take them out of what was taught. What still waits to be read is the caller's to
    wait for. `write` False only counts. Writes the ledger.
    """
    found = naming(journeys=journeys, keys=keys, names=names)
    found += [one for one in unread(journeys=journeys) if one not in found and not waits(one)]
    taught = _cases(Case.objects.filter(journey__in=journeys), keys, names, write=write)
    if write:
        for one in found:
            destroy(original=one, why=WHY, now=now, by=by)
    return [Gone(Original, KEPT["Original"], deleted=len(found)), Gone(Case, KEPT["Case"], unnamed=taught)]


def _cases(rows: QuerySet[Case], keys: Collection[str], names: Names, *, write: bool) -> int:
    number = 0
    for ref in list(rows.order_by("pk").values_list("journey", flat=True)):
        before = case_of(ref)
        after = _without(before, keys, names)
        if after != before:
            number += 1
            if write:
                keep_case(ref, after)
    return number


def _without(known: Known, keys: Collection[str], names: Names) -> Known:
    """What a case remembers without somebody. Their initial stays taken: else the next would be read as them."""

    def told(one: dict[str, Any]) -> dict[str, Any]:
        if one["whose"] in keys:
            return {**one, "names": [], "whose": ""}
        return {**one, "names": [name for name in one["names"] if names.out_of(name, near=False) == name]}

    taught = tuple(one for one in known.taught if names.out_of(one[0], near=False) == one[0])
    people = known.initials.get("people")
    initials = {**known.initials, "people": [told(one) for one in people]} if people else known.initials
    return replace(known, taught=taught, initials=initials)
