"""Every field of every row is declared personal or impersonal, so that nothing about a person is kept unseen; and of
every personal one it is said what becomes of it.
"""

import importlib
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model

from kithwork.core.keeping import RECORDS, Kept, Kind, Then, Whose, fate
from kithwork.keeping import Reach, value_when_empty

OURS = [model for model in apps.get_models() if model.__module__.startswith("kithwork.")]


def declared_for(model: type[Model]) -> Any:
    return importlib.import_module(f"{apps.get_app_config(model._meta.app_label).name}.personal")


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_each_field_is_declared_once(model: type[Model]) -> None:
    declared = declared_for(model)
    personal = declared.PERSONAL[model.__name__]
    impersonal = declared.IMPERSONAL[model.__name__]
    own = [f.name for f in model._meta.get_fields() if not f.auto_created and f.name != "id"]
    assert sorted([*personal, *impersonal]) == sorted(own)


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_of_each_personal_field_it_is_said_what_becomes_of_it(model: type[Model]) -> None:
    declared = declared_for(model)
    personal = declared.PERSONAL[model.__name__]
    if not personal:
        assert model.__name__ not in declared.KEPT, "nothing personal is kept"
        return
    kept: Kept = declared.KEPT[model.__name__]
    reach = Reach(model, kept, personal)
    assert kept.kind in RECORDS
    for field in reach.columns:
        end = fate(kept, field.name, actor=field.related_model is get_user_model())
        if end.then is Then.KEPT:
            assert end.why, f"{field}: it stays, but nothing says why"
        elif end.then is Then.EMPTIED:
            value_when_empty(field, kept)  # raises for a field that cannot be empty


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_what_a_declaration_names_is_there(model: type[Model]) -> None:
    kept: Kept | None = declared_for(model).KEPT.get(model.__name__)
    if kept is None:
        return
    personal = set(declared_for(model).PERSONAL[model.__name__])
    fields = {*kept.shared, *kept.marked, *kept.cut, *kept.stays, *(one for some in kept.only.values() for one in some)}
    assert fields <= personal
    for way in [*(way for ways in kept.of.values() for way in ways if way), *([kept.since] if kept.since else [])]:
        str(model._default_manager.filter(**{f"{way}__isnull": True}).query)  # raises for a way that leads nowhere


PEOPLE = {"Mentee": Whose.MENTEE, "Mentor": Whose.MENTOR, "Staff": Whose.STAFF}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_way_to_a_person_is_left_out(model: type[Model]) -> None:
    """Whoever a row leads to, by its own keys or by those of what it hangs on, is among those it is declared to be
    about: else an erasure would pass it by.
    """
    kept: Kept | None = declared_for(model).KEPT.get(model.__name__)
    if kept is None or kept.then is Then.KEPT:
        return
    for key in model._meta.concrete_fields:
        target = key.related_model
        if not isinstance(target, type) or target is model or key.name in kept.cut:
            continue
        if whose := PEOPLE.get(target.__name__):
            assert key.name in kept.of.get(whose, ()), f"{key} leads to somebody"
        if target is get_user_model() and key.name in ("person", "to"):
            assert key.name in kept.of.get(Whose.HOLDER, ()), f"{key} leads to somebody"
        beyond: Kept | None = declared_for(target).KEPT.get(target.__name__) if target in OURS else None
        for whose in (Whose.MENTEE, Whose.MENTOR, Whose.STAFF, Whose.HOLDER):
            if beyond is not None and beyond.of.get(whose) and target is not get_user_model():
                assert kept.of.get(whose), f"{key} leads to a {whose}"


def test_every_kind_is_kept_somewhere_and_has_its_words() -> None:
    declared = [kept for model in OURS if (kept := declared_for(model).KEPT.get(model.__name__))]
    used = {kind for kept in declared for kind in (kept.kind, *kept.also)}
    assert used == set(Kind) == set(RECORDS)
    for record in RECORDS.values():
        assert record.purpose
        assert record.people
        assert not record.settable or record.least <= (record.months or 0) <= record.most
