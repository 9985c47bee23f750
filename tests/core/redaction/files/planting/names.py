"""Invented names, a different one for each hiding place: no dictionary has them, and no two are alike to a reader of
pictures."""

from collections.abc import Iterator

_FIRST = ("Bo", "Da", "Fe", "Go", "Ha", "Ka", "Lu", "Ma", "No", "Pa", "Ra", "Se", "Ta", "Vo", "Wa", "Ze")
_MIDDLE = ("bran", "dorf", "gost", "hamp", "kest", "mund", "nard", "penk", "rost", "sten", "tolk", "vand", "wick")
_LAST = ("aro", "eka", "oda", "una", "eth", "ard", "osa", "em")


def names() -> Iterator[str]:
    """As many as there are places, always the same."""
    number = 0
    while True:
        yield _FIRST[number % 16] + _MIDDLE[(number * 5 + number // 16) % 13] + _LAST[(number * 3 + number // 13) % 8]
        number += 1


class Planted(dict[str, str]):
    """Names by their places: `planted["the footer"]` is a name of its own, the same each time it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._names = names()

    def __missing__(self, place: str) -> str:
        name = next(one for one in self._names if one not in self.values())
        self[place] = name
        return name
