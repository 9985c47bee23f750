"""Every field of every row is declared personal or impersonal, so that nothing about a person is kept unseen."""

import importlib

import pytest
from django.apps import apps
from django.db.models import Model

OURS = [model for model in apps.get_models() if model.__module__.startswith("kithwork.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_each_field_is_declared_once(model: type[Model]) -> None:
    declared = importlib.import_module(f"{apps.get_app_config(model._meta.app_label).name}.personal")
    personal = declared.PERSONAL[model.__name__]
    impersonal = declared.IMPERSONAL[model.__name__]
    own = [f.name for f in model._meta.get_fields() if not f.auto_created and f.name != "id"]
    assert sorted([*personal, *impersonal]) == sorted(own)
