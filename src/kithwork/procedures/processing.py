"""The register of processing (article 30 of the UK GDPR), told from the declarations: for a service, and for a body."""

from collections.abc import Mapping
from dataclasses import dataclass

from kithwork.caseload.models import Practice
from kithwork.core.keeping import RECORDS, Half, Kind, Record
from kithwork.procedures.declared import of_kind
from kithwork.rights.queries import periods_of

COLUMNS = (
    "Records", "Purpose", "Whose data", "What data", "Lawful basis", "Special categories", "Who receives it",
    "Kept for", "Then", "Why so long", "Safeguards", "Where",
)  # fmt: skip
_HALVES: Mapping[bool, frozenset[Half]] = {
    True: frozenset({Half.SERVICE, Half.SITE}),
    False: frozenset({Half.BODY, Half.SITE}),
}


@dataclass(frozen=True, slots=True)
class Activity:
    """One kind of record, with its period in months where it has one, and the models that hold it."""

    kind: Kind
    record: Record
    months: int | None
    models: tuple[str, ...]
    fields: int

    @property
    def kept_for(self) -> str:
        """'6 years after they left'."""
        if self.months is None:
            return self.record.because or self.record.since.value.capitalize()
        return f"{length(self.months)} after {self.record.since.value}"


def length(months: int) -> str:
    """'6 years', '18 months', '1 year'."""
    count, unit = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return f"{count} {unit}{'' if count == 1 else 's'}"


def register(practice: Practice | None) -> list[Activity]:
    """Every activity of a service, with the periods it has set; or, without one, of an awarding body."""
    periods: Mapping[Kind, int | None] = {kind: record.months for kind, record in RECORDS.items()}
    if practice is not None:
        periods = periods_of(practice.service, practice.retain_years)
    wanted = _HALVES[practice is not None]
    found = []
    for kind, record in RECORDS.items():
        if record.half in wanted or kind is Kind.RIGHTS:
            models = of_kind(kind)
            names = tuple(one.model for one in models)
            found.append(Activity(kind, record, periods[kind], names, sum(len(one.fields) for one in models)))
    return found


def lines(practice: Practice | None) -> list[tuple[str, ...]]:
    """The register as rows of COLUMNS."""
    return [
        (
            one.record.title,
            one.record.purpose,
            ", ".join(whose.value for whose in one.record.people),
            one.record.data,
            one.record.basis.value,
            one.record.special.value,
            one.record.recipients,
            one.kept_for,
            one.record.then.value,
            one.record.because if one.months else "",
            one.record.safeguards,
            ", ".join(one.models),
        )
        for one in register(practice)
    ]
