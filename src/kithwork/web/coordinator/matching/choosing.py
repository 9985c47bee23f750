"""One mentee: the five best mentors side by side, what each would cost the others, and any other pair at once."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from kithwork.caseload.access import mentee_of, mentor_of
from kithwork.core.matching import Choice, Impossible, Scored
from kithwork.core.matching.fit import UNTOLD
from kithwork.core.verdict import Refused
from kithwork.matching.queries import Solved, solved
from kithwork.web.coordinator.matching.frame import PARTS, Room, enter, percent
from kithwork.web.kit.cards import Kind, Link, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural, waited


class WhatIf(forms.Form):
    mentor = forms.ChoiceField(label="What if it were somebody else?")

    def __init__(self, found: Solved, chosen: str = "") -> None:
        super().__init__(initial={"mentor": chosen})
        people = sorted((one.name, one.ref) for one in found.crowd.mentoring)
        self.fields["mentor"].choices = [(ref, name) for name, ref in people]  # type: ignore[attr-defined]  # a choice


@page(Desk.SERVICE)
def matching_for(request: Signed, slug: str, mentee: str) -> HttpResponse:
    """The five best, part by part; and `?mentor=` what it would mean to choose that one."""
    room = enter(request, slug)
    one = mentee_of(room.run, mentee)
    found = solved(room.run.practice, room.today)
    at = found.crowd.at(one.ref)
    if at is None:
        raise Refused(f"{one} does not wait for a match: they have a mentor, are being asked, or are not on the list.")
    choices = found.choices(at)
    wanted = request.GET.get("mentor", "")
    since = found.crowd.mentees[at].waiting_since
    context = {
        "heading": _heading(str(one), len(choices), room.run.practice.mentor_word),
        "run": room.run,
        "mentee": one,
        "waits": waited((room.today - since).days) if since else "",
        "back": room.at("proposals"),
        "columns": ["What", *(found.crowd.mentoring[each.mentor].name for each in choices)],
        "rows": _side_by_side(found, at, choices, room),
        "why": [] if choices else found.why_not(at),
        "all": room.at("match_choose", one.ref),
        "form": WhatIf(found, wanted),
        "tried": _tried(found, at, wanted, room) if wanted else None,
    }
    return render(request, "coordinator/matching/choices.html", context)


def _heading(name: str, number: int, word: str) -> str:
    if not number:
        return f"Nobody can meet {name} now"
    return f"{plural(number, f'{word},{word}s')} could meet {name}, the best first"


def _side_by_side(found: Solved, at: int, choices: list[Choice], room: Room) -> list[tuple[object, ...]]:
    """One line for each thing one compares, one column for each mentor."""
    best, ref = found.proposed_to(at), found.crowd.mentees[at].id
    lines: list[tuple[object, ...]] = [
        ("Fit", *(percent(one.fit.total) for one in choices)),
        ("Proposed", *(StateTag("Proposed", Kind.GREEN) if one.mentor == best else "" for one in choices)),
        ("What it costs the others", *(cost_words(one) for one in choices)),
    ]
    for number, part in enumerate(choices[0].fit.parts if choices else ()):
        told = [one.fit.parts[number] for one in choices]
        lines.append((PARTS.get(part.part, part.part), *(_scored(each) for each in told)))
    lines.append(
        (
            "Decide",
            *(
                Link("Choose", room.at("match_propose", ref, found.crowd.mentors[one.mentor].id),
                     found.crowd.mentoring[one.mentor].name)
                for one in choices
            ),
        )
    )  # fmt: skip
    return lines


def _scored(one: Scored) -> str:
    if one.score == UNTOLD and not one.reason:
        return f"Not told: counts {UNTOLD} of 100"
    return f"{one.score} of 100. {one.reason}".strip()


def cost_words(one: Choice) -> str:
    """What a choice means for everybody else, in words."""
    if one.fewer > 0:
        return f"{plural(one.fewer, 'person,people')} less would be matched"
    if one.cost > 0:
        return f"The others fit {percent(one.cost)} less in sum" if one.cost >= 10 else "Hardly anything"
    return "Nothing" if one.cost == 0 else f"The others fit {percent(-one.cost)} better in sum"


def _tried(found: Solved, at: int, wanted: str, room: Room) -> dict[str, object]:
    """What if it were this one: possible or not, the fit, the cost, and who else would get somebody else."""
    other = mentor_of(room.run, wanted)
    where = found.crowd.mentor_at(wanted)
    if where is None:
        return {"name": str(other), "against": ["They do not mentor here now."]}
    if against := found.vetoes(at, where):
        return {"name": str(other), "against": against}
    try:
        choice = found.what_if(at, where)
    except Impossible as because:
        return {"name": str(other), "against": [str(because)]}
    moved = []
    for place, mentee in enumerate(found.crowd.waiting):
        was, will = found.proposed_to(place), int(choice.assignment.mentor_of[place])
        if place != at and was != (None if will < 0 else will):
            moved.append(
                (
                    mentee.name,
                    found.crowd.mentoring[was].name if was is not None else "Nobody",
                    found.crowd.mentoring[will].name if will >= 0 else "Nobody",
                )
            )
    return {
        "name": str(other),
        "fit": percent(choice.fit.total),
        "cost": cost_words(choice),
        "reasons": choice.fit.reasons,
        "moved": moved,
        "columns": ["Who", "Proposed now", "Then"],
        "href": room.at("match_propose", found.crowd.mentees[at].id, wanted),
    }
