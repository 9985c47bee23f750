"""The service's own people: whose names are looked for first. The award half does not see them; they are handed in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from kithwork.caseload.models import Mentee, Mentor, Referral
from kithwork.core.keeping import ERASED
from kithwork.gate.actions import remember
from kithwork.gate.queries import known_in
from kithwork.governance.models import Staff, Trustee
from kithwork.journeys.models import Journey
from kithwork.organisations.models import Membership, Service

STAFF = "staff-"  # how the key of somebody begins who works for the service
APPLICANT = "applicant"  # the key of a person who applies for themselves


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who is looked for: a key that stays the same, and what they are called."""

    key: str
    name: str
    also: tuple[str, ...] = ()


def known_to(journey: Journey) -> tuple[Somebody, ...]:
    """Everybody in the service's records, its colleagues, and whoever was taught at the gate; of a person's journey,
    themselves and whoever was taught. At most eight queries.
    """
    taught = [
        Somebody(f"taught-{number}", name) for number, (name, _) in enumerate(known_in(journey.ref).taught, start=1)
    ]
    if journey.service is not None:
        return tuple(_once([*_of_service(journey.service), *taught]))
    own = [Somebody(APPLICANT, journey.person.name)] if journey.person is not None else []
    return tuple(_once([*own, *taught]))


def mark_of(one: Somebody) -> str:
    """Somebody under this name, without the name: another name, another mark."""
    return sha256("\x00".join((one.key, one.name, *one.also)).encode()).hexdigest()[:16]


def note_known(journey: Journey, known: Iterable[Somebody], now: datetime) -> None:
    """Note who was known when something was looked through: whatever passes later was decided with them in mind, and
    no later look finds them in it. One query where nobody is new.
    """
    noted = known_in(journey.ref).since
    if new := {mark: now.isoformat() for mark in map(mark_of, known) if mark not in noted}:
        remember(journey=journey.ref, since=new)


def _of_service(service: Service) -> Iterator[Somebody]:
    for kind, rows in (("mentee", Mentee.objects), ("mentor", Mentor.objects)):
        for ref, name, known_as in rows.filter(service=service).values_list("ref", "name", "known_as"):
            yield Somebody(f"{kind}-{ref}", name, (known_as,) if known_as and known_as != name else ())
    carers = Mentee.objects.filter(service=service).exclude(carer="").values_list("ref", "carer")
    yield from (Somebody(f"carer-{ref}", name) for ref, name in carers)
    referrers = Referral.objects.filter(mentee__service=service).exclude(name="").values_list("ref", "name")
    yield from (Somebody(f"referrer-{ref}", name) for ref, name in referrers)
    staff = Staff.objects.filter(service=service).values_list("ref", "name")
    yield from (Somebody(f"{STAFF}{ref}", name) for ref, name in staff)
    trustees = Trustee.objects.filter(service=service).values_list("pk", "name")
    yield from (Somebody(f"{STAFF}trustee-{pk}", name) for pk, name in trustees)
    colleagues = Membership.objects.filter(organisation=service.organisation_id)
    yield from (
        Somebody(f"{STAFF}{ref}", name)
        for ref, name in colleagues.order_by("user_id").values_list("user__ref", "user__name").distinct()
    )


def _once(everybody: Iterable[Somebody]) -> Iterator[Somebody]:
    """Each name once: who comes first keeps it. What has no letters is nobody, nor is who was
    erased.
    """
    seen: set[str] = set()
    for one in everybody:
        name = " ".join(one.name.split())
        if name != ERASED and name.casefold() not in seen and any(letter.isalpha() for letter in name):
            seen.add(name.casefold())
            yield Somebody(one.key, name, one.also)
