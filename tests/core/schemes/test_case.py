"""A framework in and out of CASE 1.1: what goes out is lawful, what comes back is the same, and what is not CASE is
refused in words.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator, FormatChecker

from kithwork.core.schemes import Edition, find, load, load_texts
from kithwork.core.schemes.case import Draft, NotCase, draft, package
from tests.core.journey.test_worked import SCHEMES
from tests.core.schemes.sample import SCHEME, TEXTS

Json = dict[str, Any]
BASE = "https://kithwork.example.org"
CHANGED = datetime(2026, 3, 1, 12, 30, tzinfo=UTC)
EDITIONS = [pytest.param(load(folder), id=f"{folder.parent.name}-{folder.name}") for folder in find(SCHEMES)]
KESTREL = load_texts(TEXTS, "kestrel/2024")
# The official schemas are 1EdTech's and not ours to copy, and no package on PyPI or npm carries them. Where they lie
# beside the repository (or where KITHWORK_STANDARDS says) every package is held against them; elsewhere `lawful` below
# checks the same in our own words.
STANDARDS = Path(os.environ.get("KITHWORK_STANDARDS") or Path(__file__).parents[4] / "shared" / "standards")
OFFICIAL = STANDARDS / "case_v1p1_cfpackage-jsonschema1.json"
BINDING = STANDARDS / "imscasev1p1_openapi3_v1p0.json"


def out(edition: Edition) -> Json:
    return package(edition, base=BASE, changed=CHANGED)


def back(data: object, **names: str) -> Draft:
    return draft(json.dumps(data).encode(), **names)


def read(made: Draft) -> Edition:
    return load_texts(made.texts, f"{made.slug}/{made.edition}")


# Going out

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
KEYS = {
    "CFDocument": (
        {"identifier", "uri", "creator", "title", "lastChangeDateTime"},
        {"caseVersion", "publisher", "description", "language", "version", "officialSourceURL", "notes", "extensions"},
    ),
    "CFItems": (
        {"identifier", "fullStatement", "uri", "lastChangeDateTime"},
        {"abbreviatedStatement", "humanCodingScheme", "language", "CFItemType", "CFItemTypeURI", "notes", "extensions"},
    ),
    "CFAssociations": (
        {"identifier", "associationType", "uri", "originNodeURI", "destinationNodeURI", "lastChangeDateTime"},
        {"sequenceNumber"},
    ),
    "CFItemTypes": (
        {"identifier", "uri", "title", "description", "hierarchyCode", "lastChangeDateTime"},
        {"typeCode"},
    ),
}


def lawful(made: Json) -> None:
    """What CASE 1.1 asks of a package of ours: fields, identifiers, addresses, and associations that lead somewhere."""
    assert set(made) <= {"CFDocument", "CFItems", "CFAssociations", "CFDefinitions"}
    groups = {
        "CFDocument": [made["CFDocument"]],
        "CFItems": made["CFItems"],
        "CFAssociations": made["CFAssociations"],
        "CFItemTypes": made.get("CFDefinitions", {}).get("CFItemTypes", []),
    }
    for name, things in groups.items():
        needed, allowed = KEYS[name]
        for thing in things:
            assert needed <= set(thing) <= needed | allowed, thing
            assert UUID.fullmatch(thing["identifier"])
            collection = "CFDocuments" if name == "CFDocument" else name
            assert thing["uri"] == f"{BASE}/ims/case/v1p1/{collection}/{thing['identifier']}"
            assert thing["lastChangeDateTime"] == "2026-03-01T12:30:00Z"
            assert all(value not in ("", [], None) for value in thing.values()), thing
            for text in ("title", "abbreviatedStatement", "humanCodingScheme", "creator"):
                assert "\n" not in thing.get(text, ""), "a normalised string has one line"
    every = [thing["identifier"] for things in groups.values() for thing in things]
    assert len(set(every)) == len(every), "no identifier is there twice"
    nodes = {made["CFDocument"]["identifier"], *(item["identifier"] for item in made["CFItems"])}
    parents = Counter(
        one["originNodeURI"]["identifier"] for one in made["CFAssociations"] if one["associationType"] == "isChildOf"
    )
    assert parents == Counter({item["identifier"]: 1 for item in made["CFItems"]}), "each item has one parent"
    for one in made["CFAssociations"]:
        assert one["associationType"] in {"isChildOf", "isPartOf", "hasSkillLevel", "replacedBy"}
        ends = [one["destinationNodeURI"]] + ([one["originNodeURI"]] if one["associationType"] != "replacedBy" else [])
        assert all(set(end) == {"title", "identifier", "uri", "targetType"} for end in ends)
        assert all(end["identifier"] in nodes for end in ends)
    types = {one["identifier"] for one in groups["CFItemTypes"]}
    assert all(item["CFItemTypeURI"]["identifier"] in types for item in made["CFItems"])


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_package_is_lawful(edition: Edition) -> None:
    lawful(out(edition))


@pytest.mark.skipif(not OFFICIAL.exists(), reason="1EdTech's schema does not lie beside this repository")
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_package_passes_the_official_schema(edition: Edition) -> None:
    schema = json.loads(OFFICIAL.read_text())
    Draft201909Validator.check_schema(schema)
    faults = list(Draft201909Validator(schema, format_checker=FormatChecker()).iter_errors(out(edition)))
    assert not faults, faults[0]
    broken = out(edition) | {"CFItem": []}
    assert list(Draft201909Validator(schema).iter_errors(broken)), "the schema does refuse what is not lawful"


@pytest.mark.skipif(not BINDING.exists(), reason="1EdTech's binding does not lie beside this repository")
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_package_passes_the_official_binding(edition: Edition) -> None:
    """The OpenAPI file is stricter than the schema: its UUIDs are of versions 1 to 5, and addresses are addresses."""
    binding = json.loads(BINDING.read_text())
    schema = {"$ref": "#/components/schemas/CFPackageDType", "components": binding["components"]}
    faults = list(Draft201909Validator(schema, format_checker=FormatChecker()).iter_errors(out(edition)))
    assert not faults, faults[0]


def test_levels_areas_requirements_and_points_hang_together() -> None:
    made = out(KESTREL)
    items = {item["identifier"]: item for item in made["CFItems"]}
    kinds = Counter(item["CFItemType"] for item in items.values())
    assert kinds == {"Level": 2, "Area": 3, "Standard": 4, "Point": 2}

    def ends(kind: str) -> list[tuple[str, str]]:
        return [
            (one["originNodeURI"]["title"], one["destinationNodeURI"]["title"])
            for one in made["CFAssociations"]
            if one["associationType"] == kind
        ]

    assert ("It covers volunteers.", "1 Insurance") in ends("isChildOf")
    assert ("1 Insurance", "Bronze") in ends("hasSkillLevel")
    assert ends("isPartOf") == [("Bronze", "Silver")]


def test_identifiers_come_from_names_and_not_from_the_site() -> None:
    other = package(KESTREL, base="http://localhost:8000/", changed=datetime(2030, 1, 1, tzinfo=UTC))
    assert [item["identifier"] for item in other["CFItems"]] == [item["identifier"] for item in out(KESTREL)["CFItems"]]
    assert out(KESTREL)["CFDocument"]["identifier"] == "46d0fd0b-760d-5d5d-919d-3afeb6194c80", "kept for ever"


def test_what_a_requirement_replaces_is_told() -> None:
    scheme = SCHEME.replace('edition = "2024"', 'edition = "2024"\nsupersedes = "2020"')
    requirements = TEXTS["requirements.toml"].replace("live = true\n", 'live = true\nwas = ["contact"]\n')
    made = out(load_texts({"scheme.toml": scheme, "requirements.toml": requirements}, "kestrel/2024"))
    (one,) = [one for one in made["CFAssociations"] if one["associationType"] == "replacedBy"]
    old = TEXTS["requirements.toml"].replace('id = "3"', 'id = "contact"')
    before = out(load_texts({"scheme.toml": SCHEME.replace("2024", "2020"), "requirements.toml": old}, "kestrel/2020"))
    assert one["originNodeURI"]["identifier"] in {item["identifier"] for item in before["CFItems"]}
    assert one["destinationNodeURI"]["title"] == "3 Contacts"
    assert read(back(made)).requirement("3").was == ("contact",)


@pytest.mark.parametrize(
    "base", ["kithwork.example.org", "ftp://x.example.org", "https://", "https://a b/", "https://x/?y"]
)
def test_what_is_no_address_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        package(KESTREL, base=base, changed=CHANGED)


# Coming back


@pytest.mark.parametrize("edition", [*EDITIONS, pytest.param(KESTREL, id="kestrel")])
def test_there_and_back_again(edition: Edition) -> None:
    made = out(edition)
    again = read(back(made))
    assert out(again) == made
    assert again.requirements == edition.requirements
    assert (again.levels, again.areas, again.words) == (edition.levels, edition.areas, edition.words)


def test_an_own_text_with_markup_in_it_comes_back_letter_for_letter() -> None:
    odd = TEXTS["requirements.toml"].replace("You keep in touch.", "a <b>bold</b> &amp; \\\\ \\u0022 claim")
    edition = load_texts({**TEXTS, "requirements.toml": odd}, "kestrel/2024")
    assert read(back(out(edition))).requirement("3").asks == 'a <b>bold</b> &amp; \\ " claim'


def name(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def item(number: int, statement: str = "You know it.", **more: object) -> Json:
    return {"identifier": name(number), "uri": f"urn:{number}", "fullStatement": statement, **more}


def below(child: int, parent: int, sequence: int | None = None) -> Json:
    one: Json = {
        "identifier": name(9000 + child),
        "associationType": "isChildOf",
        "uri": "urn:x",
        "originNodeURI": {"title": "", "identifier": name(child), "uri": "urn:x"},
        "destinationNodeURI": {"title": "", "identifier": name(parent), "uri": "urn:x"},
        "lastChangeDateTime": "2020-01-01T00:00:00Z",
    }
    return one | ({"sequenceNumber": sequence} if sequence is not None else {})


def foreign(items: list[Json], associations: list[Json], **document: object) -> Json:
    about = {"identifier": name(0), "uri": "https://example.org/f", "title": "Numbers and sums", "creator": "A maker"}
    return {"CFDocument": {**about, **document}, "CFItems": items, "CFAssociations": associations}


MADE_ELSEWHERE = foreign(
    [
        item(1, "Counting", humanCodingScheme="N.1"),
        item(2, "Counts to ten.", humanCodingScheme="N.1.1"),
        item(3, "Counts to <b>a hundred</b> &amp; back.", humanCodingScheme="N.1.2", notes=None),
        item(4, "Sums"),
        item(5, "Small sums", abbreviatedStatement="Small"),
        item(6, "Adds below ten. " * 20),
        item(7, "Speaks of numbers."),
    ],
    [below(1, 0, 1), below(2, 1, 2), below(3, 1, 1), below(4, 0, 2), below(5, 4), below(6, 5), below(7, 0, 3)],
    version="1.2",
    description="What everybody <i>can</i> do.",
)


def test_a_package_made_elsewhere_becomes_a_draft() -> None:
    made = back(MADE_ELSEWHERE)
    edition = read(made)
    assert (made.slug, made.edition) == ("numbers-and-sums", "1-2")
    assert (edition.scheme.name, edition.scheme.body) == ("Numbers and sums", "A maker")
    assert edition.scheme.summary == "What everybody can do."
    assert [(area.id, area.title) for area in edition.areas] == [
        ("n-1", "Counting"),
        ("small", "Sums: Small"),
        ("general", "Numbers and sums"),
    ]
    assert [(r.id, r.number, r.area, r.asks[:28]) for r in edition.requirements] == [
        ("n-1-2", "N.1.2", "n-1", "Counts to a hundred & back."),
        ("n-1-1", "N.1.1", "n-1", "Counts to ten."),
        ("i-00000000", "3", "small", "Adds below ten. Adds below t"),
        ("i-00000000-2", "4", "general", "Speaks of numbers."),
    ]
    assert edition.requirements[2].title.endswith("…")
    assert "Markup is taken out of 1 statement." in made.remarks
    assert "Without a requirement of its own, and left out: 1 group." in made.remarks


def test_the_same_bytes_give_the_same_draft_and_its_export_is_lawful() -> None:
    assert back(MADE_ELSEWHERE) == back(MADE_ELSEWHERE)
    again = out(read(back(MADE_ELSEWHERE)))
    lawful(again)
    assert out(read(back(again))) == again


def test_it_can_be_given_other_names() -> None:
    made = back(MADE_ELSEWHERE, slug="sums", edition="2027")
    assert read(made).key == "sums/2027"


def test_a_document_alone_gives_a_scheme_without_a_framework() -> None:
    document = MADE_ELSEWHERE["CFDocument"]
    for given in (document, {"CFDocument": document}, foreign([], [])):
        made = back(given)
        assert list(made.texts) == ["scheme.toml"]
        assert read(made).requirements == ()


def test_a_byte_order_mark_does_no_harm() -> None:
    assert draft(b"\xef\xbb\xbf" + json.dumps(MADE_ELSEWHERE).encode()) == back(MADE_ELSEWHERE)


# What is refused


def chain(length: int, *, closed: bool = False) -> Json:
    items = [item(number) for number in range(1, length + 1)]
    return foreign(items, [below(n, n + 1) for n in range(1, length)] + ([below(length, 1)] if closed else []))


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty", lambda: b"", "not JSON"),
    ("cut short", lambda: b'{"CFDocument": {', "not JSON: .* in line 1"),
    ("not UTF-8", lambda: b'{"CFDocument": "\xff"}', "not UTF-8"),
    ("a list", lambda: b"[]", "holds no CASE package"),
    ("a number that is none", lambda: b'{"CFDocument": NaN}', "NaN is no number"),
    ("nested deeply", lambda: b"[" * 200_000, "nested too deeply"),
    ("a huge number", lambda: b'{"CFDocument": ' + b"9" * 5000 + b"}", "not JSON"),
    ("nothing of CASE", lambda: b"{}", "CFDocument: missing"),
    ("a list of documents", lambda: b'{"CFDocuments": []}', "Fetch the package"),
    ("items that are no list", lambda: dumped({**MADE_ELSEWHERE, "CFItems": {}}), "CFItems: must be a list"),
    ("an item that is none", lambda: dumped(foreign(["x"], [])), r"CFItems\[0\]: must be an object"),  # type: ignore[list-item]
    ("no UUID", lambda: dumped(foreign([{**item(1), "identifier": "x"}], [])), r"CFItems\[0\].identifier: not a UUID"),
    (
        "no statement",
        lambda: dumped(foreign([{"identifier": name(1), "uri": "x"}], [])),
        r"CFItems\[0\].fullStatement: missing",
    ),
    ("a statement that is none", lambda: dumped(foreign([item(1, " \n")], [])), r"CFItems\[0\].fullStatement: empty"),
    ("nothing but markup", lambda: dumped(foreign([item(1, "<br><p></p>")], [])), "fullStatement: empty"),
    ("a number for a text", lambda: dumped(foreign([{**item(1), "fullStatement": 7}], [])), "must be text"),
    (
        "half a letter",
        lambda: b'{"CFDocument": {"identifier": "%s", "title": "\\ud800"}}' % name(0).encode(),
        "surrogate",
    ),
    ("an identifier twice", lambda: dumped(foreign([item(1), item(1)], [])), f"2 items have the identifier {name(1)}"),
    ("below itself", lambda: dumped(foreign([item(1)], [below(1, 1)])), "circle"),
    ("a circle", lambda: dumped(chain(3, closed=True)), "hang below themselves: 'You know it.'"),
    ("too many items", lambda: dumped(foreign([item(n) for n in range(1, 50_001)], [])), "50,000 entries"),
    ("too long a statement", lambda: dumped(foreign([item(1, "x" * 4001)], [])), "4,001 letters"),
    ("too much text", lambda: dumped(foreign([item(n, "x" * 3900) for n in range(1, 400)], [])), "larger than 1 MB"),
]


def dumped(data: object) -> bytes:
    return json.dumps(data).encode()


@pytest.mark.parametrize(("content", "because"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_what_is_not_case_is_refused_in_words(content: Callable[[], bytes], because: str) -> None:
    with pytest.raises(NotCase, match=because) as told:
        draft(content())
    assert len(str(told.value).splitlines()) <= 21


def test_a_long_chain_is_followed_to_its_end() -> None:
    made = back(chain(4_000))
    assert made.requirements == 1, "the rest are groups within groups"


def test_several_parents_and_lost_ones_are_told() -> None:
    made = back(foreign([item(1), item(2)], [below(1, 0), below(1, 2), below(2, 77)]))
    assert made.remarks == (
        "With several parents, and kept below the first one given: 1 item.",
        "With a parent that is not in the package, and left out: 1 association.",
    )
    assert made.requirements == 2


def spoilt(**changes: object) -> Json:
    """One of our packages in which somebody has changed what CASE has no place for."""
    made = out(KESTREL)
    requirement = next(one for one in made["CFItems"] if one["CFItemType"] == "Standard")
    requirement["extensions"]["kithwork"] |= changes
    return made


@pytest.mark.parametrize(
    "changes",
    [
        {"fresh": "soon"},
        {"live": "yes"},
        {"worth": [1]},
        {"evidence": [None]},
        {"checks": [{"name": 3}]},
        {"checks": [{'x = 1\n[[stages]]\nid = "y"': 1}]},
        {"id": "../../etc", "evidence": {"a": "b"}},
        {"assessed": "x" * 70},
    ],
)
def test_what_is_beyond_the_standard_is_not_trusted(changes: Json) -> None:
    with pytest.raises(NotCase, match=r"would not be in order|cannot be written"):
        back(spoilt(**changes))


def test_an_id_from_elsewhere_is_made_into_a_name() -> None:
    assert read(back(spoilt(id="../../etc"))).requirements[0].id == "etc"
