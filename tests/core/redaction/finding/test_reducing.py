"""A name becomes its initial, the same person the same; anything else a word for its kind."""

import json

from kithwork.core.redaction.finds import CERTAIN, Find, Kind, Source
from kithwork.core.redaction.reducing import WORDS, Reducer


def finds(text: str, *names: str, kind: Kind = Kind.PERSON, whose: str = "") -> list[Find]:
    found, at = [], 0
    for name in names:
        at = text.index(name, at)
        found.append(Find(at, at + len(name), kind, (Source.HAND,), 1.0, whose))
        at += len(name)
    return found


def test_the_same_person_has_the_same_initial_and_another_of_that_letter_a_number() -> None:
    text = "Sam Wood met Sarah. Wood rang; Sarah and S. Wood came, and Sam."
    assert Reducer().reduce(text, finds(text, "Sam Wood", "Sarah", "Wood", "Sarah", "S. Wood", "Sam")) == (
        "S met S2. S rang; S2 and S came, and S."
    )


def test_a_name_of_two_people_is_neither() -> None:
    text = "Sam Wood. Sam Hill. Sam."
    assert Reducer().reduce(text, finds(text, "Sam Wood", "Sam Hill", "Sam")) == "S. S2. S3."


def test_it_is_stable_within_a_case() -> None:
    first, second = "Sarah came.", "Simon and Sarah came."
    reducer = Reducer()
    assert reducer.reduce(first, finds(first, "Sarah")) == "S came."
    stored = json.loads(json.dumps(reducer.state))
    assert Reducer(state=stored).reduce(second, finds(second, "Simon", "Sarah")) == "S2 and S came."


def test_a_known_person_is_one_under_all_their_names() -> None:
    text = "Margaret and Peggy"
    both = [*finds(text, "Margaret", whose="p4"), *finds(text, "Peggy", whose="p4")]
    assert Reducer().reduce(text, both) == "M and M"


def test_forms_that_differ_in_marks_and_case_are_one() -> None:
    text = "Siân, SIAN and sian's dog"
    assert Reducer().reduce(text, finds(text, "Siân", "SIAN", "sian")) == "S, S and S's dog"
    text = "Wood, Sam; Sam Wood; Łukasz; Öykü; O'Neil; van der Berg"
    names = finds(text, "Wood, Sam", "Sam Wood", "Łukasz", "Öykü", "O'Neil", "van der Berg")
    assert Reducer().reduce(text, names) == "S; S; Ł; Ö; O; B"


def test_other_kinds_become_a_word() -> None:
    for kind, word in WORDS.items():
        assert Reducer().reduce("it is 123.", finds("it is 123.", "123", kind=kind)) == f"it is {word}."
    assert set(WORDS) == set(Kind) - {Kind.PERSON}


def test_a_rule_may_keep_a_kind_or_a_name() -> None:
    text = "Ada Bee of 01632 960123 met Cid."
    found = [*finds(text, "Ada Bee", "Cid"), *finds(text, "01632 960123", kind=Kind.PHONE)]
    assert Reducer(keep_names=["ada bee"]).reduce(text, found) == "Ada Bee of [phone number] met C."
    assert Reducer(keep_kinds=[Kind.PHONE]).reduce(text, found) == "A of 01632 960123 met C."


def test_doubtful_finds_stay_until_a_person_decides() -> None:
    text = "May came."
    doubtful = [Find(0, 3, Kind.PERSON, (Source.CUE,), CERTAIN / 2)]
    assert Reducer().reduce(text, doubtful) == text
    assert Reducer(least=CERTAIN / 4).reduce(text, doubtful) == "M came."


def test_cuts_are_in_order_and_apart() -> None:
    text = "Ada Bee Cid"
    found = [Find(0, 7, Kind.PERSON, (Source.HAND,), 1), Find(4, 11, Kind.PERSON, (Source.HAND,), 1)]
    cuts = Reducer().cuts(text, found)
    assert [(cut.start, cut.end) for cut in cuts] == [(0, 7), (7, 11)]
