"""What each message says: what awaits the reader, and a link. No names, no reasons, no figures."""

from enum import StrEnum


class Kind(StrEnum):
    INVITED = "invited"
    APPLICATION_RECEIVED = "application-received"
    APPLICATION_ARRIVED = "application-arrived"
    ELIGIBILITY_DECIDED = "eligibility-decided"
    INVOICE_ISSUED = "invoice-issued"
    PAYMENT_RECORDED = "payment-recorded"
    ASSESSOR_ASKED = "assessor-asked"
    ASSESSOR_DECLARED = "assessor-declared"
    ASSESSOR_APPOINTED = "assessor-appointed"
    MEETING_ARRANGED = "meeting-arranged"
    EVIDENCE_SENT = "evidence-sent"
    FEEDBACK_GIVEN = "feedback-given"
    REMARK_MADE = "remark-made"
    BREACH_REPORTED = "breach-reported"
    CLOCK_CHANGED = "clock-changed"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"
    STANDING_CHANGED = "standing-changed"


_END = "\n\nSign in to read it:\n{link}\n\nThis message says no more than that, to keep people's details safe.\n"

WORDS: dict[Kind, tuple[str, str]] = {
    Kind.INVITED: (
        "You are invited to join {about} on Kithwork",
        "{body} invites you to work with them on Kithwork.\n\nAccept within 14 days:\n{link}\n",
    ),
    Kind.APPLICATION_RECEIVED: ("{about}: we have your application", "{body} has received your application." + _END),
    Kind.APPLICATION_ARRIVED: ("{about}: a new application", "A service has applied and waits for a decision." + _END),
    Kind.ELIGIBILITY_DECIDED: (
        "{about}: an answer to your application",
        "There is an answer to your application." + _END,
    ),
    Kind.INVOICE_ISSUED: ("{about}: an invoice", "{body} has sent you an invoice." + _END),
    Kind.PAYMENT_RECORDED: ("{about}: your payment has arrived", "{body} has recorded your payment. Thank you." + _END),
    Kind.ASSESSOR_ASKED: (
        "{about}: will you assess a service?",
        "{body} asks you to assess a service. Please say first whether any interest of yours conflicts." + _END,
    ),
    Kind.ASSESSOR_DECLARED: ("{about}: an assessor has answered", "An assessor has answered your request." + _END),
    Kind.ASSESSOR_APPOINTED: (
        "{about}: you have an assessor",
        "An assessor has been appointed for your service." + _END,
    ),
    Kind.MEETING_ARRANGED: ("{about}: a date has been set", "A date has been set, or changed." + _END),
    Kind.EVIDENCE_SENT: ("{about}: evidence awaits you", "A service has sent evidence for you to look at." + _END),
    Kind.FEEDBACK_GIVEN: ("{about}: there is feedback for you", "Your assessor has given feedback." + _END),
    Kind.REMARK_MADE: ("{about}: a new note", "Somebody has written a note for you." + _END),
    Kind.BREACH_REPORTED: (
        "{about}: a data breach was reported",
        "A data breach was reported in evidence. The document has been destroyed and must be sent again, redacted."
        + _END,
    ),
    Kind.CLOCK_CHANGED: (
        "{about}: your dates have changed",
        "{body} has changed the dates of your application." + _END,
    ),
    Kind.RECOMMENDED: ("{about}: a recommendation awaits a decision", "An assessor has made a recommendation." + _END),
    Kind.DECIDED: ("{about}: a decision has been made", "{body} has made a decision." + _END),
    Kind.AWARDED: ("{about}: congratulations", "Your service has been awarded. Your certificate is ready." + _END),
    Kind.WITHDRAWN: ("{about}: an application was withdrawn", "A service has withdrawn its application." + _END),
    Kind.STANDING_CHANGED: (
        "{about}: the standing of your award has changed",
        "{body} has changed the standing of your award." + _END,
    ),
}
