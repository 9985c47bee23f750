"""Every other format with a name in each of its hiding places: each is read, and none comes back out of the copy."""

from collections.abc import Callable

import pytest

from kithwork.core.documents.kinds import Kind
from tests.core.redaction.files import attacking
from tests.core.redaction.files.ground import kept, programs, redacted, unread
from tests.core.redaction.files.planting import mail, odt, pictures, xlsx
from tests.core.redaction.files.planting.names import Planted


def text(names: Planted) -> bytes:
    said = f"Notes\n\n{names['a line']} came with {names['the same line']}.\n\n-- \n{names['the last line'].upper()}"
    return f"{said}, {names['an address'].lower()}@example.org".encode("utf-16")


def table(names: Planted) -> bytes:
    rows = [
        f"Who;Notes;{names['a heading']}",
        f'{names["a cell"]};"met\n{names["a second line of a cell"]}";"=1+{names["a formula"]}"',
    ]
    return "\r\n".join(rows).encode("cp1252")


FORMATS: dict[Kind, tuple[Callable[[Planted], bytes], int]] = {
    Kind.XLSX: (xlsx.planted, 30),
    Kind.ODT: (odt.planted, 30),
    Kind.EML: (mail.planted, 15),
    Kind.PNG: (pictures.png, 8),
    Kind.JPEG: (pictures.jpeg, 6),
    Kind.TEXT: (text, 4),
    Kind.CSV: (table, 4),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", FORMATS)
def test_every_name_is_read_and_none_comes_back(kind: Kind) -> None:
    plant, least = FORMATS[kind]
    names = Planted()
    content = plant(names)
    ending = sorted(kind.endings)[0] if kind is not Kind.JPEG else ".jpg"
    with programs() as tools:
        reading, made = redacted(content, kind, names, tools)
    kept(f"planted-{kind}{ending}", content)
    kept(f"redacted-{kind}{made.ending}", made.content)
    assert unread(reading, names) == {}
    assert len(attacking.come_back(content, ending, names)) >= least, "the attack must be one"
    assert attacking.come_back(made.content, made.ending, names) == {}
