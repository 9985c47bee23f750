"""What imports cannot see: no business by signal, no model found by name, foreign keys that point down."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model

SOURCE = Path(__file__).parents[2] / "src" / "kithwork"
DOCS = Path(__file__).parents[2] / "docs"
FILES = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
ORDER = ["ledger", "accounts", "organisations", "courses", "notices", "rights", "gate", "governance", "journeys"]
ORDER += ["caseload", "matching", "evidence", "assessment", "awards", "readiness"]
MODELS = [model for model in apps.get_models() if model.__module__.startswith("kithwork.")]


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_happens_behind_the_caller(file: Path) -> None:
    text = file.read_text()
    assert not re.search(r"\breceiver\(|signals import|_(save|delete|init|migrate)\.connect\(|apps\.get_model\(", text)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_foreign_keys_point_down(model: type[Model]) -> None:
    own = ORDER.index(model._meta.app_label)
    for field in model._meta.get_fields():
        if isinstance(field, ForeignKey) and field.related_model is not model:
            assert isinstance(field.related_model, type)
            assert ORDER.index(field.related_model._meta.app_label) <= own, field


@pytest.mark.parametrize("file", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_files_are_short_enough_to_read(file: Path) -> None:
    lines = file.read_text().count("\n")
    assert lines <= 400, f"{lines} lines: make it a folder"


def test_where_names_every_package() -> None:
    text = (DOCS / "where.md").read_text()
    packages = {
        path.parent.relative_to(SOURCE) for path in SOURCE.rglob("__init__.py") if "migrations" not in path.parts
    }
    missing = [str(package) for package in sorted(packages) if str(package) != "." and f"`{package}/`" not in text]
    assert not missing


def test_every_setting_is_documented() -> None:
    text = (DOCS / "deploying.md").read_text()
    names = set(re.findall(r'"(KITHWORK_[A-Z_]+|DATABASE_URL)"', (SOURCE / "settings.py").read_text()))
    assert names
    assert not [name for name in sorted(names) if name not in text]


def test_nothing_is_left_to_do() -> None:
    found = [path for path in FILES if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", path.read_text())]
    assert not found
