"""A verifier of credentials that nobody here wrote: Digital Bazaar's libraries, run by Node in one process."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Json = dict[str, Any]
HERE = Path(__file__).parent


class Verifier:
    """One Node process that answers a case a line; see verify.mjs."""

    def __init__(self) -> None:
        place = f"{os.environ['PATH']}:{HERE.parents[1] / '.venv' / 'bin'}"
        node = shutil.which("node", path=place)
        assert node, "Node is missing: `make front` brings it"
        assert (HERE / "node_modules").is_dir(), "the verifier's libraries are missing: `make verifier` puts them there"
        self._node = subprocess.Popen(
            [node, HERE / "verify.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def __call__(
        self,
        credential: Json | bytes,
        *,
        at: object,
        issuers: Iterable[Json] = (),
        lists: Iterable[Json] = (),
    ) -> tuple[str, str]:
        """The verdict in one of our words, and what the libraries said. Bytes are a picture, in base64's text."""
        said = {"read": credential.decode()} if isinstance(credential, bytes) else {"credential": credential}
        case = {**said, "at": str(at), "issuers": list(issuers), "lists": list(lists)}
        assert self._node.stdin
        assert self._node.stdout
        self._node.stdin.write(f"{json.dumps(case)}\n")
        self._node.stdin.flush()
        answer = json.loads(self._node.stdout.readline())
        return answer["found"], answer["why"]

    def close(self) -> None:
        self._node.communicate(timeout=20)
