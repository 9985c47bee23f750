"""Commands that sign credentials and write them out, on the site's data and without a server."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cli.ground import Failure, site

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(commands: "Groups") -> None:
    issue = commands.add_parser("issue", help="sign the credential of an award, if it is not signed yet, and write it")
    issue.add_argument("--award", required=True, metavar="REF", help="its reference or number")
    issue.add_argument("--out", type=Path, metavar="FILE", help="where to; the standard output when left out")
    issue.set_defaults(command=_issue)
    export = commands.add_parser(
        "export", help="write every credential as JSON, PNG and SVG, with did.json, status.json and the CASE packages"
    )
    export.add_argument("--all", type=Path, required=True, metavar="DIR")
    export.set_defaults(command=_export)
    work = commands.add_parser("work", help="sign what waits to be signed, then end")
    work.set_defaults(command=_work)
    readdress = commands.add_parser(
        "readdress", help="the site has moved: revoke what bears its old address, and sign it anew"
    )
    readdress.set_defaults(command=_readdress)
    rotate = commands.add_parser("rotate", help="put a new key in the place of a body's")
    rotate.add_argument("--body", required=True, metavar="SLUG")
    rotate.add_argument("--stolen", action="store_true", help="what the old key signed is void, and signed anew")
    rotate.set_defaults(command=_rotate)


def _issue(given: argparse.Namespace) -> int:
    site()
    from kithwork.procedures import signing

    credential = signing.issue(said=given.award)
    text = json.dumps(json.loads(credential.document), indent=2, ensure_ascii=False)
    if given.out is None:
        print(text)
        return 0
    try:
        given.out.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    except OSError as fault:
        raise Failure(f"{given.out}: {fault.strerror}") from fault
    print(f"{given.out}: signed on {credential.signed_at:%Y-%m-%d}")
    return 0


def _export(given: argparse.Namespace) -> int:
    site()
    from kithwork.procedures import signing

    try:
        counts = signing.write_all(given.all)
    except OSError as fault:
        raise Failure(f"{fault.filename or given.all}: {fault.strerror}") from fault
    print(f"{given.all}: {counts.get('.png', 0)} credentials, each as JSON, PNG and SVG")
    return 0


def _work(given: argparse.Namespace) -> int:
    site()
    from kithwork.procedures import signing

    print(f"{signing.work_alone()} signed")
    return 0


def _readdress(given: argparse.Namespace) -> int:
    site()
    from kithwork.procedures import signing

    print(f"{signing.readdress()} credentials are revoked and signed anew")
    return 0


def _rotate(given: argparse.Namespace) -> int:
    site()
    from kithwork.organisations.models import Organisation
    from kithwork.procedures import signing

    body = Organisation.objects.filter(kind=Organisation.Kind.BODY, slug=given.body).first()
    if body is None:
        raise Failure(f"There is no awarding body '{given.body}'.")
    void = signing.rotate(body=body, by=None, stolen=given.stolen)
    again = f"; {void} credentials are revoked and signed anew" if given.stolen else ""
    print(f"{body.name} signs with a new key{again}")
    return 0
