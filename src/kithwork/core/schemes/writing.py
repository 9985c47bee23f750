"""Writing an edition's files: TOML texts, and a folder that appears whole or not at all."""

import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

Value = str | int | float | bool | Sequence["Value"] | Mapping[str, "Value"]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_DEL = "\x7f"  # JSON lets it stand, TOML does not


def quoted(text: str) -> str:
    """A text as a TOML string on one line. Raises ValueError for half of a surrogate pair, which no file can hold."""
    text.encode()  # UnicodeEncodeError is a ValueError
    return json.dumps(text, ensure_ascii=False).replace(_DEL, "\\u007f")


def value(one: Value) -> str:
    """A value in TOML's spelling; a list of several texts or tables has a line for each. Raises ValueError for what no
    TOML file can hold.
    """
    match one:
        case bool():
            return "true" if one else "false"
        case int() | float():
            return str(one)
        case str():
            return quoted(one)
        case Mapping():
            pairs = (f"{_key(key)} = {value(held)}" for key, held in one.items())
            return f"{{ {', '.join(pairs)} }}" if one else "{}"
        case Sequence():
            if len(one) < 2:
                return f"[{', '.join(value(held) for held in one)}]"
            lines = "".join(f"  {value(held)},\n" for held in one)
            return f"[\n{lines}]"
        case _:
            raise ValueError(f"{one!r} has no spelling in TOML")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else quoted(name)


def table(header: str, pairs: Iterable[tuple[str, Value | None]]) -> str:
    """One table with its header ('[[requirement]]') and its keys; a key without a value, or with an empty list, is
    left out.
    """
    lines = [f"{_key(key)} = {value(one)}" for key, one in pairs if one is not None and one not in ("", (), [])]
    return "\n".join([header, *lines, ""])


def write_folder(folder: Path, texts: Mapping[str, str]) -> None:
    """Make a folder of these files, by relative name. It appears whole or not at all.

    Raises FileExistsError when there is something of that name, and other OSErrors as they come.
    """
    if folder.exists() or folder.is_symlink():
        raise FileExistsError(f"{folder} is there already; nothing was written.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, text in texts.items():
            file = made / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        made.chmod(0o755)  # mkdtemp keeps others out
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
