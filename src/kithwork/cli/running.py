"""Commands about the daily work of a service: what comes in and goes out."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from kithwork.cli.ground import Failure, practice_of, site

if TYPE_CHECKING:
    from kithwork.accounts.models import User
    from kithwork.caseload.models import Practice
    from kithwork.cli.ground import Groups

T = TypeVar("T")
_MOST = 200  # lines of one kind that are printed


def add(groups: "Groups") -> None:
    bring = groups.add_parser("import", help="bring in mentees, mentors, matches or contacts from a spreadsheet")
    bring.add_argument("kind", choices=("mentees", "mentors", "matches", "contacts", "archive"))
    bring.add_argument("file", type=Path, help="CSV or Excel (.xlsx)")
    bring.add_argument("--service", required=True, metavar="SLUG")
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, and bring in nothing")
    bring.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help="which column fills a field")
    bring.add_argument("--sheet", metavar="NAME", help="which sheet of a workbook")
    bring.add_argument("--heading-row", type=int, metavar="ROW", help="the row of the headings, from 1")
    bring.add_argument(
        "--same", choices=("skip", "merge", "new"), default="skip",
        help="what to do with who is here already: leave out, fill in what is empty, or bring in again",
    )  # fmt: skip
    bring.add_argument("--skip-faulty", action="store_true", help="leave faulty rows out and bring in the others")
    bring.add_argument("--again", action="store_true", help="bring in a file that was brought in before")
    bring.add_argument("--by", metavar="EMAIL", help="in whose name; a lead of the service when left out")
    bring.set_defaults(command=_import)

    out = groups.add_parser("export", help="a whole service as one archive")
    out.add_argument("--service", metavar="SLUG")
    out.add_argument("--out", type=Path, metavar="FILE.zip")
    out.add_argument("--with", dest="parts", action="append", default=[], metavar="PART", help="equalities, vetting")
    out.add_argument("--format", action="store_true", help="say what an archive holds, as Markdown, and stop")
    out.set_defaults(command=_export)

    held = groups.add_parser("subject-access", help="all that is held about one mentee or mentor, to be handed to them")
    held.add_argument("--service", required=True, metavar="SLUG")
    held.add_argument("--person", required=True, metavar="REF", help="the reference on their page's address")
    held.add_argument("--out", required=True, type=Path, metavar="FILE.zip")
    held.add_argument("--with-concerns", action="store_true", help="safeguarding has agreed that concerns go with it")
    held.add_argument(
        "--with", dest="apart", action="append", default=[], choices=("vetting", "equalities"),
        help="what is in it only when it is asked for",
    )  # fmt: skip
    held.add_argument("--because", choices=("they-ask", "authority"), help="why that goes with it")
    held.set_defaults(command=_subject_access)


def _import(given: argparse.Namespace) -> int:
    """Faults go to the standard output as `row: column: message`; with any, the command ends with 1."""
    site()
    if given.kind == "archive":
        return _put_back(given)
    from django.utils import timezone

    from kithwork.caseload.actions import moving
    from kithwork.procedures import importing

    practice = practice_of(given.service)
    by = _colleague(practice, given.by)
    content = _content(given.file)
    today, now = timezone.localdate(), timezone.now()
    held = importing.take_up(
        service=practice.service, kind=given.kind, content=content, file_name=given.file.name, by=by, now=now
    )
    try:
        held = _set_up(held, given)
        answers = {"": given.same}
        plan = importing.check(held, today, answers)
        _say(plan)
        if given.dry_run:
            print(f"{len(plan.new)} would be brought in, {len(plan.filled)} filled in")
            return 1 if plan.faults else 0
        before = importing.same_file(held)
        if before is not None and not given.again:
            when = timezone.localtime(before.brought_at).date()
            raise Failure(f"This very file was brought in on {when}. Say --again to bring it in once more.")
        if plan.faults and not given.skip_faulty:
            print("Nothing was brought in. Mend the file, or say --skip-faulty to leave those rows out.")
            return 1
        done = importing.bring_in(
            imported=held,
            practice=practice,
            answers=answers,
            skip_faulty=given.skip_faulty,
            by=by,
            now=now,
            today=today,
        )
    finally:
        if held.brought_at is None and (still := type(held).objects.filter(pk=held.pk, brought_at=None).first()):
            moving.throw_away(imported=still)
    made = sum(len(keys) for keys in list(done.made.values())[:1])
    print(f"{made} {given.kind} brought in, {len(done.filled)} filled in, {done.skipped} rows left out")
    return 1 if plan.faults else 0


def _export(given: argparse.Namespace) -> int:
    site()
    from django.utils import timezone

    from kithwork.procedures import exporting

    if given.format:
        print(exporting.format_of(), end="")
        return 0
    if not given.service or not given.out:
        raise Failure("Say which service, with --service, and where to, with --out.")
    practice = practice_of(given.service)
    counts = _written(
        given.out,
        lambda out: exporting.export(practice=practice, out=out, parts=given.parts, by=None, now=timezone.now()),
    )
    print(f"{given.out}: {sum(counts.values())} rows of {sum(1 for number in counts.values() if number)} tables")
    return 0


def _put_back(given: argparse.Namespace) -> int:
    from kithwork.procedures import exporting

    practice = practice_of(given.service)
    counts = exporting.put_back(practice=practice, file=given.file, by=_colleague(practice, given.by))
    print(f"{sum(counts.values())} rows of {sum(1 for number in counts.values() if number)} tables read back")
    return 0


def _subject_access(given: argparse.Namespace) -> int:
    site()
    from django.utils import timezone

    from kithwork.caseload.models import Mentee, Mentor
    from kithwork.procedures import access_bundle

    practice = practice_of(given.service)
    person = next(
        (one for kind in (Mentee, Mentor) for one in kind.objects.filter(service=practice.service, ref=given.person)),
        None,
    )
    if person is None:
        raise Failure(f"Nobody of this service has the reference '{given.person}'.")
    found = _written(
        given.out,
        lambda out: access_bundle.hand_over(
            practice=practice,
            person=person,
            concerns=given.with_concerns,
            out=out,
            by=None,
            now=timezone.now(),
            apart=[access_bundle.Apart(one) for one in given.apart],
            because=access_bundle.Because(given.because) if given.because else None,
        ),
    )
    print(f"{given.out}: {sum(len(section.rows) for section in found.sections)} records")
    for reason in sorted(found.left_out):
        print(f"left out: {reason}")
    return 0


def _written(file: Path, write: Callable[[IO[bytes]], T]) -> T:
    """Write a new file for its owner's eyes, whole or not at all. Ends the command when there is one."""
    try:
        out = os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
    except OSError as fault:
        raise Failure(f"{file}: {fault.strerror}") from fault
    try:
        with out:
            return write(out)
    except BaseException:
        file.unlink(missing_ok=True)
        raise


def _set_up(held: Any, given: argparse.Namespace) -> Any:
    """The file with the sheet, heading row and columns that were named."""
    from kithwork.caseload.actions import moving
    from kithwork.procedures import importing

    book, _ = importing.look_at(held)
    changes: dict[str, Any] = {}
    if given.sheet:
        names = [sheet.name for sheet in book.sheets]
        if given.sheet not in names:
            raise Failure(f"There is no sheet ‘{given.sheet}’; there is {', '.join(names)}.")
        changes["sheet"] = names.index(given.sheet)
    if given.heading_row:
        changes["heading_row"] = given.heading_row
    _, table = importing.table_in(
        book, given.kind, changes.get("sheet", held.sheet), changes.get("heading_row", held.heading_row)
    )
    mapping = importing.guess(given.kind, table)
    fields = {field.name for field in importing.FIELDS[given.kind]}
    headings = {heading.name for heading in table.headings}
    for said in given.map:
        name, _, column = said.partition("=")
        if name not in fields:
            raise Failure(f"There is no field ‘{name}’; there is {', '.join(sorted(fields))}.")
        if column and column not in headings:
            raise Failure(f"There is no column ‘{column}’; there is {', '.join(sorted(headings))}.")
        mapping.pop(name, None)
        if column:
            mapping[name] = column
    return moving.set_up(imported=held, mapping=mapping, **changes)


def _say(plan: Any) -> None:
    for note in plan.notes:
        print(note)
    for fault in plan.faults[:_MOST]:
        print(fault)
    if len(plan.faults) > _MOST:
        print(f"and {len(plan.faults) - _MOST} more faults")
    for row, why in plan.left_out[:_MOST]:
        print(f"{row}: left out: {why}")
    for twin in plan.twins[:_MOST]:
        print(f"{twin.row}: here already, {twin.answer}: {twin.shown} is like {twin.like.shown}")
    print(f"{plan.read} rows read, {plan.faulty} faulty, {len(plan.twins)} here already")


def _colleague(practice: "Practice", email: str | None) -> "User":
    """In whose name: whoever was named and coordinates the service, or the first of its leads."""
    from kithwork.caseload.queries.staff import coordinators_of, staff_of
    from kithwork.organisations.models import Role

    if email:
        found = [user for user in coordinators_of(practice.service) if user.email.casefold() == email.casefold()]
        if not found:
            raise Failure(f"{email} does not coordinate this service.")
        return found[0]
    leads = staff_of(practice.service, [Role.LEAD])
    if not leads:
        raise Failure("The service has no lead. Name a coordinator with --by.")
    return leads[0]


def _content(file: Path) -> bytes:
    from kithwork.files.tables import LIMIT

    try:
        if file.stat().st_size > LIMIT:
            raise Failure(f"{file}: larger than {LIMIT // 1024 // 1024} MB")
        return file.read_bytes()
    except OSError as fault:
        raise Failure(f"{file}: {fault.strerror}") from fault
