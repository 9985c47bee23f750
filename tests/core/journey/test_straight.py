"""The straight road: made up, allowed step by step, and long enough to see every stage open."""

from datetime import date

import pytest

from kithwork.core.journey import Entry, EntryKind, Status, fold, may
from kithwork.core.journey.straight import straight
from kithwork.core.schemes import Edition, find, load, load_texts
from tests.core.journey.test_worked import SCHEMES
from tests.core.schemes.sample import TEXTS

START = date(2027, 1, 4)
EDITIONS = [load(folder) for folder in find(SCHEMES)]
ROADS = [
    pytest.param(edition, level.id, renewal, id=f"{edition.key} {level.id}{' again' if renewal else ''}")
    for edition in [*EDITIONS, load_texts(TEXTS, "kestrel/2024")]
    for level in edition.levels
    for renewal in ((False, True) if edition.renewal else (False,))
]


@pytest.mark.parametrize(("edition", "level", "renewal"), ROADS)
def test_it_leads_to_the_award(edition: Edition, level: str, renewal: bool) -> None:
    taken = straight(edition, level, START, renews=date(2027, 6, 1) if renewal else None)
    entries = [entry for step in taken for entry in step.entries]
    position = fold(edition, entries, taken[-1].on)
    assert position.status is Status.AWARDED
    assert position.granted is not None
    assert position.renewal is renewal


@pytest.mark.parametrize(("edition", "level", "renewal"), ROADS)
def test_every_entry_is_one_that_may_be_written(edition: Edition, level: str, renewal: bool) -> None:
    taken = straight(edition, level, START, renews=date(2027, 6, 1) if renewal else None)
    entries: list[Entry] = []
    for step in taken:
        for entry in step.entries:
            verdict = may(edition, fold(edition, entries, step.on), entry)
            assert verdict, f"{entry}: {verdict.because}"
            entries.append(entry)


def test_it_goes_through_every_kind_of_stage_of_a_scheme_that_has_them_all() -> None:
    edition = load_texts(TEXTS, "kestrel/2024")
    taken = straight(edition, "silver", START)
    met = {edition.stage(step.stage).kind for step in taken if step.stage}
    assert met == {stage.kind for stage in edition.stages} - {"renewal"}


def test_what_is_agreed_for_a_day_happens_on_it() -> None:
    taken = straight(load(SCHEMES / "qim" / "2022"), "award", START)
    visit = [step for step in taken if step.stage == "visit"]
    arranged, held = visit[0].entries[0], visit[1].entries[0]
    assert (arranged.kind, held.kind) == (EntryKind.ARRANGED, EntryKind.HELD)
    assert arranged.until is not None
    assert held.on >= arranged.until
