"""Matching in a service at size: `python -m tests.bench.pairing [--people 1000]`. So many wait, with 0.6 mentors to
each, in a database of its own: what the click costs, the search apart, and every page a coordinator then opens. CPU and
wall milliseconds of one run each; a page should take a second or two at most.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from typing import Any

parser = argparse.ArgumentParser(description="Matching in a service at size.")
parser.add_argument("--people", type=int, default=1000, metavar="N")
GIVEN = parser.parse_args() if __name__ == "__main__" else parser.parse_args([])
os.environ["KITHWORK_DATA"] = tempfile.mkdtemp(prefix="kithwork-bench-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kithwork.core.service.slots import SLOTS
from kithwork.matching.models import MatchingRun, Proposal
from kithwork.procedures import pairing
from kithwork.procedures.sample import Cast, cast
from tests.core.matching.cohort import cohort
from tests.running import a_mentee, a_mentor, a_practice


def fill(people: Cast, count: int) -> None:
    """Who waits and who mentors, as `tests.core.matching.cohort` makes them up; the rows of records."""
    today = timezone.localdate()
    mentees, mentors = cohort(count)

    def told(one: Any) -> dict[str, Any]:
        return {
            "lat": one.lat,
            "lon": one.lon,
            "interests": sorted(one.interests),
            "languages": sorted(one.languages),
            "availability": sorted(one.availability & SLOTS.keys()),
            "way": "any",
        }

    with transaction.atomic():
        a_practice(people.service, people.ada, today, capacity=count)
        for number, mentee in enumerate(mentees):
            wish = {"wants_gender": mentee.wants_gender, "wants_gender_because": "As she asked."}
            wish = wish if mentee.wants_gender else {}
            a_mentee(people.service, today, f"Mentee {number}", needs=sorted(mentee.needs), **wish, **told(mentee))
        for number, mentor in enumerate(mentors):
            more = {"skills": sorted(mentor.skills), "gender": mentor.gender, "places": mentor.capacity}
            more |= {"max_km": mentor.max_km or 0}
            a_mentor(people.service, people.ada, today, f"Mentor {number}", **more, **told(mentor))


def taken(words: str, act: Callable[[], Any]) -> Any:
    cpu, wall = time.process_time(), time.perf_counter()
    found = act()
    assert isinstance(found, int) or found.status_code < 400, words
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    print(f"{words:58} {1000 * cpu:8.0f} {1000 * wall:8.0f}", flush=True)
    return found


def main() -> int:
    call_command("migrate", verbosity=0)
    people = cast()
    fill(people, GIVEN.people)
    pairing._begin = lambda: None  # the search is measured here, and by nobody else
    ada = Client(headers={"host": "localhost"})
    ada.force_login(people.ada)

    def at(name: str, *more: str) -> str:
        return reverse(name, args=[people.service.slug, *more])

    ada.get(at("proposals"))  # loads what is loaded late
    print(f"{GIVEN.people} wait, {int(0.6 * GIVEN.people)} mentor {'':29} {'CPU ms':>8} {'wall ms':>8}")
    taken("the click that asks for the best pairs", lambda: ada.post(at("matching_find")))
    taken("the page while they are worked out", lambda: ada.get(at("proposals")))
    taken("the search apart, with reasons and rows", pairing.work)
    taken("the page with the pairs", lambda: ada.get(at("proposals")))
    run, pair = MatchingRun.objects.get(), Proposal.objects.select_related("mentee", "mentor").order_by("pk")[0]
    taken("the five best for one, and what each costs the others", lambda: ada.get(at("matching_for", pair.mentee.ref)))
    taken("everybody for one, by hand", lambda: ada.get(at("match_choose", pair.mentee.ref)))
    url = at("match_propose", pair.mentee.ref, pair.mentor.ref)
    taken("both side by side", lambda: ada.get(url))
    answer = taken("accepting a pair", lambda: ada.post(url, {"rationale": "Both walk.", "kind": "one"}))
    assert answer.status_code == 303
    taken("what is weighed", lambda: ada.get(at("matching_rules")))
    taken("whom it serves", lambda: ada.get(at("matching_fairness")))
    print(f"{run.matched} of {run.mentees} have somebody proposed; reached {run.reached} = bound {run.bound}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
