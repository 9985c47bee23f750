"""Somebody's right to be forgotten, and to know, at the gate: originals of a service's in which they are named."""

from datetime import datetime

from kithwork.accounts.models import User
from kithwork.gate.actions import erasing
from kithwork.gate.models import Original
from kithwork.journeys.models import Journey
from kithwork.keeping import Gone, Names
from kithwork.organisations.models import Service


def key_of(subject: str) -> str:
    """How the finder calls somebody whom the ledger calls 'mentee:<ref>': see `known.known_to`."""
    return subject.replace(":", "-")


def forget_in_originals(
    *, service: Service, subject: str, names: Names, now: datetime, by: User | None, write: bool
) -> list[Gone]:
    """Destroy the service's originals in which somebody is named, and take them out of what was taught. A copy made of
    one stays: it has their initial. `write` False only counts. Writes the ledger.
    """
    return erasing.forget(journeys=_journeys(service), keys=_keys(subject), names=names, now=now, by=by, write=write)


def originals_naming(*, service: Service, subject: str, names: Names) -> list[Original]:
    """The service's originals that are still there and name somebody."""
    return erasing.naming(journeys=_journeys(service), keys=_keys(subject), names=names)


def _journeys(service: Service) -> list[str]:
    return list(Journey.objects.filter(service=service).values_list("ref", flat=True))


def _keys(subject: str) -> list[str]:
    side, _, ref = subject.partition(":")
    return [key_of(subject), *([f"carer-{ref}"] if side == "mentee" else [])]
