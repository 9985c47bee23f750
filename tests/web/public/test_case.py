"""Frameworks as CASE 1.1 serves them: each answer held against 1EdTech's own binding, where that lies at hand."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft201909Validator, FormatChecker

from kithwork.awards.models import Credential
from kithwork.core.schemes.case import identifier
from kithwork.procedures import signing

pytestmark = pytest.mark.django_db
ROOT = "/ims/case/v1p1"
Json = dict[str, Any]
STANDARDS = Path(os.environ.get("KITHWORK_STANDARDS") or Path(__file__).parents[4] / "shared" / "standards")
BINDING = STANDARDS / "imscasev1p1_openapi3_v1p0.json"
DOCUMENT = identifier("qim", "short")


def asked(client: Client, path: str, status: int = 200) -> Json:
    answer = client.get(f"{ROOT}/{path}")
    assert answer.status_code == status, path
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    return json.loads(answer.content)


def lawful(said: Json, kind: str) -> None:
    if BINDING.exists():
        components = json.loads(BINDING.read_text())["components"]
        schema = {"$ref": f"#/components/schemas/{kind}", "components": components}
        faults = list(Draft201909Validator(schema, format_checker=FormatChecker()).iter_errors(said))
        assert not faults, faults[0]


def test_every_kind_of_answer_is_as_the_binding_has_it(client: Client, short: object) -> None:
    whole = asked(client, f"CFPackages/{DOCUMENT}")
    item, link = whole["CFItems"][0]["identifier"], whole["CFAssociations"][0]["identifier"]
    kind = whole["CFDefinitions"]["CFItemTypes"][0]["identifier"]
    for path, form in (
        ("CFDocuments", "CFDocumentSetDType"),
        (f"CFDocuments/{DOCUMENT}", "CFDocumentDType"),
        (f"CFPackages/{DOCUMENT}", "CFPackageDType"),
        (f"CFItems/{item}", "CFItemDType"),
        (f"CFAssociations/{link}", "CFAssociationDType"),
        (f"CFItemAssociations/{item}", "CFAssociationSetDType"),
        (f"CFItemTypes/{kind}", "CFItemTypeSetDType"),
    ):
        lawful(asked(client, path), form)


def test_everything_has_the_address_that_it_names(client: Client, short: object) -> None:
    whole = asked(client, f"CFPackages/{DOCUMENT}")
    for one in (*whole["CFItems"], *whole["CFAssociations"], whole["CFDocument"]):
        path = one["uri"].split("/", 3)[3]
        found = json.loads(client.get(f"/{path}").content)
        assert found["identifier"] == one["identifier"]
    ends = {
        end["identifier"]
        for one in whole["CFAssociations"]
        for end in (one["originNodeURI"], one["destinationNodeURI"])
    }
    assert ends <= {DOCUMENT, *(one["identifier"] for one in whole["CFItems"])}


def test_what_a_credential_is_aligned_to_is_there(client: Client, awarded: str) -> None:
    signing.work()
    aligned = json.loads(Credential.objects.get().document)["credentialSubject"]["achievement"]["alignment"]
    assert aligned
    for one in aligned:
        found = json.loads(client.get("/" + one["targetUrl"].split("/", 3)[3]).content)
        assert found["abbreviatedStatement"] == one["targetName"]


def test_documents_come_in_pages(client: Client, short: object, qim: object) -> None:
    answer = client.get(f"{ROOT}/CFDocuments?limit=1&sort=version&orderBy=desc")
    assert answer["X-Total-Count"] == "2"
    assert [one["version"] for one in json.loads(answer.content)["CFDocuments"]] == ["short"]
    links = dict(reversed(part.split("; rel=")) for part in answer["Link"].split(", "))  # type: ignore[misc]
    assert set(links) == {'"first"', '"last"', '"next"'}
    onward = links['"next"'].strip("<>").partition("/CFDocuments")[2]
    second = asked(client, f"CFDocuments{onward}")["CFDocuments"]
    assert [one["version"] for one in second] == ["2022"]
    assert asked(client, "CFDocuments?offset=9")["CFDocuments"] == []
    assert asked(client, "CFDocuments?filter=version='short'")["CFDocuments"][0]["identifier"] == DOCUMENT
    assert asked(client, "CFDocuments?filter=title~'nothing'")["CFDocuments"] == []
    assert asked(client, "CFDocuments?fields=identifier,version&limit=1&sort=version")["CFDocuments"] == [
        {"identifier": identifier("qim", "2022"), "version": "2022"}
    ]


@pytest.mark.parametrize(
    ("path", "status", "minor"),
    [
        (f"CFItems/{DOCUMENT}", 404, "unknownobject"),
        ("CFItems/hello", 404, "invalid_uuid"),
        ("CFItems/00000000-0000-4000-8000-000000000000", 404, "unknownobject"),
        ("CFRubrics/00000000-0000-4000-8000-000000000000", 404, "unknownobject"),
        ("CFDocuments?sort=hat", 400, "invalid_sort_field"),
        ("CFDocuments?fields=hat", 400, "invalid_selection_field"),
        ("CFDocuments?filter=hat", 400, "invalid_selection_field"),
        ("CFDocuments?limit=0", 400, "invalid_selection_field"),
        ("CFDocuments?offset=-1", 400, "invalid_selection_field"),
    ],
)
def test_what_cannot_be_answered_is_told_as_the_standard_tells_it(
    client: Client, short: object, path: str, status: int, minor: str
) -> None:
    said = asked(client, path, status)
    lawful(said, "imsx_StatusInfoDType")
    assert said["imsx_codeMinor"]["imsx_codeMinorField"][0]["imsx_codeMinorFieldValue"] == minor


def test_programs_that_look_first_find_every_path(client: Client, short: object) -> None:
    said = asked(client, "discovery/imscasev1p1_openapi3_v1p0.json")
    if BINDING.exists():
        assert set(said["paths"]) == set(json.loads(BINDING.read_text())["paths"])
    assert said["servers"][0]["url"].endswith(ROOT)
    assert client.get(f"{ROOT}/discovery/other.json").status_code == 404
    assert client.get(f"{ROOT}/Hats/{DOCUMENT}").status_code == 404


def test_a_second_answer_asks_the_database_once(client: Client, short: object, django_assert_num_queries: Any) -> None:
    asked(client, "CFDocuments")
    with django_assert_num_queries(1):
        asked(client, f"CFDocuments/{DOCUMENT}")
