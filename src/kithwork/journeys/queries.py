"""Named reads over journeys."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from kithwork.accounts.models import User
from kithwork.core.journey import Answer, Entry, EntryKind, Position, fold
from kithwork.core.schemes import Edition, FormStage, Role
from kithwork.journeys.editions import edition_of
from kithwork.journeys.models import Appointment, Draft, EntryRow, Invoice, Journey, PublishedEdition, Response, Support
from kithwork.organisations.models import Organisation

_COLUMNS = ("on", "kind", "by", "stage", "item", "outcome", "level", "until", "amount", "detail")


def as_entry(
    on: date,
    kind: str,
    by: str,
    stage: str,
    item: str,
    outcome: str,
    level: str,
    until: date | None,
    amount: int | None,
    detail: str,
) -> Entry:
    return Entry(
        on, EntryKind(kind), Role(by), stage, item, Answer(outcome) if outcome else None, level, until, amount, detail
    )


def entries_of(journey: Journey) -> list[Entry]:
    """The journey's entries, oldest first. One query."""
    rows = EntryRow.objects.filter(journey=journey).order_by("seq").values_list(*_COLUMNS)
    return [as_entry(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Reading:
    """A journey read for a page: its edition, entries and where it stands today."""

    journey: Journey
    edition: Edition
    entries: list[Entry]
    position: Position


def read(journey: Journey, today: date) -> Reading:
    """One query more than the journey itself (its edition should come with it)."""
    edition = edition_of(journey.edition)
    entries = entries_of(journey)
    return Reading(journey, edition, entries, fold(edition, entries, today))


def on_offer() -> QuerySet[PublishedEdition]:
    """Editions that take new journeys."""
    return PublishedEdition.objects.filter(closed_at__isnull=True).select_related("body")


def for_persons(slug: str) -> bool:
    """Whether the scheme on offer under this name is for people themselves, not for services."""
    found = edition_on_offer(slug)
    return found is not None and edition_of(found).scheme.applicant == "person"


def every_edition() -> QuerySet[PublishedEdition]:
    """All that were ever published, by name, the newest of each first; their long texts are read when asked for."""
    return PublishedEdition.objects.select_related("body").defer("texts").order_by("name", "-published_at")


def journeys_with_names(journeys: QuerySet[Journey]) -> QuerySet[Journey]:
    """With all that a list row prints."""
    return journeys.select_related("edition__body", "service__organisation", "person")


def latest_response(journey: Journey, stage: str) -> Response | None:
    return Response.objects.filter(journey=journey, stage=stage).order_by("-number").first()


def latest_responses(journey: Journey) -> dict[str, Response]:
    """The newest answers to each checklist and form, by stage. One query."""
    return {response.stage: response for response in Response.objects.filter(journey=journey).order_by("number")}


def live_appointment(journey: Journey) -> Appointment | None:
    """The assessor who is asked or appointed now."""
    return Appointment.objects.filter(journey=journey, state__in=Appointment.LIVE).select_related("assessor").first()


def live_appointments_of(journey: Journey) -> list[Appointment]:
    """All who are asked or appointed now, in the order in which they were asked."""
    rows = Appointment.objects.filter(journey=journey, state__in=Appointment.LIVE)
    return list(rows.select_related("assessor").order_by("pk"))


def signatures_of(journey: Journey, stage: str) -> list[EntryRow]:
    """The signatures under an observation as it is written up now, oldest first: who, in which role, and when."""
    rows = EntryRow.objects.filter(journey=journey, stage=stage, kind__in=("held", "signed")).order_by("seq")
    found: list[EntryRow] = []
    for row in rows.select_related("signed_by"):
        found = [*found, row] if row.kind == "signed" else []
    return found


def invoices_of(journey: Journey) -> QuerySet[Invoice]:
    return Invoice.objects.filter(journey=journey)


def waiting_on(body: Organisation, *roles: Role) -> QuerySet[Journey]:
    """A body's journeys on which somebody in one of these roles has something to do, nearest date first."""
    asked = Q()
    for role in roles:
        asked |= Q(waiting_on__contains=f" {role.value} ")
    rows = Journey.objects.filter(asked, edition__body=body).defer("edition__texts")
    return journeys_with_names(rows).order_by(F("next_due").asc(nulls_last=True), "pk")


Voices = Mapping[tuple[int, str, str], list[int | None]]


def voices(journeys: Iterable[Journey]) -> Voices:
    """(journey id, stage, 'recommended' or 'decided') -> ids of who said so, in order. One query."""
    kinds = (EntryKind.RECOMMENDED, EntryKind.DECIDED)
    found: dict[tuple[int, str, str], list[int | None]] = {}
    rows = EntryRow.objects.filter(journey__in=list(journeys), kind__in=kinds).order_by("journey_id", "seq")
    for journey, stage, kind, signer in rows.values_list("journey_id", "stage", "kind", "signed_by"):
        found.setdefault((journey, stage, kind), []).append(signer)
    return found


def history_of(journey: Journey) -> QuerySet[EntryRow]:
    """Entries with who signed them, newest first, for a timeline."""
    return EntryRow.objects.filter(journey=journey).select_related("signed_by").order_by("-seq")


def draft_of(user: User, key: str) -> Draft | None:
    return Draft.objects.filter(user=user, key=key).first()


def figure(journey: Journey, edition: Edition, field: str | None) -> int | None:
    """A number that the applicant gave in the application, such as the annual turnover in pounds."""
    if field is None:
        return None
    responses: Iterable[Response] = Response.objects.filter(journey=journey).order_by("-number")
    for response in responses:
        value = response.answers.get(field)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None


def renewals_of(journey: Journey) -> QuerySet[Journey]:
    """Journeys that renew what this one won, newest first."""
    return Journey.objects.filter(renews=journey).order_by("-pk")


def supports_of(journey: Journey, stage: str) -> QuerySet[Support]:
    """Third parties who were asked for a stage's form, oldest first."""
    return Support.objects.filter(journey=journey, stage=stage)


def listed_answers(journey: Journey, edition: Edition) -> str:
    """What the applicant's newest answers say in the fields that the public register shows, such as an area."""
    names = {
        field.id for stage in edition.stages if isinstance(stage, FormStage) for field in stage.fields if field.listed
    }
    found: dict[str, str] = {}
    for response in Response.objects.filter(journey=journey).order_by("on", "pk") if names else ():
        found |= {name: str(value) for name, value in response.answers.items() if name in names and value}
    return ", ".join(found.values())[:300]


def moves_of_body(body: Organisation, kinds: Iterable[EntryKind]) -> list[EntryRow]:
    """Entries of some kinds on all of a body's journeys, oldest first: day, kind, stage and journey. One query."""
    rows = EntryRow.objects.filter(journey__edition__body=body, kind__in=[kind.value for kind in kinds])
    return list(rows.only("journey_id", "on", "kind", "stage").order_by("on", "journey_id", "seq"))


def held_of_body(body: Organisation) -> QuerySet[Journey]:
    """A body's journeys on which something is held, with all that a list row prints."""
    rows = Journey.objects.filter(edition__body=body, status__in=("awarded", "suspended")).defer("edition__texts")
    return journeys_with_names(rows)


def passing(today: date) -> QuerySet[Journey]:
    """Journeys on which the mere passing of days may change something: those that run or are held, and what expired
    within a year, for it may be in its days of grace.
    """
    rows = Journey.objects.exclude(status__in=("refused", "withdrawn", "closed", "revoked", "lapsed"))
    rows = rows.exclude(status="expired", valid_until__lt=today - timedelta(days=366))
    return rows.select_related("edition__body", "service__organisation", "person", "created_by").defer("edition__texts")


def read_all(journeys: Iterable[Journey], today: date) -> list[Reading]:
    """Many journeys read at once: one query for all their entries (their editions should come with them)."""
    listed = list(journeys)
    entries: dict[int, list[Entry]] = {journey.pk: [] for journey in listed}
    rows = EntryRow.objects.filter(journey__in=listed).order_by("journey_id", "seq")
    for journey_id, *row in rows.values_list("journey_id", *_COLUMNS):
        entries[journey_id].append(as_entry(*row))
    return [
        Reading(journey, edition := edition_of(journey.edition), found, fold(edition, found, today))
        for journey in listed
        for found in (entries[journey.pk],)
    ]


def clock_notes(journey: Journey) -> list[EntryRow]:
    """Stops, resumptions and extensions with their reasons, newest first."""
    kinds = (EntryKind.STOPPED, EntryKind.RESUMED, EntryKind.EXTENDED)
    return list(EntryRow.objects.filter(journey=journey, kind__in=kinds).order_by("-seq"))


def edition_on_offer(slug: str) -> PublishedEdition | None:
    """The newest edition of a scheme that takes new journeys."""
    return on_offer().filter(slug=slug).order_by("-published_at").first()


def scheme_closed(slug: str) -> bool:
    """Whether there is such a scheme, and none of its editions takes new journeys."""
    return every_edition().filter(slug=slug).exists() and edition_on_offer(slug) is None


def read_with_history(journey: Journey, today: date) -> tuple[Reading, list[EntryRow]]:
    """The journey read, and the rows it was read from with who signed them, oldest first. One query for both."""
    rows = list(EntryRow.objects.filter(journey=journey).select_related("signed_by").order_by("seq"))
    entries = [as_entry(*(getattr(row, column) for column in _COLUMNS)) for row in rows]
    edition = edition_of(journey.edition)
    return Reading(journey, edition, entries, fold(edition, entries, today)), rows


def responses_of(journey: Journey) -> list[Response]:
    """Everything handed in to checklists and forms, newest first."""
    return list(
        Response.objects.filter(journey=journey).select_related("by", "support").order_by("-on", "-number", "-id")
    )


def appointments_of(journey: Journey) -> list[Appointment]:
    """Everybody ever asked to assess it, newest first."""
    rows = Appointment.objects.filter(journey=journey).select_related("assessor", "asked_by")
    return list(rows.order_by("-asked_on", "-id"))


def live_appointments(journeys: Iterable[Journey]) -> dict[int, list[Appointment]]:
    """Journey id -> all who are asked or appointed now. One query for a whole list."""
    rows = Appointment.objects.filter(journey__in=list(journeys), state__in=Appointment.LIVE)
    found: dict[int, list[Appointment]] = {}
    for row in rows.select_related("assessor").order_by("pk"):
        found.setdefault(row.journey_id, []).append(row)
    return found


def left_by_their_assessor(journeys: Iterable[Journey]) -> frozenset[int]:
    """Ids of those whose assessor was appointed and is gone, with nobody asked or appointed since. One query."""
    rows = Appointment.objects.filter(
        journey__in=list(journeys), state=Appointment.State.ENDED, declared_on__isnull=False
    ).exclude(journey__appointments__state__in=Appointment.LIVE)
    return frozenset(rows.values_list("journey_id", flat=True))


def caseload_of_assessors(body: Organisation) -> dict[int, tuple[int, int]]:
    """User id -> (journeys they assess that are not over, requests they have not answered). One query."""
    over = ("awarded", "suspended", "expired", "refused", "withdrawn", "closed", "revoked")
    rows = (
        Appointment.objects.filter(journey__edition__body=body, state__in=Appointment.LIVE)
        .exclude(journey__status__in=over, journey__waiting_on="")
        .values_list("assessor_id")
        .annotate(
            open=Count("id", filter=Q(state=Appointment.State.APPOINTED)),
            asked=Count("id", filter=Q(state=Appointment.State.ASKED)),
        )
    )
    return {user: (appointed, asked) for user, appointed, asked in rows}


def editions_of_body(body: Organisation) -> QuerySet[PublishedEdition]:
    """A body's published editions, newest first of each scheme; their long texts are read only when asked for."""
    return PublishedEdition.objects.filter(body=body).defer("texts").order_by("name", "-published_at")


def published_keys() -> dict[str, str]:
    """'slug/edition' -> digest, of every edition ever published here."""
    rows = PublishedEdition.objects.values_list("slug", "edition", "digest")
    return {f"{slug}/{edition}": digest for slug, edition, digest in rows}


def invoices_of_body(body: Organisation) -> QuerySet[Invoice]:
    """All invoices of a body, with what a list row prints."""
    return (
        Invoice.objects.filter(body=body)
        .select_related("journey__edition", "journey__service__organisation", "journey__person")
        .defer("journey__edition__texts")
    )


_TO_DO = Q(waiting_on__contains=" assessor ")
_OPEN = Q(status="active") | (Q(status__in=("awarded", "suspended")) & ~Q(level=F("granted_level"))) | _TO_DO
_SHOWN = {
    "me": _OPEN & _TO_DO,
    "service": _OPEN & ~_TO_DO & Q(waiting_on__contains=" applicant "),
    "all": _OPEN,
    "finished": ~_OPEN,
}
_SORTS = {
    "since": ("oldest_sent",),
    "service": ("service__name", "person__name"),
    "stage": ("stage",),
    "waiting": ("to_assess",),
    "due": ("assessor_due",),
    "progress": ("confirmed",),
}


_PRINTED = (
    *("ref", "status", "stage", "level", "waiting_on", "next_due", "assessor_due", "officer_due", "to_assess"),
    *("oldest_sent", "confirmed", "total", "stopped", "valid_until"),
    *("edition__slug", "edition__edition", "edition__digest"),
    *("service__name", "service__organisation__name", "person__name"),
)


def queue_counts(journeys: QuerySet[Journey]) -> dict[str, int]:
    """How many of an assessor's cases wait for them ('me'), for the applicant alone ('service'), are open at all
    ('all') or 'finished'. One query."""
    counts: dict[str, int] = journeys.aggregate(**{key: Count("pk", filter=which) for key, which in _SHOWN.items()})
    return counts


def queue(journeys: QuerySet[Journey], *, show: str, sort: str, down: bool) -> QuerySet[Journey]:
    """An assessor's cases of one kind of `queue_counts`, sorted; cases without the figure sorted by come last."""
    by = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in _SORTS[sort]]
    last = [F(name).asc(nulls_last=True) for name in ("oldest_sent", "assessor_due", "next_due")]
    rows = journeys.filter(_SHOWN[show]).order_by(*by, *last, "pk")
    # only what a row prints: fifty rows with all their neighbours' columns cost a quarter of the page
    return rows.select_related(None).select_related("edition", "service__organisation", "person").only(*_PRINTED)


def searched(journeys: QuerySet[Journey], words: str) -> QuerySet[Journey]:
    """Those whose service, organisation, person or reference holds every word."""
    for word in words.split()[:6]:
        journeys = journeys.filter(
            Q(service__name__icontains=word)
            | Q(service__organisation__name__icontains=word)
            | Q(service__place__icontains=word)
            | Q(person__name__icontains=word)
            | Q(ref__iexact=word)
        )
    return journeys


def longest_waiting(journeys: QuerySet[Journey]) -> Journey | None:
    """The case in which something sent has waited longest for its assessor; else the one with the nearest date."""
    return (
        journeys.filter(_SHOWN["me"])
        .order_by(F("oldest_sent").asc(nulls_last=True), F("assessor_due").asc(nulls_last=True), "pk")
        .first()
    )


# Names for the types of what pages are handed; they never touch the tables themselves
JourneyRow = Journey
InvoiceRow = Invoice
ResponseRow = Response
SupportRow = Support
AppointmentRow = Appointment
HistoryRow = EntryRow
EditionRow = PublishedEdition


def drafts_of(user: User) -> QuerySet[Draft]:
    """What a person was typing and has not handed in, newest first."""
    return Draft.objects.filter(user=user).order_by("-saved_at", "-id")


def names_by_ref(refs: Iterable[str]) -> dict[str, str]:
    """Journey ref -> 'the service, the scheme', for refs that a person was let through a door to. One query."""
    rows = Journey.objects.filter(ref__in=list(refs)).values_list("ref", "service__name", "edition__name")
    return {ref: ", ".join(filter(None, (service, scheme))) for ref, service, scheme in rows}
