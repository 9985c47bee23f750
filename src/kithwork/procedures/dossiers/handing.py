"""A case handed out: opened to somebody by a link, fetched by them; or written from the shell."""

from datetime import datetime
from typing import IO

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.awards.actions import note_fetched, open_dossier
from kithwork.awards.models import Dossier
from kithwork.journeys.models import Journey
from kithwork.notices.words import Kind
from kithwork.procedures.dossiers.packing import Packed, pack_case
from kithwork.procedures.people import tell_applicants


@transaction.atomic
def open_case(*, journey: Journey, recipient: str, reason: str, by: User, now: datetime) -> str:
    """Let somebody fetch a case by a link, whose secret this gives. Tells the applicant; writes the ledger."""
    _, token = open_dossier(journey=journey, recipient=recipient, reason=reason, by=by, now=now)
    tell_applicants(journey, Kind.CASE_OPENED)
    return token


def fetch(*, dossier: Dossier, now: datetime) -> Packed:
    """The archive for whoever holds the link. Kept only if it could be packed. Writes the ledger."""
    return _made(dossier, None, now)


@transaction.atomic
def write(*, journey: Journey, recipient: str, reason: str, out: IO[bytes], by: User | None, now: datetime) -> Packed:
    """The archive into a file, without a link: for whoever runs the installation. Tells the applicant; writes the
    ledger.
    """
    row, _ = open_dossier(journey=journey, recipient=recipient, reason=reason, by=by, now=now, link=False)
    tell_applicants(journey, Kind.CASE_OPENED)
    packed = _made(row, by, now)
    with packed.file as made:
        while chunk := made.read(1 << 18):
            out.write(chunk)
    return packed


def _made(dossier: Dossier, by: User | None, now: datetime) -> Packed:
    packed = pack_case(journey=dossier.journey, recipient=dossier.recipient, reason=dossier.reason, now=now)
    try:
        note_fetched(dossier=dossier, digest=packed.digest, files=packed.files, by=by, now=now)
    except BaseException:
        packed.file.close()
        raise
    return packed
