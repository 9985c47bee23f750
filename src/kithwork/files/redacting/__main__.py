"""The process apart: `python -m kithwork.files.redacting '{"memory": …, "seconds": …, "programs": …, "folder": …}'`.

What is to be done comes on standard input and the answer goes to standard output, each as `packing` has it; standard
error tells how many pages are done, a line for each. It limits itself before it reads a byte of the file.
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

WRITES = 400 * 1024 * 1024  # bytes of one file, its answer too


def main() -> None:
    """Reads its limits from the first argument."""
    orders = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(orders["seconds"]), int(orders["seconds"])))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITES, WRITES))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (int(orders["memory"]), int(orders["programs_memory"])))
    except (ValueError, OSError):
        if sys.platform == "linux":  # macOS knows the limit and refuses to set it; there the other limits must do
            raise
    from kithwork.files.redacting import packing  # noqa: PLC0415 - once the limits hold

    told, content = packing.got(sys.stdin.buffer.read())
    answer, made = _done(orders, told, content)
    packing.put(sys.stdout.buffer, answer, made)


def _done(orders: dict[str, Any], told: dict[str, Any], content: bytes) -> tuple[dict[str, Any], bytes]:
    from kithwork.core.documents.kinds import Kind  # noqa: PLC0415 - once the limits hold, as all below
    from kithwork.core.redaction import files  # noqa: PLC0415
    from kithwork.files.redacting import packing  # noqa: PLC0415
    from kithwork.files.redacting.programs import Programs  # noqa: PLC0415

    tools = Programs(orders["programs"], Path(orders["folder"]))
    kind = Kind(told["kind"])

    def progress(done: int, of: int) -> None:
        sys.stderr.write(f"{done} {of}\n")
        sys.stderr.flush()

    try:
        match told["do"]:
            case "read":
                reading = files.read(content, kind, told["name"], tools, progress=progress)
                return {"reading": packing.packed(reading)}, b""
            case "remake":
                known = packing.unpacked(told["reading"]) if told["reading"] else None
                cuts = packing.unpacked_cuts(told["cuts"])
                made = files.remake(content, kind, cuts, tools, reading=known, progress=progress)
                return {"kind": made.kind.value, "ending": made.ending}, made.content
            case "picture":
                return {}, files.picture(content, kind, int(told["page"]), tools)
            case "verify":
                return {"passages": [packing.packed_passage(one) for one in files.verify(content, kind, tools)]}, b""
            case _:
                raise ValueError(told["do"])
    except files.BadCut as why:
        return {"bad": str(why)}, b""
    except files.Unreadable as why:
        return {"fault": str(why), "missing": isinstance(why, files.Missing)}, b""


if __name__ == "__main__":
    main()
