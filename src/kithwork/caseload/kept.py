"""How long the caseload keeps what it holds of people, and what becomes of it: see `core.keeping.Kept`.

A match tells of two. What is written about it belongs to the mentee's record; a mentor's name is taken out of it when
theirs is erased. The reasons of a match describe both, and go with either.
"""

from collections.abc import Mapping

from kithwork.core.keeping import Kept, Kind, Then, Whose, Why

_MENTEE, _MENTOR = Whose.MENTEE, Whose.MENTOR
_TWO = {_MENTEE: ("mentee",), _MENTOR: ("mentor",)}
_OF_MATCH = {_MENTEE: ("match__mentee",), _MENTOR: ("match__mentor",)}
_CARER = ("carer", "carer_email", "carer_phone", "emergency")
_OFFICE = Why.OFFICE

KEPT: Mapping[str, Kept] = {
    "Mentee": Kept(
        Kind.MENTEE, {_MENTEE: ("",), Whose.CARER: ()}, only={Whose.CARER: _CARER}, marked=("name",), cut=("user",),
        since="left_on", also=(Kind.REFERRAL,),
    ),
    "Mentor": Kept(Kind.MENTOR, {_MENTOR: ("",)}, marked=("name",), cut=("user", "was"), since="left_on",
                   also=(Kind.APPLICANT,)),
    "Bank": Kept(Kind.PRACTICE, then=Then.KEPT),
    "Pause": Kept(Kind.MENTEE, _TWO),
    "Referral": Kept(
        Kind.MENTEE, {_MENTEE: ("mentee",), Whose.REFERRER: ("",)},
        only={Whose.REFERRER: ("name", "organisation", "email", "phone")}, marked=("reason", "signposted_to"),
        also=(Kind.REFERRAL,),
    ),
    "RiskAssessment": Kept(Kind.RISK, {_MENTEE: ("mentee",)}, since="on"),
    "Consent": Kept(Kind.CONSENT, _TWO),
    "Match": Kept(
        Kind.MENTEE, _TWO, shared=("rationale", "characteristic", "justification", "meets", "introduced_by"),
        marked=("manages_because",), cut=("looks_after",),
    ),
    "Agreement": Kept(Kind.MENTEE, _OF_MATCH),
    "Plan": Kept(Kind.MENTEE, _OF_MATCH),
    "Goal": Kept(Kind.MENTEE, {_MENTEE: ("plan__match__mentee",), _MENTOR: ("plan__match__mentor",)}),
    "Review": Kept(Kind.MENTEE, _OF_MATCH),
    "BoundaryChange": Kept(Kind.MENTEE, _OF_MATCH),
    "ExtraSupport": Kept(Kind.MENTEE, _OF_MATCH),
    "Ending": Kept(Kind.MENTEE, _OF_MATCH, marked=("reason",)),
    "Dispute": Kept(Kind.MENTEE, _OF_MATCH, marked=("arbiter", "outcome")),
    "Contact": Kept(Kind.CONTACT, _TWO, since="on"),
    "Reply": Kept(Kind.CONTACT, {_MENTEE: ("contact__mentee",), _MENTOR: ("contact__mentor",)}, since="contact__on"),
    "Concern": Kept(
        Kind.CONCERN, _TWO, stays={"words": Why.SAFEGUARDING, "outcome": Why.SAFEGUARDING}, marked=("words",),
        since="closed_at",
    ),
    "ConcernStep": Kept(
        Kind.CONCERN, {_MENTEE: ("concern__mentee",), _MENTOR: ("concern__mentor",)},
        stays={"what": Why.SAFEGUARDING, "told": Why.SAFEGUARDING}, marked=("what",), since="concern__closed_at",
    ),
    "MentorStep": Kept(Kind.MENTOR, {_MENTOR: ("mentor",)}, marked=("note",)),
    "Reference": Kept(
        Kind.REFERENCE, {_MENTOR: ("mentor",), Whose.REFEREE: ("",)}, marked=("name",), since="received_on"
    ),
    "Vetting": Kept(Kind.VETTING, {_MENTOR: ("mentor",)}, Then.DELETED, since="mentor__left_on"),
    "Exemption": Kept(Kind.MENTOR, {_MENTOR: ("mentor",)}, marked=("reason",)),
    "Training": Kept(Kind.PRACTICE, {Whose.NAMED: ()}, Then.KEPT, stays={"trainer": _OFFICE}),
    "Attendance": Kept(Kind.MENTOR, {_MENTOR: ("mentor",)}),
    "OneTimeLink": Kept(
        Kind.LINK,
        {
            _MENTEE: ("mentee", "referral__mentee", "match__mentee", "ending__match__mentee"),
            _MENTOR: ("mentor", "reference__mentor", "match__mentor", "ending__match__mentor", "attendance__mentor"),
        },
        Then.DELETED, since="expires_at",
    ),
    "Import": Kept(Kind.IMPORT, {Whose.NAMED: ()}, marked=("file_name",), since="brought_at"),
    "Sample": Kept(Kind.PRACTICE, then=Then.KEPT),
    "Measurement": Kept(Kind.OPINION, _TWO),
    "Questionnaire": Kept(Kind.OPINION, _OF_MATCH, since="on"),
    "EqualityAnswer": Kept(Kind.EQUALITY, {_MENTEE: (), _MENTOR: ()}, Then.DELETED),
    "EqualityCount": Kept(Kind.EQUALITY, then=Then.KEPT),
    "Practice": Kept(Kind.PRACTICE, {Whose.STAFF: ()}, Then.KEPT, stays={"call_first": _OFFICE}),
    "Supervision": Kept(Kind.MENTOR, {_MENTOR: ("mentor",)}),
    "Gathering": Kept(Kind.PRACTICE, then=Then.KEPT),
    "DropoutRisk": Kept(Kind.MENTEE, _OF_MATCH),
}  # fmt: skip
