"""Statements put together once: to make one of many sets takes as long as to ask it. No answer is ever kept."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from kithwork.caseload.models import Practice

__all__ = ["Kept", "settings_of"]

Statement = TypeVar("Statement")
MOST = 64


class Kept(Generic[Statement]):
    """The last few statements, by all that went into them: the day, and what `settings_of` tells."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, Statement] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Statement]) -> Statement:
        found = self._held.get(key)
        if found is None:
            found = self._held[key] = make()
            if len(self._held) > MOST:
                self._held.popitem(last=False)
        return found


def settings_of(practice: Practice) -> tuple[str, ...]:
    """Every setting of a service, and which it is: a statement may hold any of them."""
    return tuple(repr(getattr(practice, field.attname)) for field in practice._meta.concrete_fields)
