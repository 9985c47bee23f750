"""The report of a decision: what was decided and why is in the file, for eyes and for screen readers."""

from dataclasses import replace
from datetime import date

import pytest

from kithwork.core.credentials import DecisionFacts, Table, Voice, Voices, decision_report
from tests.core.credentials.test_typeset import HOSTILE, _tags, read, squeezed, words

FACTS = DecisionFacts(
    body="The Kestrel Body",
    applicant="Lanternside Mentoring",
    organisation="Lanternside Trust",
    scheme="Kestrel, edition 2024",
    finding="Granted: Kestrel Gold, from 1 July 2026 until 30 June 2029.",
    rows=(("Award number", "KESTREL-2026-0007"), ("Data breaches on the way", "None")),
    parts=(
        Voices("Recommendation", (Voice("Yes", "Dot Lindqvist, 18 June 2026", "A calm service.\n\nIt listens."),)),
        Voices("Award", (Voice("Yes", "Olu Green, 20 June 2026", ""),)),
        Voices("Nobody spoke", ()),
    ),
    tables=(
        Table("Policies", "", ("Number", "What", "State"), (("1", "A safeguarding policy", "Confirmed"),)),
        Table("Empty", "x", ("a", "b"), ()),
    ),
    issued_on=date(2026, 6, 20),
)


def test_it_says_what_was_decided_by_whom_and_why() -> None:
    text = words(decision_report(FACTS))
    for said in (
        "Lanternside Mentoring", "Lanternside Trust", "The Kestrel Body", "Decision on Kestrel, edition 2024",
        "Granted: Kestrel Gold", "KESTREL-2026-0007", "A calm service.", "It listens.", "Olu Green, 20 June 2026",
        "A safeguarding policy", "Confirmed", "Made on 20 June 2026",
    ):  # fmt: skip
        assert squeezed(said) in text, said
    assert squeezed("Nobody spoke") not in text
    assert squeezed("Empty") not in text


def test_its_headings_and_tables_are_tagged() -> None:
    kinds = [kind for kind, _ in _tags(decision_report(FACTS))]
    assert [kinds.count(f"/H{level}") for level in (1, 2, 3)] == [1, 4, 2]
    assert kinds.count("/Table") == 2
    assert kinds.count("/TH") == 5
    assert read(decision_report(FACTS)).trailer["/Root"]["/Lang"] == "en-GB"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_set_as_they_are(text: str) -> None:
    odd = replace(
        FACTS, applicant=text, finding=text, rows=((text, text),), parts=(Voices(text, (Voice(text, text, text),)),)
    )
    assert squeezed(text) in words(decision_report(odd))


def test_a_long_case_goes_over_pages_and_the_same_facts_make_the_same_bytes() -> None:
    rows = tuple((str(n), "What is asked. " * 9, "Confirmed on 3 March 2027") for n in range(84))
    long = replace(FACTS, tables=(Table("All", "Every one.", ("Number", "What", "State"), rows),))
    assert len(read(decision_report(long)).pages) > 4
    assert decision_report(FACTS) == decision_report(FACTS)


def test_without_a_name_there_is_none() -> None:
    with pytest.raises(ValueError, match="applicant's name is empty"):
        decision_report(replace(FACTS, applicant=" "))
    assert squeezed("Lanternside Trust") not in words(decision_report(replace(FACTS, organisation="")))
