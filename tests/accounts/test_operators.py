"""Who runs the installation: appointed by the command, and written down."""

import pytest

from kithwork.accounts.actions import appoint_operator, end_operator
from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.procedures.sample import Cast


def acts() -> list[tuple[str, str]]:
    return list(Record.objects.filter(act__startswith="account.operator").order_by("seq").values_list("act", "subject"))


def test_a_person_is_appointed_and_ended_once(people: Cast) -> None:
    for _ in range(2):
        assert appoint_operator(email=" ADA@lanternside.example ").is_operator
    people.ada.refresh_from_db()
    assert people.ada.is_operator
    for _ in range(2):
        assert not end_operator(email=people.ada.email).is_operator
    people.ada.refresh_from_db()
    assert not people.ada.is_operator
    assert acts() == [
        ("account.operator_appointed", f"user:{people.ada.ref}"),
        ("account.operator_ended", f"user:{people.ada.ref}"),
    ]


def test_nobody_is_appointed_before_they_have_an_account(people: Cast) -> None:
    people.bea.is_active = False
    people.bea.save()
    for email in ("nobody@example.org", people.bea.email):
        with pytest.raises(Refused, match="sign up first"):
            appoint_operator(email=email)
    assert acts() == []
