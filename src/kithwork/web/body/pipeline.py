"""The first page: who is at which stage, what is late, what waits for the officer. From the journeys' columns alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import Edition
from kithwork.evidence.queries import unsettled_of_body
from kithwork.journeys.access import journeys_for_body
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import (
    AppointmentRow,
    EditionRow,
    JourneyRow,
    editions_of_body,
    left_by_their_assessor,
    live_appointments,
)
from kithwork.organisations.models import Organisation
from kithwork.web.body import doors
from kithwork.web.body.lists import Filter, Sorting, asked, by_applicant, csv_address, csv_answer, csv_wanted, page_of
from kithwork.web.body.wording import (
    STATUS,
    applicant_of,
    due_tag,
    due_words,
    organisation_of,
    progress_words,
    role_word,
    sentence,
)
from kithwork.web.kit.breaches import HOURS
from kithwork.web.kit.cards import Kind, Link, Place, StateTag
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import plural, waited

Journeys = QuerySet[JourneyRow]
OVER = ("refused", "withdrawn", "closed", "revoked", "expired", "lapsed")
HELD = ("awarded", "suspended")


class PipelineFilter(Filter):
    q = forms.CharField(label="Search", required=False, help_text="Applicant, organisation or place", max_length=100)
    scheme = forms.ChoiceField(label="Scheme", required=False)
    stage = forms.ChoiceField(label="Stage", required=False)
    waits = forms.ChoiceField(
        label="Waits on",
        required=False,
        choices=[
            ("", "Anybody"),
            ("officer", "You"),
            ("applicant", "The applicant"),
            ("assessor", "The assessor"),
            ("panel", "The panel"),
        ],
    )
    late = forms.ChoiceField(
        label="Dates",
        required=False,
        choices=[("", "All"), ("late", "Late"), ("soon", "Due within 2 weeks"), ("stopped", "Clock stopped")],
    )
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "In progress"), ("held", "Holds an award"), ("over", "Ended"), ("all", "All")],
    )

    def __init__(self, data: Any, editions: dict[int, tuple[EditionRow, Edition]]) -> None:
        super().__init__(data)
        schemes = {f"{row.slug}/{row.edition}": f"{row.name}, {row.edition}" for row, _ in editions.values()}
        stages = {stage.id: stage.title for _, edition in editions.values() for stage in edition.stages}
        choices: dict[str, list[tuple[str, str]]] = {
            "scheme": [("", "All"), *schemes.items()],
            "stage": [("", "All"), *stages.items()],
        }
        for name, given in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = given


def narrowed(journeys: Journeys, wanted: dict[str, Any], today: date) -> Journeys:
    """The journeys that a filter asks for."""
    by_status = {
        "": Q(status="active") | (Q(status__in=HELD) & ~Q(waiting_on="")),
        "held": Q(status__in=HELD),
        "over": Q(status__in=OVER),
        "all": Q(),
    }
    rows = journeys.filter(by_status[wanted["status"]])
    if wanted["scheme"]:
        slug, _, edition = wanted["scheme"].partition("/")
        rows = rows.filter(edition__slug=slug, edition__edition=edition)
    if wanted["stage"]:
        rows = rows.filter(stage=wanted["stage"])
    if wanted["waits"]:
        rows = rows.filter(waiting_on__contains=f" {wanted['waits']} ")
    rows = rows.filter(_dates(wanted["late"], today))
    for word in wanted["q"].split():
        rows = rows.filter(
            Q(service__name__icontains=word)
            | Q(service__organisation__name__icontains=word)
            | Q(service__place__icontains=word)
            | Q(person__name__icontains=word)
        )
    return rows


def _dates(which: str, today: date) -> Q:
    match which:
        case "late":
            return Q(next_due__lt=today, stopped=False)
        case "soon":
            return Q(next_due__gte=today, next_due__lte=date.fromordinal(today.toordinal() + 14), stopped=False)
        case "stopped":
            return Q(stopped=True)
        case _:
            return Q()


@dataclass(frozen=True, slots=True)
class Row:
    """One journey of the list."""

    href: str
    applicant: str
    organisation: str
    scheme: str
    stage: str
    waits_on: str
    due: date | None
    next: StateTag | str
    late: str
    progress: str
    assessor: str | StateTag
    status: StateTag

    def cells(self, *, organisation: bool) -> tuple[object, ...]:
        """What the list shows; persons apply for themselves, and have no organisation to show."""
        return (
            Link(self.applicant, self.href),
            *([self.organisation] if organisation else []),
            self.stage,
            self.waits_on,
            self.next,
            self.progress,
            self.assessor,
        )


def _rows(
    journeys: list[JourneyRow], editions: dict[int, tuple[EditionRow, Edition]], org: str, today: date
) -> list[Row]:
    assessors, left = live_appointments(journeys), left_by_their_assessor(journeys)
    return [
        _row(journey, editions[journey.edition_id][1], org, assessors.get(journey.pk, []), journey.pk in left, today)
        for journey in journeys
    ]


def _row(
    journey: JourneyRow, edition: Edition, org: str, appointed: list[AppointmentRow], left: bool, today: date
) -> Row:
    status = journey.status
    if status in HELD and journey.valid_until and journey.valid_until < today:
        status = "expired"
    titles = {stage.id: stage.title for stage in edition.stages}
    # the officer's own part first
    roles = [role_word(role, edition) for role in sorted(journey.waiting_on.split(), key=lambda r: r != "officer")]
    running = status in {"active", *HELD} and journey.waiting_on != ""
    assessor: str | StateTag = ""
    if appointed:
        assessor = ", ".join(one.assessor.name + (" (asked)" if one.state == "asked" else "") for one in appointed)
    elif left and running and {"officer", "assessor"} & set(journey.waiting_on.split()):
        assessor = StateTag(f"Needs a new {edition.words.assessor}", Kind.RED)
    return Row(
        href=reverse("body_journey", args=[org, journey.ref]),
        applicant=applicant_of(journey),
        organisation=organisation_of(journey),
        scheme=f"{journey.edition.name}, {journey.edition.edition}",
        stage=titles.get(journey.stage, "") if running or status == "active" else str(STATUS[status].word),
        waits_on=sentence(", ".join(roles)) or "Nobody",
        due=journey.next_due,
        next=_next(journey, today) if running else "–",
        late=due_words(journey.next_due, today, stopped=journey.stopped) if running else "",
        progress=progress_words(journey.confirmed, journey.total),
        assessor=assessor,
        status=STATUS[status],
    )


def _next(journey: JourneyRow, today: date) -> StateTag | str:
    """The next date; where nothing is due, since when nothing has happened."""
    if journey.next_due is None and not journey.stopped and journey.last_on and journey.last_on < today:
        return f"No date; quiet for {waited((today - journey.last_on).days)}"
    return due_tag(journey.next_due, today, stopped=journey.stopped)


def _sorting(request: HttpRequest, editions: dict[int, tuple[EditionRow, Edition]]) -> Sorting:
    places = [
        When(edition_id=pk, stage=stage.id, then=Value(number))
        for pk, (_, edition) in editions.items()
        for number, stage in enumerate(edition.stages)
    ]
    order = Case(*places, default=Value(-1), output_field=IntegerField()) if places else Value(-1)
    none_last = Case(When(next_due__isnull=True, then=Value(1)), default=Value(0), output_field=IntegerField())
    return Sorting(
        request,
        {
            "applicant": (by_applicant(),),
            "organisation": ("service__organisation__name", by_applicant()),
            "stage": (order, "next_due"),
            "waits": ("waiting_on", "next_due"),
            "next": (none_last, "next_due"),
            "progress": ("confirmed",),
        },
        "next",
    )


def _stage_links(
    journeys: Journeys, editions: dict[int, tuple[EditionRow, Edition]], wanted: dict[str, Any]
) -> list[tuple[str, list[Place]]]:
    """For each edition with journeys in progress: its stages, in its order, with how many stand there."""
    rows = narrowed(journeys, dict.fromkeys(wanted, ""), date.min).values_list("edition_id", "stage")
    counts = {(edition, stage): n for edition, stage, n in rows.annotate(n=Count("id")).order_by()}
    found: list[tuple[str, list[Place]]] = []
    for pk, (row, edition) in editions.items():
        key = f"{row.slug}/{row.edition}"
        total = sum(n for (one, _), n in counts.items() if one == pk)
        if not total:
            continue
        here = wanted["scheme"] == key
        places = [Place(f"All {total}", f"?scheme={key}", here and not wanted["stage"])]
        for stage in edition.stages:
            if n := counts.get((pk, stage.id)):
                current = here and wanted["stage"] == stage.id
                places.append(Place(f"{stage.title} {n}", f"?scheme={key}&stage={stage.id}", current))
        found.append((f"{row.name}, edition {row.edition}", places))
    return found


@page(Desk.BODY)
def body_home(request: Signed, org: str) -> HttpResponse:
    """The pipeline; `?format=csv` gives all that is shown, every page of it."""
    body = doors.body(request, org, "body_home")
    today = timezone.localdate()
    editions = {row.pk: (row, edition_of(row)) for row in editions_of_body(body)}
    form = PipelineFilter(request.GET, editions)
    wanted = asked(form)
    everything = journeys_for_body(request.user, body).defer("edition__texts")
    sorting = _sorting(request, editions)
    journeys = sorting.apply(narrowed(everything, wanted, today))
    if csv_wanted(request):
        return _csv(list(journeys), editions, org, today)
    shown = page_of(request, journeys)
    on_page = list(shown.object_list)
    rows = _rows(on_page, editions, org, today)
    services = any(edition.scheme.applicant == "service" for _, edition in editions.values())
    columns = [
        sorting.column("applicant", "Applicant"),
        *([sorting.column("organisation", "Organisation")] if services else []),
        sorting.column("stage", "Stage"),
        sorting.column("waits", "Waits on"),
        sorting.column("next", "Next date"),
        sorting.column("progress", "Confirmed", numeric=True),
        "Assessor",
    ]
    context = {
        "finding": _finding(everything, body, today),
        "stages": _stage_links(everything, editions, wanted),
        "form": form,
        "filtered": any(value for name, value in wanted.items() if name != "sort"),
        "columns": columns,
        "rows": [row.cells(organisation=services) for row in rows],
        "caption": plural(shown.paginator.count, "application"),
        "page_obj": shown,
        "csv": csv_address(request),
        "org": org,
        "none_published": not editions,
    }
    return render(request, "body/pipeline.html", context)


@dataclass(frozen=True, slots=True)
class Finding:
    """The heading and what is worth a look at once."""

    heading: str
    waiting: int
    late: int
    stopped: int
    running: int
    breaches: str


def _finding(journeys: Journeys, body: Organisation, today: date) -> Finding:
    running = narrowed(journeys, dict.fromkeys(("q", "scheme", "stage", "waits", "late", "status", "sort"), ""), today)
    counts = running.aggregate(
        running=Count("id"),
        waiting=Count("id", filter=Q(waiting_on__contains=" officer ")),
        late=Count("id", filter=_dates("late", today)),
        stopped=Count("id", filter=Q(stopped=True)),
    )
    waiting, total = counts["waiting"], counts["running"]
    if not total:
        heading = "No applications are in progress"
    elif not waiting:
        heading = f"Nothing waits for you; {plural(total, 'application is,applications are')} in progress"
    else:
        heading = f"{plural(waiting, 'application waits,applications wait')} for you, of {total} in progress"
    return Finding(heading, waiting, counts["late"], counts["stopped"], total, _to_settle(body))


def _to_settle(body: Organisation) -> str:
    """The data breaches of which the body has not said whether they must be reported; "" where there is none."""
    reported = list(unsettled_of_body(body).values_list("reported_at", flat=True))
    if not reported:
        return ""
    fresh = sum(at > timezone.now() - timedelta(hours=HOURS) for at in reported)
    when = f"{fresh} reported less than 72 hours ago" if fresh else "the 72 hours have passed"
    return f"{plural(len(reported), 'data breach waits,data breaches wait')} for you to settle, {when}."


def _csv(
    journeys: list[JourneyRow], editions: dict[int, tuple[EditionRow, Edition]], org: str, today: date
) -> HttpResponse:
    rows = _rows(journeys, editions, org, today)
    heads = (
        "Applicant", "Organisation", "Scheme", "Status", "Stage", "Waits on", "Next date", "In words", "Confirmed",
        "Assessor",
    )  # fmt: skip
    return csv_answer(
        f"pipeline-{today.isoformat()}",
        heads,
        (
            (
                r.applicant,
                r.organisation,
                r.scheme,
                r.status.word,
                r.stage,
                r.waits_on,
                r.due,
                r.late,
                r.progress,
                str(r.assessor.word) if isinstance(r.assessor, StateTag) else r.assessor,
            )
            for r in rows
        ),
    )
