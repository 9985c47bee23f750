"""What a redacted copy gives away, and what broken files do: `python -m tests.bench.files [--broken N]`.

Of each format a file with a different invented name in every hiding place. `planted`: how many; `seen`: how many of
them `read` tells, so that a finder could find them; `original`: how many the attacks of `attacking.py` get out of the
file as it was; `got back`: how many out of its copy; `by command`: how many out of the copy that `kithwork redact`
makes, with these names known. Ends with 1 when a name is not seen, or comes back, or the command makes no copy.

Then broken files, always the same: `passed` had text that somebody else's program reads and ours did not; `died` ended
the process that read them.
"""

import argparse
import io
import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from kithwork.cli import main as redact
from kithwork.core.documents.kinds import Kind
from tests.core.redaction.files import attacking
from tests.core.redaction.files.ground import programs, redacted, unread
from tests.core.redaction.files.mutating import LARGEST, MANY, SLOWEST, outcomes
from tests.core.redaction.files.planting import FORMATS
from tests.core.redaction.files.planting.names import Planted


def attacks(kinds: list[Kind]) -> bool:
    """A row for each format; whether every name was seen and none came back."""
    print(f"{'':6}{'planted':>9}{'seen':>7}{'original':>10}{'got back':>10}{'by command':>12}{'seconds':>9}{'copy':>8}")
    good = True
    for kind in kinds:
        names = Planted()
        content = FORMATS[kind](names)
        began = time.monotonic()
        with programs() as tools:
            reading, made = redacted(content, kind, names, tools)
        took = time.monotonic() - began
        missed = unread(reading, names)
        before = attacking.come_back(content, f".{kind.value}", names)
        back = attacking.come_back(made.content, made.ending, names)
        command = commanded(content, kind, names)
        said = "no copy" if command is None else len(command)
        seen, size = len(names) - len(missed), f"{len(made.content) / 1024:.0f} kB"
        print(f"{kind:6}{len(names):9}{seen:7}{len(before):10}{len(back):10}{said:>12}{took:9.1f}{size:>8}", flush=True)
        for what, some in (("not seen", missed), ("GOT BACK", back), ("GOT BACK by command", command or ())):
            for place in some:
                print(f"      {what}: {place}")
        good = good and not missed and not back and command is not None and not command
    return good


def commanded(content: bytes, kind: Kind, names: Planted) -> dict[str, str] | None:
    """What comes back of the copy that the command makes; None where it makes none."""
    with tempfile.TemporaryDirectory() as folder:
        file, known, out = Path(folder, f"file{max(kind.endings)}"), Path(folder, "known.csv"), Path(folder, "out")
        file.write_bytes(content)
        known.write_text("\n".join(["name", *names.values()]), encoding="utf-8")
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            failed = redact(["redact", str(file), "--known", str(known), "--out", str(out)])
        if failed:
            return None
        (copy,) = out.iterdir()
        return attacking.come_back(copy.read_bytes(), copy.suffix, names)


def broken(count: int) -> bool:
    """A row for each format; whether nothing passed, died, or took too long."""
    began, share = time.monotonic(), -(-count // len(Kind))
    with ThreadPoolExecutor(2) as pool:
        told = dict(zip(Kind, pool.map(lambda kind: outcomes(kind, share), Kind), strict=True))
    columns = ("refused", "read", "without", "passed", "died")
    print(f"\n{'broken':6}" + "".join(f"{name:>9}" for name in columns) + f"{'CPU s':>9}{'slowest':>9}{'most MB':>9}")
    good = True
    for kind, some in told.items():
        sums = Counter(one.told for one in some)
        slowest, most, largest = (
            max(values) for values in zip(*((o.seconds, o.memory, o.copy) for o in some), strict=True)
        )
        row = "".join(f"{sums[name]:9}" for name in columns)
        print(f"{kind:6}{row}{sum(one.seconds for one in some):9.1f}{slowest:9.2f}{most:9.0f}{largest / 1024:11.0f} kB")
        good = good and not sums["passed"] and not sums["died"] and slowest <= SLOWEST and largest <= LARGEST
    count = sum(map(len, told.values()))
    print(f"{count} files in {time.monotonic() - began:.0f} s by the clock; load {os.getloadavg()[0]:.1f}")
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--broken", type=int, default=MANY, metavar="N", help=f"how many broken files ({MANY})")
    parser.add_argument("--kind", type=Kind, action="append", help="this format alone; can be given again")
    given = parser.parse_args()
    good = attacks(given.kind or list(Kind))
    if given.broken:
        good = broken(given.broken) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
