"""Whether matching does as well for one group as for others."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render

from kithwork.core.service.fairness import Group
from kithwork.matching.fairness import fairness_of
from kithwork.web.coordinator.matching.frame import enter
from kithwork.web.kit.cards import Column
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

FEW = "fewer than 5"
HEADS = [
    Column("Group"),
    Column("People", numeric=True),
    Column("Matched", numeric=True),
    Column("Waiting now", numeric=True),
    Column("Median wait, in weeks", numeric=True),
    Column("Proposed", numeric=True),
]


@page(Desk.SERVICE)
def matching_fairness(request: Signed, slug: str) -> HttpResponse:
    """Rates by group, small ones held back, and rules that fall much harder on one group."""
    room = enter(request, slug)
    found = fairness_of(room.run.practice, room.today)
    number = len(found.harder)
    context = {
        "heading": f"{plural(number, 'rule falls,rules fall')} much harder on one group"
        if number
        else "No rule falls much harder on one group",
        "run": room.run,
        "back": room.at("proposals"),
        "warnings": [
            f"{one.kind}: {one.name}. ‘{one.rule}’ rules out {one.share}% of the mentors for them, and {one.others}% "
            "for everybody else."
            for one in found.harder
        ],
        "tables": [
            (kind, [_row(one) for one in groups]) for kind, groups in groupby(found.groups, lambda one: one.kind)
        ],
        "columns": HEADS,
        "sampled": f"Rules were asked for {found.asked} of the {found.waiting} who wait."
        if found.asked < found.waiting
        else "",
    }
    return render(request, "coordinator/matching/fairness.html", context)


def _row(one: Group) -> tuple[object, ...]:
    def rate(value: int | None) -> str:
        return "" if value is None else f"{value}%"

    return (
        one.name,
        one.people or FEW,
        rate(one.matched),
        one.waiting or FEW,
        "" if one.weeks is None else one.weeks,
        rate(one.proposed),
    )
