"""Somebody's right to be forgotten, and to know, at the gate: originals of a service's in which they are named."""

from datetime import datetime

from kithwork.accounts.models import User
from kithwork.gate.actions import erasing
from kithwork.gate.models import Original
from kithwork.gate.queries import words_of
from kithwork.gate.sealing import Broken
from kithwork.journeys.models import Journey
from kithwork.keeping import Gone, Names
from kithwork.organisations.models import Service


def key_of(subject: str) -> str:
    """How the finder calls somebody whom the ledger calls 'mentee:<ref>': see `known.known_to`."""
    return subject.replace(":", "-")


def forget_in_originals(
    *, service: Service, subject: str, names: Names, now: datetime, by: User | None, write: bool
) -> list[Gone]:
    """Destroy the service's originals in which somebody is named, with those that could not be read, and take them out
    of what was taught. A copy made of one stays: it has their initial. `write` False only counts. Writes the ledger.
    """
    return erasing.forget(journeys=_journeys(service), keys=_keys(subject), names=names, now=now, by=by, write=write)


def unread_originals(service: Service) -> list[Original]:
    """The service's originals of which nobody can tell yet, or any more, whom they name."""
    return erasing.unread(journeys=_journeys(service))


def called(original: Original) -> str:
    """Its title, for those of its own side."""
    try:
        return words_of(original).title
    except Broken:
        return "A file that cannot be opened any more"


def waiting_first(service: Service) -> list[str]:
    """Why nobody of a service can be erased yet: files that are about to be read, and may name them. A sentence that
    says what to do.
    """
    many = sum(erasing.waits(one) for one in unread_originals(service))
    if not many:
        return []
    said = "A file at the privacy gate waits" if many == 1 else f"{many} files at the privacy gate wait"
    return [f"{said} to be read, and may name them. Come back when that is done, in a few minutes, or take it away."]


def originals_naming(*, service: Service, subject: str, names: Names) -> list[Original]:
    """The service's originals that are still there and name somebody."""
    return erasing.naming(journeys=_journeys(service), keys=_keys(subject), names=names)


def _journeys(service: Service) -> list[str]:
    return list(Journey.objects.filter(service=service).values_list("ref", flat=True))


def _keys(subject: str) -> list[str]:
    side, _, ref = subject.partition(":")
    return [key_of(subject), *([f"carer-{ref}"] if side == "mentee" else [])]
