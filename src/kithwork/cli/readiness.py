"""How a service stands to a scheme by its own records; and counting kept answers again."""

import argparse
import json
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from kithwork.cli.ground import Failure, edition_in, newest, practice_of, site

if TYPE_CHECKING:
    from kithwork.cli.ground import Groups
    from kithwork.core.readiness import Answered, Standing
    from kithwork.core.schemes import Edition

_WORDS = {"met": "met", "at-risk": "lapses soon", "not-met": "NOT MET", "not-recorded": "nothing on record"}


def add(groups: "Groups") -> None:
    ready = groups.add_parser("readiness", help="what a service's records show of each requirement of a scheme")
    ready.add_argument("--service", metavar="SLUG")
    ready.add_argument("--scheme", metavar="SLUG", help="its edition on offer, or else the last by name")
    ready.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="as the records stood then: 2027-03-01")
    ready.add_argument("--json", action="store_true", help="for programs: every check with its figures")
    ready.add_argument(
        "--renew", action="store_true", help="count what is kept again, of every service, where it is old"
    )
    ready.set_defaults(command=_readiness)


def _readiness(given: argparse.Namespace) -> int:
    """Prints it all, and ends with 0 whatever the records say: a check warns and decides nothing."""
    site()
    from django.utils import timezone

    from kithwork.readiness.counting import standings
    from kithwork.readiness.telling import told

    if given.renew:
        return _renew(given)
    if not given.service or not given.scheme:
        raise Failure("Say which service, with --service, and which scheme, with --scheme.")
    now = timezone.localtime()
    at = given.at or now.date()
    if at > now.date():
        raise Failure(f"Records cannot be asked how they will stand on {at.isoformat()}.")
    practice, edition = practice_of(given.service), _edition(given.scheme)
    found = standings(practice, edition, at)
    if given.json:
        counted_at = now.isoformat(timespec="seconds")
        all_of_it = told(edition, given.service, at, counted_at, False, tuple(found))
        print(json.dumps(all_of_it, indent=2, ensure_ascii=False))
        return 0
    _say(edition, f"{practice.service.name}, {at.isoformat()}", found)
    return 0


def _renew(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from kithwork.readiness.keeping import renew_all

    if given.service or given.scheme or given.at or given.json:
        raise Failure("--renew is about every service and scheme; say nothing else with it.")
    days = renew_all(now=timezone.now())
    print(f"{days} {'day' if days == 1 else 'days'} counted")
    return 0


def _edition(slug: str) -> "Edition":
    """The edition that services are shown: the newest on offer here, or the one in the folder of schemes."""
    from kithwork.journeys.editions import edition_of
    from kithwork.journeys.queries import edition_on_offer
    from kithwork.readiness.queries import asks_records

    published = edition_on_offer(slug)
    edition = edition_of(published) if published else edition_in(newest(slug))
    if not asks_records(edition):
        raise Failure(f"The scheme '{slug}' asks nothing of a service's records.")
    return edition


def _say(edition: "Edition", whose: str, found: Sequence["Standing"]) -> None:
    print(f"{edition.scheme.name} ({edition.scheme.edition}): {whose}")
    for level in edition.levels:
        here = [one for one in found if one.level == level.id]
        every = sum(one.level == level.id for one in edition.requirements)
        met = sum(one.state in ("met", "at-risk") for one in here)
        words = edition.words.requirements
        print(f"\n{level.title}: {met} of {every} {words} are met by the records, which can show {len(here)}")
        for one in here:
            asked = edition.requirement(one.requirement)
            until = f", until {one.until.isoformat()}" if one.until and one.state in ("met", "at-risk") else ""
            print(f"  {asked.number:>4}  {asked.title}: {_WORDS[one.state]}{until}")
            for check in one.checks:
                print(f"        {check.figure}{_more(check)}")


def _more(check: "Answered") -> str:
    """What fails, and when it heals where nobody can mend it."""
    answer = check.answer
    if not answer.failing:
        return ""
    heals = f", holds again from {answer.heals.isoformat()}" if answer.heals else ""
    return f" ({answer.failing:,} to mend{heals})" if not check.asked.lasting else f" ({answer.failing:,} past{heals})"
