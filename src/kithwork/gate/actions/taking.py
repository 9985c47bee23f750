"""A file arrives at the gate."""

import hashlib
from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from kithwork.accounts.models import User
from kithwork.core.verdict import Refused
from kithwork.files.intake import examine
from kithwork.gate.actions.destroying import tidy
from kithwork.gate.actions.ground import log
from kithwork.gate.models import Original
from kithwork.gate.sealing import seal, seal_json
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Organisation


def take_in(
    *,
    journey: str,
    organisation: Organisation | None,
    person: User | None,
    upload: "UploadedFile[bytes]",
    title: str,
    text: str,
    slots: Collection[str],
    portfolio: str,
    dated: date | None,
    casework: bool,
    by: User,
    today: date,
) -> Original:
    """Keep a file, sealed, until it is looked through; `journey` is a reference, and belongs to one of the two.

    It is opened in a process of its own only. Raises Refused, with the reason, for one that cannot be kept, and for the
    same file of the same journey a second time while the first still waits. Writes the ledger. Must be called outside
    any transaction.
    """
    if upload.size is not None and upload.size > settings.UPLOAD_LIMIT:
        raise Refused(f"The file is too large: at most {settings.UPLOAD_LIMIT // 1024 // 1024} MB.")
    content, name = upload.read(), (upload.name or "file")[-200:]
    found = examine(content, name, settings.UPLOAD_LIMIT, anew=True)
    if not found.ok or found.kind is None:
        raise Refused(found.reason or "This file cannot be kept.")
    original = Original(
        journey=journey,
        organisation=organisation,
        person=person,
        slots=list(slots),
        portfolio=portfolio,
        dated=dated,
        casework=casework,
        kind=found.kind,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        of=found.pages or 0,
        added_by=by,
        added_on=today,
    )
    words = {"file_name": name, "title": title.strip() or name, "text": text.strip()}
    original.sealed = seal_json(words, f"words:{original.ref}")
    tidy()
    storage = original.file.storage
    try:
        with transaction.atomic(durable=True):
            _first_of_its_kind(original)
            original.file.save(name, ContentFile(seal(content, f"original:{original.ref}")), save=False)
            original.save()
            log(Act.GATE_TAKEN_IN, original, by, kind=original.kind, size=original.size, digest=original.digest)
    except BaseException:
        if original.file.name and not Original.objects.filter(ref=original.ref).exists():
            storage.delete(original.file.name)
        raise
    return original


def _first_of_its_kind(original: Original) -> None:
    twins = Original.objects.filter(
        journey=original.journey, portfolio=original.portfolio, digest=original.digest, destroyed_at__isnull=True
    )
    if twins.exclude(state__in=(Original.State.APPROVED, Original.State.WITHDRAWN, Original.State.FAILED)).exists():
        raise Refused("You have added this file already, and it waits to be looked through.")
