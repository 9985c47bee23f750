"""A Word document with a name in each of its hiding places: every one is read, and none comes back out of the copy."""

import pytest

from kithwork.core.documents.kinds import Kind
from tests.core.redaction.files import attacking
from tests.core.redaction.files.ground import kept, programs, redacted, unread
from tests.core.redaction.files.planting import docx
from tests.core.redaction.files.planting.names import Planted

pytestmark = pytest.mark.slow


def test_every_name_is_read_and_none_comes_back() -> None:
    names = Planted()
    content = docx.planted(names)
    with programs() as tools:
        reading, made = redacted(content, Kind.DOCX, names, tools)
    kept("planted.docx", content)
    kept("redacted.docx", made.content)
    assert made.kind is Kind.DOCX
    assert unread(reading, names) == {}
    assert len(attacking.come_back(content, ".docx", names)) > 40
    assert attacking.come_back(made.content, made.ending, names) == {}
