"""Every worked journey of every edition is replayed; each expectation in it must hold."""

from pathlib import Path

import pytest

from kithwork.core.journey import Answer, EntryKind
from kithwork.core.journey.replay import read, replay
from kithwork.core.schemes import find, load

SCHEMES = Path(__file__).parents[3] / "schemes"
SETBACKS = {
    EntryKind.DECLINED,
    EntryKind.CANCELLED,
    EntryKind.CORRECTED,
    EntryKind.RETURNED,
    EntryKind.BREACHED,
    EntryKind.EXTENDED,
    EntryKind.STOPPED,
    EntryKind.WITHDRAWN,
    EntryKind.SUSPENDED,
    EntryKind.REVOKED,
}
FILES = sorted(SCHEMES.glob("*/*/journeys/*.toml"))


@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parts[-4]}-{path.stem}")
def test_it_goes_as_written(file: Path) -> None:
    assert replay(load(file.parent.parent), read(file)).faults == ()


@pytest.mark.parametrize("folder", find(SCHEMES), ids=lambda path: path.parent.name)
def test_each_edition_has_a_straight_journey_and_three_crooked_ones(folder: Path) -> None:
    """Crooked is one on which something was refused, sent back, called off, put off or taken away."""
    edition = load(folder)
    straight, crooked = [], []
    for file in sorted((folder / "journeys").glob("*.toml")):
        entries = replay(edition, read(file)).entries
        if any(one.kind in SETBACKS or one.outcome in {Answer.NO, Answer.MORE} for one in entries):
            crooked.append(file.stem)
        elif any(one.kind is EntryKind.GRANTED for one in entries):
            straight.append(file.stem)
    assert straight
    assert len(crooked) >= 3, crooked


def test_a_wrong_expectation_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        'title = "w"\n[[steps]]\non = 2026-01-05\ndo = "opened"\nlevel = "award"\nthen = {status = "awarded"}'
    )
    assert replay(load(SCHEMES / "qim" / "2022"), read(file)).faults == (
        "step 1 (2026-01-05): status: expected awarded, is active",
    )


def test_an_illegal_step_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(
        'title = "w"\n[[steps]]\non = 2026-01-05\ndo = "opened"\n'
        '[[steps]]\non = 2026-01-06\ndo = "paid"\nby = "officer"\nstage = "registration"'
    )
    assert "not open yet" in replay(load(SCHEMES / "qim" / "2022"), read(file)).faults[0]


@pytest.mark.parametrize("text", ["title = ", 'title = "t"', 'title = "t"\n[[steps]]\non = "yesterday"\ndo = "look"'])
def test_a_broken_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "broken.toml"
    file.write_text(text)
    with pytest.raises(ValueError, match=r"broken\.toml"):
        read(file)
