"""What each message says: what awaits the reader, and a link. No names and no reasons; the weekly mail alone has
figures, which are counts.
"""

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
    CASE_OPENED = "case-opened"
    HELD_BACK = "held-back"
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
    COURSE_ACTED_ON = "course-acted-on"
    COURSE_JOINING = "course-joining"
    COURSE_HOMEWORK_DUE = "course-homework-due"
    COURSE_FEEDBACK_WANTED = "course-feedback-wanted"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    RENEWAL_DUE = "renewal-due"
    EXPIRED = "expired"
    GRACE_OVER = "grace-over"
    LAPSED = "lapsed"
    CHANGE_REPORTED = "change-reported"
    PANEL_WAITS = "panel-waits"
    WRITTEN_UP = "written-up"
    WRITE_UP_ANSWERED = "write-up-answered"
    SCRIPT_MARKED = "script-marked"
    VOICES_DIFFER = "voices-differ"
    SAID_OF_SERVICE = "said-of-service"
    REFERRAL_RECEIVED = "referral-received"
    REFERRAL_ARRIVED = "referral-arrived"
    REFERRAL_NEWS = "referral-news"
    MENTEE_LINK = "mentee-link"
    CALL_WANTED = "call-wanted"
    CONSENT_CHANGED = "consent-changed"
    MATCH_ASKED = "match-asked"
    MATCH_ANSWERED = "match-answered"
    MATCH_ENDED = "match-ended"
    AGREEMENT_ASKED = "agreement-asked"
    REVIEW_ASKED = "review-asked"
    REVIEW_GIVEN = "review-given"
    EXIT_ASKED = "exit-asked"
    ENTRY_ANSWERED = "entry-answered"
    CONCERN_RAISED = "concern-raised"
    CONCERN_IN_DANGER = "concern-in-danger"
    MENTOR_APPLIED = "mentor-applied"
    MENTOR_THANKED = "mentor-thanked"
    MENTOR_INVITED = "mentor-invited"
    REFERENCE_ASKED = "reference-asked"
    REFERENCE_ARRIVED = "reference-arrived"
    TRAINING_OUTLINE = "training-outline"
    TRAINING_FEEDBACK = "training-feedback"
    GATHERING_ASKED = "gathering-asked"
    NEWSLETTER_SENT = "newsletter-sent"
    BANK_ASKED = "bank-asked"
    BANK_ANSWERED = "bank-answered"
    BANK_JOINED = "bank-joined"
    EQUALITIES_ASKED = "equalities-asked"
    MEASURES_ASKED = "measures-asked"
    FEEDBACK_ASKED = "feedback-asked"
    RIGHTS_ASKED = "rights-asked"
    RIGHTS_ANSWERED = "rights-answered"
    WEEK_OF_SERVICE = "week-of-service"
    WEEK_OF_MENTOR = "week-of-mentor"


# mail of a service's daily work, which no scheme brings about
OF_DAILY_WORK = frozenset(
    {
        Kind.AGREEMENT_ASKED,
        Kind.RIGHTS_ANSWERED,
        Kind.RIGHTS_ASKED,
        Kind.BANK_ANSWERED,
        Kind.BANK_ASKED,
        Kind.BANK_JOINED,
        Kind.CALL_WANTED,
        Kind.CONCERN_IN_DANGER,
        Kind.CONCERN_RAISED,
        Kind.CONSENT_CHANGED,
        Kind.ENTRY_ANSWERED,
        Kind.EQUALITIES_ASKED,
        Kind.EXIT_ASKED,
        Kind.FEEDBACK_ASKED,
        Kind.GATHERING_ASKED,
        Kind.MATCH_ANSWERED,
        Kind.MATCH_ASKED,
        Kind.MATCH_ENDED,
        Kind.MEASURES_ASKED,
        Kind.MENTEE_LINK,
        Kind.MENTOR_APPLIED,
        Kind.MENTOR_INVITED,
        Kind.MENTOR_THANKED,
        Kind.NEWSLETTER_SENT,
        Kind.REFERENCE_ARRIVED,
        Kind.REFERENCE_ASKED,
        Kind.REFERRAL_ARRIVED,
        Kind.REFERRAL_NEWS,
        Kind.REFERRAL_RECEIVED,
        Kind.REVIEW_ASKED,
        Kind.REVIEW_GIVEN,
        Kind.SAID_OF_SERVICE,
        Kind.TRAINING_FEEDBACK,
        Kind.TRAINING_OUTLINE,
        Kind.WEEK_OF_MENTOR,
        Kind.WEEK_OF_SERVICE,
    }
)


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

_WEEKLY = "\nYou are sent this once a week when something waits. You can switch it off in your account: {settings}\n"
_END = "\n\nSign in to read it:\n{link}\n\nThis message says no more than that, to keep people's details safe.\n"

WORDS: dict[Kind, tuple[str, str]] = {
    Kind.INVITED: (
        "You are invited to join {about} on Kithwork",
        "{body} invites you to work with them on Kithwork.\n\nAccept within 14 days:\n{link}\n",
    ),
    Kind.APPLICATION_RECEIVED: (
        "{about}: we have received what you sent",
        "{body} has received what you handed in." + _END,
    ),
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
    Kind.COURSE_ACTED_ON: (
        "{about}: what was changed",
        "{body} has written down what it changed because of what people said." + _END,
    ),
    Kind.COURSE_JOINING: (
        "{about}: it begins soon",
        "It begins within a week. When, where, how to join and what to bring is on its page." + _END,
    ),
    Kind.COURSE_HOMEWORK_DUE: ("{about}: homework", "Homework is due within a few days." + _END),
    Kind.COURSE_FEEDBACK_WANTED: ("{about}: how was it?", "It is over. {body} would like to know how it was." + _END),
    Kind.DUE_SOON: ("{about}: something is due soon", "Something that waits for you is due soon." + _END),
    Kind.OVERDUE: ("{about}: something is overdue", "Something that waits for you is overdue." + _END),
    Kind.EXPIRED: (
        "{about}: it has come to its end",
        "What was granted has come to its end. Its page says whether it can still be renewed." + _END,
    ),
    Kind.GRACE_OVER: (
        "{about}: the time to renew is over",
        "What was granted can no longer be renewed. A new application is needed." + _END,
    ),
    Kind.LAPSED: (
        "{about}: the time ran out",
        "The time for the next step has run out, and the application has lapsed. A new one can be made." + _END,
    ),
    Kind.RENEWAL_DUE: ("{about}: time to renew", "What you hold comes to its end. You can renew it." + _END),
    Kind.CHANGE_REPORTED: ("{about}: a holder told of a change", "A holder has told of a change." + _END),
    Kind.PANEL_WAITS: ("{about}: something waits for the panel", "Something waits for you as one of the panel." + _END),
    Kind.WRITTEN_UP: (
        "{about}: an observation is written up",
        "An observation has been written up, or changed, and waits for your signature." + _END,
    ),
    Kind.WRITE_UP_ANSWERED: (
        "{about}: an answer to an observation",
        "What was written up of an observation has been answered, or signed." + _END,
    ),
    Kind.SCRIPT_MARKED: (
        "{about}: every marker has marked",
        "All markers of a piece of work have given their marks. Compare them, and agree on one." + _END,
    ),
    Kind.VOICES_DIFFER: (
        "{about}: decide again",
        "Those who decide together have said different things. Talk, and decide again." + _END,
    ),
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
    Kind.HELD_BACK: (
        "{about}: evidence is held back",
        "Somebody may be named in evidence that had passed the privacy gate. Nobody outside can open it until you have "
        "looked at it." + _END,
    ),
    Kind.BREACH_REPORTED: (
        "{about}: a data breach was reported",
        "A data breach was reported in evidence. The document has been destroyed. Where it is still needed, it must be "
        "sent again, redacted." + _END,
    ),
    Kind.CASE_OPENED: (
        "{about}: your case was opened to somebody from outside",
        "The awarding body has opened your case to somebody from outside, such as an auditor. They can fetch the "
        "evidence as it was judged, every name in it reduced, and what was said and decided. Ask the awarding body if "
        "you want to know more." + _END,
    ),
    Kind.CLOCK_CHANGED: (
        "{about}: your dates have changed",
        "{body} has changed the dates of your application." + _END,
    ),
    Kind.RECOMMENDED: ("{about}: a recommendation awaits a decision", "A recommendation has been made." + _END),
    Kind.DECIDED: ("{about}: a decision has been made", "{body} has made a decision." + _END),
    Kind.AWARDED: ("{about}: congratulations", "It has been granted. Your certificate is ready." + _END),
    Kind.WITHDRAWN: ("{about}: an application was withdrawn", "A service has withdrawn its application." + _END),
    Kind.STANDING_CHANGED: (
        "{about}: the standing of your award has changed",
        "{body} has changed the standing of your award." + _END,
    ),
    Kind.REFERRAL_RECEIVED: (
        "{about}: your referral has arrived",
        "Thank you. Your referral has arrived, and somebody will be in touch.\n\nSee at any time where it stands; you "
        "need no account:\n{link}\n\nThe page says nothing about the person. Please keep the link to yourself.\n",
    ),
    Kind.REFERRAL_ARRIVED: ("{about}: a new referral", "Somebody has been referred, or asks for a mentor." + _END),
    Kind.REFERRAL_NEWS: (
        "{about}: news of your referral",
        "There is news of a referral you made. You need no account:\n{link}\n\n"
        "The page says nothing about the person. Please keep the link to yourself.\n",
    ),
    Kind.MENTEE_LINK: (
        "{about}: your own page",
        "This link opens your own page with {about}. You need no account and no password:\n{link}\n\n"
        "Please keep the link to yourself. If you lose it, ask for a new one; the old one then stops working.\n",
    ),
    Kind.CALL_WANTED: ("{about}: somebody asks to be rung", "Somebody asks to be rung." + _END),
    Kind.CONSENT_CHANGED: (
        "{about}: somebody has changed what may be shared",
        "Somebody has changed what may be shared about them. It counts from today." + _END,
    ),
    Kind.MATCH_ASKED: (
        "{about}: would you like to meet somebody?",
        "{about} has somebody in mind whom you might like to meet. You are free to say no. You need no account.\n\n"
        "Read why, and answer within 30 days:\n{link}\n",
    ),
    Kind.MATCH_ANSWERED: (
        "{about}: an answer about a match",
        "Somebody has answered whether to meet." + _END,
    ),
    Kind.MATCH_ENDED: ("{about}: a match has ended", "There is something for you to read about an ending." + _END),
    Kind.AGREEMENT_ASKED: (
        "{about}: please read what was agreed",
        "{about} has written down what was agreed. You need no account.\n\nRead it, and sign within 30 days:\n{link}\n",
    ),
    Kind.REVIEW_ASKED: (
        "{about}: how is it going?",
        "{about} would like to know how it is going, in four questions. You need no account.\n\n"
        "Answer within 30 days:\n{link}\n",
    ),
    Kind.REVIEW_GIVEN: ("{about}: a review has come", "Somebody has answered the questions of a review." + _END),
    Kind.EXIT_ASKED: (
        "{about}: a few questions at the end",
        "{about} would like to know how it was, in a few questions. You need no account.\n\n"
        "Answer within 60 days:\n{link}\n",
    ),
    Kind.ENTRY_ANSWERED: ("{about}: somebody has answered you", "What you logged has been read and answered." + _END),
    Kind.SAID_OF_SERVICE: ("{about}: somebody has said something of the service", "It waits to be read." + _END),
    Kind.CONCERN_RAISED: ("{about}: a concern needs you", "Somebody has raised a concern." + _END),
    Kind.CONCERN_IN_DANGER: (
        "{about}: urgent, somebody may be in danger",
        "Somebody has raised a concern and says that somebody is in danger now." + _END,
    ),
    Kind.MENTOR_APPLIED: ("{about}: somebody would like to mentor", "Somebody has applied to mentor." + _END),
    Kind.MENTOR_THANKED: (
        "{about}: thank you for offering to mentor",
        "Your application has arrived, and somebody will be in touch. What happens next stands here:\n{link}\n",
    ),
    Kind.MENTOR_INVITED: (
        "{about}: your own pages as a mentor",
        "{about} offers you an account: whom you meet, what is due, your training.\n\nTake it up within 30 days:\n"
        "{link}\n",
    ),
    Kind.REFERENCE_ASKED: (
        "{about}: may we ask you for a reference?",
        "Somebody who would like to mentor with {about} has named you as a referee. You need no account.\n\n"
        "Read who it is, and answer within 30 days:\n{link}\n",
    ),
    Kind.REFERENCE_ARRIVED: ("{about}: a reference has arrived", "A reference has arrived and is to be read." + _END),
    Kind.TRAINING_OUTLINE: (
        "{about}: training for mentors",
        "You are invited to training. When, where and what it covers stands here; you need no account:\n{link}\n\n"
        "Please keep the link to yourself. Afterwards it asks you how the training was.\n",
    ),
    Kind.TRAINING_FEEDBACK: (
        "{about}: how was the training?",
        "We would like to know what you think of the training. It takes two minutes, and you need no account:\n"
        "{link}\n",
    ),
    Kind.GATHERING_ASKED: (
        "{about}: you are asked to something for mentors",
        "There is something for mentors, and you are asked to it. What it is, and when, stands on your pages." + _END,
    ),
    Kind.NEWSLETTER_SENT: ("{about}: a newsletter for mentors", "A newsletter for mentors is on your pages." + _END),
    Kind.BANK_ASKED: (
        "{about}: a service would like to be your mentor bank",
        "A service asks to take in those who complete your programme, as mentors." + _END,
    ),
    Kind.BANK_ANSWERED: ("{about}: an answer about the mentor bank", "There is an answer about the bank." + _END),
    Kind.BANK_JOINED: (
        "{about}: welcome to the mentor bank",
        "You have completed the programme, and with that you enter the mentor bank. One question is still open: may "
        "the bank keep your details?" + _END,
    ),
    Kind.RIGHTS_ASKED: (
        "{about}: somebody asks something of their data",
        "Somebody asks something of what is held about them. It is to be answered within a month." + _END,
    ),
    Kind.RIGHTS_ANSWERED: (
        "{about}: what you asked of your data is answered",
        "There is an answer to what you asked of your data." + _END,
    ),
    Kind.EQUALITIES_ASKED: (
        "{about}: who takes part?",
        "{about} would like to know whom it reaches, and whom it does not. You may leave out whatever you like. Your "
        "answers are counted together with others' and are not kept with your details. You need no account.\n\n"
        "Answer within 60 days:\n{link}\n",
    ),
    Kind.MEASURES_ASKED: (
        "{about}: how are things?",
        "{about} would like to know how things are with you now, in a few questions. You need no account.\n\n"
        "Answer within 30 days:\n{link}\n",
    ),
    Kind.FEEDBACK_ASKED: (
        "{about}: what do you think of us?",
        "{about} would like to know what it does well and what it should do better. It takes two minutes, and you need "
        "no account.\n\nAnswer within 60 days:\n{link}\n",
    ),
    Kind.WEEK_OF_SERVICE: ("{about}: your week", "This needs you at {about}:\n\n{lines}" + _END + _WEEKLY),
    Kind.WEEK_OF_MENTOR: ("{about}: a reminder", "This waits for you at {about}:\n\n{lines}" + _END + _WEEKLY),
}
