"""What waits for a panel: the first page of its members and its chair."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from kithwork.core.journey import Act, ActKind
from kithwork.core.schemes import Edition, PanelStage, Role
from kithwork.journeys.queries import read_all, voices, waiting_on
from kithwork.procedures.deciding import has_spoken
from kithwork.web.body import doors
from kithwork.web.body.lists import page_of
from kithwork.web.body.stages.one import act_page
from kithwork.web.body.wording import act_title, applicant_of, due_tag, organisation_of, role_word, sentence
from kithwork.web.kit.cards import Link, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural

_PANEL = (Role.PANEL, Role.CHAIR)


@page(Desk.BODY)
def panel(request: Signed, org: str) -> HttpResponse:
    """For a member and for the chair what waits for them; for an officer what waits for any of them."""
    body, roles = doors.panel(request, org)
    asked = [role for role in _PANEL if role.value in roles] or list(_PANEL)
    shown = page_of(request, waiting_on(body, *asked))
    readings = read_all(shown.object_list, timezone.localdate())
    said = voices(shown.object_list)
    rows: list[tuple[object, ...]] = []
    waiting = 0
    for reading in readings:
        name, edition = applicant_of(reading.journey), reading.edition
        for act in reading.position.acts:
            if act.role not in asked:
                continue
            spoken = has_spoken(request.user, act, reading, said)
            waiting += act.role.value in roles and not spoken
            rows.append(
                (
                    Link(name, act_page(act, org, reading.journey.ref, {}), act_title(act, edition)),
                    organisation_of(reading.journey),
                    act_title(act, edition),
                    StateTag("You have spoken") if spoken else _whom(act, edition),
                    due_tag(act.due, reading.position.today) if act.due else "No date",
                )
            )
    if set(roles).isdisjoint(role.value for role in _PANEL):  # an officer, to whom none of it belongs
        heading = f"{plural(len(rows), 'application waits,applications wait')} for the panel"
    else:
        heading = f"{plural(waiting, 'application waits,applications wait') if waiting else 'Nothing waits'} for you"
    context = {
        "heading": heading,
        "columns": ["Applicant", "Organisation", "What", "Who", "By"],
        "rows": rows,
        "page_obj": shown,
    }
    return render(request, "body/panel.html", context)


def _whom(act: Act, edition: Edition) -> str:
    """'The panel's chair', 'The panel, 1 of 2 still to recommend'."""
    who = sentence(role_word(act.role, edition))
    stage = edition.stage(act.stage) if act.stage else None
    if act.what is ActKind.RECOMMEND and isinstance(stage, PanelStage):
        return f"{who}, {act.count} of {stage.members} still to recommend"
    return who
