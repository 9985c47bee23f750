"""One document at the gate: what was found, what becomes of it, the approval; and how far a scan is."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.documents.kinds import Kind as FileKind
from kithwork.core.redaction.files.shape import Unreadable
from kithwork.core.redaction.finds import Kind
from kithwork.core.verdict import Refused
from kithwork.gate import actions
from kithwork.gate.access import original_for_applicant
from kithwork.gate.queries import WORKING, OriginalRow, State, content_of, document_of, words_of
from kithwork.gate.scans import Choice, Document
from kithwork.gate.sealing import Broken
from kithwork.procedures.gating import engine
from kithwork.procedures.gating.working import awake, begin, find_name
from kithwork.web.kit.forms import refusal, refuse
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.kit.underway import told
from kithwork.web.service import doors
from kithwork.web.service.gate import cards
from kithwork.web.service.gate.forms import Approval, Missed
from kithwork.web.service.gate.spots import spots
from kithwork.web.service.words import slot_address, slot_name
from kithwork.web.templatetags.kit import plural


@page(Desk.SERVICE, "GET", "POST")
def gate_one(request: Signed, ref: str, original: str) -> HttpResponse:
    """What stands at the gate: being read, not readable, to look through, or through."""
    seen = doors.journey(request, ref, write=request.method == "POST")
    found = original_for_applicant(ref, original)
    if request.method == "POST":
        return _post(request, seen, found)
    awake(found, timezone.now())
    if found.state in WORKING:
        return _working(request, seen, found)
    if found.state == State.FAILED:
        return _failed(request, seen, found)
    if found.state == State.APPROVED:
        return _onward(request, seen, found)
    return _show(request, seen, found)


def _post(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    act = _DOES.get(request.POST.get("do", ""))
    if act is None:
        raise Http404("No such page.")
    return act(request, seen, found)


def _seen(request: HttpRequest) -> int | None:
    said = request.POST.get("seen", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else None


def _decide(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    if request.POST.get("words", "").strip():  # Enter in that field presses this form's first button
        return _mark(request, seen, found)
    choices = _choices(request, "all-")
    here = _choices(request, "here-")
    try:
        after = actions.decide(original=found, choices=choices, here=here, seen=_seen(request), by=request.user)
    except Refused as refused:
        return _again(request, seen, found, refused)
    left = after.undecided
    messages.success(
        request,
        f"Your decisions are kept. {left} left to decide." if left else "Your decisions are kept. Now approve it.",
    )
    return _back(found, request, "approve" if not left else "")


def _choices(request: HttpRequest, head: str) -> dict[str, Choice]:
    said = {key[len(head) :]: str(value) for key, value in request.POST.items() if key.startswith(head)}
    return {key: Choice(value) for key, value in said.items() if value in set(Choice)}


def _mark(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    form = Missed(request.POST)
    choices, here = _choices(request, "all-"), _choices(request, "here-")
    try:
        if choices or here:  # what is ticked above goes with it: nobody decides twice
            actions.decide(original=found, choices=choices, here=here, seen=_seen(request), by=request.user)
    except Refused as refused:
        return _again(request, seen, found, refused, form)
    found.refresh_from_db()
    if not form.is_valid():
        return _show(request, seen, found, missed=form, status=422)
    words, teach = form.cleaned_data["words"], form.cleaned_data["teach"]
    try:
        places = actions.mark_words(
            original=found, words=words, kind=Kind(form.cleaned_data["kind"]), seen=None, by=request.user
        )
        said = f"{plural(places, 'place,places')} marked, to be reduced."
        if teach:
            elsewhere = actions.teach(original=found, name=words, by=request.user, find=find_name)
            also = plural(elsewhere, "other that waits,others that wait") if elsewhere else "no other that waits"
            said += f" It is looked for in every file of this journey from now on; it is in {also}."
    except Refused as refused:
        refuse(form, refused)
        return _show(request, seen, found, missed=form, status=409)
    messages.success(request, said)
    return _back(found, request)


def _approve(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    """What is ticked above and not saved yet goes with it, also where the approval itself will not do: else what
    somebody has just reduced would leave as it was.
    """
    if request.POST.get("words", "").strip():  # written, and not marked yet
        return _mark(request, seen, found)
    scan = _scan(found)
    document = document_of(scan)
    form = Approval(request.POST, document.unread(blind=scan.blind), blind=scan.blind)
    fits = form.is_valid()
    read = [int(one) for one in form.cleaned_data.get("read", ())] if fits else []
    choices, here, version = _choices(request, "all-"), _choices(request, "here-"), _seen(request)
    after = document.decided(choices, here)
    try:
        if read or [one.outcome for one in after.marks] != [one.outcome for one in document.marks]:
            actions.decide(original=found, choices=choices, here=here, read=read, seen=version, by=request.user)
            version = version + 1 if version is not None else None
        if fits:
            actions.approve(original=found, seen=version, by=request.user, now=timezone.now())
    except Refused as refused:
        refuse(form, refused)
        fits = False
    if not fits:
        found.refresh_from_db()
        return _show(request, seen, found, approval=form, status=409 if form.non_field_errors() else 422)
    begin(found.ref)
    return _back(found, request)


def _withdraw(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    try:
        actions.withdraw(original=found, by=request.user, now=timezone.now())
    except Refused as refused:
        return _again(request, seen, found, refused)
    messages.success(request, "The file is taken away, and destroyed.")
    return doors.go("gate", seen.ref)


def _retry(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    try:
        actions.try_again(original=found, by=request.user)
    except Refused as refused:
        return _again(request, seen, found, refused)
    begin(found.ref)
    return _back(found, request)


_DOES: dict[str, Callable[[Signed, doors.Seen, OriginalRow], HttpResponse]] = {
    "decide": _decide,
    "mark": _mark,
    "approve": _approve,
    "withdraw": _withdraw,
    "again": _retry,
}


def _back(found: OriginalRow, request: Signed, anchor: str = "") -> HttpResponse:
    sheet = request.POST.get("sheet", "")
    query = f"?page={sheet}" if sheet.isdigit() and sheet != "1" else ""
    answer = HttpResponseRedirect(f"{cards.href(found)}{query}{f'#{anchor}' if anchor else ''}")
    answer.status_code = 303
    return answer


def _again(
    request: Signed, seen: doors.Seen, found: OriginalRow, refused: Refused, missed: Missed | None = None
) -> HttpResponse:
    found.refresh_from_db()
    if found.state != State.READY:
        messages.error(request, str(refused))
        return _back(found, request)
    return _show(request, seen, found, missed=missed, refused=refused, status=409)


def _scan(found: OriginalRow) -> Any:
    if found.state != State.READY:
        raise Http404("No such page.")
    return found.scan


def _common(seen: doors.Seen, found: OriginalRow) -> dict[str, Any]:
    words = words_of(found)
    names = [(slot_name(seen.edition, slot), slot_address(seen.edition, seen.ref, slot)) for slot in found.slots]
    if found.portfolio:
        names.insert(0, ("your portfolio", reverse("portfolio", args=[seen.ref, found.portfolio])))
    return {
        "seen": seen,
        "original": found,
        "words": words,
        "uses": names,
        "up": reverse("gate", args=[seen.ref]),
        "changes": seen.writes,
    }


def _working(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    copying = found.state == State.COPYING
    heading = "The redacted copy is being made" if copying else "Your file is being read"
    more = {"heading": heading, "said": _far(found), "progress": reverse("gate_progress", args=[seen.ref, found.ref])}
    return render(request, "service/gate/working.html", {**_common(seen, found), **more, "copying": copying})


def _far(found: OriginalRow) -> str:
    if found.state == State.WAITING:
        return "It waits for its turn."
    if not found.of:
        return "Every word in it is looked at."
    return f"Page {min(found.done + 1, found.of)} of {found.of}."


def _failed(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    context = {**_common(seen, found), "heading": "This file could not be read, so it does not leave your service"}
    return render(request, "service/gate/failed.html", context)


def _onward(request: Signed, seen: doors.Seen, found: OriginalRow) -> HttpResponse:
    """It is evidence now: where it is used, or its own page."""
    if found.portfolio:
        return doors.go("portfolio_links", seen.ref, found.portfolio, found.item)
    if found.slots:
        return HttpResponseRedirect(f"{slot_address(seen.edition, seen.ref, found.slots[0])}#evidence")
    return doors.go("item", seen.ref, found.item)


def _show(
    request: Signed,
    seen: doors.Seen,
    found: OriginalRow,
    *,
    missed: Missed | None = None,
    approval: Approval | None = None,
    refused: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    scan = _scan(found)
    document: Document = document_of(scan)
    words, groups, sheets = words_of(found), cards.groups(document), cards.sheets(document)
    sheet = _sheet(request, sheets)
    unread = document.unread(blind=scan.blind)
    context = {
        **_common(seen, found),
        "heading": cards.heading(document, title=words.title),
        "refused": refusal(refused) if refused else None,
        "missed": missed or Missed(),
        "approval": approval or Approval(None, unread, blind=scan.blind),
        "faulty": missed if missed else approval,
        "doubtful": [one for one in groups if not one.choice],
        "settled": [one for one in groups if one.choice],
        "undecided": document.undecided,
        "version": scan.version,
        "blind": scan.blind,
        "notes": document.notes,
        "sheets": sheets,
        "sheet": sheet,
        "shown": cards.shown(document, sheet),
        "gone": cards.gone(document),
        "spots": spots(document, sheet.of_file),
        "size": _size(document, sheet.of_file),
        "picture": reverse("gate_picture", args=[seen.ref, found.ref, sheet.of_file]) if sheet.of_file else "",
    }
    return render(request, "service/gate/one.html", context, status=status)


def _size(document: Document, page: int) -> tuple[int, int] | None:
    """Of a page's picture, so that nothing moves when it comes; None of a document read before it was kept."""
    return document.sizes[page - 1] if 0 < page <= len(document.sizes) else None


def _sheet(request: HttpRequest, sheets: list[cards.Sheet]) -> cards.Sheet:
    said = request.GET.get("page") or request.POST.get("sheet") or "1"
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1
    return sheets[min(max(number, 1), len(sheets)) - 1]


@page(Desk.SERVICE)
def gate_picture(request: Signed, ref: str, original: str, number: int) -> HttpResponse:
    """A page of the original, as it is, for those who decide what becomes of it. Never kept in a cache."""
    doors.journey(request, ref)
    found = original_for_applicant(ref, original)
    if found.state != State.READY or not 1 <= number <= max(found.of, 1):
        raise Http404("No such page.")
    try:
        content = engine.picture(content_of(found), FileKind(found.kind), number)
    except (Unreadable, OSError, Broken):
        raise Http404("No such page.") from None
    answer = HttpResponse(content, content_type="image/png")
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page(Desk.SERVICE)
def gate_progress(request: Signed, ref: str, original: str) -> JsonResponse:
    """How far the reading is, for the page that shows it: `over` once there is something else to look at."""
    doors.journey(request, ref)
    found = original_for_applicant(ref, original)
    awake(found, timezone.now())
    return told(said=_far(found), done=found.done, of=found.of, over=found.state not in WORKING)
