"""What another journey has had confirmed for the same, offered where evidence is gathered."""

from dataclasses import dataclass

from kithwork.core.schemes import Requirement
from kithwork.procedures.reusing import Reusable, reusable
from kithwork.web.kit.forms import hinted
from kithwork.web.service import doors
from kithwork.web.service.showing import what_is
from kithwork.web.service.words import capital
from kithwork.web.templatetags.kit import longdate


@dataclass(frozen=True, slots=True)
class Again:
    """`choices` for a form, and a sentence for each thing that does not count here, with its reason."""

    choices: tuple[tuple[str, str], ...]
    not_here: tuple[str, ...]


def again_for(seen: doors.Seen, requirement: Requirement) -> Again:
    """What was confirmed before and could serve a requirement that may be changed now."""
    found = reusable(seen.reading.journey, requirement, seen.today)
    return Again(
        tuple((one.item.ref, hinted(one.item.title, _words(one))) for one in found if one.counts),
        tuple(
            f"\u2018{one.item.title}\u2019, {_confirmed(one)}, cannot be used here. {one.counts.because}"
            for one in found
            if not one.counts
        ),
    )


def _words(one: Reusable) -> str:
    dated = f", dated {longdate(one.item.dated)}" if one.item.dated else ""
    return f"{capital(_confirmed(one))}. {what_is(one.item)}{dated}"


def _confirmed(one: Reusable) -> str:
    """'confirmed for Quality in Mentoring 2022, 12 Grievance Policy, on 3 March 2026'"""
    what = f"{one.scheme} {one.edition}, {one.requirement.number} {one.requirement.title},"
    return f"confirmed for {what} on {longdate(one.on)}"
