"""What these tests share."""

from kithwork.core.documents import Inspection, inspect

LIMIT = 25 * 1024 * 1024


def refused(data: bytes, name: str, *words: str) -> Inspection:
    found = inspect(data, name, limit=LIMIT)
    assert not found.ok
    assert found.reason is not None
    assert found.pages is None
    for word in words:
        assert word in found.reason, found.reason
    assert found.reason[0].isupper()
    assert found.reason.endswith(".")
    return found


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
