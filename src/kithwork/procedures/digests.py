"""The weekly mail: to those who coordinate, what needs them in counts; to mentors, what waits for themselves.

Once in a calendar week, on the first round of it, and only where something waits; nobody gets it who has switched it
off. It names nobody.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction

from kithwork.accounts.models import User
from kithwork.caseload.access import SAFEGUARDS
from kithwork.caseload.models import Practice
from kithwork.caseload.queries.concerns import open_figures
from kithwork.caseload.queries.lines import Found
from kithwork.caseload.queries.staff import coordinators_of, staff_of
from kithwork.caseload.queries.today import Matter, needed
from kithwork.caseload.queries.weekly import Waits, running_services, waiting_for_mentors
from kithwork.notices.actions import first_time, tell
from kithwork.notices.words import Kind

M = Matter
# what is said of kinds together: (one of it, several of it, of which kinds, whether only what is overdue)
_SAID: tuple[tuple[str, str, tuple[Matter, ...], bool], ...] = (
    ("1 check of a mentor has lapsed", "{} checks of mentors have lapsed", (M.VETTING,), False),
    ("1 person asked to be rung", "{} people asked to be rung", (M.CALL_MENTEE, M.CALL_MENTOR), False),
    ("1 contact is overdue", "{} contacts are overdue", (M.CONTACT_MENTEE, M.CONTACT_MENTOR), True),
    ("1 review is overdue", "{} reviews are overdue", (M.REVIEW,), True),
    ("1 supervision session is overdue", "{} supervision sessions are overdue", (M.SUPERVISION,), True),
    ("1 risk is to be assessed or acted on", "{} risks are to be assessed or acted on",
     (M.RISK_ACTION, M.RISK_ACTIVITY, M.RISK_HOME), True),
    ("1 thing about new matches", "{} things about new matches",
     (M.FIRST_MET, M.FIRST_WEEK_MENTEE, M.FIRST_WEEK_MENTOR, M.FIFTH_MENTEE, M.FIFTH_MENTOR, M.CLOSER, M.PLAN,
      M.AGREEMENT), False),
    ("1 thing about matches in difficulty or at their end", "{} things about matches in difficulty or at their end",
     (M.DISPUTE, M.BOUNDARY, M.MISSED, M.DROPOUT, M.SUPPORT, M.ENDING, M.WAITS_AGAIN, M.NEAR_END, M.CONCLUDE), False),
    ("1 referral is open", "{} referrals are open", (M.REFERRAL,), False),
    ("1 decision about a referral is to be told", "{} decisions about referrals are to be told", (M.OUTCOME,), False),
    ("1 person offers to mentor or waits for an answer", "{} people offer to mentor or wait for an answer",
     (M.APPLICANT, M.REFERENCE, M.FEEDBACK), False),
    ("1 proposal is to be taken on", "{} proposals are to be taken on", (M.PROPOSED,), False),
    ("1 question to a mentor is not answered", "{} questions to mentors are not answered", (M.ANSWER,), False),
    ("1 entry by a mentor is unread", "{} entries by mentors are unread", (M.UNREAD,), False),
    ("1 check or exemption is near its end", "{} checks or exemptions are near their end",
     (M.RENEWAL, M.EXEMPTION), False),
)  # fmt: skip
_MENTOR: dict[Waits, tuple[str, str]] = {
    Waits.ASKED: ("somebody would like to know whether you want to meet", "{} people you might like to meet"),
    Waits.QUESTION: ("a question about what you logged", "{} questions about what you logged"),
    Waits.LOG: ("it is time to log when you last met", "it is time to log when you last met, for {} matches"),
    Waits.SUPERVISION: ("a supervision session is due", "{} supervision sessions are due"),
    Waits.TRAINING: ("a training session within two weeks", "{} training sessions within two weeks"),
    Waits.GATHERING: ("something for mentors within two weeks", "{} things for mentors within two weeks"),
}


def run(today: date) -> Counter[Kind]:
    """Write the mail of the week in which `today` lies, to whom it has not been written yet. Each person is a
    transaction of its own. Gives how many of each kind.
    """
    done: Counter[Kind] = Counter()
    for practice in running_services():
        done[Kind.WEEK_OF_SERVICE] += _of_service(practice, today)
        done[Kind.WEEK_OF_MENTOR] += _of_mentors(practice, today)
    return done


def _of_service(practice: Practice, today: date) -> int:
    service = practice.service
    people = [user for user in coordinators_of(service) if user.reminders]
    if not people:
        return 0
    lines = list(lines_of(needed(practice, today, 1)))
    concerns = open_figures(service).open
    told = {user.pk for user in staff_of(service, SAFEGUARDS)} if concerns else set()
    safety = ["1 concern about safety is open" if concerns == 1 else f"{concerns} concerns about safety are open"]
    path = f"/run/{service.slug}/"
    return sum(
        _send(practice, Kind.WEEK_OF_SERVICE, user, [*(safety if user.pk in told else ()), *lines], path, today)
        for user in people
    )


def _of_mentors(practice: Practice, today: date) -> int:
    return sum(
        _send(practice, Kind.WEEK_OF_MENTOR, user, [_plain(*_MENTOR[what], number) for what, number in _sorted(waits)],
              "/mentoring/", today)
        for user, waits in waiting_for_mentors(practice, today).items()
    )  # fmt: skip


def _sorted(waits: Mapping[Waits, int]) -> list[tuple[Waits, int]]:
    return [(what, waits[what]) for what in Waits if what in waits]


def lines_of(found: Mapping[Matter, Found]) -> Iterable[str]:
    """What needs somebody at a service, in counts; first what is overdue, last what falls due within two weeks."""
    soon = 0
    for one, many, kinds, overdue in _SAID:
        held = [found[kind] for kind in kinds if kind in found]
        number = sum(each.late if overdue else each.total for each in held)
        soon += sum(each.total - each.late for each in held) if overdue else 0
        if number:
            yield _plain(one, many, number)
    if soon:
        yield _plain("1 thing falls due within two weeks", "{} things fall due within two weeks", soon)
    if M.WAITING in found:
        yield _plain("1 person waits for a mentor", "{} people wait for a mentor", found[M.WAITING].total)


def _plain(one: str, many: str, number: int) -> str:
    return one if number == 1 else many.format(f"{number:,}")


@transaction.atomic
def _send(practice: Practice, kind: Kind, user: User, lines: list[str], path: str, today: date) -> bool:
    """Once in a week; a week with nothing in it is not used up."""
    service, (year, week, _) = practice.service, today.isocalendar()
    occasion = f"{kind} {service.slug} {year}-W{week:02}"
    if not lines or not first_time(subject=user.ref, occasion=occasion, today=today):
        return False
    tell(kind=kind, to=[user], organisation=service.organisation, path=path, about=service.name, lines=lines)
    return True
