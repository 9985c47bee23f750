"""What these tests ask for."""

from datetime import date
from pathlib import Path

import pytest

from kithwork.procedures.sample import Cast
from tests.evidence.folder import Folder, folder_of


@pytest.fixture
def folder(people: Cast, tmp_path: Path, today: date) -> Folder:
    return folder_of(people, tmp_path, today)
