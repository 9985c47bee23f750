"""Commands that take a scheme's framework of requirements in and out of CASE 1.1."""

import argparse
import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cli.ground import Failure, edition_in, newest, put_folder
from kithwork.core.schemes import Mistakes, case
from kithwork.core.schemes.crosswalks import crosswalks

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(commands: "Groups") -> None:
    export = commands.add_parser("export", help="write a scheme's framework as a CASE 1.1 package")
    export.add_argument("slug")
    export.add_argument("--case", type=Path, required=True, metavar="FILE")
    export.add_argument("--edition", default="", help="the newest one when left out")
    export.add_argument("--base", default="", metavar="ADDRESS", help="the site's address; KITHWORK_URL when left out")
    export.add_argument(
        "--changed", type=date.fromisoformat, metavar="DAY", help="day of the last change; else that of the files"
    )
    export.set_defaults(command=_export)
    bring = commands.add_parser("import", help="make a draft edition from a CASE 1.1 package or document")
    bring.add_argument("file", type=Path)
    bring.add_argument("--dir", type=Path, help="the folder of schemes to put it in")
    bring.add_argument("--slug", default="", help="its name; made from the title when left out")
    bring.add_argument("--edition", default="", help="its edition; made from the version when left out")
    bring.set_defaults(command=_import)


def _export(given: argparse.Namespace) -> int:
    folder = newest(given.slug, given.edition)
    edition = edition_in(folder)
    # the settings' own default: loading the site for this would make its data folder
    base = given.base or os.environ.get("KITHWORK_URL") or "http://localhost:8000"
    changed = (
        datetime(given.changed.year, given.changed.month, given.changed.day, tzinfo=UTC)
        if given.changed
        else datetime.fromtimestamp(
            max(file.stat().st_mtime for file in folder.rglob("*.toml") if file.parent.name != "journeys"), tz=UTC
        )
    )
    try:
        package = case.package(edition, base=base, changed=changed, crosswalks=crosswalks(folder, edition))
    except Mistakes as mistakes:
        raise Failure("\n".join(str(mistake) for mistake in mistakes.mistakes)) from mistakes
    except ValueError as fault:
        raise Failure(str(fault)) from fault
    text = json.dumps(package, indent=2, ensure_ascii=False) + "\n"
    made = given.case.with_name(f".{given.case.name}.part")
    try:
        made.write_text(text, encoding="utf-8", newline="\n")
        made.replace(given.case)
    except OSError as fault:
        raise Failure(f"{given.case}: {fault.strerror}") from fault
    print(f"{given.case}: {len(package['CFItems'])} items, {len(package['CFAssociations'])} associations")
    return 0


def _import(given: argparse.Namespace) -> int:
    try:
        with given.file.open("rb") as opened:
            content = opened.read(case.MOST_BYTES + 1)
        draft = case.draft(content, slug=given.slug, edition=given.edition)
    except OSError as fault:
        raise Failure(f"{given.file}: {fault.strerror}") from fault
    except case.NotCase as fault:
        raise Failure("\n".join(f"{given.file}: {line}" for line in str(fault).splitlines())) from fault
    folder = put_folder(given.dir, draft.slug, draft.edition, draft.texts)
    print(f"{folder}: a draft of {draft.requirements} requirements in {draft.areas} areas")
    for remark in draft.remarks:
        print(f"note: {remark}")
    print("The framework is the package's; the stages are placeholders. docs/adding-a-scheme.md tells what to write.")
    return 0
