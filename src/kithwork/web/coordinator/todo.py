"""Today in cards: each thing to do in words, with the form on which it is done, in groups in the order of harm."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kithwork.caseload.queries.concerns import OpenConcerns
from kithwork.caseload.queries.lines import Found, Line
from kithwork.caseload.queries.today import AS_ONE, Matter
from kithwork.web.kit.cards import Kind, Link, StateTag, TaskRow
from kithwork.web.templatetags.kit import longdate, plural, waited

M = Matter
UNFIT = "unsuitable"  # what a check found, where a line is about a check


@dataclass(frozen=True, slots=True)
class Say:
    """A kind in words. `title` of one with {name} and {other}; `page` and `more`: where it is done, the arguments after
    the line's reference; `all`: what the whole list is of, after a number. `due`: its day is one by which it is to be
    done, and not since when it waits.
    """

    title: str
    page: str
    all: str
    more: tuple[str, ...] = ()
    due: bool = False
    query: str = ""


SAY: dict[Matter, Say] = {
    M.VETTING: Say("Renew the check of {name}, who is matched", "vetting_ask", "lapsed check", due=True),
    M.CALL_MENTEE: Say("Ring {name}", "mentee_contact", "mentee to ring,mentees to ring"),
    M.CALL_MENTOR: Say("Ring {name}, mentor", "mentor_contact", "mentor to ring,mentors to ring"),
    M.CONTACT_MENTEE: Say("Be in touch with {name}", "mentee_contact",
                          "mentee to hear from you,mentees to hear from you", due=True),
    M.CONTACT_MENTOR: Say("Be in touch with {name}, mentor", "mentor_contact",
                          "mentor to hear from you,mentors to hear from you", due=True),
    M.REVIEW: Say("Review the match of {name} and {other}", "match_review", "match to review,matches to review",
                  due=True),
    M.SUPERVISION: Say("Supervise {name}", "supervise", "mentor to supervise,mentors to supervise", due=True),
    M.RISK_ACTION: Say("Do what the risk assessment of {name} says", "mentee_risk_done",
                       "risk to act against,risks to act against", due=True),
    M.RISK_ACTIVITY: Say("Assess the risk of what {name} does with a mentor", "mentee_risk",
                         "risk of activities to assess,risks of activities to assess", due=True,
                         query="?kind=activity"),
    M.RISK_HOME: Say("Assess the risk at the home of {name}", "mentee_risk",
                     "risk at home to assess,risks at home to assess", due=True, query="?kind=home"),
    M.FIRST_MET: Say("Note when {name} and {other} first met", "match_met",
                     "first meeting to note,first meetings to note"),
    M.FIRST_WEEK_MENTEE: Say("Ask {name} how the first meeting was", "match_contact",
                             "mentee to ask after the first meeting,mentees to ask after the first meeting",
                             ("mentee",), due=True),
    M.FIRST_WEEK_MENTOR: Say("Ask {other} how the first meeting with {name} was", "match_contact",
                             "mentor to ask after the first meeting,mentors to ask after the first meeting",
                             ("mentor",), due=True),
    M.FIFTH_MENTEE: Say("Ask {name} how it goes after five meetings", "match_contact",
                        "mentee to ask after five meetings,mentees to ask after five meetings", ("mentee",)),
    M.FIFTH_MENTOR: Say("Ask {other} how it goes with {name} after five meetings", "match_contact",
                        "mentor to ask after five meetings,mentors to ask after five meetings", ("mentor",)),
    M.CLOSER: Say("Be in touch with {other} about {name}: closer contact", "match_contact",
                  "mentor in closer contact to hear from you,mentors in closer contact to hear from you", ("mentor",),
                  due=True),
    M.PLAN: Say("Make a development plan with {name}", "match_plan", "plan to make,plans to make"),
    M.AGREEMENT: Say("Have the agreement of {name} and {other} signed", "match_agreement",
                     "agreement to sign,agreements to sign", due=True),
    M.DISPUTE: Say("Settle the dispute of {name} and {other}", "match_dispute_one",
                   "dispute to settle,disputes to settle"),
    M.BOUNDARY: Say("Act on a change of boundaries: {name} and {other}", "match_boundary_done",
                    "change of boundaries,changes of boundaries"),
    M.MISSED: Say("Ask why {name} and {other} missed two meetings", "match_contact",
                  "match with two meetings missed,matches with two meetings missed", ("mentor",)),
    M.DROPOUT: Say("Look again whether {name} may give up", "match_dropout",
                   "risk of giving up,risks of giving up", due=True),
    M.NEAR_END: Say("Talk about the end of the match of {name} and {other}", "match_end",
                    "match near its end,matches near their end", due=True),
    M.ENDING: Say("Finish the ending of {name} and {other}", "match", "ending to finish,endings to finish"),
    M.SUPPORT: Say("Support {name} and {other} after a sudden ending", "match_support",
                   "sudden ending without support,sudden endings without support"),
    M.WAITS_AGAIN: Say("Decide whether {name} waits for another mentor", "match_wait",
                       "mentee whose match is over,mentees whose match is over"),
    M.CONCLUDE: Say("Say what follows from the review with {name}", "match_review_one",
                    "review without a result,reviews without a result"),
    M.REFERRAL: Say("Decide the referral of {name}", "referral", "open referral"),
    M.OUTCOME: Say("Say what was decided to whoever referred {name}", "referral_tell",
                   "decision to tell,decisions to tell"),
    M.APPLICANT: Say("Answer {name}, who offers to mentor", "mentor",
                     "person who offers to mentor,people who offer to mentor"),
    M.REFERENCE: Say("Read a reference for {name}", "reference", "reference to read,references to read"),
    M.FEEDBACK: Say("Tell {name} why they were not selected", "mentor_feedback",
                    "person to tell why,people to tell why"),
    M.RENEWAL: Say("Renew the check of {name}", "vetting_ask", "check to renew,checks to renew", due=True),
    M.PROPOSED: Say("", "match", "proposal to take on,proposals to take on"),
    M.WAITING: Say("Find a mentor for those who wait", "proposals", "person who waits,people who wait"),
    M.ANSWER: Say("{name} has not answered your question", "contact", "question not answered,questions not answered"),
    M.UNREAD: Say("Read what mentors logged", "inbox", "entry nobody has read,entries nobody has read"),
    M.EXEMPTION: Say("The exemption of {name} ends: {what}", "mentor", "exemption that ends,exemptions that end",
                     due=True),
}  # fmt: skip

REGULAR = (M.CONTACT_MENTEE, M.CONTACT_MENTOR, M.REVIEW, M.SUPERVISION, M.RISK_ACTION, M.RISK_ACTIVITY, M.RISK_HOME)
# between these and the other groups stands what comes round at its interval, parted into overdue and soon
FIRST = (
    ("A check has lapsed while somebody is matched", (M.VETTING,)),
    ("They asked to be rung", (M.CALL_MENTEE, M.CALL_MENTOR)),
)
GROUPS: tuple[tuple[str, tuple[Matter, ...]], ...] = (
    ("New matches", (M.FIRST_MET, M.FIRST_WEEK_MENTEE, M.FIRST_WEEK_MENTOR, M.FIFTH_MENTEE, M.FIFTH_MENTOR, M.CLOSER,
                     M.PLAN, M.AGREEMENT)),
    ("Matches in difficulty, or at their end", (M.DISPUTE, M.BOUNDARY, M.MISSED, M.DROPOUT, M.SUPPORT, M.ENDING,
                                                M.WAITS_AGAIN, M.NEAR_END, M.CONCLUDE)),
    ("People who come", (M.REFERRAL, M.OUTCOME, M.APPLICANT, M.REFERENCE, M.FEEDBACK)),
    ("Matches to decide", (M.PROPOSED, M.WAITING)),
    ("What mentors logged", (M.ANSWER, M.UNREAD)),
    ("Checks and exemptions near their end", (M.RENEWAL, M.EXEMPTION)),
)  # fmt: skip
_EXEMPT = {
    "role": ("mentor_step", "role", "the assessment by the role description"),
    "interview": ("mentor_step", "interview", "the interview"),
    "induction": ("mentor_step", "induction", "the induction"),
    "badge": ("mentor_step", "badge", "the ID badge"),
    "consent": ("mentor_consent", "", "consent"),
    "vetting": ("vetting_ask", "", "vetting"),
    "references": ("mentor", "", "references"),
    "training": ("mentor", "", "training"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one group; `more` leads to every row of the kinds of which more exist than are shown."""

    rows: list[TaskRow]
    more: list[Link]


@dataclass(frozen=True, slots=True)
class Group:
    """Things to do under one heading; `number` of them, shown or not."""

    title: str
    parts: list[Part]
    number: int


def task(matter: Matter, line: Line, slug: str, today: date) -> TaskRow:
    """One line: what to do, with whom, by when, and the form on which it is done."""
    title, href = _where(matter, line, slug)
    if SAY[matter].due and line.day is not None and line.other != UNFIT:
        return TaskRow(title, href, f"By {longdate(line.day)}", by_day(line.day, today, lapses=matter is M.VETTING))
    if matter is M.VETTING:
        return TaskRow(
            title, href, "", StateTag("May not mentor" if line.other == UNFIT else "Never checked", Kind.RED)
        )
    if line.day is None:
        never = matter in (M.RISK_ACTIVITY, M.RISK_HOME)
        return TaskRow(title, href, "", StateTag("Never done", Kind.RED) if never else StateTag("To do", Kind.AMBER))
    if line.day > today:  # an ending is worked at before its day has come
        return TaskRow(title, href, f"By {longdate(line.day)}", by_day(line.day, today))
    days = (today - line.day).days
    return TaskRow(title, href, f"Since {longdate(line.day)}", StateTag(waited(days).capitalize(), Kind.AMBER))


def by_day(day: date, today: date, *, lapses: bool = False) -> StateTag:
    """'Overdue by 5 weeks', 'Due today', 'Due in 3 days'."""
    if day < today:
        late = waited((today - day).days)
        return StateTag(f"Lapsed {late} ago" if lapses else f"Overdue by {late}", Kind.RED)
    if day == today:
        return StateTag("Due today", Kind.AMBER)
    return StateTag(f"Due in {waited((day - today).days)}", Kind.BLUE)


def _where(matter: Matter, line: Line, slug: str) -> tuple[str, str]:
    """A line's title and address."""
    say, at = SAY[matter], [slug, line.ref]
    title, page, more = say.title, say.page, list(say.more)
    match matter:
        case M.VETTING | M.RENEWAL if line.key:
            title, page, more = title.replace("Renew", "Note the outcome of"), "vetting", [line.key]
        case M.RISK_ACTION | M.DISPUTE | M.BOUNDARY | M.CONCLUDE | M.REFERENCE:
            more = [line.key]
        case M.PROPOSED:
            title, page, more = _proposed(line.key)
        case M.ENDING:
            title, page, more = _ending(line.key)
        case M.EXEMPTION:
            page, step, what = _EXEMPT[line.key]
            title, more = title.replace("{what}", what), [step] if step else []
        case M.WAITING | M.UNREAD:
            at = [slug]
    return title.format(name=line.name, other=line.other), reverse(page, args=[*at, *more]) + say.query


def _proposed(key: str) -> tuple[str, str, list[str]]:
    match key:
        case "mentee":
            return "Explain the reasons for {other} to {name}, and note the answer", "match_answer", ["mentee"]
        case "mentor":
            return "Explain the reasons for {name} to {other}, and note the answer", "match_answer", ["mentor"]
        case "agree":
            return "Have the agreement of {name} and {other} signed", "match_agreement", []
        case _:
            return "Introduce {name} and {other}", "match_introduce", []


def _ending(key: str) -> tuple[str, str, list[str]]:
    """What comes first about an ending."""
    what, _, who = key.partition(" ")
    whom = {"mentee": "{name}", "mentor": "{other}", "carer": "the carer of {name}"}.get(who, "")
    match what:
        case "told":
            return f"Tell {whom} why the match of {{name}} and {{other}} ends", "match_told", [who]
        case "follows":
            return "Say what follows for {name} and {other}", "match_follows", []
        case "look-back":
            return "Look back with {name} and {other}", "match_look_back", []
        case _:
            return f"Give {whom} the ending of {{name}} and {{other}} in writing", "match_confirm", [who]


def one_line(matter: Matter, found: Found, slug: str, today: date) -> TaskRow:
    """Many rows that are one thing to do: how many, and since when the first of them waits."""
    say, first = SAY[matter], found.lines[0].day
    since = f", the first for {waited((today - first).days)}" if first and first < today else ""
    hint = f"{plural(found.total, say.all)}{since}"
    return TaskRow(say.title, reverse(say.page, args=[slug]), hint, StateTag("To do", Kind.BLUE))


def groups_of(found: Mapping[Matter, Found], slug: str, today: date, most: int) -> list[Group]:
    """What was found in groups: what has lapsed, who asked to be rung, what is overdue, what is soon, and the rest."""
    late, soon = _late(found), _soon(found, slug, today)
    parted = [("Overdue", _parts(late, REGULAR, slug, today, most), sum(one.late for one in late.values()))]
    number = sum(found[matter].total - found[matter].late for matter in REGULAR if matter in found)
    parted.append(("Due within two weeks", soon, number))
    made = [Group(*one) for one in (*_plain(found, FIRST, slug, today, most), *parted)]
    made += [Group(*one) for one in _plain(found, GROUPS, slug, today, most)]
    return [group for group in made if group.parts]


Matters = tuple[tuple[str, tuple[Matter, ...]], ...]


def _plain(
    found: Mapping[Matter, Found], groups: Matters, slug: str, today: date, most: int
) -> Iterator[tuple[str, list[Part], int]]:
    for title, matters in groups:
        held = [1 if matter in AS_ONE else found[matter].total for matter in matters if matter in found]
        yield title, _parts(found, matters, slug, today, most), sum(held)


def _parts(found: Mapping[Matter, Found], matters: Iterable[Matter], slug: str, today: date, most: int) -> list[Part]:
    """The rows of some kinds one after another, parted only where a link leads to the rest of a kind."""
    parts: list[Part] = []
    for matter in matters:
        if matter not in found:
            continue
        one, more = found[matter], []
        if matter in AS_ONE:
            rows = [one_line(matter, one, slug, today)]
        else:
            rows = [task(matter, line, slug, today) for line in one.lines[:most]]
            more = [everything(matter, one.total, slug)] if one.total > len(rows) else []
        if parts and not parts[-1].more:
            rows = parts.pop().rows + rows
        parts.append(Part(rows, more))
    return parts


def everything(matter: Matter, total: int, slug: str) -> Link:
    """'All 41 matches to review'."""
    return Link(f"All {plural(total, SAY[matter].all)}", reverse("today_all", args=[slug, matter.value]))


def _late(found: Mapping[Matter, Found]) -> dict[Matter, Found]:
    """Of what comes round: what is overdue, which stands first in each kind."""
    held = {}
    for matter in REGULAR:
        if matter in found and found[matter].late:
            one = found[matter]
            held[matter] = Found(one.late, one.late, one.lines[: one.late])
    return held


def _soon(found: Mapping[Matter, Found], slug: str, today: date) -> list[Part]:
    """Of what comes round: what is not overdue yet, by day. What is overdue stands first in its kind, so that a kind of
    which more is overdue than is shown has nothing here.
    """
    rows: list[tuple[date, TaskRow]] = []
    more: list[Link] = []
    for matter in REGULAR:
        if matter not in found:
            continue
        one = found[matter]
        soon = one.lines[one.late :]
        rows += [(line.day or today, task(matter, line, slug, today)) for line in soon]
        if soon and one.total > len(one.lines):
            more.append(everything(matter, one.total, slug))
    rows.sort(key=lambda row: row[0])
    return [Part([row for _, row in rows], more)] if rows else []


def concern_rows(figures: OpenConcerns, slug: str) -> list[TaskRow]:
    """One line for those who answer for safeguarding: how many are open, and whether nobody has taken one."""
    if not figures.open:
        return []
    if figures.danger:
        state = StateTag("Somebody in danger", Kind.RED)
    elif figures.untaken:
        state = StateTag(f"{figures.untaken} not taken", Kind.RED)
    else:
        state = StateTag("Open", Kind.AMBER)
    hint = f"The first was raised on {longdate(figures.since)}"
    title = plural(figures.open, "concern about safety is open,concerns about safety are open")
    return [TaskRow(title, reverse("concerns", args=[slug]), hint, state)]


def counted(found: Mapping[Matter, Found], others: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How many things need somebody, and how many are overdue; `others` are pairs of the same from elsewhere."""
    number = sum(1 if matter in AS_ONE else one.total for matter, one in found.items())
    late = sum(one.late for one in found.values())
    return number + sum(pair[0] for pair in others), late + sum(pair[1] for pair in others)


def finding(number: int, late: int) -> str:
    """The heading: '7 things need you, 2 are overdue'."""
    if not number:
        return "Nothing needs you today"
    need = plural(number, "thing needs you,things need you")
    if not late:
        return f"{need}, nothing is overdue"
    return f"{need}, {late:,} {'is' if late == 1 else 'are'} overdue"
