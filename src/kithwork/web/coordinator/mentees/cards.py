"""A mentee's record as cards: what is due, who it is, what is agreed, what happened."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse

from kithwork.caseload.access import Run
from kithwork.caseload.queries.consents import Asked
from kithwork.caseload.queries.mentees import Falls, Happening, MenteeRow, Owed, RiskRow, Stands
from kithwork.core.service.slots import SLOTS
from kithwork.web.coordinator.mentees.forms import ANSWERS, WAYS
from kithwork.web.kit.cards import Kind, Link, StateTag, SummaryRow, TaskRow, TimelineEvent
from kithwork.web.templatetags.kit import longdate, waited

STANDS = {
    Stands.REFERRED.value: StateTag("Referred", Kind.PURPLE),
    Stands.WAITING.value: StateTag("Waiting", Kind.AMBER),
    Stands.MATCHED.value: StateTag("Matched", Kind.GREEN),
    Stands.PAUSED.value: StateTag("Paused", Kind.BLUE),
    Stands.LEFT.value: StateTag("Left", Kind.GREY),
}
PRIORITY = {0: None, 1: StateTag("High", Kind.AMBER), 2: StateTag("Urgent", Kind.RED)}
RISKS = {"person": "Risk to self and others", "activity": "What they do together", "home": "The home"}
LEVELS = {
    "low": StateTag("Low", Kind.GREEN),
    "medium": StateTag("Medium", Kind.AMBER),
    "high": StateTag("High", Kind.RED),
}
CONSENTS = {
    "data": "Keeping their details",
    "third-parties": "Asking others for information",
    "risk": "Telling the mentor about risks",
    "reviews": "Sharing review feedback",
    "story": "Telling their story",
}
DUE = {
    Falls.CALL: "Ring them: they asked to be called",
    Falls.REFERRAL: "Decide the referral",
    Falls.CONTACT: "Be in touch",
    Falls.RISK_ACTION: "Do what the risk assessment says",
    Falls.RISK_REVIEW: "Assess the risk",
    Falls.REVIEW: "Review the match with them",
    Falls.CONSENT: "Ask what may be shared",
}


def due_rows(owed: Iterable[Owed], run: Run, mentee: MenteeRow, today: date) -> list[TaskRow]:
    """What is due and what comes next, each with the page on which it is done."""
    return [
        TaskRow(_due_title(one), _due_href(one, run, mentee), _due_hint(one, today), _state(one, today)) for one in owed
    ]


def _due_title(one: Owed) -> str:
    if one.what in (Falls.RISK_REVIEW, Falls.RISK_ACTION):
        return f"{DUE[one.what]}: {RISKS[one.kind][0].lower()}{RISKS[one.kind][1:]}"
    return DUE[one.what]


def _due_href(one: Owed, run: Run, mentee: MenteeRow) -> str:
    at = [run.service.slug, mentee.ref]
    match one.what:
        case Falls.CALL | Falls.CONTACT:
            return reverse("mentee_contact", args=at)
        case Falls.REFERRAL:
            return reverse("referral", args=[run.service.slug, one.ref])
        case Falls.RISK_ACTION:
            return reverse("mentee_risk_done", args=[*at, one.ref])
        case Falls.RISK_REVIEW:
            return f"{reverse('mentee_risk', args=at)}?kind={one.kind}"
        case Falls.REVIEW:
            return f"/run/{run.service.slug}/matches/{one.ref}/"
        case Falls.CONSENT:
            return reverse("mentee_consents", args=at)


def _due_hint(one: Owed, today: date) -> str:
    if one.what is Falls.CONSENT:
        return f"{one.kind} not asked yet"
    if one.by is None:
        return ""
    if one.by < today:
        return f"By {longdate(one.by)}, {waited((today - one.by).days)} ago"
    return f"By {longdate(one.by)}"


def _state(one: Owed, today: date) -> StateTag:
    if one.by is not None and one.by < today:
        return StateTag("Overdue", Kind.RED)
    if one.by is None or one.by == today:
        return StateTag("To do now", Kind.AMBER)
    return StateTag("Not yet due", Kind.GREY) if (one.by - today).days > 14 else StateTag("Due soon", Kind.BLUE)


def finding(name: str, owed: Iterable[Owed], today: date) -> str:
    """The record's heading: 'Cai Rowan: 2 things are due'."""
    number = sum(1 for one in owed if one.by is None or one.by <= today)
    if not number:
        return f"{name}: nothing is due"
    return f"{name}: {number} thing{' is' if number == 1 else 's are'} due"


def who_rows(mentee: MenteeRow, run: Run) -> list[SummaryRow]:
    """Who it is, how to reach them, what they need, as far as it is known; each line leads to its field."""
    edit = reverse("mentee_edit", args=[run.service.slug, mentee.ref])

    def row(key: str, value: object, field: str) -> SummaryRow:
        return SummaryRow(key, value or None, f"{edit}#id_{field}")  # type: ignore[arg-type]  # text, day or lines

    carer = [text for text in (mentee.carer, mentee.carer_phone, mentee.carer_email) if text]
    wants = [text for text in (mentee.wants_gender, mentee.wants_gender_because) if text]
    rows = [
        row("Full name", mentee.name, "name"),
        row("Likes to be called", mentee.known_as, "known_as"),
        row("Born", mentee.born, "born"),
        row("Telephone", mentee.phone, "phone"),
        row("E-mail", mentee.email, "email"),
        row("Address", [line for line in (*mentee.address.splitlines(), mentee.postcode) if line], "address"),
        row("How to reach them", mentee.contact_wishes, "contact_wishes"),
        row("In an emergency", mentee.emergency, "emergency"),
        row("Family or carer", carer, "carer"),
        row("Needs", list(mentee.needs), "needs"),
        row("Interests", list(mentee.interests), "interests"),
        row("Languages", list(mentee.languages), "languages"),
        row("Free", [SLOTS.get(slot, slot) for slot in mentee.availability], "availability"),
        row("Would like to meet", dict(WAYS).get(mentee.way, ""), "way"),
        row("Hopes a mentor knows or likes", list(mentee.hopes_for), "hopes_for"),
        row("Wishes", mentee.wishes, "wishes"),
        row("Gender of the mentor", wants, "wants_gender"),
        row("Profile", mentee.profile, "profile"),
        row("Your number", mentee.number, "number"),
    ]
    if mentee.equalities_asked_on:
        href = reverse("mentee_equalities", args=[run.service.slug, mentee.ref])
        said = f"Asked on {longdate(mentee.equalities_asked_on)}"
        rows.append(SummaryRow("Equalities questions", said, href, "Ask again"))
    return [one for one in rows if one.value]


def consent_rows(asked: Iterable[Asked], run: Run, mentee: MenteeRow) -> list[SummaryRow]:
    """Each kind, the answer that counts, by whom and when."""
    rows = []
    for one in asked:
        href = reverse("mentee_consent", args=[run.service.slug, mentee.ref, one.kind.value])
        latest = one.latest
        if latest is None:
            rows.append(SummaryRow(CONSENTS[one.kind.value], StateTag("Not asked", Kind.AMBER), href, "Record"))
            continue
        colour = Kind.GREEN if one.given else Kind.GREY
        whose = "" if latest.whose == "own" else ", by family"
        said = f"{longdate(latest.on)}{f', {latest.how}' if latest.how else ''}{whose}"
        values: list[StateTag | str] = [StateTag(_answer(latest.answer), colour), said]
        if one.reworded:
            values.append("The words have changed since. Ask again.")
        rows.append(SummaryRow(CONSENTS[one.kind.value], values, href))
    return rows


def _answer(answer: str) -> str:
    return {"given": "Yes", "refused": "No", "withdrawn": "No longer"}[answer]


def risk_rows(risks: Iterable[RiskRow], run: Run, mentee: MenteeRow) -> list[tuple[object, ...]]:
    """Assessments as a table's rows: kind, day, level, what was to be done."""
    rows: list[tuple[object, ...]] = []
    for risk in risks:
        todo: object = risk.actions or "Nothing to be done"
        if risk.actions and risk.actions_done_on:
            todo = f"Done on {longdate(risk.actions_done_on)}"
        elif risk.actions:
            href = reverse("mentee_risk_done", args=[run.service.slug, mentee.ref, risk.ref])
            by = f", by {longdate(risk.actions_due)}" if risk.actions_due else ""
            todo = Link(f"To do{by}", href, RISKS[risk.kind])
        rows.append((RISKS[risk.kind], risk.on, LEVELS[risk.level], todo))
    return rows


def events(found: Iterable[Happening], run: Run) -> list[TimelineEvent]:
    """What happened, in the order given."""
    return [_event(one, run) for one in found]


def _event(one: Happening, run: Run) -> TimelineEvent:
    title, text, href = _words(one, run)
    return TimelineEvent(title, one.on, one.by, text, href)


_WAY = {
    "met": "in person",
    "phone": "by telephone",
    "video": "by video",
    "message": "by message or e-mail",
    "letter": "by letter",
}
_CONTACT = {
    "meeting": ("Mentor and mentee met", "Did not meet"),
    "mentee": ("In touch", "Tried to reach them"),
    "referrer": ("In touch with the referrer", "Tried to reach the referrer"),
}


def _words(one: Happening, run: Run) -> tuple[str, str, str]:
    """Title, text and address of one line."""
    row, slug = one.row, run.service.slug
    match one.subject:
        case "referral":
            words = {"accepted": "Accepted onto the waiting list", "signposted": "Pointed to something else"}
            title = "Referred" if one.moment == "came" else words.get(row.outcome, "Referral withdrawn")
            text = "" if one.moment == "came" else row.reason
            return title, text, reverse("referral", args=[slug, row.ref])
        case "contact":
            reached, tried = _CONTACT[row.kind]
            met = reached if row.reached else tried
            length = f", {row.minutes} minutes" if row.minutes else ""
            return f"{met} {_WAY[row.way]}{length}", row.words, ""
        case "consent":
            return f"{CONSENTS[row.kind]}: {ANSWERS[row.answer]}", "", ""
        case "risk":
            if one.moment == "done":
                return f"{RISKS[row.kind]}: done what was to be done", "", ""
            return f"{RISKS[row.kind]} assessed: {row.level}", row.findings, ""
        case "pause":
            return ("Away", row.reason, "") if one.moment == "began" else ("Last day away", "", "")
        case "match":
            title = {"proposed": "Match proposed", "introduced": "Introduced", "ended": "Match ended"}[one.moment]
            return f"{title}: {row.mentor}", "", f"/run/{slug}/matches/{row.ref}/"
        case _:
            return "Match reviewed", "", f"/run/{slug}/matches/{row.match.ref}/"
