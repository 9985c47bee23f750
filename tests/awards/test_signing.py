"""A batch that is signed in a process apart survives being killed; and everything is written out for who checks it."""

import json
import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from pathlib import Path

import pytest
from django.utils import timezone

from kithwork import cli
from tests.verifier import Verifier

ROOT = Path(__file__).parents[2]
MAKE = """
import django; django.setup()
from kithwork.procedures.beginning import bring_up
bring_up()
from datetime import timedelta
from pathlib import Path
from django.utils import timezone
from kithwork.awards.models import Award
from kithwork.procedures import sample
from kithwork.procedures.sample import Walk
from kithwork.awards.models import Credential
from tests.walking import walk, publish
from tests.journeys.short import folder_in
import sys
cast = sample.cast()
edition = publish(folder_in(Path(sys.argv[1])), cast)
today = timezone.localdate()
walk(cast=cast, edition=edition, to="awarded", start=today - timedelta(days=300), last=today)
one = Award.objects.get()
rows = []
for number in range(2, int(sys.argv[2]) + 1):
    copy = Award.objects.get(pk=one.pk)
    copy.pk, copy.ref, copy.number = None, f"x{number:011d}", f"QIM-2026-{number:04d}"
    rows.append(copy)
Award.objects.bulk_create(rows)
"""
COUNT = """
import django; django.setup()
from kithwork.awards.models import Credential, StatusList
from kithwork.ledger.models import Record
import json
rows = list(Credential.objects.exclude(document=""))
print(json.dumps({
    "signed": len(rows),
    "awards": len({row.award_id for row in rows}),
    "places": len({(row.list_id, row.index) for row in rows}),
    "all": Credential.objects.count(),
    "placed": Credential.objects.filter(index__isnull=False).count(),
    "issued": Record.objects.filter(act="credential.issued").count(),
}))
"""


class Site:
    """A data folder of its own, and processes that work on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.env = {
            **os.environ,
            "KITHWORK_DATA": str(folder / "data"),
            "DJANGO_SETTINGS_MODULE": "kithwork.settings",
            "KITHWORK_SIGN_APART": "off",  # or granting an award would begin a worker that no test knows of
            "KITHWORK_GATE_APART": "off",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }
        self.env.pop("DATABASE_URL", None)

    def run(self, script: str, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", script, *words], env=self.env, capture_output=True, text=True, check=True, cwd=ROOT
        )
        return done.stdout

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", "kithwork.cli", *words], env=self.env, cwd=ROOT)

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "kithwork.cli", *words],
            env=self.env, capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def counts(self) -> dict[str, int]:
        return json.loads(self.run(COUNT))


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


MANY = int(os.environ.get("KITHWORK_BATCH", "150"))  # `KITHWORK_BATCH=1000` for the figure of the issue


def test_a_batch_survives_being_killed_and_none_is_issued_twice(site: Site) -> None:
    """Twice the worker is killed outright in the middle; the last one finishes what is left, and only that."""
    site.run(MAKE, str(site.folder / "schemes"), str(MANY))
    site.run("import django; django.setup()\nfrom kithwork.procedures.signing import set_up\nset_up()")
    counted = site.counts()
    assert counted["all"] == MANY
    before = counted["signed"]
    assert before == 1, "that of the award that was granted"
    for _ in range(2):
        worker = site.start("credential", "work")
        ends = time.monotonic() + 120
        while (now := site.counts()["signed"]) <= before and time.monotonic() < ends:
            assert worker.poll() is None, "the batch is done before it could be killed: make it larger"
        worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
        assert before < now < MANY
        before = now
    site.command("credential", "work")
    done = site.counts()
    assert done == {"signed": MANY, "awards": MANY, "places": MANY, "all": MANY, "placed": MANY, "issued": MANY}


def test_what_the_export_writes_is_checked_by_our_command_and_by_theirs(
    site: Site, theirs: Verifier, capsys: pytest.CaptureFixture[str]
) -> None:
    site.run(MAKE, str(site.folder / "schemes"), "3")
    out = site.folder / "out"
    assert "3 credentials" in site.command("credential", "export", "--all", str(out))
    names = sorted(path.name for path in out.iterdir())
    numbers = sorted({name.rpartition(".")[0] for name in names if name.startswith("QIM-")})
    assert len(numbers) == 3
    endings = ("json", "png", "svg")
    assert names == sorted([*(f"{one}.{end}" for one in numbers for end in endings), "case", "did.json", "status.json"])
    did, status = (json.loads((out / name).read_text()) for name in ("did.json", "status.json"))
    for number in numbers:
        for ending in endings:
            file = out / f"{number}.{ending}"
            words = ["credential", "verify", str(file), "--did", str(out / "did.json")]
            assert cli.main([*words, "--status", str(out / "status.json")]) == 0, capsys.readouterr()
            content = file.read_bytes()
            given = json.loads(content) if ending == "json" else b64encode(content)
            assert theirs(given, at=timezone.now().isoformat(), issuers=[did], lists=[status])[0] == "valid"
    assert cli.main([*words]) == 1, "without its list nobody can tell"
    made = json.loads(site.command("credential", "issue", "--award", numbers[0].lower()))
    assert made == json.loads((out / f"{numbers[0]}.json").read_text()), "what is issued once is issued"
