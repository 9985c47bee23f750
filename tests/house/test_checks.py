"""What a scheme may ask of records, is answered, and is written down."""

import inspect
from pathlib import Path

import pytest

from kithwork.caseload import checks as caseload
from kithwork.core.readiness import Asked
from kithwork.core.readiness.catalogue import KINDS, read
from kithwork.core.readiness.reference import reference
from kithwork.core.schemes import load
from kithwork.governance import checks as governance

ROOT = Path(__file__).parents[2]
EDITIONS = sorted(path.parent for path in (ROOT / "schemes").glob("*/*/scheme.toml"))


def test_every_kind_of_check_is_answered_by_one_half_of_the_service() -> None:
    assert set(governance.CHECKS) | set(caseload.CHECKS) == set(KINDS.values())
    assert not set(governance.CHECKS) & set(caseload.CHECKS)


@pytest.mark.parametrize("key", sorted(KINDS))
def test_whoever_answers_says_for_which_indicator_or_source(key: str) -> None:
    kind = KINDS[key]
    answers = governance.CHECKS.get(kind) or caseload.CHECKS[kind]
    said = f"{inspect.getdoc(kind)} {inspect.getdoc(answers)}"
    assert inspect.getdoc(answers), f"{answers.__name__} says nothing"
    assert any(word in said for word in ("Indicator", "Excellence", "Mentor bank", "002"))


@pytest.mark.parametrize("folder", EDITIONS, ids=lambda folder: f"{folder.parent.name}-{folder.name}")
def test_every_check_that_a_scheme_names_reads(folder: Path) -> None:
    for requirement in load(folder).requirements:
        for check in requirement.checks:
            found = read(check.name, check.model_extra or {})
            assert found
            assert all(isinstance(one, Asked) and one.definition() and one.next() for one in found)


def test_some_scheme_names_a_check() -> None:
    assert sum(len(one.checks) for folder in EDITIONS for one in load(folder).requirements) > 50


def test_the_page_of_checks_is_what_the_catalogue_says() -> None:
    written = (ROOT / "docs" / "reference" / "checks.md").read_text()
    assert written == reference(), "run: kithwork scheme checks > docs/reference/checks.md"
