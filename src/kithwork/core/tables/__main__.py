"""The reading process: `python -m kithwork.core.tables '{"name": "people", "limit": 26214400, …}' < file`.

Bytes on standard input, one JSON object on standard output: the book (`shape.packed`), or {"fault": why}. It limits
itself before it reads a byte of the file, as `core.documents` does.
"""

import json
import resource
import sys

WRITES = 200 * 1024 * 1024  # bytes of JSON at most


def main() -> None:
    """Reads its orders from the first argument: name (str), limit, memory (bytes), seconds (processor seconds)."""
    orders = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(orders["seconds"]), int(orders["seconds"])))
    resource.setrlimit(resource.RLIMIT_FSIZE, (WRITES, WRITES))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (int(orders["memory"]), int(orders["memory"])))
    except (ValueError, OSError):
        if sys.platform == "linux":  # macOS knows the limit and refuses to set it; there the other limits must do
            raise
    from kithwork.core.tables.reading import read  # noqa: PLC0415 - once the limits hold
    from kithwork.core.tables.shape import Unreadable, packed  # noqa: PLC0415

    limit = int(orders["limit"])
    try:
        answer = packed(read(sys.stdin.buffer.read(limit + 1), str(orders["name"]), limit=limit))
    except Unreadable as why:
        answer = {"fault": str(why)}
    json.dump(answer, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
