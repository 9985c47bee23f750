"""How a service stands to an edition, for programs: the same for the command line and the API. Numbers and days."""

from datetime import date
from typing import Any

from kithwork.core.readiness import WITHIN, Answered, Standing, State
from kithwork.core.schemes import Edition

__all__ = ["told"]


def told(
    edition: Edition, service: str, at: date, counted_at: str, changed: bool, found: tuple[Standing, ...]
) -> dict[str, Any]:
    """Everything as JSON: which edition and service, when it was counted, each requirement's state and its checks.

    `changed`: whether records have changed since. Days are in ISO form, or None.
    """
    return {
        "service": service,
        "scheme": edition.scheme.slug,
        "edition": edition.scheme.edition,
        "at": at.isoformat(),
        "counted_at": counted_at,
        "changed_since": changed,
        "states": {state.value: sum(one.state is state for one in found) for state in State},
        "requirements": [
            {
                "id": one.requirement,
                "level": one.level,
                "state": one.state.value,
                "holds_until": _day(one.until),
                "checks": [_check(check) for check in one.checks],
            }
            for one in found
        ],
    }


def _check(check: Answered) -> dict[str, Any]:
    answer = check.answer
    return {
        "name": check.asked.name,
        "of": check.asked.of or None,
        "definition": check.asked.definition(),
        "state": check.state.value if check.state else None,
        "figure": check.figure,
        "asked_about": answer.total,
        "failing": answer.failing,
        "lapses": {f"{days} days": number for days, number in zip(WITHIN, answer.lapsing, strict=True)},
        "holds_until": _day(answer.until),
        "heals_on": _day(answer.heals),
        "next": check.asked.next() if answer.failing else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
