"""What the migrations of the gate and of breaches make of rows that were there before them."""

from collections.abc import Callable
from importlib import import_module

import pytest
from django.apps import apps

from kithwork.core.verdict import Refused
from kithwork.evidence.models import Breach, Feedback, Found, Item
from kithwork.evidence.passing import has_passed
from kithwork.procedures.sample import Walk
from tests.evidence.acts import breach, say, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(short_walk: Callable[..., Walk]) -> Walk:
    return short_walk("registered")


def test_what_was_offered_before_the_gate_passes_by_its_declaration_alone(way: Walk) -> None:
    declared, bare = say(way, "1", declared=True, passing=None), say(way, "2", passing=None)
    import_module("kithwork.evidence.migrations.0008_passed_before").pass_declared(apps, None)
    declared.refresh_from_db()
    bare.refresh_from_db()
    assert (bool(has_passed(declared)), bool(has_passed(bare))) == (True, False)
    assert declared.passed_by == declared.redacted_by
    assert declared.passed_wording.startswith("Before there was a privacy gate")
    send(way, "1")
    with pytest.raises(Refused, match="privacy gate"):
        send(way, "2")


def test_what_nobody_had_reported_was_reported_elsewhere(way: Walk) -> None:
    items = [say(way, "1"), say(way, "2", title="Other", text="Other words.")]
    send(way, "1", "2")
    first, second = (breach(way, item, slot) for item, slot in zip(items, "12", strict=True))
    Breach.objects.filter(pk=second.pk).update(reported_by=None)
    Feedback.objects.filter(slot="2").update(by=None)
    import_module("kithwork.evidence.migrations.0011_how_breaches_were_found").mark_elsewhere(apps, None)
    assert dict(Breach.objects.values_list("pk", "found")) == {first.pk: Found.PERSON, second.pk: Found.ELSEWHERE}
    assert dict(Feedback.objects.values_list("slot", "found")) == {"1": Found.PERSON, "2": Found.ELSEWHERE}
    assert Item.objects.filter(destroyed_at__isnull=True).count() == 0
