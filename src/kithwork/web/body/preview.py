"""An edition before it is published: every page it will produce, from its folder alone, with nothing written down.

The public's and the applicant's pages are the real ones, shown with an offer and a journey that are made up in memory.
Their links lead on within the preview, and their buttons do nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, URLPattern, path, resolve, reverse
from django.utils import timezone

from kithwork.core.schemes import CourseStage, Edition, FormStage, Mistakes, find
from kithwork.core.schemes.mapping import Fate
from kithwork.core.schemes.mapping import Link as Became
from kithwork.core.verdict import Refused
from kithwork.organisations.models import Organisation
from kithwork.procedures.previewing import HOLDER, PERSON, REF, Preview, Way
from kithwork.web.body import doors, specimens
from kithwork.web.kit.cards import TaskRow
from kithwork.web.kit.pages import Desk, Signed, page
from kithwork.web.public.doors import Offer
from kithwork.web.service.doors import Seen
from kithwork.web.service.forms import StageForm, pages_of
from kithwork.web.templatetags.kit import longdate, plural

_PUBLIC = frozenset({"scheme", "scheme_requirements", "scheme_area", "self_check"})


@dataclass(frozen=True, slots=True)
class Shown:
    """A sound folder that one of a body's officers looks at."""

    body: Organisation
    preview: Preview
    org: str

    @property
    def edition(self) -> Edition:
        return self.preview.edition

    @property
    def holder(self) -> str:
        return HOLDER if self.edition.scheme.applicant == "service" else PERSON

    def address(self, name: str, *args: object) -> str:
        about = self.edition.scheme
        return reverse(name, args=[self.org, about.slug, about.edition, *args])


def _open(request: Signed, org: str, slug: str, edition: str) -> Shown:
    body = doors.body(request, org, "breaches")
    folders = (one for one in find(settings.SCHEMES) if (one.parent.name, one.name) == (slug, edition))
    if (folder := next(folders, None)) is None:
        raise Http404("No such page.")
    try:
        return Shown(body, Preview(folder, timezone.localdate()), org)
    except Mistakes as found:
        raise Refused("The folder has mistakes; mend them first. They are listed under Schemes.") from found


@page(Desk.BODY)
def preview(request: Signed, org: str, slug: str, edition: str) -> HttpResponse:
    """The list of everything there is to see."""
    shown = _open(request, org, slug, edition)
    model, ways = shown.edition, shown.preview.ways()
    opens: dict[str, Mapping[str, int]] = {}
    for way in ways:
        if not way.slug.startswith("worked-") and not {one.id for one in model.stages} <= set().union(*opens.values()):
            opens[way.slug] = shown.preview.opens_at(way.slug)
    context = {
        "shown": shown,
        "heading": f"Preview: {model.scheme.name}, edition {model.scheme.edition}",
        "back_href": reverse("body_schemes", args=[org]),
        "public": _public_rows(shown),
        "forms": [row for stage in model.stages if isinstance(stage, FormStage) for row in _form_rows(shown, stage)],
        "ways": [TaskRow(way.title, shown.address("preview_road", way.slug, 1), _said(way)) for way in ways],
        "stages": _stage_rows(shown, opens),
        "papers": _paper_rows(shown),
        "mapping": shown.address("preview_mapping") if model.scheme.supersedes else "",
        "before": model.scheme.supersedes,
    }
    return render(request, "body/preview/overview.html", context)


def _said(way: Way) -> str:
    return f"{plural(len(way.steps), 'step')}. {way.says}"


def _public_rows(shown: Shown) -> list[TaskRow]:
    slug, model = shown.edition.scheme.slug, shown.edition

    def row(title: str, address: str) -> TaskRow:
        return TaskRow(title, shown.address("preview_public", address.lstrip("/")))

    rows = [row("The scheme's page", reverse("scheme", args=[slug]))]
    if _offer(shown).check:
        rows.append(row("The self-check", reverse("self_check", args=[slug])))
    if model.requirements:
        rows.append(row(f"All {model.words.requirements}", reverse("scheme_requirements", args=[slug])))
    return rows + [row(area.title, reverse("scheme_area", args=[slug, area.id])) for area in model.areas]


def _form_rows(shown: Shown, stage: FormStage) -> list[TaskRow]:
    return [
        TaskRow(f"{stage.title}: {title}", shown.address("preview_form", stage.id, number))
        for number, title in enumerate(pages_of(stage), 1)
    ]


def _stage_rows(shown: Shown, opens: Mapping[str, Mapping[str, int]]) -> list[TaskRow]:
    """Each stage at the moment it first opens, on the first way on which it does."""
    rows: list[TaskRow] = []
    for stage in shown.edition.stages:
        at = next(((way, found[stage.id]) for way, found in opens.items() if stage.id in found), None)
        if at is None:
            rows.append(TaskRow(stage.title, "", "Never open on a straight road; see it on a worked journey"))
            continue
        href = shown.address("preview_road_page", *at, f"stages/{stage.id}/")
        rows.append(TaskRow(stage.title, href, f"As it opens, after step {at[1]}"))
    return rows


def _paper_rows(shown: Shown) -> list[TaskRow]:
    model = shown.edition
    rows = [
        TaskRow(f"Certificate: {level.title} (PDF)", shown.address("preview_certificate", level.id))
        for level in model.levels
    ]
    rows += [TaskRow(f"Invoice: {fee.title} (PDF)", shown.address("preview_invoice", fee.id)) for fee in model.fees]
    rows += [
        TaskRow(f"Letter: {stage.title} (PDF)", shown.address("preview_letter", stage.id))
        for stage in model.stages
        if isinstance(stage, CourseStage)
    ]
    return [*rows, TaskRow("Messages, replies and papers", shown.address("preview_texts"))]


# The public's pages


def _offer(shown: Shown) -> Offer:
    return Offer(shown.edition, shown.body.name, shown.body.website, shown.body.address)


@page(Desk.BODY)
def preview_public(request: Signed, org: str, slug: str, edition: str, rest: str) -> HttpResponse:
    """A page of the public desk about this edition."""
    shown = _open(request, org, slug, edition)
    request.made_up_offer = _offer(shown)  # type: ignore[attr-defined]  # read by the public desk's doors
    return _turned(request, shown, f"/{rest}", _PUBLIC, "As the public will see it.")


# The applicant's pages


@page(Desk.BODY)
def preview_form(request: Signed, org: str, slug: str, edition: str, stage: str, number: int) -> HttpResponse:
    """One page of a form with its fields, whoever is to fill it in."""
    shown = _open(request, org, slug, edition)
    form = next((one for one in shown.edition.stages if one.id == stage), None)
    if not isinstance(form, FormStage) or not 1 <= number <= len(pages_of(form)):
        raise Http404("No such page.")
    titles = pages_of(form)
    context = {
        "stage": form,
        "heading": titles[number - 1],
        "form": StageForm(None, shown.edition, form, titles[number - 1], today=timezone.localdate()),
        "number": number,
        "pages": len(titles),
        "back": shown.address("preview_form", form.id, number - 1) if number > 1 else shown.address("preview"),
        "following": shown.address("preview_form", form.id, number + 1) if number < len(titles) else "",
    }
    answer = render(request, "service/stages/form_page.html", context)
    return _dressed(answer, {}, _bar(shown, f"{form.title}, part {number} of {len(titles)}.", context))


@page(Desk.BODY)
def preview_road(request: Signed, org: str, slug: str, edition: str, way: str, step: int) -> HttpResponse:
    """The task list of somebody who has come so far."""
    return _walked(request, _open(request, org, slug, edition), way, step, "")


@page(Desk.BODY)
def preview_road_page(
    request: Signed, org: str, slug: str, edition: str, way: str, step: int, rest: str
) -> HttpResponse:
    """Any other page of the applicant's desk, as it looks to them then."""
    return _walked(request, _open(request, org, slug, edition), way, step, rest)


def _walked(request: Signed, shown: Shown, way: str, step: int, rest: str) -> HttpResponse:
    found = next((one for one in shown.preview.ways() if one.slug == way), None)
    stand = shown.preview.stand(way, step)
    if found is None or stand is None:
        raise Http404("No such page.")
    request.made_up = Seen(*shown.preview.applicant(shown.body, stand, request.user), stand.today)  # type: ignore[attr-defined]  # read by the service desk's doors
    said = f"{found.title}: step {step} of {len(found.steps)}, {longdate(stand.today)}. {found.steps[step - 1]}."
    return _turned(request, shown, f"/journeys/{REF}/{rest}", frozenset(), said, _places(shown, found, step))


def _places(shown: Shown, way: Way, step: int) -> dict[str, str]:
    """Where the bar's links lead: the steps beside this one, and the made-up applicant's task list."""
    here = shown.address("preview_road", way.slug, step)
    return {
        "road": here,
        "previous": shown.address("preview_road", way.slug, step - 1) if step > 1 else "",
        "following": shown.address("preview_road", way.slug, step + 1) if step < len(way.steps) else "",
    }


# Papers


@page(Desk.BODY)
def preview_certificate(request: Signed, org: str, slug: str, edition: str, level: str) -> HttpResponse:
    shown = _open(request, org, slug, edition)
    found = next((one for one in shown.edition.levels if one.id == level), None)
    if found is None:
        raise Http404("No such page.")
    today = timezone.localdate()
    return _pdf(specimens.certificate_for(shown.edition, found, shown.body.name, shown.holder, today))


@page(Desk.BODY)
def preview_invoice(request: Signed, org: str, slug: str, edition: str, fee: str) -> HttpResponse:
    shown = _open(request, org, slug, edition)
    found = next((one for one in shown.edition.fees if one.id == fee), None)
    if found is None:
        raise Http404("No such page.")
    body, today = shown.body, timezone.localdate()
    return _pdf(specimens.invoice_for(found, body.name, body.address, shown.holder, today))


@page(Desk.BODY)
def preview_letter(request: Signed, org: str, slug: str, edition: str, stage: str) -> HttpResponse:
    shown = _open(request, org, slug, edition)
    found = next((one for one in shown.edition.stages if one.id == stage), None)
    if not isinstance(found, CourseStage):
        raise Http404("No such page.")
    body, today = shown.body, timezone.localdate()
    return _pdf(specimens.letter_for(found, body.name, body.address, shown.holder, today))


def _pdf(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="specimen.pdf"'
    return answer


@page(Desk.BODY)
def preview_texts(request: Signed, org: str, slug: str, edition: str) -> HttpResponse:
    """What is sent: messages, replies to forms, papers."""
    shown = _open(request, org, slug, edition)
    context = {
        "shown": shown,
        "heading": "What is sent",
        "back_href": shown.address("preview"),
        "replies": specimens.replies_of(shown.edition),
        "sent": specimens.messages_of(shown.edition, shown.body.name),
        "papers": shown.edition.papers,
    }
    return render(request, "body/preview/texts.html", context)


_FATES = {
    Fate.SAME: "The same",
    Fate.CHANGED: "Changed",
    Fate.SPLIT: "Split",
    Fate.MERGED: "Merged",
    Fate.DROPPED: "Dropped",
    Fate.ADDED: "Added",
}


@page(Desk.BODY)
def preview_mapping(request: Signed, org: str, slug: str, edition: str) -> HttpResponse:
    """What has become of the requirements of the edition that this one supersedes."""
    shown = _open(request, org, slug, edition)
    try:
        found = shown.preview.before()
    except Mistakes as mistakes:
        raise Refused("The edition that this one supersedes has mistakes; mend them first.") from mistakes
    if found is None:
        raise Http404("No such page.")
    old, links = found
    counts = [f"{sum(link.fate is fate for link in links)} {words.lower()}" for fate, words in _FATES.items()]
    model = shown.edition
    context = {
        "heading": f"From edition {old.scheme.edition} to {model.scheme.edition}",
        "counts": ", ".join(one for one in counts if not one.startswith("0 ")),
        "columns": [f"Edition {old.scheme.edition}", "Became", f"Edition {model.scheme.edition}", "What differs"],
        "rows": [_mapped(old, model, link) for link in links],
        "back_href": shown.address("preview"),
    }
    return render(request, "body/preview/mapping.html", context)


def _mapped(old: Edition, new: Edition, link: Became) -> tuple[str, ...]:
    def names(edition: Edition, ids: tuple[str, ...]) -> str:
        found = (edition.requirement(one) for one in ids)
        return "; ".join(f"{one.number} {one.title}" for one in found)

    return names(old, link.old), _FATES[link.fate], names(new, link.new), ", ".join(link.differs)


# Making a real page into one of the preview


def _turned(
    request: Signed,
    shown: Shown,
    address: str,
    only: frozenset[str],
    said: str,
    places: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page that has this address, shown here. Its links lead on within the preview."""
    try:
        match = resolve(address)
    except Resolver404:
        raise Http404("No such page.") from None
    of_scheme = match.url_name in only and match.kwargs.get("slug") == shown.edition.scheme.slug
    of_applicant = getattr(match.func, "desk", None) is Desk.SERVICE and match.kwargs.get("ref") == REF
    if not of_scheme and not of_applicant:
        raise Http404("No such page.")
    answer = match.func(request, *match.args, **match.kwargs)
    if not isinstance(answer, HttpResponse) or not answer.get("Content-Type", "").startswith("text/html"):
        raise Http404("There is nothing to preview.")
    if 300 <= answer.status_code < 400:
        raise Http404("There is nothing to preview.")
    slug = shown.edition.scheme.slug
    public = {f"/{part}/{slug}/": shown.address("preview_public", f"{part}/{slug}/") for part in ("schemes", "check")}
    public |= {f"/{part}/{slug}/": shown.address("preview") for part in ("start", "applying")}  # nobody applies here
    links = public | ({f"/journeys/{REF}/": places["road"]} if places else {})
    return _dressed(answer, links, _bar(shown, said, places or {}))


def _bar(shown: Shown, said: str, places: Mapping[str, Any]) -> str:
    context = {"shown": shown, "said": said, "home": shown.address("preview"), "previous": "", "following": ""}
    context |= {key: places[key] for key in ("previous", "following") if key in places}
    return render_to_string("body/preview/bar.html", context)


_MAIN = re.compile(r"(<main\b[^>]*>)(.*)(</main>)", re.DOTALL)
_HREF = re.compile(r'href="([^"]*)"')
_DRAFT = re.compile(r'\sdata-draft[a-z-]*(?:="[^"]*")?')  # what is typed here is not kept


def _dressed(answer: HttpResponse, links: Mapping[str, str], bar: str) -> HttpResponse:
    """The page with the preview's bar above it, its own links turned, and buttons that do nothing."""

    def turn(found: re.Match[str]) -> str:
        for before, after in links.items():
            if found[1].startswith(before):
                return f'href="{escape(after)}{found[1].removeprefix(before)}"'
        return found[0]

    def main(found: re.Match[str]) -> str:
        inner = _DRAFT.sub("", _HREF.sub(turn, found[2])).replace("<button ", "<button disabled ")
        return f"{found[1]}{bar}{inner}{found[3]}"

    answer.content = _MAIN.sub(main, answer.content.decode()).encode()
    return answer


_ONE = "body/<slug:org>/schemes/preview/<slug:slug>/<slug:edition>"
_ROAD = f"{_ONE}/road/<slug:way>/<int:step>"

urlpatterns: list[URLPattern] = [
    path(f"{_ONE}/", preview, name="preview"),
    path(f"{_ONE}/public/<path:rest>", preview_public, name="preview_public"),
    path(f"{_ONE}/forms/<slug:stage>/<int:number>/", preview_form, name="preview_form"),
    path(f"{_ROAD}/", preview_road, name="preview_road"),
    path(f"{_ROAD}/<path:rest>", preview_road_page, name="preview_road_page"),
    path(f"{_ONE}/certificates/<slug:level>.pdf", preview_certificate, name="preview_certificate"),
    path(f"{_ONE}/invoices/<slug:fee>.pdf", preview_invoice, name="preview_invoice"),
    path(f"{_ONE}/letters/<slug:stage>.pdf", preview_letter, name="preview_letter"),
    path(f"{_ONE}/texts/", preview_texts, name="preview_texts"),
    path(f"{_ONE}/mapping/", preview_mapping, name="preview_mapping"),
]
