"""The `kithwork` command. Each command prints what it did, and ends with 1 and a reason when it could not."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from kithwork.core.journey import replay as worked
from kithwork.core.schemes import Edition, Mistakes, find, load
from kithwork.core.verdict import Refused

Command = Callable[[argparse.Namespace], int]


class Failure(Exception):
    """Ends the command with a message and 1."""


def main(words: Sequence[str] | None = None) -> int:
    """Run the command that `words` (or the shell) names; gives the exit status."""
    given = _parser().parse_args(words)
    command: Command = given.command
    try:
        return command(given)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return 1
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kithwork", description="Mentoring services and the schemes that assure them."
    )
    groups = parser.add_subparsers(title="commands", required=True)

    demo = groups.add_parser("demo", help="make sample data, and serve it")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--no-serve", action="store_true", help="make the sample data and stop")
    demo.set_defaults(command=_demo)

    run = groups.add_parser("run", help="serve the site on your own data")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--address", default="127.0.0.1")
    run.add_argument("--workers", type=int, default=1)
    run.set_defaults(command=_run)

    scheme = groups.add_parser("scheme", help="look at and check scheme editions").add_subparsers(required=True)
    check = scheme.add_parser("check", help="check edition folders; prints path:line: message")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    check.set_defaults(command=_scheme_check)
    listing = scheme.add_parser("list", help="the editions in the schemes folder")
    listing.set_defaults(command=_scheme_list)
    show = scheme.add_parser("show", help="one scheme's newest edition, in counts")
    show.add_argument("slug")
    show.add_argument("--json", action="store_true")
    show.set_defaults(command=_scheme_show)

    journey = groups.add_parser("journey", help="worked journeys").add_subparsers(required=True)
    replay = journey.add_parser("replay", help="replay a worked journey against its edition")
    replay.add_argument("file", type=Path)
    replay.add_argument("--json", action="store_true")
    replay.set_defaults(command=_journey_replay)

    backup = groups.add_parser("backup", help="database, files and keys in one archive, checked after writing")
    backup.add_argument("file", type=Path)
    backup.set_defaults(command=_backup)
    restore = groups.add_parser("restore", help="put a backup back")
    restore.add_argument("file", type=Path)
    restore.add_argument("--over", action="store_true", help="replace what is there")
    restore.set_defaults(command=_restore)

    ledger = groups.add_parser("ledger", help="the ledger").add_subparsers(required=True)
    verify = ledger.add_parser("verify", help="prove that no record was changed, added or taken out")
    verify.set_defaults(command=_ledger_verify)

    outbox = groups.add_parser("outbox", help="the outbox").add_subparsers(required=True)
    send = outbox.add_parser("send", help="send the mail that waits")
    send.set_defaults(command=_outbox_send)
    return parser


def _django(data: str | None = None) -> None:
    """Load the site. `data` is the folder to use when KITHWORK_DATA names none."""
    if data:
        os.environ.setdefault("KITHWORK_DATA", data)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")
    import django  # commands that need no site start without it

    django.setup()


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _schemes_folder() -> Path:
    return Path(os.environ.get("KITHWORK_SCHEMES") or Path(__file__).resolve().parents[2] / "schemes")


def _load(folder: Path) -> Edition:
    try:
        return load(folder)
    except Mistakes as mistakes:
        raise Failure("\n".join(str(mistake) for mistake in mistakes.mistakes)) from mistakes


def _demo(given: argparse.Namespace) -> int:
    os.environ.setdefault("KITHWORK_URL", f"http://localhost:{given.port}")
    os.environ.setdefault("KITHWORK_CONFIRM_EMAIL", "off")  # the demo's mail is read by nobody
    _django(".kithwork")
    _migrate()
    from kithwork.procedures import demo

    made = demo.make(_schemes_folder())
    print("Sample data is ready." if made else "Sample data is there already.")
    if given.no_serve:
        print(demo.tour(f"http://localhost:{given.port}"))
        return 0
    print(demo.tour(f"http://localhost:{given.port}"), flush=True)
    return _serve("127.0.0.1", given.port, 1)


def _run(given: argparse.Namespace) -> int:
    os.environ.setdefault("KITHWORK_URL", f"http://localhost:{given.port}")
    _django(".kithwork")
    _migrate()
    print(f"Kithwork is at {os.environ['KITHWORK_URL']}", flush=True)
    return _serve(given.address, given.port, given.workers)


def _serve(address: str, port: int, workers: int) -> int:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "kithwork.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        log_access=False,
    ).serve()
    return 0


def _scheme_check(given: argparse.Namespace) -> int:
    bad = 0
    for path in given.paths:
        folders = [path] if (path / "scheme.toml").exists() else find(path)
        if not folders:
            print(f"{path}:1: no scheme.toml here or below")
            bad += 1
        for folder in folders:
            try:
                edition = load(folder)
            except Mistakes as mistakes:
                bad += 1
                for mistake in mistakes.mistakes:
                    print(mistake)
                continue
            faults = [f"{file}:1: {text}" for file, found in _replays(edition, folder) for text in found]
            bad += bool(faults)
            print("\n".join(faults) if faults else f"{folder}: {len(edition.requirements)} requirements, in order")
    return 1 if bad else 0


def _replays(edition: Edition, folder: Path) -> list[tuple[Path, tuple[str, ...]]]:
    found: list[tuple[Path, tuple[str, ...]]] = []
    for file in sorted((folder / "journeys").glob("*.toml")):
        try:
            found.append((file, worked.replay(edition, worked.read(file)).faults))
        except ValueError as broken:
            found.append((file, (str(broken),)))
    return found


def _scheme_list(given: argparse.Namespace) -> int:
    for folder in find(_schemes_folder()):
        edition = _load(folder)
        about = edition.scheme
        levels = ", ".join(level.title for level in edition.levels)
        print(f"{about.slug}/{about.edition}  {about.name} ({about.body}; for a {about.applicant}; {levels})")
    return 0


def _newest(slug: str) -> Path:
    folders = [folder for folder in find(_schemes_folder()) if folder.parent.name == slug]
    if not folders:
        raise Failure(f"There is no scheme '{slug}' in {_schemes_folder()}.")
    return max(folders, key=lambda folder: folder.name)


def _scheme_show(given: argparse.Namespace) -> int:
    edition = _load(_newest(given.slug))
    about = edition.scheme
    facts: dict[str, object] = {
        "slug": about.slug,
        "edition": about.edition,
        "name": about.name,
        "body": about.body,
        "applicant": about.applicant,
        **edition.counts(),
        "stages": [{"id": stage.id, "kind": stage.kind.value, "title": stage.title} for stage in edition.stages],
    }
    if given.json:
        print(json.dumps(facts, indent=2, ensure_ascii=False))
        return 0
    print(f"{about.name}, edition {about.edition}, by {about.body}")
    for title, counts in edition.counts().items():
        print(f"{title}: " + ", ".join(f"{key} {count}" for key, count in counts.items()))
    print("stages: " + ", ".join(stage.id for stage in edition.stages))
    return 0


def _journey_replay(given: argparse.Namespace) -> int:
    """The edition is the folder that the file's `journeys` folder stands in."""
    edition = _load(given.file.resolve().parent.parent)
    try:
        seen = worked.replay(edition, worked.read(given.file))
    except (OSError, ValueError) as fault:
        raise Failure(str(fault)) from fault
    if given.json:
        print(json.dumps(seen.as_dict(), indent=2, ensure_ascii=False, default=str))
    else:
        print(f"{seen.title} ({seen.scheme})")
        for step in seen.seen:
            where = ", ".join(step.summary["open"]) or step.summary["status"]
            print(f"{step.number:3} {step.on} {step.did:40} -> {where}")
        for text in seen.faults:
            print(f"fault: {text}")
    return 1 if seen.faults else 0


def _backup(given: argparse.Namespace) -> int:
    _django(".kithwork")
    from kithwork.procedures.keeping import backup

    manifest = backup(given.file)
    print(f"{given.file}: {len(manifest.members)} members, checked")
    return 0


def _restore(given: argparse.Namespace) -> int:
    _django(".kithwork")
    from kithwork.procedures.keeping import restore

    manifest = restore(given.file, into_empty_only=not given.over)
    print(f"{given.file}: {len(manifest.members)} members put back")
    return 0


def _ledger_verify(given: argparse.Namespace) -> int:
    _django(".kithwork")
    from kithwork.ledger.queries import verify

    found = verify()
    if found.fault:
        raise Failure(f"The ledger is broken: {found.fault}.")
    print(f"{found.count} records, each in its place and unchanged")
    return 0


def _outbox_send(given: argparse.Namespace) -> int:
    _django(".kithwork")
    from kithwork.notices.actions import send_waiting

    sent, failed = send_waiting(now=datetime.now(UTC))
    print(f"{sent} sent, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
