"""What CASE's REST binding answers, from packages: each thing alone, with a link to its document; lists in pages.

Pure: packages in, JSON out. What somebody asks for wrongly raises `Asked`, with the standard's own word for it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kithwork.core.schemes.case.names import ROOT, address

Json = dict[str, Any]
DISCOVERY = "imscasev1p1_openapi3_v1p0.json"
LIMIT = 100  # documents on a page, when nothing is asked for
FIELDS = (
    "identifier", "uri", "frameworkType", "caseVersion", "creator", "title", "lastChangeDateTime", "officialSourceURL",
    "publisher", "description", "subject", "subjectURI", "language", "version", "adoptionStatus", "statusStartDate",
    "statusEndDate", "licenseURI", "notes", "extensions", "CFPackageURI",
)  # fmt: skip
SINGLE = ("CFAssociations", "CFDocuments", "CFItemAssociations", "CFItemTypes", "CFItems", "CFPackages")
# what we keep none of: asked for by name, each is unknown
NONE_OF = ("CFAssociationGroupings", "CFConcepts", "CFLicenses", "CFRubrics", "CFSubjects")
_CLAUSE = re.compile(r"\s*(\w+)\s*(!=|>=|<=|=|>|<|~)\s*'([^']*)'\s*")


class Asked(ValueError):
    """A request that cannot be answered. `minor` is the standard's word for why, `status` that of HTTP."""

    def __init__(self, minor: str, said: str, status: int) -> None:
        super().__init__(said)
        self.minor, self.status = minor, status

    @property
    def told(self) -> Json:
        """As the standard writes it (imsx_StatusInfo)."""
        field = {"imsx_codeMinorFieldName": "TargetEndSystem", "imsx_codeMinorFieldValue": self.minor}
        return {
            "imsx_codeMajor": "failure",
            "imsx_severity": "error",
            "imsx_description": str(self),
            "imsx_codeMinor": {"imsx_codeMinorField": [field]},
        }


@dataclass(frozen=True, slots=True)
class Page:
    """Some documents of all that were asked for, which are `total`; `offset` and `limit` as they were understood."""

    documents: list[Json]
    total: int
    offset: int
    limit: int

    def links(self) -> list[tuple[str, int]]:
        """Where other pages begin: ('next', 100)."""
        last = max(0, (self.total - 1) // self.limit * self.limit)
        found = [("first", 0), ("last", last)]
        if self.offset + self.limit < self.total:
            found.append(("next", self.offset + self.limit))
        if self.offset > 0:
            found.append(("prev", max(0, self.offset - self.limit)))
        return found


class Library:
    """All packages of a site, each thing by its identifier."""

    def __init__(self, packages: Iterable[Json], base: str) -> None:
        self._things: dict[tuple[str, str], Json] = {}
        self._documents: list[Json] = []
        for package in packages:
            self._add(package, base)

    def _add(self, package: Json, base: str) -> None:
        about = package["CFDocument"]
        name, title = about["identifier"], about["title"]
        document = {
            **about,
            "CFPackageURI": {"title": title, "identifier": name, "uri": address(base, "CFPackages", name)},
        }
        link = {"CFDocumentURI": {"title": title, "identifier": name, "uri": about["uri"]}}
        self._documents.append(document)
        self._things[("CFDocuments", name)] = document
        self._things[("CFPackages", name)] = package
        items = {one["identifier"]: one | link for one in package["CFItems"]}
        joined: dict[str, list[Json]] = {}
        for one in package["CFAssociations"]:
            self._things[("CFAssociations", one["identifier"])] = one | link
            for end in {one["originNodeURI"]["identifier"], one["destinationNodeURI"]["identifier"]}:
                joined.setdefault(end, []).append(one)  # in a set they come without the link
        for name, item in items.items():
            self._things[("CFItems", name)] = item
            self._things[("CFItemAssociations", name)] = {"CFItem": item, "CFAssociations": joined.get(name, [])}
        for kind in package.get("CFDefinitions", {}).get("CFItemTypes", []):
            self._things[("CFItemTypes", kind["identifier"])] = {"CFItemTypes": [kind]}

    def one(self, collection: str, name: str) -> Json:
        """A thing by its identifier. Raises Asked."""
        try:
            right = str(UUID(name)) == name.lower()
        except ValueError:
            right = False
        if not right:
            raise Asked("invalid_uuid", "Invalid UUID", 404)
        found = self._things.get((collection, name.lower()))
        if found is None:
            raise Asked("unknownobject", "Unknown Object", 404)
        return found

    def documents(
        self, *, limit: str = "", offset: str = "", sort: str = "", order: str = "", wanted: str = "", fields: str = ""
    ) -> Page:
        """Documents as they are asked for: `wanted` is the standard's filter, `fields` names with commas.

        Raises Asked.
        """
        found = [one for one in self._documents if _fits(one, wanted)] if wanted else list(self._documents)
        if sort:
            if sort not in FIELDS:
                raise Asked("invalid_sort_field", f"There is no field '{sort[:60]}' to sort by.", 400)
            found.sort(key=lambda one: str(one.get(sort, "")), reverse=order == "desc")
        size, start = _number(limit, LIMIT, 1), _number(offset, 0, 0)
        page = found[start : start + size]
        if fields:
            names = [name.strip() for name in fields.split(",") if name.strip()]
            if wrong := [name for name in names if name not in FIELDS]:
                raise Asked("invalid_selection_field", f"There is no field '{wrong[0][:60]}'.", 400)
            page = [{name: one[name] for name in names if name in one} for one in page]
        return Page(page, len(found), start, size)


def _number(text: str, otherwise: int, least: int) -> int:
    if not text:
        return otherwise
    if not text.isascii() or not text.isdecimal() or len(text) > 9 or int(text) < least:
        raise Asked("invalid_selection_field", f"'{text[:60]}' is no number of records.", 400)
    return int(text)


def _fits(document: Json, wanted: str) -> bool:
    """1EdTech's filter: field, predicate and value in quotes; two of them joined by AND or OR."""
    parts = re.split(r"\s+(AND|OR)\s+(?=\w+\s*(?:!=|>=|<=|=|>|<|~))", wanted[:500])
    answers = [_clause(document, part) for part in parts[::2]]
    if len(set(parts[1::2])) > 1:
        raise Asked("invalid_selection_field", "AND and OR cannot be mixed in a filter.", 400)
    return any(answers) if parts[1:2] == ["OR"] else all(answers)


def _clause(document: Json, text: str) -> bool:
    found = _CLAUSE.fullmatch(text)
    if found is None or found[1] not in FIELDS:
        raise Asked("invalid_selection_field", f"'{text[:60]}' is no filter: title='Quality in Mentoring'.", 400)
    held, asked = str(document.get(found[1], "")).lower(), found[3].lower()
    return {
        "=": held == asked,
        "!=": held != asked,
        ">": held > asked,
        "<": held < asked,
        ">=": held >= asked,
        "<=": held <= asked,
        "~": asked in held,
    }[found[2]]


def discovery(base: str) -> Json:
    """What is served, as OpenAPI 3: the standard's discovery document, told of this site."""
    failure = {
        "description": "Not answered",
        "content": _content({"$ref": "#/components/schemas/imsx_StatusInfoDType"}),
    }
    text = {"type": "string"}
    single = {
        f"/{one}/{{sourcedId}}": {
            "get": {
                "operationId": f"get{one.removesuffix('s')}",
                "parameters": [{"name": "sourcedId", "in": "path", "required": True, "schema": text}],
                "responses": {
                    "200": {"description": f"One of {one}", "content": _content({"type": "object"})},
                    "404": failure,
                },
            }
        }
        for one in (*SINGLE, *NONE_OF)
    }
    asks = ("limit", "offset", "sort", "orderBy", "filter", "fields")
    listing = {
        "get": {
            "operationId": "getAllCFDocuments",
            "parameters": [
                {"name": one, "in": "query", "schema": {"type": "integer"} if one in asks[:2] else text} for one in asks
            ],
            "responses": {
                "200": {
                    "description": "Documents, a page at a time",
                    "headers": {"X-Total-Count": {"schema": {"type": "integer"}}, "Link": {"schema": text}},
                    "content": _content({"type": "object", "required": ["CFDocuments"]}),
                },
                "400": failure,
            },
        }
    }
    status = {
        "type": "object",
        "required": ["imsx_codeMajor", "imsx_severity"],
        "properties": {"imsx_codeMajor": text, "imsx_severity": text, "imsx_description": text},
    }
    return {
        "openapi": "3.0.0",
        "info": {"title": "Competencies and Academic Standards Exchange (CASE) Service", "version": "1.1"},
        "servers": [{"url": f"{base.rstrip('/')}{ROOT}"}],
        "paths": {"/CFDocuments": listing, **single},
        "components": {"schemas": {"imsx_StatusInfoDType": status}},
    }


def _content(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}
