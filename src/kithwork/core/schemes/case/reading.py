"""A CASE 1.1 package as it came from somewhere: read with suspicion, and made into a tree."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError, model_validator

from kithwork.core.schemes.case.names import KEY

MOST_BYTES = 32_000_000
MOST_ITEMS = 5_000  # an edition's file of requirements ends at 1 MB, which is fewer
MOST_ASSOCIATIONS = 100_000
_TOLD = 20  # mistakes in one message
_UUID = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$"


class NotCase(ValueError):
    """What was given is no CASE package that an edition can be drafted from. Its text has a line for each reason."""

    def __init__(self, reasons: Sequence[str]) -> None:
        more = [f"and {len(reasons) - _TOLD} more of the kind"] if len(reasons) > _TOLD else []
        super().__init__("\n".join([*reasons[:_TOLD], *more]))


def _sound(text: str) -> str:
    """A text that a file can hold, without the control characters that no page shows."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("holds half of a surrogate pair")
    return "".join(letter for letter in text.replace("\r\n", "\n") if letter in "\n\t" or letter.isprintable())


Text = Annotated[str, AfterValidator(_sound)]
Identifier = Annotated[str, StringConstraints(pattern=_UUID), AfterValidator(str.lower)]


class _Loose(BaseModel):
    """Unknown keys are left alone: a package may come from any version and any maker."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, data: object) -> object:
        """Some makers write null for what is not there."""
        return {key: held for key, held in data.items() if held is not None} if isinstance(data, dict) else data


class Document(_Loose):
    identifier: Identifier
    title: Text
    creator: Text = ""
    publisher: Text = ""
    description: Text = ""
    version: Text = ""
    notes: Text = ""
    uri: Text = ""
    extensions: dict[str, Any] = {}


class Item(_Loose):
    identifier: Identifier
    fullStatement: Text  # noqa: N815  # the standard's own spelling, here and below
    abbreviatedStatement: Text = ""  # noqa: N815
    humanCodingScheme: Text = ""  # noqa: N815
    listEnumeration: Text = ""  # noqa: N815
    notes: Text = ""
    uri: Text = ""
    extensions: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """What a message calls it."""
        said = self.humanCodingScheme or self.abbreviatedStatement or self.fullStatement
        return f"'{said[:60].strip()}'" if said.strip() else self.identifier


class End(_Loose):
    identifier: str


class Association(_Loose):
    associationType: str  # noqa: N815
    originNodeURI: End  # noqa: N815
    destinationNodeURI: End  # noqa: N815
    sequenceNumber: int | None = None  # noqa: N815


class _Package(_Loose):
    CFDocument: Document
    CFItems: list[Item] = []
    CFAssociations: list[Association] = []


@dataclass(slots=True)
class Tree:
    """The document and its items by identifier, each below one parent: another item, or '' for the document."""

    document: Document
    items: dict[str, Item]
    children: dict[str, list[str]] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def some(number: int, what: str) -> str:
    """'1 item', '2 items'."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def own(extensions: dict[str, Any]) -> dict[str, Any]:
    """What a package of ours says beyond the standard; nothing for anybody else's."""
    kept = extensions.get(KEY)
    return kept if isinstance(kept, dict) else {}


def tree(content: bytes) -> Tree:
    """Raises NotCase with all that is wrong, whatever the bytes are."""
    return _grown(_package(_json(content)))


def _json(content: bytes) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise NotCase([f"The file is larger than {MOST_BYTES // 1_000_000} MB."])
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise NotCase(["The file is not UTF-8 text."]) from None
    except RecursionError:
        raise NotCase(["The file is nested too deeply."]) from None
    except json.JSONDecodeError as fault:
        raise NotCase([f"The file is not JSON: {fault.msg.lower()} in line {fault.lineno}."]) from None
    except ValueError as fault:
        raise NotCase([f"The file is not JSON: {fault}."]) from None
    if not isinstance(data, dict):
        raise NotCase(["The file holds no CASE package: it begins with something other than {."])
    if "CFDocument" not in data and "identifier" in data and "title" in data:
        return {"CFDocument": data}  # a document by itself, as a server hands it out
    if "CFDocuments" in data:
        raise NotCase(["The file lists documents. Fetch the package of one of them (CFPackages) and import that."])
    return data


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _package(data: dict[str, Any]) -> _Package:
    for key, most in (("CFItems", MOST_ITEMS), ("CFAssociations", MOST_ASSOCIATIONS)):
        if isinstance(data.get(key), list) and len(data[key]) > most:
            raise NotCase([f"{key} has {len(data[key]):,} entries; the most that an edition can take is {most:,}."])
    try:
        return _Package.model_validate(data)
    except ValidationError as fault:
        said = [f"{_place(error['loc'])}: {_words(error['type'], error['msg'])}" for error in fault.errors()]
        raise NotCase(said) from None


def _place(loc: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc).lstrip(".")


def _words(kind: str, message: str) -> str:
    match kind:
        case "missing":
            return "missing"
        case "string_pattern_mismatch":
            return "not a UUID"
        case "string_type":
            return "must be text"
        case "list_type":
            return "must be a list"
        case "dict_type" | "model_type":
            return "must be an object"
        case _:
            return message.removeprefix("Value error, ")


def _grown(package: _Package) -> Tree:
    counts = Counter(item.identifier for item in package.CFItems)
    reasons = [f"{number} items have the identifier {name}" for name, number in counts.items() if number > 1]
    reasons += [
        f"CFItems[{index}].fullStatement: empty"
        for index, item in enumerate(package.CFItems)
        if not plain(item.fullStatement).strip()
    ]
    if reasons:
        raise NotCase(reasons)
    found = Tree(package.CFDocument, {item.identifier: item for item in package.CFItems})
    parents = _parents(found, package.CFAssociations)
    _order(found, parents)
    _no_circles(found)
    return found


def _parents(found: Tree, associations: Sequence[Association]) -> dict[str, tuple[str, int]]:
    """Item -> its parent ('' for the document) and its number there. The first parent given is kept."""
    parents: dict[str, tuple[str, int]] = {}
    several: set[str] = set()
    lost = 0
    for one in associations:
        child, parent = one.originNodeURI.identifier.lower(), one.destinationNodeURI.identifier.lower()
        if one.associationType != "isChildOf" or child not in found.items:
            continue
        if parent == found.document.identifier:
            parent = ""
        elif parent not in found.items:
            lost += 1
            continue
        if child in parents:
            several.add(child)
            continue
        last = len(associations)
        parents[child] = (parent, last if one.sequenceNumber is None else one.sequenceNumber)
    if several:
        found.remarks.append(f"With several parents, and kept below the first one given: {some(len(several), 'item')}.")
    if lost:
        found.remarks.append(f"With a parent that is not in the package, and left out: {some(lost, 'association')}.")
    return parents


def _order(found: Tree, parents: dict[str, tuple[str, int]]) -> None:
    last = len(found.items)
    places = {name: index for index, name in enumerate(found.items)}
    for name in sorted(found.items, key=lambda one: (parents.get(one, ("", last))[1], places[one])):
        found.children.setdefault(parents.get(name, ("", last))[0], []).append(name)


def _no_circles(found: Tree) -> None:
    reached: set[str] = set()
    ahead = list(found.children.get("", ()))
    while ahead:
        name = ahead.pop()
        reached.add(name)
        ahead += found.children.get(name, ())
    if circling := [item.name for name, item in found.items.items() if name not in reached]:
        shown = ", ".join(circling[:5]) + (" and others" if len(circling) > 5 else "")
        raise NotCase([f"isChildOf leads in a circle, so that these items hang below themselves: {shown}"])


_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>|<!--.*?-->", re.DOTALL)
_BREAK = re.compile(r"<(?:br|/p|/li|/div)\b[^<>]*+>", re.IGNORECASE)
_ENTITY = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " ", "&amp;": "&"}


def plain(text: str) -> str:
    """A statement without HTML: tags go, the usual entities are spelt out."""
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub("\n", text))
    for entity, letter in _ENTITY.items():
        text = text.replace(entity, letter)
    return "\n".join(line.strip() for line in text.strip().splitlines())
