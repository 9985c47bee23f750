"""A scheme of an unlike shape, dropped in as text, runs to its credential."""

from pathlib import Path

import pytest

from kithwork.core.journey.replay import read, replay
from kithwork.core.schemes import find, load, load_texts
from tests.core.journey.thrush import EDITION, JOURNEYS, SLUG, TEXTS


def test_it_reads_as_texts_and_as_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / SLUG / EDITION
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    assert find(tmp_path) == [folder]
    assert load(folder) == load_texts(TEXTS, f"{SLUG}/{EDITION}")


@pytest.mark.parametrize("name", JOURNEYS)
def test_it_goes_as_written(name: str, tmp_path: Path) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_text(JOURNEYS[name])
    assert replay(load_texts(TEXTS, f"{SLUG}/{EDITION}"), read(file)).faults == ()
