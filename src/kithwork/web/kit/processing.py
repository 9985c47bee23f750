"""The register of processing as cards: one summary for each kind of record."""

from kithwork.procedures.processing import Activity
from kithwork.web.kit.cards import SummaryRow


def rows_of(one: Activity) -> list[SummaryRow]:
    """One activity as a summary."""
    record = one.record
    people = ", ".join(whose.value for whose in record.people)
    return [
        SummaryRow("What for", record.purpose),
        SummaryRow("Whose data", people[:1].upper() + people[1:]),
        SummaryRow("What data", record.data),
        SummaryRow("Why it is lawful", record.basis.value[:1].upper() + record.basis.value[1:]),
        *([SummaryRow("Special categories", record.special.value.capitalize())] if record.special.value else []),
        SummaryRow("Who receives it", record.recipients),
        SummaryRow("How long", [one.kept_for, *([record.because] if one.months and record.because else [])]),
        SummaryRow("What happens then", record.then.value.capitalize()),
        SummaryRow("Safeguards", record.safeguards),
    ]
