"""A name is taken out where it stands, as people write it, and out of nothing else."""

from datetime import date

import pytest

from kithwork.caseload.models import Contact, Mentee
from kithwork.core.keeping import ERASED
from kithwork.keeping import Names
from kithwork.keeping.names import without
from kithwork.procedures.sample import Cast
from tests.running import a_mentee, a_practice

CAI = Names("Cai Rowan", "cai.rowan@example.org", "01632 960123", parts=("Cai Rowan", "Caz"))


@pytest.mark.parametrize(
    ("said", "far", "near"),
    [
        ("Cai Rowan came.", f"{ERASED} came.", f"{ERASED} came."),
        ("CAI  ROWAN’s", f"{ERASED}’s", f"{ERASED}’s"),
        ("Cai\nRowan", ERASED, ERASED),
        ("Cai came with Caz.", "Cai came with Caz.", f"{ERASED} came with {ERASED}."),
        ("Caius Rowanberry", "Caius Rowanberry", "Caius Rowanberry"),
        ("Ring 01632 960123 or cai.rowan@example.org", f"Ring {ERASED} or {ERASED}", f"Ring {ERASED} or {ERASED}"),
        ("", "", ""),
    ],
)
def test_far_from_a_person_whole_names_alone(said: str, far: str, near: str) -> None:
    assert CAI.out_of(said, near=False) == far
    assert CAI.out_of(said, near=True) == near


def test_out_of_structures_too() -> None:
    given = {"Cai Rowan says": ["walks", {"with": "Cai Rowan"}], "n": 3, "y": None}
    assert CAI.out_of(given, near=False) == {f"{ERASED} says": ["walks", {"with": ERASED}], "n": 3, "y": None}


def test_one_word_names_nobody_for_certain() -> None:
    will = Names("Will", "", "12", parts=("Will",))
    assert will.out_of("Will it rain?", near=False) == "Will it rain?"
    assert not Names("", " ")


@pytest.mark.parametrize("name", ["Siôn Ap Llŷr", "Łé Öü", "Cai Rowan"])
def test_letters_of_any_language_are_found_in_the_table(name: str, people: Cast, today: date) -> None:
    a_practice(people.service, people.ada, today)
    other = a_mentee(people.service, today, "Ola Finch", profile=f"Friend of {name}.", interests=[f"{name}’s chess"])
    for words in (f"Met {name.upper()}.", "Met nobody."):
        Contact.objects.create(service=people.service, kind="mentee", mentee=other, on=today, words=words)
    names = Names(name)
    assert without(Contact.objects.all(), ["words"], names, near=False, write=False) == 1
    assert without(Contact.objects.all(), ["words"], names, near=False, write=True) == 1
    assert sorted(Contact.objects.values_list("words", flat=True)) == [f"Met {ERASED}.", "Met nobody."]
    assert without(Mentee.objects.all(), ["profile", "interests"], names, near=False, write=True) == 1
    other.refresh_from_db()
    assert (other.profile, other.interests) == (f"Friend of {ERASED}.", [f"{ERASED}’s chess"])


def test_a_mark_longer_than_its_column_is_cut(people: Cast, today: date) -> None:
    a_practice(people.service, people.ada, today)
    short = a_mentee(people.service, today, "Ola Finch", postcode="Jo Li 1234")
    assert without(Mentee.objects.all(), ["postcode"], Names("Jo Li"), near=False, write=True) == 1
    short.refresh_from_db()
    assert short.postcode == f"{ERASED} 1234"[:10]
