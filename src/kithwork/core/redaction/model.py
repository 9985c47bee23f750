"""A language model that says of each piece of a word what kind of thing it may be. The weights are handed in.

The model is Rampart (BERT of six layers, no capitals, 18.5 million weights of four bits), in ONNX. As it is shipped it
drops what it is less than half sure of; here every piece keeps its shares, and whoever asks decides.
"""

import json
from bisect import bisect_left
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["GROUPS", "Marks", "Model", "Seen"]

_WINDOW = 126  # pieces that are read together; the model was trained on short texts, and is best at about 480 letters
_OVERLAP = 40  # pieces that two windows share
_BATCH = 12
_READERS = 2  # batches read at a time: the runtime spends more on sharing one batch than it gains
_BLOCK = 60_000  # letters that are taken apart at a time
_MARGIN = 600  # letters that two blocks share

# what its labels are to us
GROUPS = ("given", "surname", "contact", "address", "place", "number", "other")
_GROUP_OF = {
    "GIVEN_NAME": 0, "SURNAME": 1, "EMAIL": 2, "PHONE": 2, "URL": 2, "BUILDING_NUMBER": 3, "STREET_NAME": 3,
    "SECONDARY_ADDRESS": 3, "CITY": 4, "STATE": 4, "ZIP_CODE": 5, "O": 6,
}  # fmt: skip


# what the model holds of each piece on its way to a label: after its fourth layer, and after its last
_LAYERS = tuple(f"/bert/encoder/layer.{layer}/output/LayerNorm/LayerNormalization_output_0" for layer in (3, 5))


@dataclass(frozen=True, slots=True)
class Seen:
    """Pieces of one text in order: where each begins and ends, and its shares of the groups (they add up to one);
    `marks` is what the model's reader of marks made of each piece, nothing where there is no reader.
    """

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    shares: "NDArray[np.float32]"
    marks: "NDArray[np.float32] | None" = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The places, from the first up to the last, of the pieces that touch characters `start` up to `end`."""
        return bisect_left(self.ends, start + 1), bisect_left(self.starts, end)

    def over(self, start: int, end: int) -> "NDArray[np.float32] | None":
        """The shares of the pieces that touch characters `start` up to `end`; None where there is no piece."""
        first, last = self.span(start, end)
        return self.shares[first:last] if first < last else None


class Marks(Protocol):
    """What is worth keeping of what the model holds of each piece."""

    width: int  # numbers a piece

    @property
    def table(self) -> "NDArray[np.float32] | None":
        """What two layers' 384 numbers each are multiplied by, `width` columns; None where all is kept as it is."""
        ...


class Model:
    """Reads texts. Needs onnxruntime, tokenizers and numpy, which are loaded with the first one made."""

    def __init__(
        self, weights: bytes, tokenizer: str, config: str, readers: int = _READERS, marks: "Marks | None" = None
    ) -> None:
        import numpy
        import onnxruntime
        from tokenizers import Tokenizer

        self._numpy = numpy
        self._readers = readers
        self.marks = marks
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        shown = weights
        if marks is not None:  # multiplied inside the runtime: numpy would share each small product among threads
            shown += _showing(_LAYERS) if marks.table is None else _taking_down(_LAYERS, marks.table)
        self._session = onnxruntime.InferenceSession(shown, options, providers=["CPUExecutionProvider"])
        self._inputs = {put.name for put in self._session.get_inputs()}
        self._tokenizer: Any = Tokenizer.from_str(tokenizer)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._first = self._tokenizer.token_to_id("[CLS]")
        self._last = self._tokenizer.token_to_id("[SEP]")
        labels = {int(at): label for at, label in json.loads(config)["id2label"].items()}
        gather = numpy.zeros((len(labels), len(GROUPS)), dtype=numpy.float32)
        for at, label in labels.items():
            gather[at, _GROUP_OF.get(label.removeprefix("B-").removeprefix("I-"), 5)] = 1
        self._gather = gather

    def see(self, texts: Sequence[str]) -> list[Seen]:
        """Each text's pieces. Every character that is neither blank nor a sign unknown to it is in some piece."""
        np = self._numpy
        windows: list[tuple[int, int, list[int]]] = []  # which text, its first piece, the pieces' numbers
        pieces: list[tuple[list[int], list[int]]] = []
        for at, text in enumerate(texts):
            ids, starts, ends = self._pieces(text)
            pieces.append((starts, ends))
            first = 0
            while first < len(ids):
                windows.append((at, first, ids[first : first + _WINDOW]))
                if first + _WINDOW >= len(ids):
                    break
                first += _WINDOW - _OVERLAP
        width = len(GROUPS) + (self.marks.width if self.marks else 0)
        shares = [np.zeros((len(starts), width), dtype=np.float32) for starts, _ in pieces]
        middle = [np.full(len(starts), -1, dtype=np.int32) for starts, _ in pieces]  # how deep inside its window
        read = self._read_all({tuple(ids) for *_, ids in windows})
        for at, first, ids in windows:
            told, count = read[tuple(ids)], len(ids)
            depth = np.minimum(np.arange(count), np.arange(count)[::-1])
            if first == 0:
                depth = np.arange(count)[::-1].copy()
            if first + count == len(pieces[at][0]):
                depth = np.maximum(depth, np.arange(count))
            old = middle[at][first : first + count]
            better = depth > old
            shares[at][first : first + count][better] = told[better]
            old[better] = depth[better]
        assert all((deep >= 0).all() for deep in middle), "a piece of the text was not read"
        groups = len(GROUPS)
        return [
            Seen(tuple(starts), tuple(ends), share[:, :groups], share[:, groups:] if self.marks else None)
            for (starts, ends), share in zip(pieces, shares, strict=True)
        ]

    def _pieces(self, text: str) -> tuple[list[int], list[int], list[int]]:
        """The numbers of a text's pieces, and their places; long texts block by block, cut where they overlap."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        begin = 0
        while True:
            whole = self._tokenizer.encode(text[begin : begin + _BLOCK], add_special_tokens=False)
            done = begin + _BLOCK >= len(text)
            stop = begin + _BLOCK - _MARGIN
            seen = ends[-1] if ends else 0
            for number, (start, end) in zip(whole.ids, whole.offsets, strict=True):
                if begin + start >= seen and end > start and (done or begin + start < stop):
                    ids.append(number)
                    starts.append(begin + start)
                    ends.append(begin + end)
                elif ends and end > start and begin + start == starts[-1] and begin + end == ends[-1]:
                    continue  # one character in several pieces (Hangul): the first speaks for it
            if done:
                return ids, starts, ends
            begin = max((ends[-1] if ends else stop) - _MARGIN, begin + 1) if ends and ends[-1] > begin else stop

    def _read_all(self, windows: set[tuple[int, ...]]) -> "dict[tuple[int, ...], NDArray[np.float32]]":
        """Each window once, those of a length together; several batches at a time: the runtime lets go of Python."""
        order = sorted(windows, key=lambda one: (len(one), one))
        batches = [order[begin : begin + _BATCH] for begin in range(0, len(order), _BATCH)]
        if len(batches) < 2 or self._readers < 2:
            return {one: told for batch in batches for one, told in zip(batch, self._read(batch), strict=True)}
        with ThreadPoolExecutor(self._readers) as pool:
            # the longest first, lest one reader end alone
            read = list(pool.map(self._read, batches[::-1]))
        return {
            one: told for batch, all_told in zip(batches[::-1], read, strict=True)
            for one, told in zip(batch, all_told, strict=True)
        }  # fmt: skip

    def _read(self, batch: Sequence[tuple[int, ...]]) -> "list[NDArray[np.float32]]":
        np = self._numpy
        width = max(map(len, batch)) + 2
        ids = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros((len(batch), width), dtype=np.int64)
        for row, numbers in enumerate(batch):
            ids[row, : len(numbers) + 2] = [self._first, *numbers, self._last]
            mask[row, : len(numbers) + 2] = 1
        put = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        given = {name: value for name, value in put.items() if name in self._inputs}
        raw, *hidden = self._session.run(None, given)
        raw = np.exp(raw - raw.max(axis=-1, keepdims=True))
        shares = (raw / raw.sum(axis=-1, keepdims=True)) @ self._gather
        if self.marks:
            shares = np.concatenate([shares, *hidden], axis=-1)
        return [shares[row, 1 : len(numbers) + 1] for row, numbers in enumerate(batch)]


def _showing(names: Sequence[str]) -> bytes:
    """What, written after a model of ONNX, makes it show values from inside it too. Its format, Protocol Buffers, reads
    two messages one after the other as one, in which their lists are joined: here the list of the graph's outputs.
    """
    floats = _field(2, _field(1, b"\x08\x01"))  # a tensor of 32-bit floats, of any shape
    return b"".join(_field(7, _field(12, _field(1, name.encode()) + floats)) for name in names)


def _taking_down(names: Sequence[str], table: "NDArray[np.float32]") -> bytes:
    """As `_showing`, for the values side by side multiplied by a table."""
    last = _field(
        5, _field(1, b"axis") + b"\x18" + b"\xff" * 9 + b"\x01" + b"\xa0\x01\x02"
    )  # axis = -1, a whole number
    sides = (
        b"".join(_field(1, name.encode()) for name in names) + _field(2, b"marks/beside") + _field(4, b"Concat") + last
    )
    times = _field(1, b"marks/beside") + _field(1, b"marks/table") + _field(2, b"marks") + _field(4, b"MatMul")
    sizes = b"".join(b"\x08" + _number(size) for size in table.shape)
    numbers = sizes + b"\x10\x01" + _field(8, b"marks/table") + _field(9, table.astype("<f4").tobytes())
    return _field(7, _field(1, sides) + _field(1, times) + _field(5, numbers)) + _showing(["marks"])


def _number(value: int) -> bytes:
    told = b""
    while value > 127:
        told, value = told + bytes([value & 127 | 128]), value >> 7
    return told + bytes([value])


def _field(number: int, body: bytes) -> bytes:
    return bytes([number << 3 | 2]) + _number(len(body)) + body
