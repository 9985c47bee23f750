"""What an edition's questions find in a service's records, without putting them into SQL anew each time.

Making the SQL costs a third of a second and depends on neither the day nor which service it is, only on how the service
works. So it is made once, of a service and a day that are left open, and kept in the process for all that work alike.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from kithwork.caseload import checks as caseload
from kithwork.caseload.models import Practice
from kithwork.checks import Asking, Rule, Someday, Told, Unsettled, ask, asking, left_open
from kithwork.core.readiness import Answer, Asked
from kithwork.governance import checks as governance
from kithwork.organisations.models import Service

# stand in the parameters where a key belongs; no count of ours and no key comes near them
_A_SERVICE, _A_PRACTICE = 8_999_999_999_999_999_001, 8_999_999_999_999_999_002
MOST = 32  # ways of working of which the SQL is kept; some 200 KB each


class Answering:
    """A service on a day, ready to be asked. `practice` comes with its service."""

    def __init__(self, practice: Practice, at: date) -> None:
        self.at = at
        self._caseload = caseload.Ground(practice, at)
        self._governance = governance.Ground(practice.service, at)

    def rule(self, asked: Asked) -> Rule | Told:
        """The rule by which a question is answered."""
        kind = type(asked)
        if kind in governance.CHECKS:
            return governance.CHECKS[kind](self._governance, asked)
        return caseload.CHECKS[kind](self._caseload, asked)


@dataclass(frozen=True, slots=True)
class _Made:
    """The SQL of all questions that can be put without knowing the day, and the others."""

    asking: Asking
    others: frozenset[Any]


_kept: dict[Hashable, _Made] = {}


def answers(practice: Practice, asked: Mapping[Any, Asked], at: date) -> dict[Any, Answer]:
    """What each question finds on the day, by its key. `practice` comes with its service."""
    made = made_ready(practice, asked)
    keys = {_A_SERVICE: practice.service_id, _A_PRACTICE: practice.pk}
    days: dict[Someday, Any] = {}

    def fill(value: Any) -> Any:
        day = left_open(value)
        if day is None:
            return keys.get(value, value) if isinstance(value, int) else value
        if day not in days:
            days[day] = connection.ops.adapt_datefield_value(day.on(at))
        return days[day]

    found = made.asking.answers(fill)
    service = Answering(practice, at)
    return {**found, **ask({key: service.rule(asked[key]) for key in made.others}, at)}


def made_ready(practice: Practice, asked: Mapping[Any, Asked]) -> _Made:
    """The SQL of these questions for services that work like this one: what is kept, or else made now and kept."""
    key = (connection.vendor, timezone.get_current_timezone_name(), *_works(practice), *asked.items())
    made = _kept.get(key)
    if made is None:
        while len(_kept) >= MOST:
            _kept.pop(next(iter(_kept)), None)
        made = _kept[key] = _make(practice, asked)
    return made


def _works(practice: Practice) -> Iterable[Hashable]:
    """How a service works: all that is set in it, so that no check can read what the SQL is not kept by."""
    for field in practice._meta.concrete_fields:
        if field.name not in ("id", "service"):
            value = getattr(practice, field.attname)
            yield value if isinstance(value, Hashable) else repr(value)


def _make(practice: Practice, asked: Mapping[Any, Asked]) -> _Made:
    set_like_it = {field.attname: getattr(practice, field.attname) for field in practice._meta.concrete_fields}
    some = Practice(**{**set_like_it, "id": _A_PRACTICE, "service_id": _A_SERVICE})
    some.service = Service(pk=_A_SERVICE)
    service, day = Answering(some, Someday()), Someday()
    rules: dict[Any, Rule] = {}
    for key, question in asked.items():
        try:
            rule = service.rule(question)
        except Unsettled:
            continue
        if isinstance(rule, Rule):  # what takes Python is told of rows, and those are of one service
            rules[key] = rule
    return _Made(asking(rules, day), frozenset(asked.keys() - rules.keys()))
