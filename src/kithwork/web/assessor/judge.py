"""One requirement or piece: what is asked beside what was sent, what changed, and the assessor's answer."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from kithwork.assessment.queries import script_of
from kithwork.core.freshness import freshness
from kithwork.core.journey import ItemState
from kithwork.core.schemes import VisitStage
from kithwork.core.verdict import Refused
from kithwork.core.words import count_words
from kithwork.evidence.passing import has_passed
from kithwork.evidence.queries import FeedbackOutcome, Struck, ThreadEvent, items_for, struck_by, thread
from kithwork.procedures import assessing
from kithwork.readiness.queries import snapshots_in
from kithwork.web.account.drafts import draft_url
from kithwork.web.assessor import doors
from kithwork.web.assessor.answers import again, drafted, forget, next_after, see_other
from kithwork.web.assessor.cards import STATES, Slot
from kithwork.web.assessor.changes import Changes, changes
from kithwork.web.assessor.doors import Case
from kithwork.web.assessor.forms import JudgementForm, RemarkForm
from kithwork.web.kit.cards import Kind, StateTag, TimelineEvent
from kithwork.web.kit.forms import refuse
from kithwork.web.kit.gating import through
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.reporting import BreachForm
from kithwork.web.templatetags.kit import longdate, plural, waited

if TYPE_CHECKING:
    from kithwork.evidence.models import Item

# Shown in the browser rather than saved: nothing a reader can be tricked by, for intake has looked into each
SEEN_IN_PLACE = {"application/pdf": "PDF", "image/png": "picture", "image/jpeg": "picture"}


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One item as it was sent."""

    ref: str
    title: str
    kind: str
    dated: date | None
    fresh: StateTag | None
    fresh_words: str
    href: str  # of the file
    open_words: str
    url: str
    text: str
    words: int
    words_tag: StateTag | None  # against the brief of a piece
    declared: str  # the redaction declaration as it was worded
    declared_on: date | None
    agreed: tuple[str, ...]  # a piece's declarations as they were worded
    change: StateTag | None
    destroyed: bool
    breach: str
    records: str = ""  # the page of a snapshot of the service's records


@dataclass(frozen=True, slots=True)
class Sent:
    """The latest round."""

    number: int
    on: date
    by: str
    note: str
    items: list[ItemCard]
    changes: Changes | None
    before: date | None = None


def _fresh(slot: Slot, item: "Item", sent: date | None, today: date) -> tuple[StateTag | None, str]:
    """How a document stands against the age that is allowed, today and on the day it was sent; or that any is."""
    if slot.requirement is None or slot.requirement.fresh is None:
        return None, "No age limit: it counts however old it is."
    found = freshness(slot.requirement, item.dated, today)
    limit = f"at most {slot.requirement.fresh} old"
    if found.verdict:
        until = f"Counts until {longdate(found.until)} ({limit})."
        return StateTag("Runs out soon" if found.soon else "In date", Kind.AMBER if found.soon else Kind.GREEN), until
    if sent is not None and freshness(slot.requirement, item.dated, sent).verdict:
        return StateTag("In date when sent", Kind.AMBER), f"It counted on the day it was sent ({limit})."
    return StateTag("Too old" if item.dated else "No date", Kind.RED), found.verdict.because


def item_card(
    case: Case, slot: Slot, item: "Item", today: date, *, sent: date | None = None, change: StateTag | None = None
) -> ItemCard:
    tag, words = _fresh(slot, item, sent, today)
    gone = item.destroyed_at is not None
    shown = SEEN_IN_PLACE.get(item.media_type)
    facts = [shown or (item.file_name.rsplit(".", 1)[-1].upper() if "." in item.file_name else "file")]
    if item.pages:
        facts.append(plural(item.pages, "page"))
    if item.size:
        facts.append(filesizeformat(item.size))
    has_file = bool(item.file) and not gone
    return ItemCard(
        ref=item.ref,
        title=item.title,
        kind=item.get_kind_display(),
        dated=item.dated,
        fresh=None if gone else tag,
        fresh_words="" if gone else words,
        href=reverse("assess_file", args=[case.ref, item.ref]) if has_file else "",
        open_words=f"{'Open' if shown else 'Download'} ({', '.join(facts)})",
        url=item.url,
        text=item.text,
        words=count_words(item.text) if item.text else 0,
        words_tag=_words_tag(slot, item),
        declared=item.redacted_wording,
        declared_on=timezone.localdate(item.redacted_at) if item.redacted_at else None,
        agreed=tuple(item.declarations.values()),
        change=change,
        destroyed=gone,
        breach="" if gone else reverse("breach", args=[case.ref, slot.id, item.ref]),
    )


def _sent(case: Case, slot: Slot, rounds: list[ThreadEvent], today: date) -> Sent | None:
    if not rounds:
        return None
    last = rounds[-1]
    before = rounds[-2] if len(rounds) > 1 else None
    compared = changes(before.items, last.items) if before is not None else None
    cards = []
    for item in last.items:
        change = None
        if compared is not None:
            is_new = item.ref in compared.new_refs
            change = StateTag("New this time", Kind.BLUE) if is_new else StateTag("Sent before", Kind.GREY)
        cards.append(item_card(case, slot, item, today, sent=last.on, change=change))
    return Sent(last.number, last.on, last.who, last.text, cards, compared, before.on if before else None)


def latest_sent(case: Case, slot: Slot, events: list[ThreadEvent], today: date) -> Sent | None:
    """What lies there now; None when nothing was sent."""
    return _sent(case, slot, [event for event in events if event.kind == "sent"], today)


def _words_tag(slot: Slot, item: "Item") -> StateTag | None:
    """Whether a piece is as long as its brief says; None where the brief says nothing, and for what has no words."""
    piece = slot.piece
    if piece is None or not item.text or not (piece.min_words or piece.max_words):
        return None
    count = count_words(item.text)
    if piece.min_words and count < piece.min_words:
        return StateTag(f"{plural(piece.min_words - count, 'word')} short", Kind.RED)
    if piece.max_words and count > piece.max_words:
        return StateTag(f"{plural(count - piece.max_words, 'word')} too many", Kind.RED)
    return StateTag("As long as asked", Kind.GREEN)


def _earlier(case: Case, slot: Slot, rounds: list[ThreadEvent], today: date) -> list[ItemCard]:
    """What was sent once and is no part of the latest round: a name found in it is reported all the same."""
    now = {item.pk for item in rounds[-1].items} if rounds else set()
    found = {item.pk: (item, event.on) for event in rounds for item in event.items if item.pk not in now}
    return [item_card(case, slot, item, today, sent=on) for item, on in found.values() if item.destroyed_at is None]


def _with_records(case: Case, slot: Slot, *lists: list[ItemCard]) -> None:
    """Let each card of a snapshot of records lead to its figures. One query, where records can show anything of it."""
    if slot.requirement is None or not slot.requirement.checks:
        return
    refs = {one.item.ref for one in snapshots_in(case.reading.journey).values() if one.requirement == slot.id}
    for cards in lists:
        cards[:] = [
            replace(card, records=reverse("assess_records", args=[case.ref, slot.id, card.ref]))
            if card.ref in refs
            else card
            for card in cards
        ]


EVENTS = {
    "confirmed": "Confirmed",
    "returned": "More asked for",
    "breached": "Data breach reported",
}


def _events(events: list[ThreadEvent]) -> list[TimelineEvent]:
    """The thread, newest first."""
    found = []
    for event in reversed(events):
        if event.kind == "sent":
            title = f"Round {event.number} sent: {plural(len(event.items), 'item')}"
        elif event.kind == "remark":
            title = "Note from the assessor" if event.side == "assessor" else "Note from the applicant"
        else:
            title = EVENTS[event.kind]
        found.append(TimelineEvent(title, event.on, event.who, event.text))
    return found


def _finding(slot: Slot, sent: Sent | None, today: date) -> str:
    """What the heading says of it."""
    state, since = slot.item.state, slot.item.since
    if state is ItemState.SENT and sent is not None:
        again_ = "again " if sent.number > 1 else ""
        ago = waited((today - sent.on).days)
        when = "today" if ago == "today" else f"{ago} ago"
        return f"{plural(len(sent.items), 'item')} sent {again_}{when}"
    if state is ItemState.BLANK:
        if slot.piece is not None and slot.piece.performed:
            return "to be shown on the day"
        return "to see at the visit" if isinstance(slot.stage, VisitStage) else "nothing has been sent yet"
    return f"{str(STATES[state].word).lower()} on {longdate(since)}"


@page(Desk.ASSESSOR, "GET", "POST")
def assess(request: Signed, ref: str, slot: str) -> HttpResponse:
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    asked = case.slot(slot)
    events = thread(case.reading.journey, slot, outside=True)
    rounds = [event for event in events if event.kind == "sent"]
    sent = _sent(case, asked, rounds, today)
    script = script_of(case.reading.journey, asked.stage, slot, today, case.reading)
    key = f"advice:{ref}:{slot}"
    remarks = request.POST.get("do") == "remark"
    judged = request.method == "POST" and not remarks
    initial = drafted(request, key) if request.method != "POST" and asked.waits else {}
    form = JudgementForm(request.POST if judged else None, initial=initial)
    remark = RemarkForm(request.POST if remarks else None)
    refused = False
    try:
        if judged and form.is_valid():
            return _judge(request, case, asked, form, sent, today)
        if remarks and remark.is_valid():
            return _remark(request, case, asked, remark, today)
    except Refused as reason:
        refused = True
        refuse(form if judged else remark, reason, case.onward)
    prepared, earlier = _prepared(case, asked, today), _earlier(case, asked, rounds, today)
    _with_records(case, asked, sent.items if sent else [], prepared, earlier)
    context = {
        "case": case,
        "slot": asked,
        "sent": sent,
        "finding": _finding(asked, sent, today),
        "prepared": prepared,
        "earlier": earlier,
        "events": _events(events),
        "advice": [event for event in reversed(events) if event.kind in EVENTS and event.text],
        "form": form,
        "remark": remark,
        "draft_url": draft_url(key),
        "words": case.reading.edition.words,
        "visit": reverse("visit", args=[ref, asked.stage.id]) if isinstance(asked.stage, VisitStage) else "",
        "together": reverse("assess_mark", args=[ref, slot]) if script else "",
        "over": case.reading.position.status.is_over,
    }
    return again(request, "assessor/assess.html", context, form, remark, refused=refused)


def _prepared(case: Case, slot: Slot, today: date) -> list[ItemCard]:
    """What lies ready for the visit."""
    if slot.id not in doors.prepared_slots(case) or slot.item.state is not ItemState.BLANK:
        return []
    ready = (item for item in items_for(case.reading.journey, slot.id) if has_passed(item))
    return [item_card(case, slot, item, today) for item in ready]


def _judge(
    request: Signed, case: Case, slot: Slot, form: JudgementForm, sent: Sent | None, today: date
) -> HttpResponse:
    """The answer; then the next thing that waits."""
    if sent is not None and form.cleaned_data["round"] not in {None, sent.number}:
        raise Refused("Something newer was sent since you opened this page. Look at it, then answer.")
    confirmed = form.cleaned_data["outcome"] == "confirmed"
    through(form, "advice")
    assessing.give_feedback(
        journey=case.reading.journey,
        stage=slot.stage.id,
        slot=slot.id,
        outcome=FeedbackOutcome.CONFIRMED if confirmed else FeedbackOutcome.RETURNED,
        advice=form.cleaned_data["advice"],
        by=request.user,
        today=today,
    )
    forget(request, f"advice:{case.ref}:{slot.id}")
    said = f"{slot.label} is confirmed." if confirmed else f"More is asked for on {slot.label}."
    upcoming = next_after(request, case, today, slot.id)
    if upcoming is None:
        messages.success(request, f"{said} Nothing else has been sent to you.")
        return see_other(case.href)
    elsewhere = f" You are now with {upcoming.case}." if upcoming.case != case.name else ""
    messages.success(request, f"{said} Here is what has waited longest.{elsewhere}")
    return see_other(upcoming.href)


def _remark(request: Signed, case: Case, slot: Slot, form: RemarkForm, today: date) -> HttpResponse:
    through(form, "text")
    assessing.write_remark(
        journey=case.reading.journey,
        slot=slot.id,
        text=form.cleaned_data["text"],
        side="assessor",
        by=request.user,
        today=today,
    )
    messages.success(request, "Your note has been sent.")
    return see_other(reverse("assess", args=[case.ref, slot.id]))


@page(Desk.ASSESSOR)
def assess_file(request: Signed, ref: str, item: str) -> HttpResponseBase:
    """A file, opened in place when browsers show its kind safely, else saved. Never kept in a cache."""
    case = doors.case_for(request, ref, timezone.localdate())
    found = doors.item_for(case, item)
    if not found.file:
        raise Http404("No such page.")
    in_place = found.media_type in SEEN_IN_PLACE
    answer = FileResponse(
        found.file.open("rb"),
        as_attachment=not in_place,
        filename=found.file_name or found.title,
        content_type=found.media_type if in_place else "application/octet-stream",
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    # Browsers refuse to show a PDF under `sandbox` (tried: Chromium 2026); their viewers keep it from this site anyway
    sandbox = "" if found.media_type == "application/pdf" else "; sandbox"
    answer["Content-Security-Policy"] = f"default-src 'none'; frame-ancestors 'none'{sandbox}"
    return answer


def _instead(case: Case, slot: Slot, struck: Struck) -> str:
    """Why the requirement itself does not fail, where it does not."""
    if struck.ended:
        held = case.reading.position.granted is not None
        decides = "; the awarding body decides what it means for the award" if held else ""
        return f"nothing fails and nothing is asked for again, for this journey has ended{decides}"
    if slot.id not in struck.failing:
        return f"{slot.label} does not fail: it was confirmed on what was sent later"
    return ""


@page(Desk.ASSESSOR, "GET", "POST")
def breach(request: Signed, ref: str, slot: str, item: str) -> HttpResponse:
    """Before what cannot be undone: what will happen, and what was left in."""
    today = timezone.localdate()
    case = doors.case_for(request, ref, today)
    asked = case.slot(slot)
    found = doors.item_for(case, item)
    struck = struck_by(case.reading, slot, found)
    if struck is None:
        raise Http404("No such page.")
    form = BreachForm(request.POST if request.method == "POST" else None)
    refused = False
    if request.method == "POST" and form.is_valid():
        try:
            through(form, "words")
            assessing.report_breach(
                journey=case.reading.journey, slot=slot, item=found, what=form.what, by=request.user, today=today
            )
        except Refused as reason:
            refused = True
            refuse(form, reason, case.onward)
        else:
            messages.success(
                request, "The breach is recorded and the document is destroyed. The applicant has been told."
            )
            return see_other(case.href)
    context = {
        "case": case,
        "slot": asked,
        "item": found,
        "failing": [case.slots[one] for one in struck.failing if one in case.slots],
        "instead": _instead(case, asked, struck),
        "form": form,
        "cancel": reverse("assess", args=[ref, slot]),
        "words": case.reading.edition.words,
    }
    return again(request, "assessor/breach.html", context, form, refused=refused)
