"""Pairs for a crowd are found after the click, by a process apart; those for a few within the request.

A search that is asked for is a row that waits. Whoever asks starts a process, and so does whoever looks at the page:
one that is killed leaves the row to the next, and a search that is done twice does no harm.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.caseload.models import Practice
from kithwork.matching import actions as matching
from kithwork.matching.models import MatchingRun
from kithwork.matching.queries import asked_for
from kithwork.procedures.apart import Apart

APART = Apart("matching", ("matching", "work"))


def find(*, practice: Practice, by: User, now: datetime) -> MatchingRun | None:
    """The best set of pairs for all who wait, or None where a process apart is looking for it."""
    run = matching.ask(practice=practice, by=by, now=now)
    see_to_it()
    return run


def see_to_it() -> None:
    """Once this transaction is committed, whatever waits is taken."""
    transaction.on_commit(_begin, robust=True)


def _begin() -> None:
    if not asked_for().exists():
        return
    if settings.MATCH_APART:
        APART.start()
    else:
        work()


def work_alone() -> int:
    """`work`, unless somebody of this machine is at it. How many searches were done."""
    with APART.alone() as alone:
        if not alone:
            return 0
        APART.begun()
        return work()


def work() -> int:
    """Every search that waits, those asked for meanwhile too. How many were done."""
    done = 0
    while asked := asked_for().first():
        done += matching.find_asked(asked, now=timezone.now())
    return done
