"""The editions a body has published, who is on them, and the folders that wait to be published."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from kithwork.core.schemes import Edition, Mistakes, digest, find, load, texts
from kithwork.core.verdict import Refused
from kithwork.courses.queries import coming_by_scheme
from kithwork.journeys.access import edition_of_body
from kithwork.journeys.actions import close_edition as close
from kithwork.journeys.actions import publish
from kithwork.journeys.editions import edition_of
from kithwork.journeys.queries import EditionRow, editions_of_body, published_keys
from kithwork.web.body import doors
from kithwork.web.body.wording import sentence
from kithwork.web.kit.acting import DONE, OK, done, tried
from kithwork.web.kit.cards import Link, SummaryRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.templatetags.kit import longdate, plural, pounds


@dataclass(frozen=True, slots=True)
class Folder:
    """An edition's folder: sound and unpublished, faulty, or changed since it was published."""

    key: str
    name: str
    body: str
    counts: str
    faults: tuple[str, ...]
    changed: bool
    href: str = ""  # where it is published
    preview: str = ""  # where it is looked at before


def counted(edition: Edition) -> str:
    """'61 indicators for QiM Award, 23 for QiM Excellence; 13 stages'; the stages alone where nothing else is asked."""
    stages = plural(len(edition.stages), "stage")
    if not edition.requirements:
        return stages
    levels = [(sum(one.level == level.id for one in edition.requirements), level.title) for level in edition.levels]
    first, *rest = levels
    words = edition.words
    parts = [f"{plural(first[0], f'{words.requirement},{words.requirements}')} for {first[1]}"]
    parts += [f"{number} for {title}" for number, title in rest]
    return f"{', '.join(parts)}; {stages}"


def _key(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _folder(folder: Path, published: dict[str, str], org: str) -> Folder | None:
    """None when the folder is published as it is."""
    key = _key(folder)
    try:
        edition = load(folder)
        if key in published:
            same = published[key] == digest(texts(folder))
            look = reverse("preview", args=[org, *key.split("/")])
            about = edition.scheme
            return None if same else Folder(key, about.name, about.body, "", (), changed=True, preview=look)
    except Mistakes as found:
        # the folder's place on this machine is nobody's business
        root = f"{folder.parent.parent.as_posix()}/"
        return Folder(key, key, "", "", tuple(str(one).removeprefix(root) for one in found.mistakes), changed=False)
    href, look = (reverse(name, args=[org, *key.split("/")]) for name in ("publish_edition", "preview"))
    about = edition.scheme
    return Folder(key, about.name, about.body, counted(edition), (), changed=False, href=href, preview=look)


def _published(row: EditionRow, running: int, total: int, courses: int, org: str) -> tuple[str, list[SummaryRow]]:
    edition = edition_of(row)
    pipeline = f"{reverse('body_home', args=[org])}?scheme={row.slug}/{row.edition}"
    to_courses = f"{reverse('courses', args=[org])}?scheme={row.slug}"
    taken: list[str | Link] = [f"Closed on {longdate(row.closed_at)}"]
    if row.closed_at is None:
        to_close = reverse("close_edition", args=[org, row.slug, row.edition])
        taken = ["Taken", Link("Close it", to_close, f"{row.name}, edition {row.edition}, to new applications")]
    return f"{row.name}, edition {row.edition}", [
        SummaryRow("Published", longdate(row.published_at)),
        SummaryRow("New applications", taken),
        SummaryRow("In progress", Link(plural(running, "application"), pipeline) if running else "None"),
        SummaryRow("Ever begun", total),
        SummaryRow("Asks for", counted(edition)),
        SummaryRow("Courses", Link(f"{courses} to come", to_courses, row.name) if courses else "None to come"),
        SummaryRow("Public page", Link("As the public sees it", reverse("scheme", args=[row.slug]), row.name)),
        SummaryRow("Digest of its text", row.digest),
    ]


@page(Desk.BODY, "GET", "POST")
def close_edition(request: Signed, org: str, slug: str, edition: str) -> HttpResponse:
    """Take no new applications under an edition, after an interruption; those in progress go on."""
    body = doors.body(request, org, "breaches")
    row = edition_of_body(body, slug, edition)
    form = forms.Form(request.POST if request.method == "POST" else None)
    back = reverse("body_schemes", args=[org])
    status = OK
    if request.method == "POST":
        status = tried(form, partial(close, edition=row, by=request.user, now=timezone.now()))
        if status == DONE:
            return done(request, back, f"{row.name}, edition {edition}, takes no new applications.")
    context = {
        "heading": f"Close {row.name}, edition {edition}, to new applications?",
        "text": "Nobody can begin under it any more, and it cannot be opened again. Applications in progress go on"
        " under it to their end. The public page says that it is closed, or offers a newer edition if there is one.",
        "form": form,
        "action_text": "Close it",
        "cancel_href": back,
    }
    return render(request, "kit/interruption.html", context, status=status)


@page(Desk.BODY)
def body_schemes(request: Signed, org: str) -> HttpResponse:
    """Published editions with their journeys, and folders that could be published."""
    body = doors.body(request, org, "breaches")
    rows = editions_of_body(body).annotate(
        total=Count("journeys"),
        running=Count(
            "journeys",
            filter=Q(journeys__status="active") | (Q(journeys__status="awarded") & ~Q(journeys__waiting_on="")),
        ),
    )
    coming = coming_by_scheme(body, timezone.localdate())
    published = [_published(row, row.running, row.total, coming.get(row.slug, 0), org) for row in rows]
    known = published_keys()
    folders = [one for path in find(settings.SCHEMES) if (one := _folder(path, known, org)) is not None]
    context = {
        "heading": f"{plural(len(published), 'edition is,editions are')} published"
        if published
        else "No scheme is published yet",
        "places": doors.records(body, "body_schemes"),
        "published": published,
        "ready": [one for one in folders if one.href],
        "changed": [one for one in folders if one.changed],
        "faulty": [one for one in folders if one.faults],
        "org": org,
    }
    return render(request, "body/schemes.html", context)


def _facts(edition: Edition) -> list[SummaryRow]:
    fees: list[str] = []
    for fee in edition.fees:
        fees += [f"{fee.title}: {pounds(fee.amount)}"] if fee.amount is not None else []
        fees += [f"{fee.title}, {band.title}: {pounds(band.amount)}" for band in fee.bands]
    rows = [
        SummaryRow("Name", edition.scheme.name),
        SummaryRow("Edition", edition.scheme.edition),
        SummaryRow("Body named in the file", edition.scheme.body),
        SummaryRow("For", f"a {edition.scheme.applicant}"),
        SummaryRow(sentence(edition.words.level), [level.title for level in edition.levels]),
        SummaryRow("Asks for", counted(edition)),
        SummaryRow("Stages", [stage.title for stage in edition.stages]),
        SummaryRow("Valid for", str(edition.credential.valid) if edition.credential.valid else "No end"),
    ]
    return [*rows, SummaryRow("Fees", fees)] if fees else rows


@page(Desk.BODY, "GET", "POST")
def publish_edition(request: Signed, org: str, slug: str, edition: str) -> HttpResponse:
    """Publish a sound folder under this body. From then on its text is kept and never changes."""
    body = doors.body(request, org, "breaches")
    folder = next((one for one in find(settings.SCHEMES) if _key(one) == f"{slug}/{edition}"), None)
    if folder is None:
        raise Http404("No such page.")
    try:
        model = load(folder)
    except Mistakes as found:
        raise Refused("The folder has mistakes; mend them first. They are listed under Schemes.") from found
    form = forms.Form(request.POST if request.method == "POST" else None)
    status = OK
    if request.method == "POST":
        status = tried(form, partial(publish, folder=folder, body=body, by=request.user))
        if status == DONE:
            said = f"{model.scheme.name}, edition {edition}, is published. It takes applications."
            return done(request, reverse("body_schemes", args=[org]), said)
    context: dict[str, Any] = {
        "heading": f"Publish {model.scheme.name}, edition {edition}?",
        "form": form,
        "facts": _facts(model),
        "other_name": model.scheme.body if model.scheme.body != body.name else "",
        "body": body,
        "already": f"{slug}/{edition}" in published_keys(),
        "back_href": reverse("body_schemes", args=[org]),
        "preview_href": reverse("preview", args=[org, slug, edition]),
    }
    return render(request, "body/publish.html", context, status=status)
