"""The service half at size: `python -m tests.bench.service`. Server CPU of its pages on 2,000 live matches and 500,000
contacts, on SQLite, by Django's test client in this process: the median of 7 after 1 to warm up, with queries and
weight. The limit is 200 ms for every page.

Rows are written straight into the tables, with the same seed each time: three years of work in which most is done in
time and some is not, so that Today has what it shows.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

os.environ.setdefault("KITHWORK_DATA", tempfile.mkdtemp(prefix="kithwork-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import (
    Agreement,
    Attendance,
    Consent,
    Contact,
    Ending,
    Match,
    Mentee,
    Mentor,
    MentorStep,
    Plan,
    Practice,
    Reference,
    Referral,
    Review,
    RiskAssessment,
    Session,
    Supervision,
    Training,
    Vetting,
)
from kithwork.organisations.models import Service
from kithwork.procedures import sample
from tests.running import a_practice

LIMIT = 200  # ms
LIVE, ENDED, WAITING, REFERRED, APPLIED = 2000, 1500, 300, 40, 60
CONTACTS = 500_000
BATCH = 2000


def fill(service: Service, by: User, today: date, live: int = LIVE, contacts: int = CONTACTS) -> None:
    """Three years of a service with so many live matches and contacts; everything else grows with the matches."""
    dice = random.Random(7)
    share = live / LIVE
    ended, waiting = int(ENDED * share), int(WAITING * share)
    back = lambda low, high: today - timedelta(days=dice.randint(low, high))  # noqa: E731
    spans: list[tuple[date, date | None]] = [(back(1, 700), None) for _ in range(live)]
    for _ in range(ended):
        begun = back(120, 1090)
        spans.append((begun, min(begun + timedelta(days=dice.randint(30, 500)), today - timedelta(days=1))))
    came = [begun - timedelta(days=dice.randint(40, 200)) for begun, _ in spans]
    came += [back(20, 300) for _ in range(waiting)]
    mentees = _mentees(service, dice, came, [back(1, 60) for _ in range(int(REFERRED * share))])
    mentors = _mentors(service, by, dice, today, live, int(APPLIED * share))
    rows = [
        Match(
            service=service,
            mentee=mentees[number],
            mentor=mentors[number % len(mentors)],
            proposed_by=by,
            proposed_on=begun - timedelta(days=10),
            rationale="Both like gardens.",
            mentee_answer="yes",
            mentor_answer="yes",
            mentee_told_on=begun,
            mentor_told_on=begun,
            introduced_on=begun,
            introduced_by="Ada",
            first_met_on=begun if dice.random() < 0.98 else None,
            ended_on=over,
        )
        for number, (begun, over) in enumerate(spans)
    ]
    matches = Match.objects.bulk_create(rows, BATCH)
    _around(matches, by, dice, today)
    _contacts(service, by, matches, dice, today, contacts)


def _mentees(service: Service, dice: random.Random, came: list[date], referred: list[date]) -> list[Mentee]:
    rows = [
        Mentee(
            service=service,
            name=f"Mentee {number:05}",
            came_on=on,
            accepted_on=on + timedelta(days=14) if number < len(came) else None,
            waiting_since=on + timedelta(days=14) if number < len(came) else None,
            needs=["company"],
            interests=["gardens", "chess"],
            phone="01632 960000",
            priority=dice.choice((0, 0, 1)),
        )
        for number, on in enumerate([*came, *referred])
    ]
    made = Mentee.objects.bulk_create(rows, BATCH)
    Referral.objects.bulk_create(
        (
            Referral(
                mentee=one,
                source="agency",
                came_on=one.came_on,
                agreed=True,
                why="Alone",
                outcome="accepted" if one.accepted_on else "",
                decided_on=one.accepted_on,
            )
            for one in made
        ),
        BATCH,
    )
    kinds = ("data", "third-parties", "risk", "reviews")
    Consent.objects.bulk_create(
        (
            Consent(mentee=one, kind=kind, answer="given", on=one.came_on, wording="You may.")
            for one in made
            for kind in kinds
        ),
        BATCH,
    )
    return made[: len(came)]


def _mentors(service: Service, by: User, dice: random.Random, today: date, many: int, applied: int) -> list[Mentor]:
    rows = []
    for number in range(many + applied):
        came = today - timedelta(days=dice.randint(400, 1095))
        accepted = came + timedelta(days=60) if number < many else None
        rows.append(
            Mentor(
                service=service,
                name=f"Mentor {number:05}",
                applied_on=came,
                accepted_on=accepted,
                places=2,
                interests=["chess", "music"],
                phone="01632 960001",
            )
        )
    made = Mentor.objects.bulk_create(rows, BATCH)
    taken = made[:many]
    training = Training.objects.create(service=service, kind="initial", title="Beginning to mentor")
    sessions = [
        Session.objects.create(training=training, number=number, on=today - timedelta(days=1000 - number))
        for number in (1, 2)
    ]
    kinds = ("application", "role", "interview", "selection", "induction", "badge")
    MentorStep.objects.bulk_create(
        (
            MentorStep(
                mentor=one, kind=kind, on=one.applied_on, note="Kind", outcome="yes" if kind == "selection" else "done"
            )
            for one in taken
            for kind in kinds
        ),
        BATCH,
    )
    Consent.objects.bulk_create(
        (Consent(mentor=one, kind="data", answer="given", on=one.applied_on, wording="You may.") for one in taken),
        BATCH,
    )
    Reference.objects.bulk_create(
        (
            Reference(mentor=one, name="Fern", relation="friend", received_on=one.applied_on, suitable=True)
            for one in taken
            for _ in (1, 2)
        ),
        BATCH,
    )
    Vetting.objects.bulk_create(
        (
            Vetting(
                mentor=one,
                level="enhanced",
                asked_on=one.applied_on,
                outcome="clear",
                on=one.applied_on,
                expires_on=one.applied_on + timedelta(days=1095),
                by=by,
            )
            for one in taken
        ),
        BATCH,
    )
    Attendance.objects.bulk_create(
        (Attendance(mentor=one, session=each, state="present") for one in taken for each in sessions), BATCH
    )
    Supervision.objects.bulk_create(_at_intervals(taken, dice, today, by), BATCH)
    return taken


def _at_intervals(mentors: Iterable[Mentor], dice: random.Random, today: date, by: User) -> Iterable[Supervision]:
    for one in mentors:
        day = one.accepted_on or today
        while (day := day + timedelta(days=dice.choice((150, 170, 180, 200)))) <= today:
            yield Supervision(mentor=one, on=day, by=by, topics=["boundaries"])


def _around(matches: list[Match], by: User, dice: random.Random, today: date) -> None:
    """Plans, agreements, reviews, risk assessments and endings."""

    def reviews() -> Iterable[Review]:
        for one in matches:
            day, last = one.introduced_on or today, one.ended_on or today
            while (day := day + timedelta(days=dice.choice((75, 85, 90, 100)))) <= last:
                yield Review(match=one, on=day, achieved="partly", goes_on=True, outcome="Goes on", by=by)

    Review.objects.bulk_create(reviews(), BATCH)
    Plan.objects.bulk_create(
        (Plan(match=one, on=one.introduced_on, aims="To get out more") for one in matches if dice.random() < 0.98),
        BATCH,
    )
    Agreement.objects.bulk_create(
        (
            Agreement(match=one, drawn_up_on=day, mentee_on=day, mentor_on=day, service_on=day, by=by)
            for one in matches
            if (day := one.introduced_on) and dice.random() < 0.97
        ),
        BATCH,
    )
    RiskAssessment.objects.bulk_create(
        (
            RiskAssessment(
                mentee=one.mentee, kind=kind, on=today - timedelta(days=dice.randint(10, 380)), level="low", by=by
            )
            for one in matches
            for kind in ("person", "activity")
        ),
        BATCH,
    )
    # most of those whose match is over have left, the others wait again
    for one in matches:
        if one.ended_on:
            one.mentee.left_on = one.ended_on if dice.random() < 0.9 else None
            one.mentee.waiting_since = one.ended_on
    Mentee.objects.bulk_update([one.mentee for one in matches if one.ended_on], ["left_on", "waiting_since"], 500)
    Ending.objects.bulk_create(
        (
            Ending(
                match=one,
                kind="planned" if dice.random() < 0.8 else "sudden",
                known_on=one.ended_on,
                last_day=one.ended_on,
                reason="Aims met",
                by=by,
                mentee_told_on=one.ended_on,
                mentor_told_on=one.ended_on,
                looked_back_on=one.ended_on,
                mentee_confirmed_on=one.ended_on,
                mentor_confirmed_on=one.ended_on,
                follows="A call",
                asked_exit_on=one.ended_on,
            )
            for one in matches
            if one.ended_on
        ),
        BATCH,
    )


def _contacts(service: Service, by: User, matches: list[Match], dice: random.Random, today: date, many: int) -> None:
    spans = [(one, one.introduced_on or today, one.ended_on or today) for one in matches]
    whole = sum((last - first).days + 1 for _, first, last in spans)
    now = timezone.now()

    def rows() -> Iterable[Contact]:
        for one, first, last in spans:
            days = (last - first).days + 1
            for _ in range(max(1, round(many * days / whole))):
                on = first + timedelta(days=dice.randrange(days))
                toss = dice.random()
                about: dict[str, Any] = {"kind": "meeting", "mentee": one.mentee, "mentor": one.mentor}
                if toss < 0.06:
                    about = {"kind": "mentee", "mentee": one.mentee}
                elif toss < 0.12:
                    about = {"kind": "mentor", "mentor": one.mentor}
                yield Contact(
                    service=service,
                    match=one,
                    on=on,
                    reached=dice.random() < 0.93,
                    minutes=60,
                    words="Went well.",
                    by=by,
                    read_at=now if on < today - timedelta(days=3) or dice.random() < 0.5 else None,
                    **about,
                )

    batch: list[Contact] = []
    for row in rows():
        batch.append(row)
        if len(batch) == BATCH:
            Contact.objects.bulk_create(batch)
            batch.clear()
    Contact.objects.bulk_create(batch)


def measure(client: Client, address: str, times: int = 7) -> tuple[float, int, int]:
    """Median CPU milliseconds, queries, bytes."""
    answer = client.get(address, HTTP_HOST="localhost")
    assert answer.status_code == 200, (address, answer.status_code)
    taken = []
    for _ in range(times):
        begin = time.process_time()
        client.get(address, HTTP_HOST="localhost")
        taken.append((time.process_time() - begin) * 1000)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, HTTP_HOST="localhost")
    return statistics.median(taken), len(queries), len(answer.content)


def pages(service: Service, today: date) -> list[tuple[str, str]]:
    """What is measured: name and address."""
    slug, year = service.slug, today.year - 1
    match = Match.objects.filter(service=service, ended_on__isnull=True).first()
    assert match is not None
    wanted: list[tuple[str, str, list[Any], str]] = [
        ("today", "today", [slug], ""),
        ("today, all of a kind", "today_all", [slug, "review"], ""),
        ("mentees", "mentees", [slug], ""),
        ("mentees, by last contact", "mentees", [slug], "?sort=heard"),
        ("waiting list", "waiting", [slug], ""),
        ("waiting list over time", "waiting_time", [slug], ""),
        ("mentors", "mentors", [slug], ""),
        ("matches", "matches", [slug], ""),
        ("matches, by last meeting", "matches", [slug], "?sort=met"),
        ("matches to review", "matches", [slug], "?show=review"),
        ("propose a match", "match_new", [slug], ""),
        ("choose a mentor", "match_choose", [slug, Mentee.objects.filter(service=service).latest("pk").ref], ""),
        ("contacts, unread", "inbox", [slug], ""),
        ("contacts, all", "contacts", [slug], ""),
        ("contacts, by name", "contacts", [slug], "?q=Mentee+00100"),
        ("referrals", "referrals", [slug], ""),
        ("one match", "match", [slug, match.ref], ""),
        ("one mentee", "mentee", [slug, match.mentee.ref], ""),
        ("one mentor", "mentor", [slug, match.mentor.ref], ""),
        ("the service", "the_service", [slug], ""),
        ("report of a year", "report", [slug, year], ""),
        ("rows behind a figure", "report_rows", [slug, year, "meetings"], ""),
        ("missing data", "missing", [slug], ""),
    ]
    return [(name, reverse(page, args=args) + query) for name, page, args, query in wanted]


def main() -> int:
    call_command("migrate", verbosity=0)
    today = timezone.localdate()
    begin = time.process_time()
    if Practice.objects.exists():  # KITHWORK_DATA names a folder that was filled before
        service = Practice.objects.select_related("service").earliest("pk").service
        return tell(service, User.objects.get(email="ada@lanternside.example"), today)
    with transaction.atomic():
        people = sample.cast()
        a_practice(people.service, people.ada, today, capacity=LIVE + 200)
        fill(people.service, people.ada, today)
    live = Match.objects.filter(ended_on__isnull=True).count()
    print(
        f"{live} live matches, {Contact.objects.count()} contacts, made in {time.process_time() - begin:.0f} s of CPU"
    )
    return tell(people.service, people.ada, today)


def tell(service: Service, by: User, today: date) -> int:
    client = Client()
    client.force_login(by, backend="allauth.account.auth_backends.AuthenticationBackend")
    print(f"{'page':26} {'CPU ms':>8} {'queries':>8} {'KB':>6}")
    slow = []
    for name, address in pages(service, today):
        cpu, queries, size = measure(client, address)
        print(f"{name:26} {cpu:8.1f} {queries:8} {size / 1024:6.1f}{'  over' if cpu > LIMIT else ''}", flush=True)
        slow += [name] if cpu > LIMIT else []
    print(f"\nover {LIMIT} ms: {', '.join(slow)}" if slow else f"\nevery page is under {LIMIT} ms")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
