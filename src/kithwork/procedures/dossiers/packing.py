"""A case packed: copies, what was said of them, the decision, the award's proof, the ledger; and how to check it."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import file_digest, sha256
from typing import IO, Any

from django.utils import timezone

from kithwork.awards import actions as awards
from kithwork.awards.queries import awards_of
from kithwork.awards.queries.credentials import credential_of, did_of, lists_of_body, published_keys
from kithwork.core.bundle import pack
from kithwork.core.credentials import certificate
from kithwork.core.verdict import Refused
from kithwork.evidence.models import Item
from kithwork.journeys.models import Journey, PublishedEdition
from kithwork.journeys.queries import read
from kithwork.ledger.chain import Link
from kithwork.ledger.models import Record
from kithwork.procedures.certifying import certificate_facts
from kithwork.procedures.dossiers.checking import KEYS, LEDGER, MANIFEST, SIGNATURE, manifest, signature
from kithwork.procedures.dossiers.judging import applicant_of, report_of
from kithwork.procedures.dossiers.telling import Part, Told, said, told
from kithwork.procedures.readable import Beside, readable


@dataclass(frozen=True, slots=True)
class Packed:
    """The archive, open at its beginning; its list of digests, as its own digest; how many files are in it."""

    file: IO[bytes]
    digest: str
    files: int


def pack_case(*, journey: Journey, recipient: str, reason: str, now: datetime) -> Packed:
    """The archive of a case as it stands now. Reads each copy twice: for its digest, and to pack it.

    Writes nothing, save that a body without a key gets one. The caller closes the file.
    """
    today = timezone.localdate(now)
    body = journey.edition.body
    key = awards.opened(awards.key_in_use(body=body, now=now))
    case = told(read(journey, today))
    digests = {path: _digest(item) for path, item in case.copies.items()}
    texts = dict(_texts(journey, case, digests, today))
    texts["readme.txt"] = _readme(journey, case, recipient, reason, now).encode()
    digests |= {name: sha256(content).hexdigest() for name, content in texts.items()}
    listed = manifest(digests)
    texts[MANIFEST] = listed
    texts[SIGNATURE] = signature(listed, key=key, issuer=did_of(body), created=_moment(now))
    copies = ((path, item.file.open("rb")) for path, item in case.copies.items())  # each opened when its turn comes
    return Packed(pack(copies, texts, today), sha256(listed).hexdigest(), len(digests))


def _digest(item: Item) -> str:
    with item.file.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _texts(journey: Journey, case: Told, digests: dict[str, str], today: date) -> Iterator[tuple[str, bytes]]:
    for path, item in case.copies.items():
        if item.digest and item.digest != digests[path]:
            case.left_out.append(f"whether {path} is what was judged: it is not what was sent")
    yield "case.html", "\n".join(_page(journey, case, today)).encode()
    yield "case.json", _json(_data(journey, case, today))
    yield LEDGER, _json(_ledger(journey))
    with suppress(Refused):  # nothing has been decided yet, and the case says so
        yield "decision.pdf", report_of(journey, today)
    yield from _proofs(journey)
    texts = PublishedEdition.objects.values_list("texts", flat=True).get(pk=journey.edition_id)
    for name, text in texts.items():
        yield f"scheme/{re.sub('[^a-z0-9./-]', '-', name.lower())}", text.encode()


def _proofs(journey: Journey) -> Iterator[tuple[str, bytes]]:
    """The certificate of each award, its signed credential, and what that is checked with."""
    body = journey.edition.body
    keys = published_keys(body)
    if keys is not None:
        yield KEYS, _json(keys)
    for number, held in enumerate(lists_of_body(body), 1):
        yield f"keys/status-{number}.json", held.document.encode()
    for award in awards_of(journey).select_related("journey__edition"):
        if award.revoked_on is None and award.suspended_on is None:
            yield f"awards/{award.number.lower()}.pdf", certificate(certificate_facts(award))
        credential = credential_of(award)
        if credential is not None and credential.document:
            yield f"awards/{award.number.lower()}.json", _json(json.loads(credential.document))


def ledger_of(journey: Journey) -> Iterable[Link]:
    """What the ledger has of a case, oldest first: of the journey, its awards and their credentials."""
    found = list(awards_of(journey).prefetch_related("credentials"))
    subjects = [f"journey:{journey.ref}", *(f"award:{one.ref}" for one in found)]
    subjects += [f"credential:{row.ref}" for one in found for row in one.credentials.all()]
    rows = Record.objects.filter(subject__in=subjects).order_by("seq")
    return (Link(*row) for row in rows.values_list(*Link._fields))


def _ledger(journey: Journey) -> dict[str, Any]:
    head = Record.objects.order_by("-seq").values_list("seq", "digest").first()
    return {
        "format": "kithwork-ledger 1",
        "newest record when this was made": {"seq": head[0], "digest": head[1]} if head else None,
        "records": [{**one._asdict(), "at": _at(one.at)} for one in ledger_of(journey)],
    }


def _at(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(document: Any) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _title(journey: Journey) -> str:
    return f"{applicant_of(journey)}: {journey.edition.name}"


def _data(journey: Journey, case: Told, today: date) -> dict[str, Any]:
    return {
        "format": "kithwork-case 1",
        "title": _title(journey),
        "made_on": today.isoformat(),
        "parts": [{"title": part.title, "rows": [_plain(row) for row in part.rows]} for part in case.parts],
        "left_out": case.left_out,
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, datetime):
            found[name] = _at(value)
        elif isinstance(value, date):
            found[name] = value.isoformat()
        elif value is not None:
            found[name] = value
    return found


def _page(journey: Journey, case: Told, today: date) -> Iterable[str]:
    def lines(part: Part) -> Iterator[list[tuple[str, str]]]:
        for row in part.rows:
            shown = [(what, value) for what, value in row.items() if value not in (None, "", [])]
            yield [(what, value if isinstance(value, Beside) else said(value)) for what, value in shown]

    return readable(
        _title(journey),
        (
            f"{journey.edition.body.name}. As it stood on {today:%d/%m/%Y}.",
            "The same stands as data in case.json. How to check that nothing was changed is told in readme.txt.",
        ),
        ((part.title, lines(part)) for part in case.parts),
        "What was left out",
        case.left_out,
    )


def _readme(journey: Journey, case: Told, recipient: str, reason: str, now: datetime) -> str:
    body = journey.edition.body
    left = "\n".join(f"- {one[:1].upper()}{one[1:]}." for one in case.left_out)
    return _README.format(
        title=_title(journey), body=body.name, did=did_of(body), ref=journey.ref, made=_moment(now), left=left,
        recipient=" ".join(recipient.split()), reason=" ".join(reason.split()), copies=len(case.copies),
    )  # fmt: skip


_README = """{title}

This is the whole case of one application, made by {body} on {made}
for: {recipient}
because: {reason}

It is confidential. What shows people was reduced before anybody judged it; should
you find a name all the same, tell {body} and delete the file.

WHERE TO BEGIN

case.html      the whole case, to be read in any browser
decision.pdf   what was decided and why, to be printed (once something is decided)
evidence/      the files that were judged ({copies}), named as in case.html, which has
               the texts and addresses too
awards/        certificate and signed credential of each award
scheme/        the rules it was judged by, as they were published
case.json      case.html as data
ledger.json    what the record of acts has of this case
keys/          the body's public keys, and its lists of what was withdrawn

WHAT IS NOT IN IT

{left}

HOW TO CHECK THAT NOTHING WAS CHANGED

1. Each file. Unpack it all and run, in the folder:
       sha256sum -c manifest.sha256
   On Windows, `certutil -hashfile FILE SHA256` gives the digest of one file.
2. The list itself. manifest.sig.json has the signature (Ed25519, 64 bytes as
   base64) of {body} over the bytes of manifest.sha256. The key
   is in keys/did.json; that it is the body's, its own address tells:
       {did}
3. The record of acts. Each record in ledger.json has a digest: SHA-256 over its
   other fields as JSON, the names in order, without spaces, letters beyond ASCII
   escaped. `previous` is the digest of the record before it, whosever that was:
   where two follow each other, the second names the first. Between them stand
   records of other cases, which are not yours to read. Whoever runs the site
   shows that these are all where they belong:
       kithwork dossier check FILE.zip --here
4. All of it at once, on any machine with Kithwork and without an account:
       kithwork dossier check FILE.zip --did did.json
5. The award: kithwork credential verify awards/NUMBER.json --did keys/did.json
       --status keys/status-1.json
   or the page that the code on the certificate leads to.

The list of digests of each dossier is kept by its own digest in the record of
acts of {body}, under journey:{ref}.
"""
