"""A year's report in words: the same parts for the page, the CSV and the document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from kithwork.caseload.queries.reports import Figure, Kept, Reached, Report, shares
from kithwork.web.kit.charts import Chart, Series, figure
from kithwork.web.templatetags.kit import longdate, plural, waited

F = Figure

WORDS: dict[Figure, str] = {
    F.REFERRED: "Referrals received",
    F.ACCEPTED: "Accepted onto the waiting list",
    F.SIGNPOSTED: "Pointed to something more suitable",
    F.WITHDRAWN: "Referrals withdrawn",
    F.WAITING: "Waiting for a mentor on {last}",
    F.APPLIED: "People who applied to mentor",
    F.TRAINED: "Trained",
    F.SELECTED: "Selected",
    F.NOT_SELECTED: "Not selected",
    F.MENTORS: "Mentors on {last}",
    F.MATCHED: "Matches begun",
    F.SUPPORTED: "Matches supported",
    F.RUNNING: "Matches running on {last}",
    F.PLANNED: "Ended as planned",
    F.SUDDEN: "Ended suddenly",
    F.UNSAID: "Ended, without a note how",
    F.MEETINGS: "Meetings of mentors and mentees",
    F.MISSED: "Meetings that did not take place",
    F.MENTEES_HEARD: "Staff contacts with mentees",
    F.MENTORS_HEARD: "Staff contacts with mentors",
    F.REVIEWS: "Reviews held",
    F.SUPERVISIONS: "Supervision sessions held",
}
PARTS: tuple[tuple[str, tuple[Figure, ...]], ...] = (
    ("People referred", (F.REFERRED, F.ACCEPTED, F.SIGNPOSTED, F.WITHDRAWN, F.WAITING)),
    ("Mentors", (F.APPLIED, F.TRAINED, F.SELECTED, F.NOT_SELECTED, F.MENTORS)),
    ("Matches", (F.MATCHED, F.SUPPORTED, F.RUNNING, F.PLANNED, F.SUDDEN, F.UNSAID)),
    ("Contact", (F.MEETINGS, F.MISSED, F.MENTEES_HEARD, F.MENTORS_HEARD)),
    ("Reviews and supervision", (F.REVIEWS, F.SUPERVISIONS)),
)
_ONLY_SOME = {F.UNSAID, F.WITHDRAWN}  # left out where there is none


@dataclass(frozen=True, slots=True)
class Row:
    """One number in words; `rows` names the rows behind it, '' where there are none to show."""

    words: str
    number: str
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    rows: list[Row]


def words_of(one: Figure, last: date) -> str:
    return WORDS[one].format(last=longdate(last))


def parts_of(report: Report) -> list[Part]:
    """All numbers, in parts."""
    found = []
    for title, figures in PARTS:
        rows = [
            Row(words_of(one, report.last), f"{report.counts[one]:,}", one.value)
            for one in figures
            if report.counts[one] or one not in _ONLY_SOME
        ]
        found.append(Part(title, rows + list(_more(title, report))))
    return found


def _more(title: str, report: Report) -> Iterator[Row]:
    """What is not a count of rows: times and shares."""
    if title == "People referred" and report.waited.middle is not None:
        yield Row("Half of those matched had waited at most", waited(report.waited.middle))
        yield Row("The longest of them had waited", waited(report.waited.longest))
    elif title == "Contact":
        yield Row("Hours of meetings, as far as noted", f"{report.hours:,}")
    elif title == "Reviews and supervision":
        yield from _kept("Reviews", report.reviews, F.REVIEWS)
        yield from _kept("Supervision sessions", report.supervisions, F.SUPERVISIONS)


def _kept(what: str, kept: Kept, one: Figure) -> Iterator[Row]:
    if kept.share is not None:
        yield Row(f"{what} held in time, of those due", f"{kept.share}%")
        yield Row(f"{what} late or not held", f"{kept.late:,}", f"late-{one.value}")


def charts_of(report: Report) -> list[Chart]:
    """Contact, the waiting list, and matches begun and ended, month by month; a year that has just begun has none."""
    labels = tuple(f"{month.first:%b}" for month in report.months)
    meetings = tuple(month.meetings for month in report.months)
    begun, ended = (tuple(getattr(month, name) for month in report.months) for name in ("begun", "ended"))
    at = (f"Dec {report.year - 1}", *labels)
    weeks = shares(report.waiting)
    length = tuple(one.waiting for one in report.waiting)
    return [
        Chart(
            "Contact, month by month",
            _busiest(labels, meetings),
            labels,
            (Series("Meetings", meetings), Series("By staff", tuple(month.staff for month in report.months))),
            kind="bar",
        ),
        Chart(
            "Matches begun and ended",
            f"{plural(sum(begun), 'match,matches')} begun, {sum(ended):,} ended.",
            labels,
            (Series("Begun", begun), Series("Ended", ended)),
            kind="bar",
        ),
        Chart(
            "People waiting at the end of each month",
            f"{length[0]:,} when the year began, {length[-1]:,} on {longdate(report.last)}.",
            at,
            (Series("People waiting", length),),
            unit="people",
            first="End of",
        ),
        Chart(
            "How long they had waited",
            _weeks(weeks),
            at,
            (Series("Weeks, on average", weeks),),
            unit="weeks",
            first="End of",
        ),
    ]


def _busiest(labels: Sequence[str], meetings: Sequence[int]) -> str:
    most = max(meetings, default=0)
    if not most:
        return "No meeting has been logged."
    return f"Most meetings were in {labels[meetings.index(most)]}: {most:,}."


def _weeks(weeks: Sequence[float | None]) -> str:
    held = [value for value in weeks if value is not None]
    return f"At most {figure(max(held))} weeks on average." if held else "Nobody has waited."


def target_rows(targets: Sequence[Reached]) -> list[tuple[str, str, str, str]]:
    """What was agreed: in words, the aim, what was reached, and how that stands to the aim."""
    return [
        (
            one.target.what or str(one.target.get_counts_display()).capitalize(),
            f"{one.target.aim:,}",
            "not noted" if one.reached is None else f"{one.reached:,}",
            _against(one),
        )
        for one in targets
    ]


def _against(one: Reached) -> str:
    if one.reached is None:
        return ""
    if one.reached >= one.target.aim:
        return "Reached"
    return f"{one.target.aim - one.reached:,} short"


def outcome_rows(report: Report) -> list[tuple[str, str, str, str, str, str]]:
    """Each measure: how many people, how many are better, the same, worse, and the mean change in points."""

    def shown(value: int | None) -> str:
        return "held back" if value is None else f"{value:,}"

    return [
        (
            f"{one.name} ({one.whose.label})",
            f"{one.people:,}" if not one.suppressed else "fewer than 5",
            shown(one.improved),
            shown(one.stayed),
            shown(one.fell),
            "held back" if one.mean is None else f"{one.mean:+.1f}",
        )
        for one in report.outcomes
        if one.people
    ]


TARGET_HEADS = ("What", "Aim", "Reached", "Against the aim")
OUTCOMES_SAY = (
    "People who were measured in the year and at least once before, compared with their first figure. "
    "Fewer than five people are held back."
)
OUTCOME_HEADS = ("Measure", "People", "Better", "The same", "Worse", "Mean change")


def finding(report: Report, today: date) -> str:
    """'38 matches were supported in 2026'; of a year that goes on, 'so far'."""
    number = plural(report.counts[F.SUPPORTED], "match was,matches were")
    return f"{number} supported in {report.year}{' so far' if report.last == today else ''}"
