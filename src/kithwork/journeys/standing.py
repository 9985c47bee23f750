"""The projection of a journey's position onto its row, so that lists can be sorted without folding."""

from collections.abc import Iterable
from datetime import date

from kithwork.core.journey import Act, ItemState, Position
from kithwork.core.schemes import Role
from kithwork.journeys.models import Journey
from kithwork.journeys.queries import Reading

COLUMNS = (
    "status",
    "stage",
    "level",
    "waiting_on",
    "next_due",
    "assessor_due",
    "officer_due",
    "to_assess",
    "oldest_sent",
    "confirmed",
    "total",
    "listed",
    "stopped",
    "granted_level",
    "valid_until",
    "lapses_on",
    "last_on",
)


def _earliest(acts: Iterable[Act]) -> date | None:
    return min((act.due for act in acts if act.due), default=None)


def project(position: Position) -> dict[str, object]:
    """What the row's columns must say for a position. Nothing in it changes with the mere passing of days,
    save an expiry, which lists read from `valid_until`, and a renewal's invitation."""
    total = position.total()
    sent = [i for s in position.stages.values() for i in s.items.values() if i.state is ItemState.SENT]
    roles = sorted({act.role.value for act in position.acts})
    return {
        "status": position.status.value,
        "stage": position.stage,
        "level": position.level,
        "waiting_on": f" {' '.join(roles)} " if roles else "",
        "next_due": position.next_due,
        "assessor_due": _earliest(position.acts_for(Role.ASSESSOR)),
        "officer_due": _earliest(position.acts_for(Role.OFFICER)),
        "to_assess": len(sent),
        "oldest_sent": min((i.since for i in sent if i.since), default=None),
        "confirmed": total.confirmed,
        "total": total.total,
        "listed": position.listed or "",
        "stopped": position.clock.stopped is not None,
        "granted_level": position.granted.level if position.granted else "",
        "valid_until": position.granted.until if position.granted else None,
        "lapses_on": position.lapses,
        "last_on": position.last,
    }


def moved(reading: Reading) -> bool:
    """Whether a journey's row says something else than its position, as when days went by."""
    return any(getattr(reading.journey, name) != value for name, value in project(reading.position).items())


def rebuild(journey: Journey, position: Position) -> None:
    """Write the projection; the only writer of those columns."""
    for name, value in project(position).items():
        setattr(journey, name, value)
    journey.save(update_fields=COLUMNS)
