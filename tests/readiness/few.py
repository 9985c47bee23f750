"""Quality in Mentoring with a dozen of its requirements: papers, staff, mentees, endings, some no record shows."""

from pathlib import Path

import pytest

from kithwork.core.schemes import Edition
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import PublishedEdition
from kithwork.procedures.sample import Cast
from tests.journeys.made import publish_texts
from tests.journeys.short import KEPT, texts

IDS = (*KEPT, "42", "43", "59", "e3")
BY_DOCUMENT = {"1", "2"}


@pytest.fixture
def offered(people: Cast, tmp_path: Path) -> PublishedEdition:
    """On offer by the sample body."""
    return publish_texts(texts("few", ids=IDS), people, tmp_path / "schemes" / "qim" / "few")


@pytest.fixture
def edition(offered: PublishedEdition) -> Edition:
    return edition_of(offered)
