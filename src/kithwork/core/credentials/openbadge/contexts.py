"""The contexts of JSON-LD that we know, and a document as the statements that are signed (RDFC-1.0).

Nothing is ever fetched: a document of other contexts is refused. The W3C's come inside PyLD (BSD-3; the documents
themselves under the W3C Software and Document licence), those of Open Badges inside an npm package (MIT), copied to
build/contexts by front/build.mjs.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

from pyld.canon import URDNA2015
from pyld.documentloader.frozen import BUNDLED_CONTEXTS, FrozenDocumentLoader
from pyld.jsonld import JsonLdError, JsonLdProcessor

Json = dict[str, Any]

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
_SPEC = "https://purl.imsglobal.org/spec/ob/v3p0/"
_BADGES = {f"{_SPEC}{name}.json": name for name in ("context-3.0.1", "context-3.0.2", "context-3.0.3", "extensions")}
_W3C = (CREDENTIALS, "https://w3id.org/security/suites/ed25519-2020/v1")
KNOWN = frozenset({*_BADGES, *_W3C})

_BUILT = Path(__file__).resolve().parents[5] / "build" / "contexts"  # fetched at set-up, see front/build.mjs
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`]*")
# those that RDFC-1.0 writes as \b, \f or \uXXXX and PyLD writes as they are, so that nobody else could check the result
_UNSIGNED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_NOWHERE = "relative://here/"  # without a base PyLD takes one of its own, and every word becomes an address
_OF_TEXTS = {"@value", "@language"}
_LOCK = Lock()  # PyLD's shared caches have none
_DEEPEST = 40
_MOST_NODES = 5_000
_MOST_ALIKE = 6  # blank nodes that only trying every order tells apart: 720 orders
_MOST_TRIED = 200


class Unreadable(ValueError):
    """A document that cannot be put into the form that is signed; the text says why, for a person."""


def canonical(document: Json) -> bytes:
    """A document's statements as canonical N-Quads (RDFC-1.0), UTF-8.

    Raises Unreadable when it says something that its contexts do not define (which would go unsigned), when a name of
    something is no absolute address, when it needs a context that is not here, holds control characters, or is made
    to be endless work.
    """
    _look_over(document)
    refused: list[str] = []

    def dropped(name: object) -> NoReturn:
        refused.append(str(name))
        raise Unreadable(f"it says '{str(name)[:80]}', which no context of it defines")

    with _LOCK:
        options = {"documentLoader": _loader(), "base": _NOWHERE, "processingMode": "json-ld-1.1"}
        processor = JsonLdProcessor(on_property_dropped=dropped)
        try:
            meant = processor.expand(document, options)
            for name in _names(meant):
                if name.startswith(_NOWHERE[:11]) or not _ABSOLUTE.fullmatch(name):
                    raise Unreadable(
                        f"'{name.removeprefix(_NOWHERE)[:80]}' is no absolute address, and no context of it defines it"
                    )
            statements = processor.to_rdf(meant, options)
            made = _Canonical().main(statements, {"format": "application/n-quads"})
        except JsonLdError as fault:
            if refused:
                raise Unreadable(f"it says '{refused[0][:80]}', which no context of it defines") from fault
            raise Unreadable(f"it is no JSON-LD that can be read here ({_innermost(fault)})") from fault
        except (RecursionError, TypeError, KeyError, AttributeError) as fault:
            raise Unreadable("it is no JSON-LD that can be read here") from fault
    if not made:
        raise Unreadable("it says nothing")
    return str(made).encode()


def contexts_of(document: Mapping[str, object]) -> list[str]:
    """The addresses of its contexts. Raises Unreadable when one is not known here, or written out in it."""
    given = document.get("@context")
    listed = given if isinstance(given, list) else [given]
    for one in listed:
        if not isinstance(one, str):
            raise Unreadable("it explains its own words; only published contexts are read")
        if one not in KNOWN:
            raise Unreadable(f"it uses the words of {one[:120]}, which are not known here")
    return [str(one) for one in listed]


def _look_over(document: Json) -> None:
    contexts_of(document)
    count = 0
    waiting: list[tuple[object, int]] = [(document, 0)]
    while waiting:
        value, depth = waiting.pop()
        count += 1
        if depth > _DEEPEST or count > _MOST_NODES:
            raise Unreadable("it is too deep or too long")
        match value:
            case str():
                if _UNSIGNED.search(value):
                    raise Unreadable("a text holds control characters, which no two programs sign alike")
            case dict():
                allowed = _OF_TEXTS if depth else {"@context"}
                if any(str(key).startswith("@") and key not in allowed for key in value):
                    raise Unreadable("a part of it speaks in JSON-LD's own words, which partly go unsigned")
                waiting += [(part, depth + 1) for pair in value.items() for part in pair]
            case list():
                waiting += [(part, depth + 1) for part in value]


def _names(meant: object) -> Iterator[str]:
    """Whatever names a thing or its kind in expanded JSON-LD."""
    if isinstance(meant, list):
        for one in meant:
            yield from _names(one)
    elif isinstance(meant, dict):
        for key, value in meant.items():
            if key == "@id":
                yield value
            elif key == "@type":
                yield from value if isinstance(value, list) else [value]
            elif key != "@value":
                yield from _names(value)


def _innermost(fault: BaseException) -> str:
    while fault.__cause__ is not None:
        fault = fault.__cause__
    return str(fault).split("\n", 1)[0][:120]


class _Canonical(URDNA2015):  # type: ignore[misc]
    """With an end to the work: the algorithm tries all orders of blank nodes that look alike."""

    def __init__(self) -> None:
        super().__init__()
        self._tried = 0

    def create_hash_to_related(self, id_: str, issuer: object) -> dict[str, list[str]]:
        self._tried += 1
        found: dict[str, list[str]] = super().create_hash_to_related(id_, issuer)
        if self._tried > _MOST_TRIED or any(len(alike) > _MOST_ALIKE for alike in found.values()):
            raise Unreadable("too many of its parts are alike to be told apart")
        return found


@cache
def _loader() -> FrozenDocumentLoader:
    documents: dict[str, object] = {address: BUNDLED_CONTEXTS[address] for address in _W3C}
    for address, name in _BADGES.items():
        file = _BUILT / f"{name}.json"
        if not file.exists():
            raise FileNotFoundError(f"{file} is missing: `make front` puts it there")
        documents[address] = json.loads(file.read_text(encoding="utf-8"))
    return FrozenDocumentLoader(documents=documents)
