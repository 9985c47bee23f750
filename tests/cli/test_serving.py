"""The site as it is served: by a process that begins anew, whatever the command did before."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from kithwork import cli
from kithwork.cli import site
from kithwork.procedures import demo, signing

SCHEME = Path(__file__).parents[2] / "schemes" / "qim" / "2022"
# what the demo does before it serves: people, a published scheme, something typeset
CODE = f"""
from pathlib import Path
from kithwork.cli import ground, site

if __name__ == "__main__":
    ground.site()
    ground.migrate()
    from kithwork.accounts.models import User
    from django.test import Client
    from django.urls import reverse
    from kithwork.procedures.publishing import found_body, publish_folder

    olu = User.objects.create_user("olu@awards.example", name="Olu")
    body = found_body(name="Awards", officer="olu@awards.example")
    publish_folder(folder=Path({str(SCHEME)!r}), body=body.slug)
    client = Client(headers={{"host": "localhost"}})
    client.force_login(olu)
    address = reverse("preview_certificate", args=[body.slug, "qim", "2022", "award"])
    assert client.get(address).content.startswith(b"%PDF")
    print(address, client.cookies["sessionid"].value, flush=True)
    site._serve("127.0.0.1", PORT, 1)
"""


def test_the_demo_is_made_whole_and_served_as_any_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left to processes apart while its people are made; afterwards nobody who looks at a page waits."""
    names, seen = ("KITHWORK_MATCH_APART", "KITHWORK_SIGN_APART"), []

    def told(*_: object) -> int:
        seen.append([os.environ.get(name) for name in names])
        return 0

    for name in names:
        monkeypatch.setenv(name, "")  # so that it is put back
        monkeypatch.delenv(name)
    for where, what in ((site, "site"), (site, "migrate"), (site, "_ready_to_sign"), (signing, "readdress")):
        monkeypatch.setattr(where, what, lambda: None)
    monkeypatch.setattr(demo, "make", told)
    monkeypatch.setattr(site, "_serve", told)
    assert cli.main(["demo", "--port", "8199"]) == 0
    assert seen == [["off", "off"], [None, None]]


@pytest.mark.slow
def test_what_was_typeset_before_serving_hangs_no_page(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = tmp_path / "serving.py"
    script.write_text(CODE.replace("PORT", str(port)))
    environment = {**os.environ, "KITHWORK_DATA": str(tmp_path / "data"), "KITHWORK_URL": f"http://localhost:{port}"}
    environment.pop("DATABASE_URL", None)
    environment["DJANGO_SETTINGS_MODULE"] = "kithwork.settings"
    server = subprocess.Popen(
        [sys.executable, str(script)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert server.stdout is not None
    try:
        address, session = server.stdout.readline().split()
        asked = urllib.request.Request(f"http://localhost:{port}{address}", headers={"Cookie": f"sessionid={session}"})
        assert _answer(asked, server).startswith(b"%PDF")
    finally:
        server.terminate()
        server.communicate(timeout=30)


def _answer(asked: urllib.request.Request, server: subprocess.Popen[str]) -> bytes:
    end = time.monotonic() + 60
    while server.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:
                return bytes(answer.read())
        except urllib.error.HTTPError as fault:
            raise AssertionError(f"{fault.code} at {asked.full_url}") from fault
        except urllib.error.URLError as fault:
            if not isinstance(fault.reason, ConnectionError):
                raise
            time.sleep(0.3)
    raise AssertionError("the site did not start")
