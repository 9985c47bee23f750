"""A PDF with a name in each of its hiding places: every one is read, and none comes back out of the copy."""

import pytest

from kithwork.core.documents.kinds import Kind
from tests.core.redaction.files import attacking
from tests.core.redaction.files.ground import kept, programs, redacted, unread
from tests.core.redaction.files.planting import pdf
from tests.core.redaction.files.planting.names import Planted

pytestmark = pytest.mark.slow


def test_every_name_is_read_and_none_comes_back() -> None:
    names = Planted()
    content = pdf.planted(names)
    with programs() as tools:
        reading, made = redacted(content, Kind.PDF, names, tools)
    kept("planted.pdf", content)
    kept("redacted.pdf", made.content)
    assert unread(reading, names) == {}
    assert attacking.come_back(content, ".pdf", names).keys() >= {"plain text", "the title", "an attached file"}
    assert attacking.come_back(made.content, made.ending, names) == {}
