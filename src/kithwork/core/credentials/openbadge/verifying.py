"""Checking a credential with nothing but what is handed in: itself, its issuer's keys, its status list, a moment."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from kithwork.core.credentials.openbadge.contexts import CREDENTIALS, Json
from kithwork.core.credentials.openbadge.facts import Purpose
from kithwork.core.credentials.openbadge.finding import Finding, Found, Stop, about, issuer_of
from kithwork.core.credentials.openbadge.proving import prove
from kithwork.core.credentials.openbadge.status import Bits, NoList
from kithwork.core.credentials.openbadge.times import day_in_words, read_moment


def verify(credential: Json, *, at: datetime, issuers: Iterable[Json] = (), lists: Iterable[Json] = ()) -> Finding:
    """How a credential stands at a moment (with its zone).

    `issuers` are documents of dids (did.json), `lists` status list credentials. The first thing wrong is the verdict,
    in this order: what it is, who signed it, whether it was revoked, whether it has ended, was suspended, or is yet to
    begin. A status that cannot be looked up stops at NO_LIST, save where the credential has ended anyway.
    """
    said = about(credential)
    known = {str(one.get("id")): one for one in issuers}
    passed: list[str] = []
    try:
        _shape(credential)
        key = prove(credential, known, at)
        passed.append(f"Signed by {said.issuer} with its key {key.partition('#')[2]}, and not changed since.")
        begins, ends = _period(credential)
        status = _status(credential, {str(one.get("id")): one for one in lists}, known, at)
        if status.revoked:
            raise Stop(Found.REVOKED, "Its issuer has withdrawn it.")
        if ends is not None and ends < at:
            raise Stop(Found.EXPIRED, f"It ended on {day_in_words(said.valid_until)}.")
        if status.unknown is not None:
            raise status.unknown
        if status.suspended:
            raise Stop(Found.SUSPENDED, "Its issuer has suspended it for now.")
        passed += ["Its status list, signed by its issuer too, says nothing against it."] if status.looked else []
        if begins is not None and at < begins:
            raise Stop(Found.NOT_YET, f"It begins on {day_in_words(said.valid_from)}.")
        passed.append(
            f"Within its time{f', until {day_in_words(said.valid_until)}' if ends else ', which has no end'}."
        )
    except Stop as stop:
        return Finding(stop.found, stop.because, said, tuple(passed))
    return Finding(Found.VALID, "It was issued as it stands here and holds.", said, tuple(passed))


class _Status(NamedTuple):
    looked: bool = False
    revoked: bool = False
    suspended: bool = False
    unknown: Stop | None = None


def _shape(credential: Json) -> None:
    contexts, kinds = credential.get("@context"), credential.get("type")
    if not isinstance(contexts, list) or not contexts or contexts[0] != CREDENTIALS:
        raise Stop(Found.UNREADABLE, "It is no credential of the W3C's data model, version 2.0.")
    if not isinstance(kinds, list | str) or "VerifiableCredential" not in (
        [kinds] if isinstance(kinds, str) else kinds
    ):
        raise Stop(Found.UNREADABLE, "It does not say that it is a credential.")
    if not isinstance(credential.get("credentialSubject"), dict | list):
        raise Stop(Found.UNREADABLE, "It says nothing of anybody.")
    if not issuer_of(credential):
        raise Stop(Found.UNREADABLE, "It names no issuer.")


def _period(document: Json) -> tuple[datetime | None, datetime | None]:
    found: list[datetime | None] = []
    for name in ("validFrom", "validUntil"):
        value = read_moment(document[name]) if name in document else None
        if name in document and value is None:
            raise Stop(Found.UNREADABLE, f"Its '{name}' is no moment with a zone.")
        found.append(value)
    return found[0], found[1]


def _status(credential: Json, lists: Mapping[str, Json], issuers: Mapping[str, Json], at: datetime) -> _Status:
    """What its status lists say. A list that is not at hand, or proves nothing, is kept for after the dates."""
    given = credential.get("credentialStatus")
    entries = given if isinstance(given, list) else [] if given is None else [given]
    status = _Status()
    for entry in entries:
        try:
            purpose, bit = _look_up(entry, credential, lists, issuers, at)
        except Stop as stop:
            status = status._replace(unknown=status.unknown or stop)
            continue
        revoked = status.revoked or (bit and purpose == Purpose.REVOCATION)
        suspended = status.suspended or (bit and purpose == Purpose.SUSPENSION)
        status = status._replace(looked=True, revoked=revoked, suspended=suspended)
    return status


def _look_up(
    entry: object, credential: Json, lists: Mapping[str, Json], issuers: Mapping[str, Json], at: datetime
) -> tuple[str, bool]:
    if not isinstance(entry, dict) or entry.get("type") != "BitstringStatusListEntry":
        raise Stop(Found.NO_LIST, "Its status is kept in a way that is not read here.")
    purpose, address, index = (entry.get(f"status{part}") for part in ("Purpose", "ListCredential", "ListIndex"))
    if not isinstance(index, str) or not index.isascii() or not index.isdecimal() or len(index) > 12:
        raise Stop(Found.UNREADABLE, "It does not say where in its status list it stands.")
    if not isinstance(address, str) or address not in lists:
        raise Stop(Found.NO_LIST, f"Its status list, {str(address)[:120]}, is needed and not at hand.")
    bits = _bits(lists[address], str(purpose), issuer_of(credential), issuers, at)
    try:
        return str(purpose), bits[int(index)]
    except IndexError as fault:
        raise Stop(Found.WRONG_LIST, f"The status list is not its own: {fault}.") from fault


def _bits(held: Json, purpose: str, issuer: str, issuers: Mapping[str, Json], at: datetime) -> Bits:
    """The bits of a list that is what it should be. Only the credential's own issuer may say how it stands."""
    try:
        _shape(held)
        if issuer_of(held) != issuer:
            raise Stop(Found.WRONG_LIST, "it is another issuer's.")
        prove(held, issuers, at)
        begins, ends = _period(held)
    except Stop as stop:
        found = stop.found if stop.found is Found.NO_KEYS else Found.WRONG_LIST
        raise Stop(found, f"The status list proves nothing: {stop.because}") from stop
    subject = held.get("credentialSubject")
    if not isinstance(subject, dict) or subject.get("type") != "BitstringStatusList":
        raise Stop(Found.WRONG_LIST, "What was given as the status list is none.")
    if subject.get("statusPurpose") != purpose:
        raise Stop(Found.WRONG_LIST, f"The status list is not kept for {purpose[:60]}.")
    if (begins is not None and at < begins) or (ends is not None and ends < at):
        raise Stop(Found.WRONG_LIST, "The status list is of another time than was asked for.")
    try:
        return Bits.decoded(subject.get("encodedList"))
    except NoList as fault:
        raise Stop(Found.WRONG_LIST, f"The status list proves nothing: {fault}.") from fault
