"""Names of one person, found in what was written about others, and taken out."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import JSONField, Q, QuerySet

from kithwork.core.keeping import ERASED

_PLAIN = re.compile(r"[A-Za-z0-9]{3,}")
_SHORTEST = 6  # digits of a telephone number that is looked for


class Names:
    """What names somebody: whole names, addresses and numbers; in rows about them (`near`) each part of a name too."""

    def __init__(self, *said: str, parts: Iterable[str] = ()) -> None:
        whole = {" ".join(one.split()) for one in said if _tells(one)}
        near = whole | {part for one in parts for part in one.split() if len(part) > 1}
        self._far, self._near = _pattern(whole), _pattern(near)
        self._hints = [max(_PLAIN.findall(name), key=len, default="") for name in sorted(whole)]

    def __bool__(self) -> bool:
        return self._near is not None

    def likely_in(self, fields: Iterable[str]) -> Q:
        """Rows in which a whole name may stand, as a database can tell: by a run of plain letters or digits out of it.
        Every row, where a name has no such run; what folds other letters' case, databases do not agree on.
        """
        if not all(self._hints):
            return Q(pk__isnull=False)
        found = Q(pk__in=())
        for field in fields:
            for hint in self._hints:
                found |= Q(**{f"{field}__icontains": hint})
        return found

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
    wanted, found = list(fields), set[int]()
    if not wanted or not names:
        return 0
    texts = [name for name in wanted if not isinstance(rows.model._meta.get_field(name), JSONField)]
    structures = [name for name in wanted if name not in texts]
    likely = rows if near else rows.filter(names.likely_in(texts))
    for some, among in ((texts, likely), (structures, rows)):
        if not some:
            continue
        for pk, *values in among.order_by("pk").values_list("pk", *some).iterator(2000):
            said = dict(zip(some, values, strict=True))
            cleaned = {name: names.out_of(value, near=near) for name, value in said.items()}
            changed = {name: value for name, value in cleaned.items() if value != said[name]}
            if changed:
                found.add(pk)
                if write:
                    rows.model._default_manager.filter(pk=pk).update(**_fitting(rows.model, changed))
    return len(found)


def _fitting(model: Any, values: dict[str, Any]) -> dict[str, Any]:
    """Texts no longer than their column: the mark may be longer than the name it stands for."""
    fitted = {}
    for name, value in values.items():
        field = model._meta.get_field(name)
        longest = None if isinstance(field, JSONField) else field.max_length
        fitted[name] = value[:longest] if longest and isinstance(value, str) else value
    return fitted
