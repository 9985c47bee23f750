"""Every kind of check there is: its name, its parameters, its definition in words. Closed.

`read` makes of what a scheme file says the questions it asks. A scheme that names a check that is not here, or gives it
a parameter it does not know, is refused at its line.
"""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kithwork.core.readiness.asked import Asked
from kithwork.core.readiness.catalogue import bank, endings, matches, mentees, mentors, referrals, service, staff

__all__ = ["KINDS", "NAMES", "read"]

_ALL: tuple[type[Asked], ...] = (
    *service.KINDS,
    *staff.KINDS,
    *referrals.KINDS,
    *mentees.KINDS,
    *mentors.KINDS,
    *matches.KINDS,
    *bank.KINDS,
    *endings.KINDS,
)
KINDS: Mapping[str, type[Asked]] = MappingProxyType({kind.key(): kind for kind in _ALL})
_BY_NAME: dict[str, dict[str, type[Asked]]] = {}
for _kind in _ALL:
    _BY_NAME.setdefault(_kind.name, {})[_kind.of] = _kind
NAMES = frozenset(_BY_NAME)


def read(name: str, given: Mapping[str, object]) -> tuple[Asked, ...]:
    """The questions a check of a scheme file asks, by its name and what else stands there: one, or one for each it is
    asked `of`.

    Raises ValueError, in words for whoever writes schemes, when there is no such check or a parameter is wrong.
    """
    kinds = _BY_NAME.get(name)
    if kinds is None:
        raise ValueError(f"there is no check '{name}'")
    if "" in kinds:
        return (_made(kinds[""], given, name),)
    of = given.get("of")
    given = {key: value for key, value in given.items() if key != "of"}
    asked = [of] if isinstance(of, str) else of
    if not isinstance(asked, list | tuple) or not asked or not set(asked) <= set(kinds):
        raise ValueError(f"'{name}' is asked of {' or '.join(sorted(kinds))}; say which with of = \"...\"")
    return tuple(_made(kinds[one], given, name) for one in asked)


def _made(kind: type[Asked], given: Mapping[str, object], name: str) -> Asked:
    try:
        return kind.model_validate(given)
    except ValidationError as wrong:
        raise ValueError(_said(kind, name, wrong.errors(include_url=False)[0])) from None


def _said(kind: type[Asked], name: str, error: ErrorDetails) -> str:
    """A mistake in a parameter, for whoever writes schemes."""
    where = next((str(one) for one in error["loc"]), "")
    match error["type"]:
        case "missing":
            return f"'{name}' needs '{where}'"
        case "extra_forbidden":
            known = ", ".join(f"'{field.alias or key}'" for key, field in kind.model_fields.items())
            return f"'{name}' knows no '{where}'; " + (f"it knows {known}" if known else "nothing is given with it")
        case "value_error" if not where:
            return f"'{name}': {error['ctx']['error']}"
        case "value_error":
            return f"'{where}' of '{name}': {error['ctx']['error']}"
        case "literal_error" | "enum":
            return f"'{where}' of '{name}' must be {error['ctx']['expected']}, not '{error['input']}'"
        case _:
            return f"'{where}' of '{name}': {error['msg'][0].lower()}{error['msg'][1:]}"
