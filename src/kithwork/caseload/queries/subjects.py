"""People of the caseload by the reference that requests and holds know them by: 'mentee:<ref>', 'mentor:<ref>'."""

from collections.abc import Iterable

from kithwork.caseload.models import Mentee, Mentor
from kithwork.organisations.models import Service

_KINDS: dict[str, type[Mentee] | type[Mentor]] = {"mentee": Mentee, "mentor": Mentor}


def subject_names(service: Service, subjects: Iterable[str]) -> dict[str, str]:
    """The names of those who are not erased, by subject. One query for each side at most."""
    asked = list(subjects)
    found: dict[str, str] = {}
    for side, kind in _KINDS.items():
        refs = [one.partition(":")[2] for one in asked if one.startswith(f"{side}:")]
        if refs:
            rows = kind._default_manager.filter(service=service, ref__in=refs, erased_at=None)
            found |= {f"{side}:{ref}": name for ref, name in rows.values_list("ref", "name")}
    return found
