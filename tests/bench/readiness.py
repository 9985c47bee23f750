"""Readiness at size: `python -m tests.bench.readiness [--data DIR] [--mentees N --years Y]`. The whole QiM edition
asked of a service's records with no answers kept, beside the shortest SQL by hand that gives the same numbers
(`by_hand`): both in turn in this process, the median of 5 after 1 to warm up. The limits: twice the time of the SQL by
hand, and one second; the page 100 ms, from kept answers.

`--data` names a folder with a service made before (`kithwork sample`); it is migrated, so give a copy. Where there is
none in it, or in a temporary folder without it, one is made, which takes minutes: 2,000 matches that run and 1,000,000
contacts, or of the size that is asked for. With a PostgreSQL in DATABASE_URL, as `python -m tests.postgres` sets, the
rows of a folder that SQLite was measured on are carried over to it. The CPU is that of this process and of its server
process there.
"""

import argparse
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

parser = argparse.ArgumentParser(description="Readiness at size.")
parser.add_argument("--data", type=Path, metavar="DIR")
parser.add_argument("--mentees", type=int, default=20_800, metavar="N")
parser.add_argument("--years", type=int, default=10, metavar="Y")
GIVEN = parser.parse_args() if __name__ == "__main__" else parser.parse_args([])
os.environ["KITHWORK_DATA"] = str(GIVEN.data or tempfile.mkdtemp(prefix="kithwork-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")

import django

django.setup()

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kithwork.caseload.models import Contact, Match, Practice, Sample
from kithwork.caseload.queries.staff import coordinators_of
from kithwork.cli import main as kithwork
from kithwork.core.schemes import Edition, load
from kithwork.procedures.sample import cast, publish
from kithwork.readiness.counting import standings
from kithwork.readiness.queries import offers
from tests.bench import by_hand
from tests.bench.by_hand import Found, Hand

SCHEME = Path(__file__).parents[2] / "schemes" / "qim" / "2022"
MOST, TIMES = 2.0, 5
SECOND, PAGE = 1000, 100  # ms


def make() -> None:
    """A service of the size that is asked for, in the folder, or else on the server."""
    print(f"making a service of {GIVEN.mentees:,} mentees and {GIVEN.years} years; this takes minutes", flush=True)
    size = ["--mentees", str(GIVEN.mentees), "--years", str(GIVEN.years), "--faults", "60"]
    if kithwork(["sample", "--service", "big", "--new", *size]):
        raise SystemExit("no service could be made")


def carry(source: Path) -> None:
    """The rows of a folder's database to the PostgreSQL server."""
    rows = sqlite3.connect(source / "kithwork.sqlite3")
    ours = [one for one in apps.get_models(include_auto_created=True) if one.__module__.startswith("kithwork.")]
    with transaction.atomic():
        cursor: Any = connection.connection.cursor()  # psycopg's own, which can COPY
        for table in (one._meta.db_table for one in ours):
            cursor.execute(
                "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            columns = ", ".join(f'"{name}"' for (name,) in cursor.fetchall())
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in rows.execute(f'SELECT {columns} FROM "{table}"'):
                    copy.write_row(row)
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):  # keys came with the rows
            cursor.execute(statement)


def server_cpu() -> float:
    """Seconds of processor time of the server process behind the connection; 0 on SQLite, which has none."""
    if connection.vendor == "sqlite":
        return 0.0
    raw: Any = connection.connection
    words = Path(f"/proc/{raw.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def in_turn(*acts: Callable[[], Any]) -> list[tuple[float, float]]:
    """For each, the median CPU and wall milliseconds."""
    taken: list[list[tuple[float, float]]] = [[] for _ in acts]
    for number in range(TIMES + 1):
        for act, found in zip(acts, taken, strict=True):
            cpu, wall = time.process_time() + server_cpu(), time.perf_counter()
            act()
            wall, cpu = time.perf_counter() - wall, time.process_time() + server_cpu() - cpu
            if number:
                found.append((cpu * 1000, wall * 1000))
    return [(statistics.median(cpu for cpu, _ in one), statistics.median(wall for _, wall in one)) for one in taken]


def same(found: Found, practice: Practice, edition: Edition, sample: Sample) -> int:
    """How many checks give the same numbers; stops at one that does not."""
    asked: Found = {
        f"{one.requirement}.{number}": (
            check.answer.total,
            check.answer.failing,
            check.answer.lapsing,
            check.answer.until,
        )
        for one in standings(practice, edition, sample.last_day)
        for number, check in enumerate(one.checks)
    }
    assert asked.keys() == found.keys(), asked.keys() ^ found.keys()
    for key, answer in asked.items():
        assert answer == found[key], f"{key}: {answer}, by hand {found[key]}"
    return len(asked)


def main() -> int:
    call_command("migrate", verbosity=0)
    if not Practice.objects.exists():
        if connection.vendor == "postgresql" and GIVEN.data and (GIVEN.data / "kithwork.sqlite3").exists():
            carry(GIVEN.data)
        else:
            make()
    if connection.vendor == "postgresql":  # whose server does so by itself in time; SQLite is never told to
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    sample = Sample.objects.select_related("service__organisation").latest("pk")
    practice = Practice.objects.select_related("service__organisation").get(service=sample.service)
    edition, at = load(SCHEME), sample.last_day
    live = Match.objects.filter(introduced_on__isnull=False, ended_on__isnull=True).count()
    print(f"{connection.vendor}: {live:,} matches that run, {Contact.objects.count():,} contacts, on {at}")

    hand = Hand(
        connection.vendor == "sqlite",
        at,
        practice.service_id,
        practice.notice_days,
        practice.new_weeks,
        practice.visits_homes,
        bool(practice.eligibility),
    )

    def asked_by_hand() -> Found:
        with connection.cursor() as cursor:

            def ask(sql: str) -> Any:
                cursor.execute(sql)
                return cursor.fetchone()

            return by_hand.found(hand, ask)

    def by_rules() -> Any:
        return standings(practice, edition, at)

    print(f"{same(asked_by_hand(), practice, edition, sample)} checks give the same numbers")
    with CaptureQueriesContext(connection) as queries:
        by_rules()
    (cpu, wall), (hand_cpu, hand_wall) = in_turn(by_rules, asked_by_hand)
    ratio = cpu / hand_cpu
    print(f"{'':24} {'CPU ms':>8} {'wall ms':>8} {'queries':>8}")
    print(f"{'the whole edition':24} {cpu:8.0f} {wall:8.0f} {len(queries):8}")
    print(f"{'by hand':24} {hand_cpu:8.0f} {hand_wall:8.0f} {len(by_hand.statements(hand)):8}")
    print(f"{ratio:.2f} times the SQL by hand, at most {MOST:.0f}; {wall:.0f} ms, at most {SECOND}")
    page = measured_page(practice)
    return 0 if ratio <= MOST and wall <= SECOND and page <= PAGE else 1


def measured_page(practice: Practice) -> float:
    """Median CPU milliseconds of the map of requirements, once its answers are kept."""
    if not offers(practice.service):
        publish(SCHEME, cast())
    client = Client()
    client.force_login(
        coordinators_of(practice.service)[0], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    address = reverse("readiness", args=[practice.service.slug])
    address = client.get(address, HTTP_HOST="localhost").headers["Location"]
    answer = client.get(address, HTTP_HOST="localhost")
    assert answer.status_code == 200, answer.status_code
    ((cpu, wall),) = in_turn(lambda: client.get(address, HTTP_HOST="localhost"))
    with CaptureQueriesContext(connection) as queries:
        client.get(address, HTTP_HOST="localhost")
    print(f"{'the page':24} {cpu:8.0f} {wall:8.0f} {len(queries):8}, at most {PAGE} ms")
    return cpu


if __name__ == "__main__":
    sys.exit(main())
