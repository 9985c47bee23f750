"""Plain text and a table with names in every place that they have for one."""

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
