"""Mistakes in the words of a scheme's author: pydantic's errors, each with its place, and the word probably meant."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from kithwork.core.schemes.located import Place
from kithwork.core.schemes.model import Check, Condition, Edition, FormField, Stage, StageKind

_STAGES: dict[str, type[BaseModel]] = {
    get_args(stage.model_fields["kind"].annotation)[0].value: stage for stage in get_args(get_args(Stage)[0])
}
_SHAPES: dict[type[BaseModel], str] = {
    FormField: "lower-case letters, digits and underscores, beginning with a letter, as in 'annual_turnover'",
    Check: "two or more words with dots between them, as in 'mentees.contacted'",
}
_SLUG = "lower-case letters and digits with single hyphens between them, as in 'first-meeting'"
_SAYS = {
    "string_too_short": "{what} is empty",
    "string_too_long": "{what} is longer than {max_length} characters",
    "string_pattern_mismatch": "{what} must be made of {shape}{shown}",
    "string_type": "{what} must be text in quotation marks{shown}",
    "bool_type": "{what} must be true or false{shown}",
    "int_type": "{what} must be a whole number{shown}",
    "greater_than": "{what} must be greater than {gt}{shown}",
    "greater_than_equal": "{what} must be {ge} or more{shown}",
    "less_than_equal": "{what} must be {le} or less{shown}",
    "too_short": "{what} is empty: it needs at least one",
    "tuple_type": "{what} must be a list in square brackets{shown}",
    "model_type": "{what} must be a table{shown}",
    "model_attributes_type": "{what} must be a table{shown}",
}
_SHOWN = 60  # letters of an author's own words in a message
_LONGEST = 60  # letters in a Slug; comparing longer words costs more than it tells


def nearest(word: str, known: Collection[str]) -> str | None:
    """The known word that was probably meant: the word itself, or one close to it."""
    if word in known or len(word) > _LONGEST:
        return word if word in known else None
    return next(iter(get_close_matches(word, known, n=1)), None)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """', did you mean 'opens'?' when one of the known words is close, and nothing otherwise."""
    close = nearest(word, known)
    return f", did you mean '{close}'?" if close else ""


def plain(
    errors: Iterable[ErrorDetails], data: Mapping[str, Any], root: type[BaseModel] = Edition
) -> list[tuple[Place, str]]:
    """The place and the words of each error that `data` gave when it was read as an Edition, or as another `root`.

    A misspelt key is one mistake, not two: where 'titel' is asked about, the missing 'title' is left out.
    """
    unknown: list[tuple[Place, str]] = []
    missing: list[tuple[Place, str]] = []
    others: list[tuple[Place, str]] = []
    meant: set[Place] = set()
    for error in errors:
        place, owner, annotation = _locate(error["loc"], root)
        key = str(place[-1])
        if error["type"] == "extra_forbidden":
            if close := nearest(key, owner.model_fields):
                meant.add((*place[:-1], close))
            unknown.append((place, f"unknown key '{_brief(key)}'{did_you_mean(key, owner.model_fields)}"))
        elif error["type"] == "missing":
            missing.append((place, _missing(place, annotation)))
        elif error["type"] == "union_tag_not_found":
            missing.append(((*place, "kind"), f"missing key 'kind': it must be one of {_choices(StageKind)}"))
        elif error["type"] == "union_tag_invalid":
            others.append(((*place, "kind"), _one_of("'kind'", StageKind, error["input"]["kind"])))
        else:
            others.append((place, _invalid(error, place, annotation, owner, data)))
    return unknown + [one for one in missing if one[0] not in meant] + others


def _locate(loc: Sequence[str | int], root: type[BaseModel]) -> tuple[Place, type[BaseModel], Any]:
    """The place of a `loc`, without pydantic's union tags; the model that holds it; and what is wanted there."""
    here: Any = root
    owner = root
    place: Place = ()
    for step in loc:
        if here is Stage:  # the tag that says which kind of stage pydantic took it for
            here = _STAGES[str(step)]
            continue
        if get_origin(here) in (Union, UnionType):  # the tag of one of several plain types: still the same key
            continue
        place = (*place, step)
        if isinstance(step, int):
            here = get_args(here)[0]
        else:
            owner = here
            field = owner.model_fields.get(step)
            here = None if field is None else _without_none(field.annotation)
    return place, owner, here


def _without_none(annotation: Any) -> Any:
    kept = [one for one in get_args(annotation) if one is not type(None)]
    return kept[0] if type(None) in get_args(annotation) and len(kept) == 1 else annotation


def _at(data: Any, place: Place) -> Any:
    for step in place:
        data = data[step]
    return data


def _missing(place: Place, annotation: Any) -> str:
    key = place[-1]
    if len(place) > 1:
        return f"missing key '{key}'"
    return f"missing table [{key}]" if isinstance(annotation, type) else f"missing table [[{key}]]"


def _invalid(error: ErrorDetails, place: Place, annotation: Any, owner: type[BaseModel], data: Any) -> str:
    value, ctx = error["input"], error.get("ctx", {})
    if owner is Condition and isinstance(text := _at(data, place[:-1]), str):
        return f"in the condition '{_brief(text)}', {_wanted(error, place, annotation, owner, f'the {place[-1]}')}"
    what = _named(place)
    if error["type"] == "value_error":
        whole = isinstance(value, dict) and isinstance(place[-1], int)  # the table as such, which its line names
        said = " ".join(str(ctx["error"]).split())  # it may quote a value that runs over several lines
        return said if whole else f"{what}: {said}"
    return _wanted(error, place, annotation, owner, what)


def _wanted(error: ErrorDetails, place: Place, annotation: Any, owner: type[BaseModel], what: str) -> str:
    value = error["input"]
    match error["type"]:
        case "enum" | "literal_error":
            return _one_of(what, annotation, value)
        case "tuple_type" if isinstance(value, dict) and _of_tables(annotation):
            return f"{what} is a list of tables: write it with two square brackets, as in [[{_header(place)}]]"
        case "tuple_type" if isinstance(value, str):
            return f'{what} must be a list in square brackets, as in ["{_brief(value)}"]'
        case "model_type" if annotation is Condition:
            return f"{what} must be two words in quotation marks, a stage and an outcome, as in 'registration paid'"
        case "model_type" if isinstance(value, list):
            return f"{what} is a single table: write it with one pair of square brackets, as in [{_header(place)}]"
        case _ if get_origin(annotation) in (Union, UnionType):
            return f"{what} must be a whole number or text in quotation marks{_not(value)}"
        case kind:
            said = _SAYS.get(kind, "{what} cannot be this{shown}")
            shape = _SHAPES.get(owner, _SLUG)
            return said.format(what=what, shown=_not(value), shape=shape, **error.get("ctx", {}))


def _of_tables(annotation: Any) -> bool:
    item = get_args(annotation)[0]
    return item is Stage or (isinstance(item, type) and issubclass(item, BaseModel))


def _header(place: Place) -> str:
    keys = [str(step) for step in place if isinstance(step, str)]
    return ".".join(["requirement", *keys[1:]] if keys[0] == "requirements" else keys)


def _named(place: Place) -> str:
    key = next((step for step in reversed(place) if isinstance(step, str)), "")
    key = "requirement" if place[0] == key == "requirements" else key
    return f"number {place[-1] + 1} of '{key}'" if isinstance(place[-1], int) else f"'{key}'"


def _values(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return [str(one) for one in get_args(annotation)]
    return [one.value for one in annotation]


def _choices(annotation: Any) -> str:
    *most, last = _values(annotation)
    return f"{', '.join(most)} or {last}"


def _one_of(what: str, annotation: Any, value: object) -> str:
    hint = did_you_mean(value, _values(annotation)) if isinstance(value, str) else ""
    return f"{what} must be one of {_choices(annotation)}{_not(value)}{hint}"


def _not(value: object) -> str:
    """', not 'x'', in TOML's own spelling where the value is short enough to be shown."""
    if isinstance(value, bool):
        return f", not {str(value).lower()}"
    if isinstance(value, str):
        return f", not '{_brief(value)}'"
    return "" if isinstance(value, dict | list) else f", not {_brief(str(value))}"


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 3]}..."
