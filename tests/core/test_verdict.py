"""A decision carries its reason, into the refusal as well."""

import pytest

from kithwork.core.refs import LETTERS, new_ref
from kithwork.core.verdict import YES, Refused, Verdict, no


def test_yes_is_true_and_no_is_false() -> None:
    assert YES
    assert not no("Not today.")
    assert no("Not today.") == Verdict(False, "Not today.")


@pytest.mark.parametrize("because", ["Not today.", no("Not today.")], ids=["words", "verdict"])
def test_a_refusal_says_the_reason_and_nothing_more(because: str | Verdict) -> None:
    assert str(Refused(because)) == "Not today."


def test_references_spell_no_words_and_hold_no_lookalikes() -> None:
    refs = {new_ref() for _ in range(500)}
    assert len(refs) == 500
    assert all(len(ref) == 12 and set(ref) <= set(LETTERS) for ref in refs)
    assert not set(LETTERS) & set("aeiouy01l")
