"""What is asked of policies, by subject: which indicator, how often reviewed, of which there may be several."""

from kithwork.governance.models import Policy

S = Policy.Subject
# Quality in Mentoring (001, appendix 2): indicators 8 to 25 in their order, capacity guidance, the procedure for
# assessing referrals, and of excellence 3 driving and photography
INDICATOR: dict[str, str] = {
    S.EQUALITY: "8",
    S.OFFENDERS: "9",
    S.DIGNITY: "10",
    S.DISCIPLINARY: "11",
    S.GRIEVANCE: "12",
    S.COMPLAINTS: "13",
    S.CONFIDENTIALITY: "14",
    S.DATA_PROTECTION: "15",
    S.INFORMATION: "16",
    S.HEALTH_SAFETY: "17",
    S.SAFEGUARDING: "18",
    S.SUBSTANCES: "19",
    S.MONEY: "20",
    S.REFERRALS: "21",
    S.SUPERVISION: "22",
    S.LONE_WORKING: "23",
    S.REVIEWS: "24",
    S.MATCHING: "25",
    S.CAPACITY: "26",
    S.ASSESSMENT: "40",
    S.DRIVING: "excellence 3",
    S.PHOTOGRAPHY: "excellence 3",
}
REPEATED = frozenset({S.PROTOCOL, S.CODE, S.OTHER})
YEARLY = frozenset({S.PROTOCOL, S.CODE})  # protocols and codes of practice are reviewed every year (002)


def months_for(subject: str) -> int:
    """How many months a version of a policy on this subject counts."""
    return 12 if subject in YEARLY else 36
