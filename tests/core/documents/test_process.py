"""The inspecting process: the same answers, within limits, and every way of dying is a refusal."""

import json
import os
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pikepdf
import pytest

from kithwork.core.documents import inspect
from kithwork.files import intake
from kithwork.files.intake import examine
from tests.core.documents import samples
from tests.core.documents.samples import GOOD

LIMIT = 25 * 1024 * 1024


@pytest.mark.parametrize("name", GOOD)
def test_the_process_answers_as_the_function(name: str) -> None:
    assert examine(GOOD[name], name, LIMIT) == inspect(GOOD[name], name, limit=LIMIT)


def test_a_path_is_as_good_as_bytes(tmp_path: Path) -> None:
    path = tmp_path / "somewhere"
    path.write_bytes(GOOD["policy.pdf"])
    assert examine(path, "policy.pdf", LIMIT).pages == 2
    assert "could not be read" in (examine(tmp_path / "gone", "a.pdf", LIMIT).reason or "")
    assert "could not be read" in (examine(tmp_path, "a.pdf", LIMIT).reason or "")


def test_refusals_come_through_in_their_own_words() -> None:
    assert "empty" in (examine(b"", "a.pdf", LIMIT).reason or "")
    assert "2 KB" in (examine(b"x" * 4096, "a.txt", 2048).reason or "")
    assert "'.exe'" in (examine(GOOD["policy.pdf"], "né \udcff\x00\n.exe", LIMIT).reason or "")


def test_django_is_not_loaded_there() -> None:
    script = "import sys, kithwork.core.documents.__main__; print([m for m in sys.modules if m.split('.')[0] in "
    script += "('django', 'pikepdf', 'PIL', 'pydantic')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_file_that_eats_memory_is_refused() -> None:
    """An object stream is unpacked by the reader before anything can be counted: only the process limit stops it."""
    memory = 256 * 1024 * 1024
    assert examine(_padded_pdf(1024), "a.pdf", LIMIT, memory=memory).pages == 1
    bomb = _padded_pdf(400 * 1024 * 1024)
    assert len(bomb) < 3 * 1024 * 1024
    found = examine(bomb, "a.pdf", LIMIT, memory=memory)
    assert not found.ok
    assert found.reason


def _padded_pdf(padding: int) -> bytes:
    """A PDF of one page whose catalog (object 1), pages (4) and page (5) lie in a packed object stream (2) with spaces
    before them, found by a cross-reference stream (3)."""
    objects = [
        b"<< /Type /Catalog /Pages 4 0 R >>",
        b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 4 0 R /MediaBox [0 0 9 9] >>",
    ]
    starts = [padding + sum(len(item) + 1 for item in objects[:n]) for n in range(3)]
    index = b" ".join(b"%d %d" % pair for pair in zip((1, 4, 5), starts, strict=True)) + b" "
    packed = zlib.compress(index + b" " * padding + b" ".join(objects), 1)
    out = bytearray(b"%PDF-1.5\n")
    second = len(out)
    out += b"2 0 obj\n<< /Type /ObjStm /N 3 /First %d /Filter /FlateDecode /Length %d >>\nstream\n" % (
        len(index),
        len(packed),
    )
    out += packed + b"\nendstream\nendobj\n"
    third = len(out)
    inside = [b"\x02" + (2).to_bytes(4) + bytes([n]) for n in range(3)]
    here = [b"\x01" + at.to_bytes(4) + b"\x00" for at in (second, third)]
    rows = bytes(6) + inside[0] + here[0] + here[1] + inside[1] + inside[2]
    out += b"3 0 obj\n<< /Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length %d >>\nstream\n" % len(rows)
    return bytes(out + rows + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % third)


def test_too_little_memory_is_a_refusal_not_an_exception() -> None:
    found = examine(GOOD["stall.png"], "stall.png", LIMIT, memory=24 * 1024 * 1024)
    assert not found.ok
    assert found.reason


def _slow_pdf() -> bytes:
    document = samples.new_pdf()
    deep = pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Array([1] * 30)) for _ in range(2_000)])
    document.Root.PieceInfo = pikepdf.Dictionary(X=pikepdf.Array([document.make_indirect(deep)] * 3))
    for _ in range(150):
        document.Root.PieceInfo.X.append(document.make_indirect(pikepdf.Array(list(deep.as_list()))))
    return samples.saved(document)


def test_a_file_that_eats_time_is_refused() -> None:
    data = _slow_pdf()
    began = time.monotonic()
    found = examine(data, "a.pdf", LIMIT, processor=1)
    assert not found.ok
    assert "too long" in (found.reason or "")
    assert time.monotonic() - began < 15


def test_the_clock_stops_a_process_that_only_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(monkeypatch, "import time; time.sleep(60)")
    began = time.monotonic()
    assert "too long" in (examine(b"x", "a.txt", LIMIT, wall=0.5).reason or "")
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "script",
    [
        "import os; os.abort()",
        "raise SystemExit(3)",
        "pass",
        "print('hello')",
        "print('[]')",
        "print('{}')",
        "print('null')",
        "print('[' * 100_000)",
        """print('{"ok": true, "kind": null, "pages": null, "reason": null}')""",
        """print('{"ok": true, "kind": "exe", "pages": null, "reason": null}')""",
        """print('{"ok": 1, "kind": "pdf", "pages": 1, "reason": null}')""",
        """print('{"ok": true, "kind": "pdf", "pages": "1", "reason": null}')""",
        """print('{"ok": true, "kind": "pdf", "pages": 1, "reason": "but"}')""",
        """print('{"ok": false, "kind": "pdf", "pages": 1, "reason": ""}')""",
        "print('x' * 5_000_000)",
    ],
)
def test_crashes_and_nonsense_are_refusals(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    _instead(monkeypatch, script)
    found = examine(b"x", "a.txt", LIMIT)
    assert not found.ok
    assert "could not be opened safely" in (found.reason or "")


def test_nothing_of_our_environment_goes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KITHWORK_SECRET_KEY", "do not tell")
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    _instead(monkeypatch, "import os, json; print(json.dumps(dict(ok=False, kind=None, pages=None, "
             "reason=','.join(sorted(os.environ)))))")  # fmt: skip
    seen = set((examine(b"x", "a.txt", LIMIT).reason or "").split(","))
    assert seen <= {"LANG", "LC_CTYPE", "PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}


def test_of_the_name_only_its_ending_goes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    _instead(
        monkeypatch, "import sys, json; print(json.dumps(dict(ok=False, kind=None, pages=None, reason=sys.argv[-1])))"
    )
    said = examine(b"x", "Mary Smith, born 2009.txt", LIMIT).reason or ""
    assert json.loads(said)["name"] == "file.txt"
    assert "Mary" not in said


def _instead(monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Run another program where the inspector would run."""
    real = subprocess.Popen

    def popen(command: list[str], **rest: object) -> "subprocess.Popen[bytes]":
        return real([sys.executable, "-c", script, command[-1]], **rest)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(intake.subprocess, "Popen", popen)
    assert os.path.isabs(sys.executable)
