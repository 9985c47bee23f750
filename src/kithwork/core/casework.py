"""Whether something may be shown as casework: only once somebody has declared that it is redacted."""

from kithwork.core.schemes.model import Requirement
from kithwork.core.verdict import YES, Verdict, no


def redacted(requirement: Requirement | None, *, casework: bool, declared: bool) -> Verdict:
    """Casework is what its owner calls so, and whatever is shown where a requirement asks for live evidence.

    `declared`: somebody has said of it that every name in it is down to one initial.
    """
    if declared or not (casework or (requirement is not None and requirement.live)):
        return YES
    why = "It shows casework" if casework else "Casework is asked for here"
    return no(f"{why}: reduce every name in it to one initial, and then declare that you have done so.")
