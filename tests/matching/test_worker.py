"""The process that finds pairs for a crowd, as the system runs it: begun by a click, killed, begun again by a look."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKE = """
import django; django.setup()
from kithwork.procedures.beginning import bring_up
bring_up()
from django.utils import timezone
from kithwork.caseload.models import Mentor
from kithwork.matching.models import AskedSearch
from kithwork.procedures import sample
from tests.running import a_mentee, a_mentor, a_practice
cast, today = sample.cast(), timezone.localdate()
service = cast.service
a_practice(service, cast.ada, today)
for number in range(3):
    a_mentee(service, today, f"Mentee {number}")
    a_mentor(service, cast.ada, today, f"Mentor {number}")
AskedSearch.objects.create(service=service, at=timezone.now(), by=cast.ada, mentees=3, mentors=3)
"""
HANG = """
import time
import django; django.setup()
from kithwork.matching.actions import searching
def find(**more):
    print("at it", flush=True)
    time.sleep(600)
searching.find = find
from kithwork.procedures import pairing
pairing.work_alone()
"""
LOOK = """
import django; django.setup()
from kithwork.procedures import pairing
pairing.see_to_it()
"""
WATCH = """
import json, time
import django; django.setup()
from kithwork.matching.models import AskedSearch, MatchingRun, Proposal
from kithwork.procedures import pairing
def counted():
    print(json.dumps([AskedSearch.objects.count(), MatchingRun.objects.count(), Proposal.objects.count()]))
counted()
pairing.see_to_it()
end = time.monotonic() + 120
while AskedSearch.objects.exists() and time.monotonic() < end:
    time.sleep(0.2)
counted()
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    here = {
        **os.environ,
        "KITHWORK_DATA": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "kithwork.settings",
        "KITHWORK_MATCH_APART": "on",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    here.pop("DATABASE_URL", None)
    return here


def run(env: dict[str, str], script: str) -> str:
    words = [sys.executable, "-c", script]
    return subprocess.run(words, env=env, capture_output=True, text=True, check=True, cwd=ROOT).stdout


@pytest.mark.slow
def test_a_search_outlives_the_process_that_was_killed_at_it(env: dict[str, str]) -> None:
    run(env, MAKE)
    worker = subprocess.Popen([sys.executable, "-c", HANG], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "at it\n"
    run(env, LOOK)  # somebody is at it: no second one begins
    command = [sys.executable, "-m", "kithwork.cli", "matching", "work"]
    subprocess.run(command, env=env, cwd=ROOT, check=True, capture_output=True)
    worker.kill()
    worker.communicate()
    before, after = map(json.loads, run(env, WATCH).splitlines())  # begins one that nobody waits for
    assert before == [1, 0, 0]
    assert after == [0, 1, 3]
