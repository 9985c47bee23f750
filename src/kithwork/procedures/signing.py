"""Credentials are signed after the click, by a process apart; and handed out as files.

A grant leaves a row that waits. Whoever is at work gives it its place, key and salt in one transaction, signs it
without any lock, and keeps what was signed only if it still waits. So a worker that is killed leaves nothing half done:
what waits is signed by the next, with the place it was given, and nothing is issued twice.
"""

import json
import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.awards import actions as awards
from kithwork.awards.models import Award, Credential
from kithwork.awards.queries import ref_of
from kithwork.awards.queries.credentials import (
    TRIES,
    bodies_without_key,
    credential_of,
    did_of,
    issued_of_body,
    lacking,
    lists_of_body,
    published_keys,
    to_sign,
)
from kithwork.core.credentials.openbadge import bake_png, bake_svg
from kithwork.core.schemes import case
from kithwork.core.verdict import Refused
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import PublishedEdition
from kithwork.organisations.models import Organisation
from kithwork.procedures.apart import Apart
from kithwork.procedures.certifying import badge_png, badge_svg

log = logging.getLogger(__name__)
APART = Apart("signing", ("credential", "work"))
_BATCH = 100


def begin() -> None:
    """Once this transaction is committed, see to it that somebody signs what waits."""
    transaction.on_commit(_begin, robust=True)


def _begin() -> None:
    if not to_sign(timezone.now()).exists():
        return
    if settings.SIGN_APART:
        APART.start()
    else:
        work()


def work_alone() -> int:
    """`work`, unless somebody of this machine is at it. How many were signed."""
    done = 0
    while to_sign(timezone.now()).exists():
        with APART.alone() as alone:
            if alone:
                APART.begun()
            new = work() if alone else 0
        done += new
        if not new:
            break
    return done


def work() -> int:
    """Sign all that waits, each in its own transactions. How many were signed; what could not be says why."""
    done = 0
    seen: set[int] = set()
    while batch := list(to_sign(timezone.now()).exclude(pk__in=seen)[:_BATCH]):
        seen.update(credential.pk for credential in batch)
        for credential in batch:
            try:
                done += _sign(credential)
            except Refused as refused:
                log.error("%s", refused)
                return done
    return done


def _sign(credential: Credential) -> bool:
    """Raises Refused where the body's credentials bear another address of the site."""
    now = timezone.now()
    placed = awards.place(credential=credential, now=now)
    return placed is not None and awards.sign_placed(credential=placed, now=now)


def set_up() -> int:
    """Give every awarding body a key, and ask for the credentials of awards from before there were any. How many."""
    now = timezone.now()
    for body in bodies_without_key():
        awards.key_in_use(body=body, now=now)
    without = list(lacking().only("pk"))
    return awards.ask_for(awards=without, now=now) if without else 0


def issue(*, said: str) -> Credential:
    """The signed credential of an award by its reference or number, signed now if it waits. Raises Refused when there
    is no such award, when it does not hold, or when it could not be signed.
    """
    ref = ref_of(said)
    if ref is None:
        raise Refused(f"There is no award '{said}'.")
    award = Award.objects.get(ref=ref)
    if award.revoked_on or award.suspended_on or award.superseded_on:
        raise Refused(f"The award {award.number} does not hold, so nothing is issued for it.")
    asked = awards.ask(award=award)
    if asked.signed_at is None:
        Credential.objects.filter(pk=asked.pk, tries__gte=TRIES).update(tries=0)  # somebody asks for it by name
        _sign(to_sign(timezone.now()).get(pk=asked.pk))
    found = credential_of(award)
    if found is None or not found.document:
        raise Refused(f"The credential of {award.number} could not be signed: {found.fault if found else 'it is gone'}")
    return found


def rotate(*, body: Organisation, by: User | None, stolen: bool = False) -> int:
    """A new key for a body; see `awards.actions.rotate`. What it revoked is signed anew in the background."""
    with transaction.atomic():
        void = awards.rotate(body=body, by=by, now=timezone.now(), stolen=stolen)
        begin()
    return void


def sign_waiting(*, body: Organisation) -> int:
    """Have signed in the background what waits of a body, and what could not be signed before. How many of those."""
    with transaction.atomic():
        again = awards.try_again(body=body)
        begin()
    return again


def at_work() -> bool:
    """Whether somebody of this machine is signing now."""
    with APART.alone() as alone:
        return not alone


def readdress() -> int:
    """Sign everything anew under the site's present address, where it bears another. How many credentials."""
    now = timezone.now()
    with transaction.atomic():
        bodies = Organisation.objects.filter(kind=Organisation.Kind.BODY)
        done = sum(awards.readdress(body=body, by=None, now=now) for body in bodies)
        begin()
    return done


def export_all() -> Iterator[tuple[str, bytes]]:
    """Every credential as JSON and inside two pictures, and what checks them: (path, content), one after the other.

    Of one body they lie side by side; of several, each in a folder of its own, which `readme.txt` lists.
    """
    set_up()
    work()
    bodies = [body for body in Organisation.objects.filter(kind=Organisation.Kind.BODY) if published_keys(body)]
    if len(bodies) > 1:
        yield "readme.txt", _readme(bodies).encode()
    for body in bodies:
        below = f"{body.slug}/" if len(bodies) > 1 else ""
        yield f"{below}did.json", _written(published_keys(body))
        for number, held in enumerate(lists_of_body(body)):
            name = "status.json" if number == 0 else f"status-{number + 1}.json"
            yield f"{below}{name}", held.document.encode()
        for credential in issued_of_body(body):
            signed = json.loads(credential.document)
            name = f"{below}{credential.award.number}"
            yield f"{name}.json", _written(signed)
            yield f"{name}.png", bake_png(badge_png(credential.award), signed)
            yield f"{name}.svg", bake_svg(badge_svg(credential.award), signed)
        for row in PublishedEdition.objects.filter(body=body):
            edition = edition_of(row)
            package = case.package(edition, base=settings.SITE_URL, changed=row.published_at)
            yield f"{below}case/{row.slug}-{row.edition}.json", _written(package)


def _readme(bodies: Iterable[Organisation]) -> str:
    """Where an outsider finds what checks a credential: which folder is whose."""
    lines = [
        "Each awarding body has a folder. In it are, of each of its awards, the signed",
        "credential as NUMBER.json and inside NUMBER.png and NUMBER.svg; did.json, the",
        "body's public keys; status.json, its list of what was withdrawn (further ones as",
        "status-2.json); and in case/ the frameworks that the awards are aligned to.",
        "",
        "    kithwork credential verify FOLDER/NUMBER.json --did FOLDER/did.json \\",
        "        --status FOLDER/status.json",
        "",
        "or any other software for Open Badges 3.0.",
    ]
    for body in bodies:
        numbers = [one.award.number for one in issued_of_body(body)]
        lines += ["", f"{body.slug}/", f"    {body.name}", f"    {did_of(body)}"]
        lines += [f"    {number}" for number in numbers] or ["    no award that holds"]
    return "\n".join(lines) + "\n"


def write_all(folder: Path) -> dict[str, int]:
    """`export_all` into a folder. How many files of each ending. Raises OSError."""
    counts: dict[str, int] = {}
    for path, content in export_all():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        counts[file.suffix] = counts.get(file.suffix, 0) + 1
    return counts


def _written(document: Any) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
