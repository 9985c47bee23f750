"""Which fields of requests and holds are personal data: about a person, by a person, or words a person typed."""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Whose

PERSONAL: dict[str, tuple[str, ...]] = {
    "Asked": ("words", "by", "answer", "answered_by"),
    "Hold": ("reason", "by"),
    "Period": (),
}
IMPERSONAL: dict[str, tuple[str, ...]] = {
    "Asked": (
        "ref",
        "organisation",
        "service",
        "right",
        "subject",
        "came_on",
        "due_on",
        "answered_on",
        "outcome",
        "at",
    ),
    "Hold": ("ref", "organisation", "service", "subject", "since", "ended_on"),
    "Period": ("service", "kind", "months"),
}
# whom they are about stands as a reference in `subject`: see `rights.actions.forget`
_BY_REF = {Whose.MENTEE: (), Whose.MENTOR: (), Whose.STAFF: (), Whose.HOLDER: ()}

KEPT: Mapping[str, Kept] = {
    "Asked": Kept(Kind.RIGHTS, _BY_REF, since="answered_on"),
    "Hold": Kept(Kind.RIGHTS, _BY_REF, marked=("reason",), since="ended_on"),
}
