"""The command that fills a service with made-up people, for trying things out and for measuring."""

import argparse
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kithwork.cli.ground import Failure, migrate, site

if TYPE_CHECKING:
    from kithwork.accounts.models import User
    from kithwork.caseload.models import Practice
    from kithwork.cli.ground import Groups


def add(groups: "Groups") -> None:
    sample = groups.add_parser("sample", help="fill an empty service with made-up people and records")
    sample.add_argument("--service", required=True, metavar="SLUG")
    sample.add_argument("--mentees", type=int, default=40, metavar="N", help="how many are referred in all; usually 40")
    sample.add_argument("--years", type=int, default=2, metavar="Y", help="how long it has run; usually 2")
    sample.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed and day give the same people")
    sample.add_argument("--at", type=date.fromisoformat, metavar="DATE", help="the last day; today when left out")
    sample.add_argument("--faults", type=int, default=0, metavar="N", help="how many things are wrong on purpose")
    sample.add_argument("--list", type=Path, metavar="FILE", help="write the faults there as JSON; - prints them")
    sample.add_argument("--by", metavar="EMAIL", help="in whose name; a lead of the service when left out")
    sample.add_argument("--new", action="store_true", help="set the service up first, with a lead who cannot sign in")
    sample.add_argument("--throw-away", action="store_true", help="take out the sample that is there, and nothing else")
    sample.set_defaults(command=_sample)


def _sample(given: argparse.Namespace) -> int:
    site()
    migrate()
    from django.utils import timezone

    from kithwork.procedures.plausible import Wanted, load

    if given.throw_away:
        return _throw_away(given)
    at = given.at or timezone.localdate()
    wanted = Wanted(given.mentees, given.years, given.seed, at)
    wanted.check()
    practice, by = _place(given, at)
    done = load(practice=practice, wanted=wanted, faulty=given.faults, by=by)
    told = json.dumps(
        {
            "service": given.service,
            "seed": given.seed,
            "at": at.isoformat(),
            "figures": done.figures,
            "faults": [{"indicator": one.indicator, "kind": one.kind, "ref": one.ref} for one in done.faults],
        },
        indent=2,
    )
    if given.list == Path("-"):
        print(told)
        return 0
    if given.list:
        given.list.write_text(told + "\n", encoding="utf-8")
    for name in ("mentees", "mentors", "matches", "running", "contacts"):
        print(f"{done.figures[name]:8} {name if name != 'running' else 'matches that run'}")
    print(f"{len(done.faults):8} faults on purpose" + (f", of {given.faults} asked for" if _fewer(given, done) else ""))
    return 0


def _fewer(given: argparse.Namespace, done: Any) -> bool:
    """Whether a small service had no room for all the faults."""
    return len(done.faults) < int(given.faults)


def _throw_away(given: argparse.Namespace) -> int:
    from django.utils import timezone

    from kithwork.caseload.actions import sampling
    from kithwork.caseload.queries.samples import sample_of

    practice, by = _place(given, timezone.localdate())
    sample = sample_of(practice.service)
    if sample is None:
        raise Failure("This service has no sample people.")
    sampling.throw_away(sample=sample, by=by, now=timezone.now())
    print("The sample is thrown away.")
    return 0


def _place(given: argparse.Namespace, at: date) -> "tuple[Practice, User]":
    """The service and in whose name; with --new it is set up first."""
    from kithwork.caseload.models import Practice
    from kithwork.caseload.queries.staff import coordinators_of

    practice = Practice.objects.select_related("service__organisation").filter(service__slug=given.service).first()
    if practice is None and given.new and not given.throw_away:
        practice = _begin(given, at)
    if practice is None:
        raise Failure(f"No service '{given.service}' runs its work here. With --new it is set up first.")
    people = coordinators_of(practice.service)
    found = [user for user in people if not given.by or user.email.casefold() == given.by.casefold()]
    if not found:
        raise Failure(f"{given.by} does not coordinate this service." if given.by else "Nobody coordinates it.")
    return practice, found[0]


def _begin(given: argparse.Namespace, at: date) -> "Practice":
    from kithwork.caseload.actions import practice as practices
    from kithwork.core.days import add_months
    from kithwork.organisations import actions as organisations
    from kithwork.organisations.models import Service
    from kithwork.procedures.sample import person

    service = Service.objects.filter(slug=given.service).select_related("organisation").first()
    if service is None:
        name = given.service.replace("-", " ").title()
        lead = person("Sample Lead", f"lead@{given.service}.example")
        _, service = organisations.set_up(name=f"{name} (sample)", service=name, by=lead)
        if service.slug != given.service:
            raise Failure(f"'{given.service}' cannot be a service's address; try '{service.slug}'.")
    else:
        lead = service.organisation.memberships.filter(role="lead", ended_at__isnull=True)[0].user
    return practices.begin(service=service, by=lead, today=add_months(at, -12 * given.years))
