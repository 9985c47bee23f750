"""How long 20,000 rows take to come in: `python -m tests.bench.moving [ROWS]`. Under a minute, by the issue.

From the bytes of a workbook to the rows of the database, each row checked; and back. By the clock, with the processor
time of this process and of those it starts beside it, for a machine that has other things to do.
"""

import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

os.environ["KITHWORK_DATA"] = tempfile.mkdtemp(prefix="kithwork-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")

import django

django.setup()

from django.core.management import call_command
from django.utils import timezone
from openpyxl import Workbook

from kithwork.caseload.actions import moving
from kithwork.caseload.actions.practice import begin
from kithwork.procedures import importing, sample

LIMIT = 60.0  # seconds
HEADS = (
    "No",
    "First name",
    "Surname",
    "DOB",
    "Email",
    "Mobile",
    "Address",
    "Postcode",
    "Referral date",
    "Accepted",
    "Agency",
    "Reason for referral",
    "Interests",
    "Languages",
    "Availability",
)


def workbook(rows: int, today: date) -> bytes:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Mentees")
    sheet.append(HEADS)
    for number in range(rows):
        came = today - timedelta(days=number % 3000)
        sheet.append(
            [
                number,
                f"Given{number}",
                f"Family{number % 997}",
                came - timedelta(days=5000),
                f"m{number}@example.org",
                7700900000 + number % 1000,
                f"{number} Invented Street",
                "LL57 2DG",
                came.strftime("%d/%m/%Y"),
                came,
                "Ysgol Glan",
                "Would like company and somebody to talk to",
                "chess, walking",
                "Welsh, English",
                "Mon am",
            ]
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timed(what: str, act: Callable[[], Any]) -> tuple[Any, float]:
    begin, work = time.perf_counter(), processor()
    found = act()
    took = time.perf_counter() - begin
    print(f"{what:34} {took:7.1f} s, {processor() - work:6.1f} s of CPU", flush=True)
    return found, took


def processor() -> float:
    """Seconds of processor time up to now, with those of finished processes that were started here."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    call_command("migrate", verbosity=0)
    people = sample.cast()
    now, today = timezone.now(), timezone.localdate()
    practice = begin(service=people.service, by=people.ada, today=today)
    content = workbook(rows, today)
    print(f"{rows:,} mentees of {len(HEADS)} columns, {len(content) / 1024 / 1024:.1f} MB")
    held, read = timed(
        "read in its own process, and held",
        lambda: importing.take_up(
            service=people.service, kind="mentees", content=content, file_name="mentees.xlsx", by=people.ada, now=now
        ),
    )
    plan, _ = timed("dry run", lambda: importing.check(held, today))
    assert not plan.faults, plan.faults[:3]
    assert len(plan.new) == rows
    done, brought = timed(
        "checked and brought in",
        lambda: importing.bring_in(
            imported=held, practice=practice, answers={}, skip_faulty=False, by=people.ada, now=now, today=today
        ),
    )
    timed("taken back", lambda: moving.undo(imported=done, by=people.ada, now=now))
    whole = read + brought
    print(f"{'in all':34} {whole:7.1f} s, limit {LIMIT:.0f} s for 20,000")
    return 0 if whole <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
