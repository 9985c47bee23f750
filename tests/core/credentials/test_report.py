"""The report of a year: what was told is in the file, for eyes and for screen readers."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kithwork.core.credentials import Figures, Picture, ReportFacts, Table, report
from tests.core.credentials.test_typeset import HOSTILE, _tags, read, squeezed, words

FACTS = ReportFacts(
    service="Lanternside Mentoring",
    organisation="Lanternside Trust",
    title="The year 2026",
    first=date(2026, 1, 1),
    last=date(2026, 11, 22),
    finding="38 matches were supported in 2026 so far.",
    parts=(Figures("People referred", (("Referrals received", "1,204"), ("Held in time", "83%"))), Figures("None", ())),
    pictures=(
        Picture("Contact", "Most were in Feb.", ("Jan", "Feb"), (("Meetings", (3, 5.5)), ("By staff", (None, 0)))),
    ),
    tables=(
        Table("Targets", "What was agreed.", ("What", "Aim"), (("Matches begun", "10"),)),
        Table("Empty", "x", (), ()),
    ),
    issued_on=date(2026, 11, 22),
)  # fmt: skip


def test_it_says_what_it_was_told() -> None:
    text = words(report(FACTS))
    for said in (
        "Lanternside Mentoring", "Lanternside Trust", "The year 2026", "1 January 2026 to 22 November 2026",
        "38 matches were supported in 2026 so far.", "Referrals received", "1,204", "83%", "Most were in Feb.", "5.5",
        "By staff", "Matches begun",
    ):  # fmt: skip
        assert squeezed(said) in text, said
    assert squeezed("Empty") not in text


def test_it_is_accessible_and_lasting() -> None:
    data = report(FACTS)
    root: Any = read(data).trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"<pdfuaid:part>1<", metadata)
    assert re.search(r"<pdfaid:part>2<", metadata)
    kinds = [kind for kind, _ in _tags(data)]
    assert (kinds.count("/H1"), kinds.count("/H2")) == (1, 3)
    assert (kinds.count("/Table"), kinds.count("/Figure")) == (3, 1)


def test_a_year_that_has_just_begun_and_hostile_words_can_be_set() -> None:
    bare = replace(FACTS, parts=(), pictures=(Picture("Contact", "None.", (), (("Meetings", ()),)),), tables=())
    assert squeezed("None.") in words(report(bare))
    for one in HOSTILE:
        report(replace(FACTS, service=one[:300], finding=one[:300]))


def test_the_same_facts_make_the_same_bytes() -> None:
    assert report(FACTS) == report(FACTS)
    assert report(FACTS) != report(replace(FACTS, issued_on=date(2026, 11, 23)))


def test_a_series_of_another_length_is_refused() -> None:
    odd = replace(FACTS, pictures=(Picture("Contact", "x", ("Jan",), (("Meetings", (1, 2)),)),))
    with pytest.raises(ValueError, match="for each label"):
        report(odd)
