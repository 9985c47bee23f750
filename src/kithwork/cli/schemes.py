"""Commands about scheme editions: looking at them, making and checking them, publishing them."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kithwork.cli.framework import add as add_case
from kithwork.cli.ground import Failure, edition_in, migrate, newest, put_folder, schemes_folder, site
from kithwork.core.journey import replay as worked
from kithwork.core.readiness.reference import reference as checks_reference
from kithwork.core.schemes import Edition, Mistakes, find, load
from kithwork.core.schemes import mapping as maps
from kithwork.core.schemes.blank import blank
from kithwork.core.schemes.crosswalks import crosswalks
from kithwork.core.schemes.reference import reference

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups


def add(groups: "Groups") -> None:
    scheme = groups.add_parser("scheme", help="look at, make, check and publish scheme editions")
    commands = scheme.add_subparsers(required=True)
    check = commands.add_parser("check", help="check edition folders; prints path:line: message")
    check.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    check.add_argument("--mapping", action="store_true", help="tell how requirements follow from the edition before")
    check.set_defaults(command=_check)
    listing = commands.add_parser("list", help="the editions in the schemes folder")
    listing.set_defaults(command=_list)
    show = commands.add_parser("show", help="one scheme's newest edition, in counts")
    show.add_argument("slug")
    show.add_argument("--json", action="store_true")
    show.set_defaults(command=_show)
    new = commands.add_parser("new", help="write a starter edition, in order at once and full of comments")
    new.add_argument("slug")
    new.add_argument("--dir", type=Path, help="the folder of schemes to put it in")
    new.add_argument("--edition", default="", help="its edition; this year when left out")
    new.add_argument("--name", default="")
    new.add_argument("--body", default="", help="who runs it")
    new.add_argument("--applicant", choices=("service", "person"), default="service")
    new.set_defaults(command=_new)
    publish = commands.add_parser("publish", help="publish an edition's folder under an awarding body")
    publish.add_argument("folder", type=Path)
    publish.add_argument("--body", required=True, metavar="SLUG")
    publish.add_argument(
        "--by", default="", metavar="EMAIL", help="the officer in whose name; needed if there are several"
    )
    publish.set_defaults(command=_publish)
    fields = commands.add_parser("reference", help="every field that a scheme's files can have, as Markdown")
    fields.set_defaults(command=_reference)
    checks = commands.add_parser("checks", help="every check that a requirement may name, as Markdown")
    checks.set_defaults(command=_checks)
    add_case(commands)


def _check(given: argparse.Namespace) -> int:
    bad = 0
    for path in given.paths:
        folders = [path] if (path / "scheme.toml").exists() else find(path)
        if not folders:
            print(f"{path}:1: no scheme.toml here or below")
            bad += 1
        for folder in folders:
            bad += not _sound(folder, tell_mapping=given.mapping)
    return 1 if bad else 0


def _sound(folder: Path, *, tell_mapping: bool) -> bool:
    """Print what is wrong with one edition, or that nothing is."""
    try:
        edition = load(folder)
    except Mistakes as mistakes:
        for mistake in mistakes.mistakes:
            print(mistake)
        return False
    faults = [f"{file}:1: {text}" for file, found in _replays(edition, folder) for text in found]
    before, about = _before(folder, edition)
    if before:
        faults += [str(mistake) for mistake in maps.mistakes_in(folder, before, edition)]
    try:
        crosswalks(folder, edition)
    except Mistakes as mistakes:
        faults += [str(mistake) for mistake in mistakes.mistakes]
    print("\n".join(faults) if faults else f"{folder}: {len(edition.requirements)} requirements, in order")
    if tell_mapping:
        print("\n".join(_mapping(before, edition)) if before else f"{folder}: {about}")
    return not faults


def _replays(edition: Edition, folder: Path) -> list[tuple[Path, tuple[str, ...]]]:
    found: list[tuple[Path, tuple[str, ...]]] = []
    for file in sorted((folder / "journeys").glob("*.toml")):
        try:
            found.append((file, worked.replay(edition, worked.read(file)).faults))
        except ValueError as broken:
            found.append((file, (str(broken),)))
    return found


def _before(folder: Path, edition: Edition) -> tuple[Edition | None, str]:
    """The edition that this one supersedes, where its folder lies beside; else why there is none to look at."""
    name = edition.scheme.supersedes
    if name is None:
        return None, "it supersedes no edition"
    beside = folder.resolve().parent / name
    if not beside.is_dir():
        return None, f"it supersedes edition {name}, whose folder does not lie beside it"
    try:
        return load(beside), ""
    except Mistakes:
        return None, f"it supersedes edition {name}, which has mistakes of its own: check that one first"


def _mapping(before: Edition, edition: Edition) -> list[str]:
    links = maps.told(maps.mapping(before, edition))
    counts = ", ".join(f"{len(found)} {fate}" for fate, found in links.items() if found)
    lines = [f"{before.key} -> {edition.key}: {counts or 'no requirements'}"]
    for fate, found in links.items():
        for link in found:
            way = f"{' + '.join(link.old) or '(nothing)'} -> {' + '.join(link.new) or '(nothing)'}"
            lines.append(f"  {fate:8} {way}" + (f" (other: {', '.join(link.differs)})" if link.differs else ""))
    return lines


def _list(given: argparse.Namespace) -> int:
    for folder in find(schemes_folder()):
        edition = edition_in(folder)
        about = edition.scheme
        levels = ", ".join(level.title for level in edition.levels)
        print(f"{about.slug}/{about.edition}  {about.name} ({about.body}; for a {about.applicant}; {levels})")
    return 0


def _show(given: argparse.Namespace) -> int:
    edition = edition_in(newest(given.slug))
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


def _new(given: argparse.Namespace) -> int:
    edition = given.edition or str(date.today().year)
    name = given.name or given.slug.replace("-", " ").capitalize()
    texts = blank(given.slug, edition, name=name, body=given.body or "The body that runs it", applicant=given.applicant)
    folder = put_folder(given.dir, given.slug, edition, texts)
    print(f"{folder}: a starter edition. Change it line by line; check it with")
    print(f"    kithwork scheme check {folder}")
    return 0


def _publish(given: argparse.Namespace) -> int:
    site()
    migrate()
    from kithwork.procedures.publishing import publish_folder

    try:
        edition, new = publish_folder(folder=given.folder, body=given.body, by=given.by)
    except Mistakes as mistakes:
        raise Failure("\n".join(str(mistake) for mistake in mistakes.mistakes)) from mistakes
    by = f"published by {edition.body.name}"
    print(f"{edition.slug}/{edition.edition} is {by}" if new else f"{edition.slug}/{edition.edition} was {by} before")
    return 0


def _reference(given: argparse.Namespace) -> int:
    print(reference(), end="")
    return 0


def _checks(given: argparse.Namespace) -> int:
    print(checks_reference(), end="")
    return 0
