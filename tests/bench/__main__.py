"""The figures: `make bench`. Server CPU of the heaviest pages, their queries and weight, side by side with what is
used today.

Each page is asked for by Django's test client in this process, 30 times after 5 to warm up; the figure is the median
of `time.process_time`, which counts both the page and the client's own work. Limits are those of the issue; the
course platform used today was measured on the same machine; its figures are quoted here, not measured anew.
"""

import os
import platform
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

os.environ["KITHWORK_DATA"] = tempfile.mkdtemp(prefix="kithwork-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from kithwork.core.journey import fold
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import entries_of
from kithwork.organisations import actions as organisations
from kithwork.procedures import sample

SCHEMES = Path(__file__).parents[2] / "schemes"
CASES = 50


def measure(client: Client, address: str) -> tuple[float, int, int]:
    """Median CPU milliseconds, queries, bytes of HTML."""
    for _ in range(5):
        answer = client.get(address, HTTP_HOST="localhost")
    assert answer.status_code == 200, (address, answer.status_code)
    times = []
    for _ in range(30):
        begin = time.process_time()
        client.get(address, HTTP_HOST="localhost")
        times.append((time.process_time() - begin) * 1000)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, HTTP_HOST="localhost")
    return statistics.median(times), len(queries), len(answer.content)


def main() -> int:
    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    begin = time.process_time()
    with transaction.atomic():
        people = sample.cast()
        edition = sample.publish(SCHEMES / "qim" / "2022", people)
        start = today - timedelta(days=100)
        main_way = sample.walk(cast=people, edition=edition, to="returned", start=start, last=today)
        for number in range(CASES - 1):
            service = organisations.open_service(
                organisation=people.provider, name=f"Service {number}", by=people.ada, place="Somewhere"
            )
            sample.walk(cast=people, edition=edition, to="sent", start=start, last=today, service=service)
    print(f"Python {platform.python_version()}, {connection.vendor}, {os.cpu_count()} cores")
    print(f"{CASES} journeys made in {time.process_time() - begin:.1f} s of CPU\n")

    model = edition_of(edition)
    entries = entries_of(main_way.journey)
    begin = time.process_time()
    for _ in range(200):
        fold(model, entries, today)
    print(f"fold of {len(entries)} entries: {(time.process_time() - begin) * 5:.2f} ms\n")

    ref = main_way.journey.ref
    requirement = model.requirements[0].id
    ada, dot, olu = Client(), Client(), Client()
    for client, user in ((ada, people.ada), (dot, people.dot), (olu, people.olu)):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    rows = (
        ("journey page", ada, f"/journeys/{ref}/", 40, 12, 202),
        ("evidence map", ada, f"/journeys/{ref}/map/", 40, 12, 230),
        ("one requirement", ada, f"/journeys/{ref}/requirements/{requirement}/", 30, 10, 149),
        (f"assessor's list of {CASES}", dot, "/assess/", 50, 8, 606),
        ("assess one requirement", dot, f"/assess/{ref}/requirements/{requirement}/", 50, 12, 819),
        (f"pipeline of {CASES}", olu, f"/body/{people.body.slug}/", 50, 12, None),
    )
    print(f"{'page':26} {'CPU ms':>8} {'limit':>6} {'queries':>8} {'limit':>6} {'KB':>6} {'today':>7} {'ratio':>7}")
    fine = True
    for name, client, address, cpu_limit, query_limit, peer in rows:
        cpu, queries, size = measure(client, address)
        ratio = f"{peer / cpu:6.1f}x" if peer else ""
        print(
            f"{name:26} {cpu:8.1f} {cpu_limit:6} {queries:8} {query_limit:6} "
            f"{size / 1024:6.1f} {peer or '':>7} {ratio:>7}"
        )
        fine = fine and queries <= query_limit and size <= 60 * 1024
    print("\nqueries and weight are within their limits" if fine else "\nA LIMIT OF QUERIES OR WEIGHT IS BROKEN")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
