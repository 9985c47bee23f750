"""A real site, served by `kithwork demo` as a newcomer starts it, and a real Chromium to look at it with.

Making the demo's people takes most of a minute, and each worker wants a site of its own. The folder is made once for a
day and a text of the program, kept in `build/`, and copied.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kithwork.procedures.sample import PASSWORD
from tests import chromium

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
EXPECTED = ("status of 4", "ERR_INTERNET_DISCONNECTED")  # what a test asks for: a refusal, or no connection
READY_SECONDS = 300
ROOT = Path(__file__).parents[2]
MADE = ROOT / "build" / "demo"
INTO_IT = (ROOT / "src" / "kithwork", ROOT / "schemes")
TEXTS = {".py", ".html", ".txt", ".toml", ".typ"}


@dataclass
class Site:
    """Where the site is, and its data folder."""

    address: str
    data: Path
    environment: dict[str, str]

    def kithwork(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the command on the site's data."""
        return subprocess.run(
            [sys.executable, "-m", "kithwork.cli", *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def program(self, name: str, *words: str) -> str:
        """Run the function `main` of a module of this folder on the site's data; what it prints."""
        code = "import django, importlib, sys; django.setup(); importlib.import_module(sys.argv[1]).main(*sys.argv[2:])"
        done = subprocess.run(
            [sys.executable, "-c", code, f"tests.browser.{name}", *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _schemes(folder: Path) -> Path:
    """The repository's schemes, and an edition of QiM to come: one that supersedes another."""
    shutil.copytree(ROOT / "schemes", folder)
    coming = folder / "qim" / "2031"
    shutil.copytree(folder / "qim" / "2022", coming, ignore=shutil.ignore_patterns("journeys"))
    text = (coming / "scheme.toml").read_text()
    assert text.count('edition = "2022"') == 1
    (coming / "scheme.toml").write_text(text.replace('edition = "2022"', 'edition = "2031"\nsupersedes = "2022"'))
    return folder


def _environment(data: Path) -> dict[str, str]:
    return {
        **{k: v for k, v in os.environ.items() if not k.startswith("KITHWORK_") and k != "DATABASE_URL"},
        "KITHWORK_DATA": str(data),
        "KITHWORK_SCHEMES": str(data / "schemes"),
        "DJANGO_SETTINGS_MODULE": "kithwork.settings",
    }


def _digest() -> str:
    """Of all that the demo's people come of."""
    digest = hashlib.sha256(timezone.localdate().isoformat().encode() + (ROOT / "requirements.lock").read_bytes())
    for file in sorted(file for folder in INTO_IT for file in folder.rglob("*") if file.suffix in TEXTS):
        digest.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _demo(data: Path) -> None:
    """Lay a data folder as `kithwork demo` leaves it; whichever worker comes first makes it."""
    MADE.mkdir(parents=True, exist_ok=True)
    kept = MADE / _digest()
    with (MADE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for older in MADE.iterdir():
                if older.is_dir():
                    shutil.rmtree(older)
            being_made = MADE / "being-made"
            _schemes(being_made / "schemes")
            words = [sys.executable, "-m", "kithwork.cli", "demo", "--no-serve"]
            done = subprocess.run(words, env=_environment(being_made), capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr[-3000:]
            being_made.rename(kept)
        shutil.copytree(kept, data, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    port = _free_port()
    data = tmp_path_factory.mktemp("site")
    address = f"http://localhost:{port}"
    _demo(data)
    environment = _environment(data)
    log = (data / "server.log").open("w")
    server = subprocess.Popen(
        [sys.executable, "-m", "kithwork.cli", "demo", "--port", str(port)], env=environment, stdout=log, stderr=log
    )
    try:
        _wait(f"{address}/health", server, data / "server.log")
        yield Site(address, data, environment)
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()
        shutil.rmtree(data, ignore_errors=True)


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise AssertionError(f"the site did not start:\n{log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium.path(), args=FLAGS)
        yield found
        found.close()


@pytest.fixture
def context_for(browser: Browser, site: Site) -> Iterator[Callable[..., BrowserContext]]:
    """context_for() -> a browser of its own; faults on the page's console end the test."""
    made: list[BrowserContext] = []
    faults: list[str] = []

    def make(width: int = 1280, height: int = 900) -> BrowserContext:
        context = browser.new_context(
            base_url=site.address, viewport={"width": width, "height": height}, locale="en-GB"
        )
        context.set_default_timeout(15_000)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type == "error" and not any(one in message.text for one in EXPECTED)
                else None
            ),
        )
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
    assert not faults, faults


@pytest.fixture
def sign_in(context_for: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """sign_in("ada@lanternside.example") -> a page at that person's desk."""

    def go(email: str, password: str = PASSWORD, **size: int) -> Page:
        page = context_for(**size).new_page()
        page.goto("/accounts/login/")
        page.get_by_label("Email").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(lambda url: "/accounts/login/" not in url)
        return page

    return go
