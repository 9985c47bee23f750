"""What the service weighs, with what a change would do to today's proposals before anybody saves it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.core import matching as core
from kithwork.core.matching import Part
from kithwork.core.verdict import Refused
from kithwork.matching import actions as act
from kithwork.matching.queries import Settled, Trial, rules_of, rules_seen, solved, tried_out, wishes_of, wishing
from kithwork.web.coordinator.matching.forms import Rules
from kithwork.web.coordinator.matching.frame import PARTS, Room, enter
from kithwork.web.kit.acting import CLASH, DONE, FAULTY, OK, done, posted, tried
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.lists import page_of
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

MOST = 50  # pairs of a preview that are named


@dataclass(frozen=True, slots=True)
class Preview:
    """What other rules would do, in words and rows."""

    says: str
    rows: list[tuple[str, str, str]]
    more: int


@page(Desk.SERVICE, "GET", "POST")
def matching_rules(request: Signed, slug: str) -> HttpResponse:
    """The weights; 'Show what changes' looks, 'Save' saves."""
    room = enter(request, slug)
    settled = rules_of(room.run.service)
    initial = Rules.initial_of(settled, rules_seen(room.run.service))
    form, status, preview = Rules(posted(request), initial=initial), OK, None
    if request.method == "POST" and request.POST.get("act") == "look":
        status, preview = _looked(form, room)
    elif request.method == "POST":
        status = tried(form, lambda: _save(request, room, form))
        if status == DONE:
            return done(request, room.at("proposals"), "Saved. What is proposed is found anew.")
    found = solved(room.run.practice, room.today, settled)
    shown = page_of(request, wishing(found))
    context = {
        "heading": f"{PARTS[_heaviest(settled)]} count most",
        "run": room.run,
        "back": room.at("proposals"),
        "form": form,
        "parts": [form[part.value] for part in Part],
        "others": [form[name] for name in ("near_km", "must_share", "floor", "objective")],
        "preview": preview,
        "preview_columns": ["Who", "Proposed now", "Then"],
        "wishes": [
            (
                one.mentee.name,
                one.gender,
                one.because or "No justification: not looked at",
                f"{one.removes} of {plural(one.possible, 'possible mentor')}",
            )
            for one in wishes_of(found, shown)
        ],
        "wishes_columns": ["Mentee", "Wish", "Why it is essential", "Rules out"],
        "page_obj": shown,
    }
    return render(request, "coordinator/matching/rules.html", context, status=status)


def _heaviest(settled: Settled) -> str:
    return max(Part, key=settled.rules.weight).value


def _looked(form: Rules, room: Room) -> tuple[int, Preview | None]:
    if not form.is_valid():
        return FAULTY, None
    try:
        return OK, previewed(tried_out(room.run.practice, settled_of(form), room.today))
    except Refused as because:
        refuse(form, because)
        return CLASH, None


def settled_of(form: Rules) -> Settled:
    """The rules as typed. Raises Refused where they cannot be."""
    asked = form.asked
    try:
        rules = core.Rules(
            weights=asked["weights"],
            must_share=frozenset(core.Sharing(one) for one in asked["must_share"]),
            near_km=float(asked["near_km"]),
            floor=asked["floor"],
        )
    except ValueError as fault:
        raise Refused(f"These rules cannot be: {fault}.") from fault
    return Settled(rules, core.Objective(asked["objective"]))


def previewed(trial: Trial) -> Preview:
    changes = trial.changes
    rows = [
        (mentee.name, was.name if was else "Nobody", will.name if will else "Nobody")
        for mentee, was, will in changes[:MOST]
    ]
    before, after = trial.before.best.matched, trial.after.best.matched
    much = f"{before} pairs would be proposed, as now" if before == after else f"{after} pairs instead of {before}"
    if not changes:
        return Preview("Nothing changes: the same pairs would be proposed.", [], 0)
    return Preview(
        f"{plural(len(changes), 'person,people')} would be proposed somebody else. {much}.",
        rows,
        len(changes) - len(rows),
    )


def _save(request: Signed, room: Room, form: Rules) -> None:
    act.set_rules(
        practice=room.run.practice,
        seen=form.cleaned_data["seen"],
        by=request.user,
        now=timezone.now(),
        **form.asked,
    )
