"""One model with what is declared of it: which rows are about somebody, which fields go, what an empty one holds."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, Field, FileField, ForeignKey, JSONField, Model, Q, QuerySet, TextField

from kithwork.core.keeping import ERASED, Kept, Then, Whose, Why


@dataclass(frozen=True, slots=True)
class Gone:
    """How many rows of one model were, or would be, emptied, deleted or left without a name; how many stay, and why."""

    model: type[Model]
    kept: Kept
    emptied: int = 0
    deleted: int = 0
    unnamed: int = 0
    stays: int = 0
    why: Why | None = None

    @property
    def number(self) -> int:
        """How many rows change."""
        return self.emptied + self.deleted + self.unnamed


@dataclass(frozen=True, slots=True)
class Reach:
    """One model of a package with its declaration and the names of its personal fields."""

    model: type[Model]
    kept: Kept
    personal: tuple[str, ...]

    @property
    def columns(self) -> "list[Field[Any, Any]]":
        return [field for field in self.model._meta.concrete_fields if field.name in self.personal]

    def is_actor(self, field: "Field[Any, Any]") -> bool:
        """Whether it is a key to an account that says who acted, and stays."""
        return field.related_model is get_user_model() and field.name not in self.kept.cut

    def going(self, *, period_over: bool = False) -> "list[Field[Any, Any]]":
        """The fields that go when the owner is erased, or at a period's end, which ends what safeguarding keeps."""
        if self.kept.then is Then.KEPT:
            return []
        stays = {name for name, why in self.kept.stays.items() if not (period_over and why is Why.SAFEGUARDING)}
        return [field for field in self.columns if field.name not in stays and not self.is_actor(field)]

    def shared(self, whose: Whose) -> "list[Field[Any, Any]]":
        """The fields that go with somebody who is not the owner."""
        names = {*self.kept.shared, *self.kept.only.get(whose, ())}
        return [field for field in self.columns if field.name in names]

    @property
    def texts(self) -> list[str]:
        """The fields in which somebody may be named."""
        return [field.name for field in self.columns if isinstance(field, CharField | TextField | JSONField)]

    def about(self, whose: Whose, person: Model) -> QuerySet[Any]:
        """The rows from which a way leads to the person."""
        wanted = Q(pk__in=())
        for way in self.kept.of.get(whose, ()):
            wanted |= Q(**{way: person.pk}) if way else Q(pk=person.pk)
        return self.model._default_manager.filter(wanted)

    def of_others(self, whose: Whose) -> Q:
        """Rows whose words belong to somebody who stands before this person among the owners."""
        before = Q(pk__in=())
        for other, ways in self.kept.of.items():
            if other is whose:
                break
            for way in ways:
                before |= Q(**{f"{way}__isnull": False}) if way else Q(pk__isnull=False)
        return before


def reaches(
    models: Mapping[str, type[Model]], kept: Mapping[str, Kept], personal: Mapping[str, tuple[str, ...]]
) -> tuple[Reach, ...]:
    """A package's models with their declarations, in the order of these."""
    return tuple(Reach(models[name], one, personal[name]) for name, one in kept.items())


def ways_to(target: type[Model], model: type[Model], among: Iterable[type[Model]]) -> tuple[str, ...]:
    """The ways from a row to a thing that everything of a package hangs on, such as its service: by its own key, or by
    those of the rows it hangs on. A key that every row has is enough.
    """
    known = set(among)
    keys = [one for one in model._meta.concrete_fields if isinstance(one, ForeignKey) and one.related_model != model]
    for key in keys:
        if key.related_model is target:
            return (key.name,)
    onward = [key for key in keys if key.related_model in known]
    certain = [key for key in onward if not key.null]
    return tuple(
        f"{key.name}__{way}" for key in (certain[:1] or onward) for way in ways_to(target, key.related_model, known)
    )


def rows_of(root: Model, some: Iterable[Reach], among: Iterable[type[Model]]) -> Iterator[tuple[Reach, QuerySet[Any]]]:
    """Every kind of row with personal fields, and those that hang on `root`, such as a service."""
    known = set(among)
    for reach in some:
        wanted = Q(pk__in=())
        for way in ways_to(type(root), reach.model, known):
            wanted |= Q(**{way: root.pk})
        yield reach, reach.model._default_manager.filter(wanted)


def value_when_empty(field: "Field[Any, Any]", kept: Kept) -> Any:
    """What a field holds when it says nothing. Raises ValueError for one that cannot."""
    if field.name in kept.marked:
        return ERASED
    if field.null:
        return None
    if isinstance(field, JSONField):
        return field.get_default() if field.has_default() else {}
    if isinstance(field, CharField | TextField | FileField):
        return ""
    if field.has_default():
        return field.get_default()
    raise ValueError(f"{field} cannot be empty")


def says_something(reach: Reach, fields: "list[Field[Any, Any]]") -> Q:
    """Rows of which at least one of these fields is not empty yet."""
    found = Q(pk__in=())
    for field in fields:
        empty = value_when_empty(field, reach.kept)
        if empty is None:
            found |= Q(**{f"{field.name}__isnull": False})
        elif empty == ERASED:
            found |= ~Q(**{f"{field.name}__in": (ERASED, "")})
        else:
            found |= ~Q(**{field.name: empty})
    return found
