"""Names of one person, found in what was written about others, and taken out."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import JSONField, QuerySet

from kithwork.core.keeping import ERASED

_SHORTEST = 6  # digits of a telephone number that is looked for


class Names:
    """What names somebody: whole names, addresses and numbers; in rows about them (`near`) each part of a name too."""

    def __init__(self, *said: str, parts: Iterable[str] = ()) -> None:
        whole = {" ".join(one.split()) for one in said if _tells(one)}
        near = whole | {part for one in parts for part in one.split() if len(part) > 1}
        self._far, self._near = _pattern(whole), _pattern(near)

    def __bool__(self) -> bool:
        return self._near is not None

    def out_of(self, value: Any, *, near: bool) -> Any:
        """The same text, or texts of a structure, without the names."""
        pattern = self._near if near else self._far
        if pattern is None:
            return value
        match value:
            case str():
                return pattern.sub(ERASED, value)
            case list():
                return [self.out_of(one, near=near) for one in value]
            case dict():
                return {self.out_of(key, near=near): self.out_of(one, near=near) for key, one in value.items()}
            case _:
                return value


def _tells(said: str) -> bool:
    """Whether this alone names somebody: a name of two words, an address, a number."""
    return " " in said.strip() or "@" in said or sum(letter.isdigit() for letter in said) >= _SHORTEST


def _pattern(names: Iterable[str]) -> "re.Pattern[str] | None":
    words = sorted({name for name in names if name}, key=len, reverse=True)
    if not words:
        return None
    each = (r"\s+".join(re.escape(part) for part in word.split()) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)})(?!\w)", re.IGNORECASE)


def without(rows: QuerySet[Any], fields: Iterable[str], names: Names, *, near: bool, write: bool) -> int:
    """Take the names out of these fields. Gives in how many rows they stood; `write` False only counts."""
    wanted, found = list(fields), 0
    if not wanted or not names:
        return 0
    for pk, *values in rows.order_by("pk").values_list("pk", *wanted).iterator(2000):
        said = dict(zip(wanted, values, strict=True))
        cleaned = {name: names.out_of(value, near=near) for name, value in said.items()}
        changed = {name: value for name, value in cleaned.items() if value != said[name]}
        if changed:
            found += 1
            if write:
                rows.model._default_manager.filter(pk=pk).update(**_fitting(rows.model, changed))
    return found


def _fitting(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Texts no longer than their column: the mark may be longer than the name it stands for."""
    fitted = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        longest = None if isinstance(field, JSONField) else field.max_length
        fitted[name] = value[:longest] if longest and isinstance(value, str) else value
    return fitted
