"""The plan of work: everything that fails or soon will, the most urgent and cheapest first."""

from django.http import HttpResponse
from django.shortcuts import render

from kithwork.core.readiness import WITHIN
from kithwork.core.readiness.plan import Urgency, plan
from kithwork.web.coordinator.readiness.frame import seen
from kithwork.web.coordinator.readiness.wording import ahead_rows, groups_of, stamp
from kithwork.web.kit.cards import Column
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural


@page(Desk.SERVICE)
def readiness_plan(request: Signed, slug: str, scheme: str, edition: str, level: str) -> HttpResponse:
    it = seen(request, slug, scheme, edition, level)
    lines = plan(it.standings, it.kept.day, it.levels)
    now = sum(line.urgency <= Urgency.MISSING for line in lines)
    soon = sum(line.urgency is Urgency.LAPSING for line in lines)
    context = it.addresses | {
        "it": it,
        "heading": _finding(now, soon),
        "stamp": stamp(it.kept.counted_at, changed=it.kept.changed, today=it.today),
        "groups": groups_of(it, lines),
        "columns": [
            Column("What"),
            Column("Holds until"),
            *(Column(f"In {days} days", numeric=True) for days in WITHIN),
        ],
        "ahead": ahead_rows(it),
    }
    return render(request, "coordinator/readiness/plan.html", context)


def _finding(now: int, soon: int) -> str:
    """'12 things to do now, 3 lapse soon'."""
    if now:
        rest = f", {soon} {'lapses' if soon == 1 else 'lapse'} soon" if soon else ""
        return f"{plural(now, 'thing')} to do now{rest}"
    return f"Nothing fails, {soon} {'lapses' if soon == 1 else 'lapse'} soon" if soon else "Nothing is to be done now"
