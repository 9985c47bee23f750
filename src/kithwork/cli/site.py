"""Commands about the site and its data: serving it, keeping it, who runs it."""

import argparse
import multiprocessing
import os
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cli.ground import Failure, migrate, schemes_folder, site

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add_serving(groups: "Groups") -> None:
    demo = groups.add_parser("demo", help="make sample data, and serve it")
    demo.add_argument("--port", type=int, default=8000)
    demo.add_argument("--no-serve", action="store_true", help="make the sample data and stop")
    demo.set_defaults(command=_demo)

    run = groups.add_parser("run", help="serve the site on your own data")
    run.add_argument("--port", type=int, default=8000)
    run.add_argument("--address", default="127.0.0.1")
    run.add_argument("--workers", type=int, default=1)
    run.set_defaults(command=_run)


def add_keeping(groups: "Groups") -> None:
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

    mail = groups.add_parser("mail", help="send the mail that is due, try again what failed; run it from a timer")
    mail.set_defaults(command=_mail)
    daily = groups.add_parser("daily", help="the daily round: reminders, lapses, duties, mail; run it from a timer")
    daily.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="as if it were that day: 2027-03-01")
    daily.add_argument("--no-mail", action="store_true", help="leave the mail in the outbox")
    daily.set_defaults(command=_daily)
    operator = groups.add_parser("operator", help="let a person see the site's account mail")
    operator.add_argument("email")
    operator.add_argument("--end", action="store_true", help="take it back")
    operator.set_defaults(command=_operator)

    body = groups.add_parser("body", help="awarding bodies").add_subparsers(required=True)
    new = body.add_parser("new", help="set up an awarding body with its first officer, who has signed up before")
    new.add_argument("name")
    new.add_argument("--officer", required=True, metavar="EMAIL")
    new.add_argument("--address", default="", help="postal, as invoices print it")
    new.add_argument("--website", default="")
    new.add_argument("--how-to-pay", default="", help="words for invoices")
    new.set_defaults(command=_body_new)


def _demo(given: argparse.Namespace) -> int:
    os.environ.setdefault("KITHWORK_URL", f"http://localhost:{given.port}")
    os.environ.setdefault("KITHWORK_CONFIRM_EMAIL", "off")  # the demo's mail is read by nobody
    at_once = [name for name in ("KITHWORK_MATCH_APART", "KITHWORK_SIGN_APART") if name not in os.environ]
    os.environ.update(dict.fromkeys(at_once, "off"))  # what was made is whole when the command ends
    site()
    migrate()
    from kithwork.procedures import demo, signing

    made = demo.make(schemes_folder())
    signing.readdress()  # the demo may be served at another port than the last time
    _ready_to_sign()
    print("Sample data is ready." if made else "Sample data is there already.")
    if given.no_serve:
        print(demo.tour(f"http://localhost:{given.port}"))
        return 0
    print(demo.tour(f"http://localhost:{given.port}"), flush=True)
    for name in at_once:  # nobody who looks at a page waits for it
        del os.environ[name]
    return _serve("127.0.0.1", given.port, 1)


def _run(given: argparse.Namespace) -> int:
    os.environ.setdefault("KITHWORK_URL", f"http://localhost:{given.port}")
    site()
    migrate()
    _ready_to_sign()
    print(f"Kithwork is at {os.environ['KITHWORK_URL']}", flush=True)
    return _serve(given.address, given.port, given.workers)


def _ready_to_sign() -> None:
    """Awarding bodies get a key, and what waits to be signed somebody who signs it."""
    from kithwork.procedures import signing

    signing.set_up()
    signing.begin()


def _serve(address: str, port: int, workers: int) -> int:
    from granian import Granian
    from granian.constants import Interfaces

    # typesetting keeps threads of its own, which a fork of us would not have, and would wait for without end
    multiprocessing.set_start_method("spawn", force=True)
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


def _backup(given: argparse.Namespace) -> int:
    site()
    from kithwork.procedures.keeping import backup

    manifest = backup(given.file)
    print(f"{given.file}: {len(manifest.members)} members, checked")
    return 0


def _restore(given: argparse.Namespace) -> int:
    site()
    from kithwork.procedures.keeping import restore

    manifest = restore(given.file, into_empty_only=not given.over)
    print(f"{given.file}: {len(manifest.members)} members put back")
    return 0


def _ledger_verify(given: argparse.Namespace) -> int:
    site()
    from kithwork.ledger.queries import verify

    found = verify()
    if found.fault:
        raise Failure(f"The ledger is broken: {found.fault}.")
    print(f"{found.count} records, each in its place and unchanged")
    return 0


def _mail(given: argparse.Namespace) -> int:
    site()
    from kithwork.notices.actions import send_waiting

    sent, failed = send_waiting(now=datetime.now(UTC))
    print(f"{sent} sent, {failed} failed")
    return 1 if failed else 0


def _daily(given: argparse.Namespace) -> int:
    site()
    from django.utils import timezone

    from kithwork.procedures import daily

    noon = datetime.combine(given.at, time(12)) if given.at else None
    done = daily.run(now=timezone.make_aware(noon) if noon else timezone.now(), send=not given.no_mail)
    print(f"{done.day.isoformat()}: {'nothing to do' if not done.done else ''}".rstrip())
    for words, number in done.done:
        print(f"{number:6} {words}")
    if done.failed:
        print(f"{done.failed:6} messages failed, and will be tried again")
    return 1 if done.failed else 0


def _operator(given: argparse.Namespace) -> int:
    site()
    from kithwork.accounts.actions import appoint_operator, end_operator

    user = end_operator(email=given.email) if given.end else appoint_operator(email=given.email)
    print(f"{user.email} sees the account mail" if user.is_operator else f"{user.email} sees it no more")
    return 0


def _body_new(given: argparse.Namespace) -> int:
    site()
    migrate()
    from kithwork.procedures.publishing import found_body

    body = found_body(
        name=given.name,
        officer=given.officer,
        address=given.address,
        website=given.website,
        how_to_pay=given.how_to_pay,
    )
    print(f"{body.name} is set up; its slug is {body.slug}")
    return 0
