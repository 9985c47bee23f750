"""Is this award real, and does it still hold? One page an award, its certificate, and a box for a number."""

from __future__ import annotations  # the stubs' generic forms are not generic when run

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from kithwork.awards.queries import PublicAward, Standing, public_award, ref_of
from kithwork.core.credentials import CertificateFacts
from kithwork.core.credentials import badge as draw
from kithwork.core.credentials import certificate as typeset
from kithwork.procedures.proving import proof_of
from kithwork.web.kit.cards import Kind, StateTag, SummaryRow
from kithwork.web.kit.pages import Desk, page
from kithwork.web.templatetags.kit import longdate


@dataclass(frozen=True, slots=True)
class Finding:
    """How an award stands, as its page says it. `kind` is the notice's."""

    heading: str
    sentence: str
    tag: StateTag
    kind: str = "warning"
    certificate: bool = True


def finding(award: PublicAward, checked: str) -> Finding:
    """`checked` is today in words."""
    until = longdate(award.valid_until)
    on = f" on {longdate(award.changed_on)}" if award.changed_on else ""
    match award.standing:
        case Standing.VALID:
            held = f"It holds until {until}." if until else "It holds without end."
            tag = StateTag("Valid", Kind.GREEN)
            return Finding("This award is valid", f"Checked on {checked}. {held}", tag, "success")
        case Standing.EXPIRED:
            return Finding(
                f"This award ended on {until}",
                f"Checked on {checked}. The award was real, and it has run out: it does not hold today.",
                StateTag("Expired", Kind.AMBER),
            )
        case Standing.SUSPENDED:
            return Finding(
                "This award is suspended",
                f"{award.body} suspended it{on}. It does not hold until {award.body} reinstates it.",
                StateTag("Suspended", Kind.AMBER),
                certificate=False,
            )
        case Standing.WITHDRAWN:
            return Finding(
                "This award was withdrawn",
                f"{award.body} withdrew it{on}. It does not hold.",
                StateTag("Withdrawn", Kind.RED),
                "error",
                certificate=False,
            )
        case Standing.UPCOMING:
            return Finding(
                f"This award begins on {longdate(award.starts_on)}",
                f"Checked on {checked}. It renews one that holds until then.",
                StateTag("Begins later", Kind.BLUE),
                "info",
            )
        case Standing.SUPERSEDED:
            return Finding(
                "This award was replaced by a higher level",
                f"The holder was given a higher level{on}, which counts in its place.",
                StateTag("Replaced", Kind.PURPLE),
                "info",
            )


def _rows(award: PublicAward, found: Finding) -> list[SummaryRow]:
    holder = [award.holder, *([award.of] if award.of and award.of != award.holder else [])]
    given = [
        SummaryRow("Holder", holder),
        SummaryRow("Place", award.place),
        SummaryRow("Award", [award.level, *([award.scheme] if award.scheme != award.level else [])]),
        SummaryRow("Worth", award.worth),
        SummaryRow("Awarded by", award.body),
        SummaryRow("From", award.starts_on),
        SummaryRow("Until", award.valid_until or "Without end"),
        SummaryRow("Standing", found.tag),
        SummaryRow("Number", award.number),
    ]
    return [row for row in given if row.value]


@page(Desk.PUBLIC)
def award(request: HttpRequest, ref: str) -> HttpResponse:
    """What a QR code leads to: who holds what, from whom, and whether it holds today."""
    today = timezone.localdate()
    known = public_award(ref, today)
    if known is None:
        return render(request, "public/award_unknown.html", {"said": ref, "form": VerifyForm()}, status=404)
    found = finding(known, longdate(today))
    proof = proof_of(known.credential, timezone.now()) if known.credential else None
    context = {
        "award": known,
        "finding": found,
        "rows": _rows(known, found),
        "proof": proof,
        "trusted": proof is None or proof.agrees,
        "service": known.credential if known.for_service else "",
    }
    return render(request, "public/award.html", context)


@page(Desk.PUBLIC)
def award_meaning(request: HttpRequest, ref: str) -> HttpResponse:
    """What the holder shows to clients: what it means that they hold this, and what it does not mean."""
    known = public_award(ref, timezone.localdate())
    if known is None or not known.papers:
        raise Http404("There is no such page.")
    return render(request, "public/award_meaning.html", {"award": known})


@page(Desk.PUBLIC)
def certificate(request: HttpRequest, ref: str) -> HttpResponse:
    """The certificate as it was made out. None is handed out while the award is suspended, or once it is withdrawn."""
    known = _handed_out(ref)
    answer = HttpResponse(typeset(_facts(known)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{known.number}.pdf"'
    return answer


@page(Desk.PUBLIC)
def badge(request: HttpRequest, ref: str) -> HttpResponse:
    """The badge as a picture, for as long as there is a certificate."""
    known = _handed_out(ref)
    answer = HttpResponse(draw(_facts(known)), content_type="image/png")
    answer["Content-Disposition"] = f'inline; filename="{known.number}.png"'
    return answer


def _handed_out(ref: str) -> PublicAward:
    known = public_award(ref, timezone.localdate())
    if known is None or known.standing in {Standing.WITHDRAWN, Standing.SUSPENDED}:
        raise Http404("There is no certificate.")
    return known


def _facts(known: PublicAward) -> CertificateFacts:
    return CertificateFacts(
        body=known.body,
        scheme=known.scheme,
        level=known.level,
        holder=known.holder,
        number=known.number,
        valid_from=known.starts_on,
        valid_until=known.valid_until,
        verify_url=f"{settings.SITE_URL}{reverse('award', args=[known.ref])}",
        issued_on=known.granted_on,
        worth=known.worth,
    )


class VerifyForm(forms.Form):
    number = forms.CharField(
        label="Award number",
        help_text="It is printed on the certificate. The letters at the end of the certificate's web address work too.",
        max_length=80,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "spellcheck": "false", "autocomplete": "off"}),
    )


@page(Desk.PUBLIC)
def verify(request: HttpRequest) -> HttpResponse:
    """A box for the number on a certificate; leads to the award's page."""
    form = VerifyForm(request.GET) if "number" in request.GET else VerifyForm()
    if not form.is_bound:
        return render(request, "public/verify.html", {"form": form})
    if form.is_valid():
        if ref := ref_of(form.cleaned_data["number"]):
            return redirect("award", ref)
        form.add_error("number", "No award on this site has this number. Check it letter by letter.")
    return render(request, "public/verify.html", {"form": form}, status=422)
