"""What each message says: what awaits the reader, and a link. No names, no reasons, no figures."""

from enum import StrEnum


class Kind(StrEnum):
    INVITED = "invited"
    APPLICATION_RECEIVED = "application-received"
    APPLICATION_ARRIVED = "application-arrived"
    LEVEL_RAISED = "level-raised"
    RENEWAL_ASKED = "renewal-asked"
    PORTFOLIO_HANDED_IN = "portfolio-handed-in"
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
    SUPPORT_ASKED = "support-asked"
    SUPPORT_ANSWERED = "support-answered"
    COURSE_CHOSEN = "course-chosen"
    COURSE_CONFIRMED = "course-confirmed"
    COURSE_CHANGED = "course-changed"
    RENEWAL_DUE = "renewal-due"
    CHANGE_REPORTED = "change-reported"


class AccountKind(StrEnum):
    """Mail about an account itself. allauth's templates hold its words."""

    CONFIRM = "account-confirm"
    RESET = "account-reset"
    CODE = "account-code"
    KNOWN = "account-known"
    UNKNOWN = "account-unknown"
    CHANGED = "account-changed"


ACCOUNT_MAIL: dict[str, str] = {  # how the outbox calls them
    AccountKind.CONFIRM: "Confirm an address",
    AccountKind.RESET: "Choose a new password",
    AccountKind.CODE: "Code to sign in",
    AccountKind.KNOWN: "Has an account already",
    AccountKind.UNKNOWN: "Has no account",
    AccountKind.CHANGED: "Account changed",
}

_END = "\n\nSign in to read it:\n{link}\n\nThis message says no more than that, to keep people's details safe.\n"

WORDS: dict[Kind, tuple[str, str]] = {
    Kind.INVITED: (
        "You are invited to join {about} on Kithwork",
        "{body} invites you to work with them on Kithwork.\n\nAccept within 14 days:\n{link}\n",
    ),
    Kind.APPLICATION_RECEIVED: ("{about}: we have your application", "{body} has received your application." + _END),
    Kind.APPLICATION_ARRIVED: ("{about}: a new application", "Somebody has applied and waits for a decision." + _END),
    Kind.LEVEL_RAISED: (
        "{about}: a higher level is aimed for",
        "Somebody who has applied already now aims for a higher level." + _END,
    ),
    Kind.RENEWAL_ASKED: ("{about}: a wish to renew", "The holder of an award wishes to renew it." + _END),
    Kind.PORTFOLIO_HANDED_IN: ("{about}: a portfolio was handed in", "A portfolio was handed in, whole." + _END),
    Kind.ELIGIBILITY_DECIDED: (
        "{about}: an answer to your application",
        "There is an answer to your application." + _END,
    ),
    Kind.INVOICE_ISSUED: ("{about}: an invoice", "{body} has sent you an invoice." + _END),
    Kind.PAYMENT_RECORDED: ("{about}: your payment has arrived", "{body} has recorded your payment. Thank you." + _END),
    Kind.SUPPORT_ASKED: (
        "{about}: your signature is asked for",
        "Somebody has asked for your agreement on an application to {body}. You need no account.\n\n"
        "Read it and answer within 30 days:\n{link}\n",
    ),
    Kind.SUPPORT_ANSWERED: ("{about}: an answer has come", "Somebody you asked has answered." + _END),
    Kind.COURSE_CHOSEN: ("{about}: somebody chose dates", "Somebody has chosen dates and waits for a place." + _END),
    Kind.COURSE_CONFIRMED: ("{about}: your place is confirmed", "{body} has confirmed your place." + _END),
    Kind.COURSE_CHANGED: ("{about}: a change to your place", "Something about your place has changed." + _END),
    Kind.RENEWAL_DUE: ("{about}: time to renew", "What you hold comes to its end. You can renew it." + _END),
    Kind.CHANGE_REPORTED: ("{about}: a holder told of a change", "A holder has told of a change." + _END),
    Kind.ASSESSOR_ASKED: (
        "{about}: will you assess somebody?",
        "{body} asks you to assess an applicant. Please say first whether any interest of yours conflicts." + _END,
    ),
    Kind.ASSESSOR_DECLARED: ("{about}: an assessor has answered", "An assessor has answered your request." + _END),
    Kind.ASSESSOR_APPOINTED: (
        "{about}: you have an assessor",
        "An assessor has been appointed for you." + _END,
    ),
    Kind.MEETING_ARRANGED: ("{about}: a date has been set", "A date has been set, or changed." + _END),
    Kind.EVIDENCE_SENT: ("{about}: evidence awaits you", "A service has sent evidence for you to look at." + _END),
    Kind.FEEDBACK_GIVEN: ("{about}: there is feedback for you", "Your assessor has given feedback." + _END),
    Kind.REMARK_MADE: ("{about}: a new note", "Somebody has written a note for you." + _END),
    Kind.BREACH_REPORTED: (
        "{about}: a data breach was reported",
        "A data breach was reported in evidence. The document has been destroyed. Where it is still needed, it must be "
        "sent again, redacted." + _END,
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
