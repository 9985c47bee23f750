"""The inspecting process: `python -m kithwork.core.documents '{"name": ".pdf", "limit": 26214400, …}' < file`.

Bytes on standard input, one JSON object on standard output. It limits itself before it reads a byte of the file:
memory, processor seconds, size of what it may write. A crash of it is a refusal to whoever started it.
"""

import json
import resource
import sys


def main() -> None:
    """Reads its orders from the first argument: name (str), limit, anew, memory (bytes), seconds (of the processor)."""
    orders = json.loads(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (int(orders["seconds"]), int(orders["seconds"])))
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
    try:
        resource.setrlimit(resource.RLIMIT_AS, (int(orders["memory"]), int(orders["memory"])))
    except (ValueError, OSError):
        if sys.platform == "linux":  # macOS knows the limit and refuses to set it; there the other limits must do
            raise
    from kithwork.core.documents.inspect import inspect  # noqa: PLC0415 - once the limits hold

    limit = int(orders["limit"])
    found = inspect(sys.stdin.buffer.read(limit + 1), str(orders["name"]), limit=limit, anew=bool(orders["anew"]))
    answer = {"ok": found.ok, "kind": found.kind, "pages": found.pages, "reason": found.reason}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
