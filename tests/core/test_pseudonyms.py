"""Pseudonyms: the same for the same person under one key, and nothing without it."""

from kithwork.core.pseudonyms import key_for, pseudonym

SECRET = "a secret of this installation, long enough and known to nobody else"


def test_the_same_person_has_the_same_one_and_nobody_else_has() -> None:
    key = key_for(SECRET, "equalities")
    assert pseudonym(key, "svc", "mentee", "abc") == pseudonym(key, "svc", "mentee", "abc")
    others = {
        pseudonym(key, *parts) for parts in (("svc", "mentee", "abd"), ("svc", "mentor", "abc"), ("svd", "mentee"))
    }
    assert len(others) == 3
    assert pseudonym(key, "svc", "mentee", "abc") not in others


def test_parts_are_kept_apart() -> None:
    key = key_for(SECRET, "equalities")
    assert pseudonym(key, "ab", "c") != pseudonym(key, "a", "bc")
    assert pseudonym(key, "abc") != pseudonym(key, "ab", "c")


def test_keys_of_two_purposes_and_of_two_installations_differ() -> None:
    keys = {key_for(SECRET, "equalities"), key_for(SECRET, "other"), key_for(SECRET + "x", "equalities")}
    assert len(keys) == 3
    assert len({pseudonym(key, "abc") for key in keys}) == 3
