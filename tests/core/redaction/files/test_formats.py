"""Every other format with a name in each of its hiding places: each is read, and none comes back out of the copy."""

import pytest

from kithwork.core.documents.kinds import Kind
from tests.core.redaction.files import attacking
from tests.core.redaction.files.ground import kept, programs, redacted, unread
from tests.core.redaction.files.planting import FORMATS
from tests.core.redaction.files.planting.names import Planted

# how many of the names an attack must get out of the original, lest it be none
LEAST = {
    Kind.XLSX: 30, Kind.ODT: 30, Kind.EML: 15, Kind.PNG: 8, Kind.JPEG: 6, Kind.TEXT: 4, Kind.CSV: 4,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("kind", LEAST)
def test_every_name_is_read_and_none_comes_back(kind: Kind) -> None:
    names = Planted()
    content = FORMATS[kind](names)
    ending = sorted(kind.endings)[0] if kind is not Kind.JPEG else ".jpg"
    with programs() as tools:
        reading, made = redacted(content, kind, names, tools)
    kept(f"planted-{kind}{ending}", content)
    kept(f"redacted-{kind}{made.ending}", made.content)
    assert unread(reading, names) == {}
    assert len(attacking.come_back(content, ending, names)) >= LEAST[kind], "the attack must be one"
    assert attacking.come_back(made.content, made.ending, names) == {}
