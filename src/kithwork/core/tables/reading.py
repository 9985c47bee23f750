"""The entrance: bytes to a book of tables, hostile ones refused."""

from kithwork.core.documents.inspect import inspect, too_large
from kithwork.core.documents.kinds import Kind
from kithwork.core.tables import delimited, workbook
from kithwork.core.tables.shape import Book, Unreadable

LIMIT = 25 * 1024 * 1024  # bytes
WANTED = "Save the table as an Excel workbook (.xlsx) or as CSV, and choose that."


def read(data: bytes, name: str = "", *, limit: int = LIMIT) -> Book:
    """The tables in a file, whatever its name ends in. `name` is what a table without a name is called.

    Raises Unreadable for anything else, with the reason and what to do. Bytes from outside belong into the process
    `python -m kithwork.core.tables`; `kithwork.files.tables.tables_in` starts it.
    """
    if not data:
        raise Unreadable("This file is empty. Check that it opens on your own device, then choose it again.")
    if len(data) > limit:
        raise Unreadable(too_large(len(data), limit))
    try:
        if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or not _wide(data):
            kind = _kind(data)
            if kind is Kind.XLSX:
                return workbook.read(data)
            if kind not in (Kind.CSV, Kind.TEXT):
                raise Unreadable(f"This is {kind.called}, not a table. {WANTED}")
        return delimited.read(data, name)
    except (Unreadable, MemoryError):
        raise
    except Exception as fault:  # readers meet hostile bytes here: whatever they raise means 'cannot be read'
        raise Unreadable(f"This file could not be read: it seems to be damaged. {WANTED}") from fault


def _wide(data: bytes) -> bool:
    """UTF-16 without its mark: text to a table's reader, though not to whoever keeps documents."""
    sample = data[:2000]
    nulls = (sample[::2].count(0), sample[1::2].count(0))
    return min(nulls) == 0 and max(nulls) > len(sample) // 4 and len(data) % 2 == 0


def _kind(data: bytes) -> Kind:
    found = inspect(data, "", limit=len(data))
    if found.ok and found.kind:
        return found.kind
    if not data.startswith(b"PK") and found.kind is None and b"\x00" not in data and data[:1].isascii():
        try:
            data.decode("cp1252")
        except UnicodeDecodeError:
            if all(byte >= 32 or byte in b"\t\r\n" for byte in data):
                return Kind.TEXT  # one lost letter does not make a whole table unreadable; its cell is a fault
    raise Unreadable(found.reason or WANTED)
