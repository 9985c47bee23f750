"""Every field that a scheme's files can have, as a page of Markdown: read from the model, so that it cannot be wrong.

A field's meaning is the comment that stands beside it in the model's own source.
"""

import inspect
import re
import tokenize
from collections.abc import Iterator
from enum import Enum
from io import StringIO
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from kithwork.core.days import Period
from kithwork.core.schemes.crosswalks import CrosswalkFile
from kithwork.core.schemes.model import REACHES, BaseStage, Condition, Edition, Role, Stage, StageKind

_HEAD = """\
# Every field of a scheme's files

Made by `kithwork scheme reference` from the model; do not edit it. [Adding a scheme](../adding-a-scheme.md) tells more.

An edition is the folder `schemes/<slug>/<edition>/`. `scheme.toml` holds every table below but the last four;
`requirements.toml` holds `[[requirement]]` and may be left out. Each file in `crosswalks/`, of which there may be any
number, holds `[framework]`, `[[asked]]` and `[[link]]`. A key that is not listed here is a mistake.

- A **name** is lower-case letters and digits with single hyphens between them, at most 60 letters: `first-meeting`.
- A **period** is a number and a unit: `10 days`, `15 working days`, `2 weeks`, `6 months`, `3 years`.
- A **condition** is a stage and what it has reached: `registration paid`. What each kind of stage can reach is listed
  [below](#what-a-stage-can-reach).
- A **role** is one of {roles}.
- Money is in whole pounds.
"""
_REQUIREMENTS = "requirements"


def reference() -> str:
    """The whole page."""
    parts = [_HEAD.format(roles=_in_code(role.value for role in Role))]
    seen: set[type[BaseModel]] = {Edition}
    for name, field in Edition.model_fields.items():
        if name == "stages":
            parts += _stages(seen)
        elif name != _REQUIREMENTS:
            parts += _tables(name, field, seen)
    parts += _tables("requirement", Edition.model_fields[_REQUIREMENTS], seen)
    for name, field in CrosswalkFile.model_fields.items():
        parts += _tables(name, field, seen)
    return "\n".join(parts)


def _stages(seen: set[type[BaseModel]]) -> Iterator[str]:
    yield "## `[[stages]]`\n\nFields of every kind of stage; `kind` says which kind it is.\n"
    yield _fields(BaseStage)
    yield "### What a stage can reach\n"
    rows = [f"| `{kind}` | {_in_code(outcome.value for outcome in REACHES[kind])} |" for kind in StageKind]
    yield "\n".join(["| kind | reaches |", "| --- | --- |", *rows, ""])
    common = set(BaseStage.model_fields)
    for stage in get_args(get_args(Stage)[0]):
        kind = get_args(stage.model_fields["kind"].annotation)[0].value
        own = [name for name in stage.model_fields if name not in common and name != "kind"]
        yield f'### `[[stages]]` with `kind = "{kind}"`\n'
        yield _fields(stage, own)
        for name in own:
            yield from _below(f"stages.{name}", stage.model_fields[name], seen)


def _tables(header: str, field: FieldInfo, seen: set[type[BaseModel]]) -> Iterator[str]:
    """A table's fields, and after them those of the tables within it."""
    model = _model(field.annotation)
    if model is None or model in seen:
        return
    seen.add(model)
    shown = f"[[{header}]]" if get_origin(_bare(field.annotation)) is tuple else f"[{header}]"
    about = inspect.cleandoc(model.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    own_words = about if "__doc__" in vars(model) and not about.startswith("A piece of an edition") else ""
    yield f"{'##' if '.' not in header else '###'} `{shown}`\n" + (f"\n{own_words}\n" if own_words else "")
    yield _fields(model)
    for name, below in model.model_fields.items():
        yield from _below(f"{header}.{name}", below, seen)


def _below(header: str, field: FieldInfo, seen: set[type[BaseModel]]) -> Iterator[str]:
    if _model(field.annotation) is not Condition:
        yield from _tables(header, field, seen)


def _fields(model: type[BaseModel], names: list[str] | None = None) -> str:
    comments = _comments(model)
    chosen = list(model.model_fields) if names is None else names
    if not chosen:
        return "Nothing beyond the fields of every stage.\n"
    rows = ["| field | what it holds | when left out | meaning |", "| --- | --- | --- | --- |"]
    for name in chosen:
        field = model.model_fields[name]
        cells = (f"`{name}`", _holds(field.annotation, field.metadata), _left_out(field), comments.get(name, ""))
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    if model.model_config.get("extra") == "allow":
        rows.append("| anything else | as the check asks | | |")
    return "\n".join([*rows, ""])


def _bare(annotation: Any) -> Any:
    """Without 'or None'."""
    if get_origin(annotation) in (Union, UnionType):
        kept = [one for one in get_args(annotation) if one is not type(None)]
        return kept[0] if len(kept) == 1 else annotation
    return annotation


def _model(annotation: Any) -> type[BaseModel] | None:
    """The table that a field holds, or holds several of."""
    bare = _bare(annotation)
    if get_origin(bare) is tuple:
        bare = get_args(bare)[0]
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


def _holds(annotation: Any, metadata: list[Any]) -> str:
    bare = _bare(annotation)
    if get_origin(bare) in (Union, UnionType):
        return " or ".join(dict.fromkeys(_one(one, metadata) for one in get_args(bare) if one is not type(None)))
    return _one(bare, metadata)


def _one(bare: Any, metadata: list[Any]) -> str:
    if get_origin(bare) is tuple:
        return f"list: {_one(get_args(bare)[0], [])} each"
    if hasattr(bare, "__metadata__"):
        return _holds(bare.__origin__, [*bare.__metadata__, *metadata])
    if get_origin(bare) is Literal:
        return _in_code(str(getattr(value, "value", value)) for value in get_args(bare))
    if bare is Role:
        return "role"
    if bare is Period:
        return "period"
    if bare is Condition:
        return "condition"
    if isinstance(bare, type) and issubclass(bare, Enum):
        return _in_code(str(member.value) for member in bare)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return "table"
    if bare is bool:
        return "true or false"
    if bare is int:
        return _number(metadata)
    return _text(metadata)


def _number(metadata: list[Any]) -> str:
    least = next((one.ge for one in metadata if isinstance(one, Ge)), None)
    least = next((int(str(one.gt)) + 1 for one in metadata if isinstance(one, Gt)), least)
    most = next((one.le for one in metadata if isinstance(one, Le)), None)
    if least is None:
        return "whole number"
    return f"whole number, {least} to {most}" if most is not None else f"whole number, {least} or more"


def _text(metadata: list[Any]) -> str:
    limits = next((one for one in metadata if isinstance(one, StringConstraints)), None)
    if limits is None:
        return "text"
    if limits.pattern is None:
        return f"text, up to {limits.max_length:,} letters"
    pattern = limits.pattern if isinstance(limits.pattern, str) else limits.pattern.pattern
    if "(-[" in pattern:
        return "name"
    return "words with dots between them" if r"\." in pattern else "letters, digits and underscores"


def _left_out(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    default = field.get_default(call_default_factory=True)
    if default is None or default is PydanticUndefined or default == () or isinstance(default, BaseModel):
        return ""
    if isinstance(default, tuple):
        return f"`[{', '.join(_toml(one) for one in default)}]`"
    return f"`{_toml(default)}`"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else f'"{getattr(value, "value", value)}"'


def _in_code(words: Iterator[str] | list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _comments(model: type[BaseModel]) -> dict[str, str]:
    """Field -> the comment at the end of its line, in the model and those it is made from."""
    found: dict[str, str] = {}
    for made_from in reversed(model.__mro__):
        if issubclass(made_from, BaseModel) and made_from.__module__.startswith("kithwork."):
            found |= _comments_in(inspect.getsource(made_from))
    return found


_FIELD = re.compile(r"\s+([a-z_]+):")


def _comments_in(source: str) -> dict[str, str]:
    lines = source.splitlines()
    found: dict[str, str] = {}
    for token in tokenize.generate_tokens(StringIO(inspect.cleandoc(source)).readline):
        if token.type == tokenize.COMMENT and (field := _FIELD.match(lines[token.start[0] - 1])):
            found[field[1]] = token.string.lstrip("# ")
    return found
