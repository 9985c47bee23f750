"""What the applicant handed in to checklists and forms, as question and answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from kithwork.core.schemes import ChecklistStage, Edition, FormStage
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import ResponseRow, responses_of
from kithwork.web.body import doors
from kithwork.web.body.doors import Seat
from kithwork.web.body.wording import applicant_of
from kithwork.web.kit.answers import shown
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One version of one stage's answers. `nos` are the questions answered with no."""

    stage: str
    title: str
    number: int
    on: date
    by: str
    parts: list[tuple[str, list[SummaryRow]]]
    nos: int
    href: str
    versions: int = 1


def _parts(edition: Edition, response: ResponseRow) -> tuple[list[tuple[str, list[SummaryRow]]], int]:
    stage = edition.stage(response.stage)
    answers = response.answers
    if isinstance(stage, ChecklistStage):
        given = [(question, answers.get(question.id) is True) for question in stage.questions]
        rows = [
            SummaryRow(question.asks, StateTag("Yes", Kind.GREEN) if yes else StateTag("No", Kind.RED))
            for question, yes in given
        ]
        return [("", rows)], sum(not yes for _, yes in given)
    parts: dict[str, list[SummaryRow]] = {}
    if isinstance(stage, FormStage):
        for field in stage.fields:
            answer = shown(field, answers.get(field.id), edition)
            parts.setdefault(field.page, []).append(SummaryRow(field.label, "Not given" if answer is None else answer))
    return list(parts.items()), 0


def card(response: ResponseRow, edition: Edition, org: str, ref: str, versions: int = 1) -> HandedIn:
    parts, nos = _parts(edition, response)
    return HandedIn(
        response.stage,
        edition.stage(response.stage).title,
        response.number,
        response.on,
        response.by.name if response.by else response.support.name if response.support else "",
        parts,
        nos,
        f"{reverse('body_answers', args=[org, ref, response.stage])}?version={response.number}",
        versions,
    )


def latest(responses: Sequence[ResponseRow], edition: Edition, org: str, ref: str) -> list[HandedIn]:
    """The newest version of each stage's answers, in the edition's order."""
    found: list[HandedIn] = []
    for stage in edition.stages:
        own = [response for response in responses if response.stage == stage.id]
        if own:
            newest = max(own, key=lambda response: response.number)
            found.append(card(newest, edition, org, ref, len(own)))
    return found


def handed_to(seat: Seat) -> list[HandedIn]:
    """The newest answers for whoever sits there; older versions are the officers' to look up."""
    journey = seat.reading.journey
    found = latest(responses_of(journey), seat.reading.edition, seat.org, journey.ref)
    return found if seat.officer else [replace(one, versions=1) for one in found]


def _version(own: Iterable[ResponseRow], wanted: str) -> ResponseRow | None:
    rows = sorted(own, key=lambda response: -response.number)
    if not wanted:
        return rows[0] if rows else None
    return next((row for row in rows if str(row.number) == wanted), None)


@page(Desk.BODY)
def body_answers(request: Signed, org: str, ref: str, stage: str) -> HttpResponse:
    """What was handed in to one stage: the newest version, or `?version=1`."""
    journey = doors.journey(request, org, ref)
    edition = edition_of(journey.edition)
    own = [response for response in responses_of(journey) if response.stage == stage]
    shown = _version(own, request.GET.get("version", ""))
    if shown is None:
        raise Http404("No such page.")
    context = {
        "service": applicant_of(journey),
        "handed": card(shown, edition, org, ref, len(own)),
        "others": [card(row, edition, org, ref) for row in own if row.pk != shown.pk],
        "newest": shown.number == max(row.number for row in own),
        "back_href": reverse("body_journey", args=[org, ref]),
    }
    return render(request, "body/answers.html", context)
