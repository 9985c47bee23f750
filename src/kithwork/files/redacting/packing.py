"""What goes to the process apart and comes back: one JSON object, then bytes. Names and cuts go this way and not as
arguments, which every user of a machine can list.
"""

import json
from typing import Any, BinaryIO

from kithwork.core.redaction.files import Reading
from kithwork.core.redaction.passages import Box, Cut, Part, Passage, Place, Word

_LENGTH = 8  # bytes of a length


def put(file: BinaryIO, told: dict[str, Any], content: bytes) -> None:
    """Write both."""
    head = json.dumps(told, ensure_ascii=False).encode()
    file.write(len(head).to_bytes(_LENGTH))
    file.write(head)
    file.write(content)


def got(said: bytes) -> tuple[dict[str, Any], bytes]:
    """Both again. Raises ValueError for anything else."""
    length = int.from_bytes(said[:_LENGTH])
    if len(said) < _LENGTH + length or not length:
        raise ValueError("cut short")
    told = json.loads(said[_LENGTH : _LENGTH + length])
    if not isinstance(told, dict):
        raise ValueError("no object")
    return told, said[_LENGTH + length :]


def packed(reading: Reading) -> dict[str, Any]:
    """A reading in plain values."""
    return {
        "passages": [packed_passage(passage) for passage in reading.passages],
        "pages": reading.pages,
        "notes": reading.notes,
        "look": reading.look,
        "sizes": reading.sizes,
        "parts": None if reading.parts is None else [part.packed() for part in reading.parts],
    }


def unpacked(told: dict[str, Any]) -> Reading:
    """The reading again. Raises ValueError, KeyError or TypeError for anything else."""
    return Reading(
        tuple(unpacked_passage(one) for one in told["passages"]),
        int(told["pages"]),
        tuple(str(note) for note in told["notes"]),
        tuple(int(page) for page in told["look"]),
        tuple((int(width), int(height)) for width, height in told["sizes"]),
        None if told["parts"] is None else tuple(Part.unpacked(one) for one in told["parts"]),
    )


def packed_passage(passage: Passage) -> list[Any]:
    """A passage in plain values; boxes to a hundred-thousandth of a page, less than a pixel."""
    words = [
        [
            word.start, word.end, round(word.box.left, 5), round(word.box.top, 5), round(word.box.right, 5),
            round(word.box.bottom, 5),
            round(word.sure, 3),
        ]
        for word in passage.words
    ]  # fmt: skip
    return [passage.text, passage.place.value, passage.page, passage.label, passage.stays, words]


def unpacked_passage(told: list[Any]) -> Passage:
    """The passage again."""
    text, place, page, label, stays, words = told
    placed = tuple(
        Word(int(start), int(end), Box(float(left), float(top), float(right), float(bottom)), float(sure))
        for start, end, left, top, right, bottom, sure in words
    )
    return Passage(str(text), Place(place), int(page), str(label), bool(stays), placed)


def packed_cuts(cuts: dict[int, list[Cut]]) -> dict[str, list[list[Any]]]:
    """Cuts in plain values."""
    return {str(index): [[cut.start, cut.end, cut.by] for cut in some] for index, some in cuts.items()}


def unpacked_cuts(told: dict[str, list[list[Any]]]) -> dict[int, list[Cut]]:
    """The cuts again."""
    return {int(index): [Cut(int(start), int(end), str(by)) for start, end, by in some] for index, some in told.items()}
