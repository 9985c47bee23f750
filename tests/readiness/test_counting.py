"""What an edition asks of records, and what is shown by document."""

import pytest

from kithwork.core.schemes import Check
from kithwork.readiness.counting import questions
from tests.readiness.few import BY_DOCUMENT, edition, offered

__all__ = ["edition", "offered"]

pytestmark = pytest.mark.django_db


def test_requirements_without_a_check_ask_nothing(edition):
    assert {one.id for one in edition.requirements if not questions(one)} >= BY_DOCUMENT


@pytest.mark.parametrize(
    "check",
    [Check(name="nobody.knows"), Check(name="mentees.contacted", every="3 months", colour="red")],
    ids=["a name", "a parameter"],
)
def test_what_a_published_edition_asks_and_nobody_knows_any_more_is_not_asked(edition, check):
    one = edition.requirement("42")
    known = questions(one)
    assert questions(one.model_copy(update={"checks": (check,)})) == ()
    assert questions(one.model_copy(update={"checks": (*one.checks, check)})) == known
