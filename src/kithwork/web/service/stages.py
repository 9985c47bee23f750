"""One page for a stage of a journey, by its kind."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse

from kithwork.assessment.queries import arranged, decided
from kithwork.awards.actions import agree_to_listing
from kithwork.awards.queries import awards_of
from kithwork.core.journey import ActKind, ItemState, StageState, Status
from kithwork.core.schemes import (
    AssignmentStage,
    AwardStage,
    CaseStudyStage,
    ChecklistStage,
    CourseStage,
    DecisionStage,
    EvidenceStage,
    FeeStage,
    FormStage,
    InterviewStage,
    MeetingStage,
    ObservationStage,
    PanelStage,
    PortfolioStage,
    RenewalStage,
    VisitStage,
)
from kithwork.core.verdict import Refused
from kithwork.evidence.queries import gathered
from kithwork.journeys.queries import invoices_of, renewals_of
from kithwork.procedures import applying
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TaskRow
from kithwork.web.kit.forms import refusal
from kithwork.web.kit.last_time import ahead
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.service import doors
from kithwork.web.service.applications import application
from kithwork.web.service.areas import area_rows
from kithwork.web.service.checklists import checklist
from kithwork.web.service.courses import course
from kithwork.web.service.frame import At, show
from kithwork.web.service.happenings import happening
from kithwork.web.service.journey import ended, higher
from kithwork.web.service.portfolio import overview
from kithwork.web.service.portfolio.here import Here
from kithwork.web.service.words import capital, item_tag
from kithwork.web.templatetags.kit import longdate, pounds


@page(Desk.SERVICE, "GET", "POST")
def journey_stage(request: Signed, ref: str, stage: str) -> HttpResponse:
    seen = doors.journey(request, ref, write=request.method == "POST")
    at = At(seen, model := seen.stage(stage), seen.position.stages[stage])
    shows = _PAGES[type(model)]
    if request.method == "POST" and type(model) not in _WRITES:
        raise Http404("No such page.")
    return shows(request, at)


def decision(request: Signed, at: At) -> HttpResponse:
    rows = decided(at.seen.reading.journey, at.stage)  # one voice of several is not yet a decision
    said = {"yes": "Yes", "no": "No", "more": "More is asked for"}
    tags = {"yes": Kind.GREEN, "no": Kind.RED, "more": Kind.AMBER}
    told = [
        {"tag": StateTag(said[d.outcome], tags[d.outcome]), "on": d.on, "reason": d.reason, "outcome": d.outcome}
        for d in reversed(rows)
    ]
    heading = at.stage.title
    if told:
        heading = {
            "yes": f"{at.stage.title}: the answer is yes",
            "no": f"{at.stage.title}: the answer is no",
            "more": f"{at.stage.title}: more is asked for",
        }[rows[-1].outcome]
    reopens = at.stage.reopens if isinstance(at.stage, DecisionStage) else None
    asked_again = (
        reopens and rows and rows[-1].outcome == "more" and at.seen.position.stages[reopens].state is StageState.OPEN
    )
    awaits = next((act for act in at.acts), None)
    return show(
        request,
        at,
        "decision",
        heading,
        told=told,
        awaits=awaits,
        recommend=awaits is not None and awaits.what is ActKind.RECOMMEND,
        again=reverse("journey_stage", args=[at.seen.ref, reopens]) if asked_again and at.seen.writes else "",
    )


def fee(request: Signed, at: At) -> HttpResponse:
    stage, edition = at.stage, at.seen.edition
    assert isinstance(stage, FeeStage)
    terms = edition.fee(stage.fee)
    invoice = next((one for one in invoices_of(at.seen.reading.journey) if one.stage == stage.id), None)
    rows: list[SummaryRow] = []
    heading = stage.title
    if invoice:
        pdf = reverse("invoice_pdf", args=[at.seen.ref, invoice.ref])
        rows = [
            SummaryRow("Invoice", Link(f"{invoice.number} (PDF)", pdf)),
            SummaryRow("For", invoice.what),
            SummaryRow("Amount", pounds(invoice.amount)),
            SummaryRow("Issued on", invoice.issued_on),
            SummaryRow("Paid on", invoice.paid_on or "Not recorded yet"),
        ]
        if invoice.by_hand:
            rows.insert(3, SummaryRow("Why this price", invoice.by_hand))
        heading = (
            f"{stage.title}: paid on {longdate(invoice.paid_on)}"
            if invoice.paid_on
            else f"{stage.title}: {pounds(invoice.amount)} to pay"
        )
    bands = [SummaryRow(band.title, pounds(band.amount)) for band in terms.bands]
    return show(
        request,
        at,
        "fee",
        heading,
        invoice=invoice,
        rows=rows,
        bands=bands if not invoice else [],
        amount=terms.amount,
        by_hand=terms.by_hand if not invoice else "",
        refundable=terms.refundable,
        how=at.seen.reading.journey.edition.body.how_to_pay,
    )


def evidence(request: Signed, at: At) -> HttpResponse:
    """Evidence sent online, or looked at during a visit: the areas, how far each is, and what is due."""
    stage = at.stage
    assert isinstance(stage, EvidenceStage | VisitStage)
    held = gathered(at.seen.reading.journey)
    when = arranged(at.seen.reading.journey).get((stage.id, "")) if isinstance(stage, VisitStage) else None
    rows = area_rows(at.seen, stage, held)
    items = at.now.items.values()
    met = sum(item.state is ItemState.CONFIRMED for item in items)
    words = at.seen.edition.words
    heading = stage.title
    if isinstance(stage, VisitStage) and not at.now.done and at.acts and at.acts[0].what is ActKind.HOLD and when:
        heading = f"The visit is on {longdate(when.starts_at)}"
    elif met or isinstance(stage, EvidenceStage):
        heading = f"{met} of {len(items)} {words.requirements} are confirmed"
    return show(
        request,
        at,
        "evidence",
        heading,
        rows=rows,
        when=when,
        milestones=at.now.milestones,
        visit=isinstance(stage, VisitStage),
        modes=" or ".join(stage.modes) if isinstance(stage, VisitStage) else "",
        supplementary=stage.supplementary_within if isinstance(stage, VisitStage) else "",
        owed=[i for i in items if i.state in {ItemState.RETURNED, ItemState.BREACHED}],
        words=words,
    )


def folder(request: Signed, at: At) -> HttpResponse:
    """A portfolio, which has pages of its own."""
    stage = at.stage
    assert isinstance(stage, PortfolioStage)
    if not at.now.in_play:
        raise Http404("No such page.")
    return overview(request, Here(at.seen, stage))


def interviews(request: Signed, at: At) -> HttpResponse:
    stage = at.stage
    assert isinstance(stage, InterviewStage)
    times = arranged(at.seen.reading.journey)
    left = {act.item: act.count for act in at.acts if act.what is ActKind.INTERVIEW}
    kinds = []
    for kind in stage.interviews:
        item = at.now.items.get(kind.id)
        done = item is not None and item.state is ItemState.CONFIRMED
        group = f", or {kind.or_groups} group" if kind.or_groups else ""
        kinds.append(
            {
                "kind": kind,
                "tag": StateTag("Done", Kind.GREEN) if done else StateTag("To come", Kind.GREY),
                "asks": f"{kind.normally}{group}, about {kind.minutes} minutes",
                "left": left.get(kind.id, 0),
                "when": times.get((stage.id, kind.id)),
            }
        )
    held = sum(k["tag"].word == "Done" for k in kinds)  # type: ignore[attr-defined]  # a tag by construction
    heading = stage.title if not held else f"{stage.title}: {held} of {len(kinds)} are done"
    return show(request, at, "interviews", heading, kinds=kinds)


def pieces(request: Signed, at: At) -> HttpResponse:
    stage, edition = at.stage, at.seen.edition
    assert isinstance(stage, CaseStudyStage | AssignmentStage)
    held = gathered(at.seen.reading.journey)
    rows = []
    for piece in stage.pieces:
        item = at.now.items[piece.id]
        here = held.items.get(piece.id, [])
        tag = item_tag(edition, item, offered=len(here), ready=bool(here))
        rows.append(TaskRow(piece.title, reverse("piece", args=[at.seen.ref, piece.id]), piece.asks, tag))
    met = sum(item.state is ItemState.CONFIRMED for item in at.now.items.values())
    heading = f"{stage.title}: {met} of {len(rows)} are confirmed" if met else stage.title
    return show(request, at, "pieces", heading, rows=rows)


def award(request: Signed, at: At) -> HttpResponse:
    """What was granted. A person decides here whether the public register lists them."""
    edition = at.seen.edition
    own = at.seen.reading.journey.person is not None
    if request.method == "POST":
        newest = awards_of(at.seen.reading.journey).first()
        if newest is None or not own:
            raise Http404("No such page.")
        agree_to_listing(award=newest, agreed=request.POST.get("do") == "list", by=request.user)
        messages.success(request, "The public register follows your choice from now on.")
        return doors.go("journey_stage", at.seen.ref, at.stage.id)
    granted = [
        {
            "level": a.level_title,
            "number": a.number,
            "on": a.granted_on,
            "until": a.valid_until,
            "from": a.starts_on if a.starts_on > a.granted_on else None,
            "listed": a.listed,
            "page": f"/awards/{a.ref}/",
            "certificate": f"/awards/{a.ref}/certificate.pdf",
            "old": a.superseded_on,
            "suspended": a.suspended_on,
            "revoked": a.revoked_on,
        }
        for a in awards_of(at.seen.reading.journey)
    ]
    above = " or ".join(edition.level(level).title for level, _ in higher(at.seen)) if granted else ""
    heading = at.stage.title
    if granted:
        holds = at.seen.position.status in {Status.ACTIVE, Status.AWARDED}
        heading = f"{at.seen.name} holds the {granted[0]['level']}" if holds else ended(at.seen.position, at.seen.name)
    return show(
        request,
        at,
        "award",
        heading,
        granted=granted,
        keeps=edition.credential.keeps,
        higher=above,
        own=own,
        duties=bool(edition.duties),
    )


def renewal(request: Signed, at: At) -> HttpResponse:
    stage = at.stage
    assert isinstance(stage, RenewalStage)
    form, status = None, 200
    if request.method == "POST":
        try:
            renewal = applying.renew(journey=at.seen.reading.journey, by=request.user, today=at.seen.today)
        except Refused as because:
            form = refusal(because, at.seen.onward)
        else:
            messages.success(request, "Your renewal has begun. Here is every stage of it.")
            return doors.go("journey", renewal.ref)
        status = 409
    until = at.seen.position.granted.until if at.seen.position.granted else None
    invited = stage.before.before(until) if until else None
    heading = stage.title
    if at.now.done:
        heading = f"You asked to renew on {longdate(at.now.done)}"
    elif at.mine:
        heading = f"You can renew now: your award ends on {longdate(until)}"
    words = {
        "until": until,
        "invited": invited,
        "before": capital(str(stage.before)),
        "carries": stage.carries,
        "onward": next(iter(renewals_of(at.seen.reading.journey)), None),
        "last_time": ahead(at.seen.reading.journey, at.seen.edition, at.seen.today) if at.mine else None,
        "last_title": "What will be asked for",
    }
    return show(request, at, "renewal", heading, status, form=form, **words)


_PAGES: dict[type[object], Callable[[Signed, At], HttpResponse]] = {
    ChecklistStage: checklist,
    FormStage: application,
    DecisionStage: decision,
    PanelStage: decision,
    FeeStage: fee,
    MeetingStage: happening,
    CourseStage: course,
    ObservationStage: happening,
    EvidenceStage: evidence,
    VisitStage: evidence,
    PortfolioStage: folder,
    InterviewStage: interviews,
    CaseStudyStage: pieces,
    AssignmentStage: pieces,
    AwardStage: award,
    RenewalStage: renewal,
}
_WRITES = {
    AwardStage,
    ChecklistStage,
    FormStage,
    MeetingStage,
    CourseStage,
    ObservationStage,
    RenewalStage,
}
