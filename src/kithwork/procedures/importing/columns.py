"""What a spreadsheet of mentees, mentors, matches or contacts may hold: the fields, and what people call them.

A heading that is listed means its field for certain; anything else is left for somebody to say. Headings stand as
`core.tables.plain` writes them.
"""

from collections.abc import Mapping

from kithwork.caseload.models import Contact, Ending, Import, Mentee, Referral, Vetting
from kithwork.core.tables import Field, Kind

Of = Import.Kind


def _named(*pairs: tuple[str, str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {code: (label, *others) for code, label, others in pairs}


_WAYS = _named(
    (Mentee.Way.ANY, "either", ("any", "both", "in person or online", "either in person or online", "no preference")),
    (Mentee.Way.PERSON, "in person", ("face to face", "f2f")),
    (Mentee.Way.ONLINE, "online", ("telephone", "phone", "video", "online or by telephone", "remote")),
)


def _someone(who: str) -> tuple[Field, ...]:
    return (
        Field("number", "Number", Kind.LINE, f"Your own number for the {who}.", most=60, headings=(
            "no", "id", "ref", "reference", "case number", "case no", "our ref", "number in old spreadsheet",
            f"{who} number", f"{who} no", f"{who} id", f"{who} ref", "client number", "client id", "client ref",
        )),
        Field("name", "Name", Kind.LINE, "First name and family name, or ‘Family name, First name’.", needed=True,
              headings=("full name", f"{who} name", f"name of {who}", f"{who}", f"{who}s name", f"{who} s name", "enw",
                        "client name", "client", "volunteer", "volunteer name", "young person")),
        Field("given", "First name", Kind.LINE, "Joined with the family name where the two stand apart.", headings=(
            "forename", "forenames", "given name", "christian name", "first names", "enw cyntaf")),
        Field("family", "Family name", Kind.LINE, "Joined with the first name.", headings=(
            "surname", "last name", "cyfenw")),
        Field("known_as", "Known as", Kind.LINE, "What they like to be called.", most=80, headings=(
            "preferred name", "likes to be called", "nickname")),
        Field("born", "Date of birth", Kind.DAY, headings=("dob", "d o b", "born", "birthday", "birth date",
              "dyddiad geni")),
        Field("email", "E-mail", Kind.EMAIL, headings=("email", "email address", "e mail", "e mail address", "ebost")),
        Field("phone", "Telephone", Kind.PHONE, headings=("phone", "tel", "tel no", "telephone number", "phone number",
              "mobile", "mobile number", "mobile no", "contact number", "ffon", "ffôn", "phone no")),
        Field("address", "Address", Kind.PROSE, most=500, headings=("home address", "postal address", "cyfeiriad")),
        Field("postcode", "Postcode", Kind.POSTCODE, headings=("post code", "cod post")),
        Field("contact_wishes", "How to reach them", Kind.LINE, "When and how; what they need in order to take part.",
              most=300, headings=("contact preference", "preferred contact", "access needs", "best way to contact")),
        Field("emergency", "In an emergency", Kind.LINE, "Whom to ring.", most=300, headings=(
            "emergency contact", "next of kin", "nok", "ice")),
        Field("gender", "Gender", Kind.LINE, "In their own words.", most=40, headings=("sex", "rhyw")),
        Field("interests", "Interests", Kind.LIST, "With commas between.", most=2000, headings=("hobbies",
              "likes", "diddordebau")),
        Field("languages", "Languages", Kind.LIST, "With commas between.", most=500, headings=("language",
              "languages spoken", "preferred language", "iaith")),
        Field("availability", "Usually free", Kind.SLOTS, "Such as ‘Mon am, Wed evening’.", most=500, headings=(
            "availability", "available", "when free", "free")),
        Field("way", "How they want to meet", Kind.ONE_OF, "In person, online, or either.", choices=_WAYS, headings=(
            "meet how", "how to meet")),
        Field("hopes_for", "Hopes for in the other", Kind.LIST, "With commas between; what they should know, need or "
              "like.", most=2000, headings=("hopes for", "preferred interests", "preferred skills")),
        Field("wishes", "Wishes about the other", Kind.PROSE, most=2000, headings=("wishes", "preferences")),
        Field("left_on", "Left on", Kind.DAY, "Empty while they are with you.", headings=("left", "date left",
              "leaving date", "closed", "date closed", "end date", "case closed")),
        Field("left_because", "Why they left", Kind.LINE, most=300, headings=("reason for leaving", "leaving reason",
              "reason left", "reason closed")),
    )  # fmt: skip


_SOURCES = _named(
    (Referral.Source.SELF, "themselves", ("self", "self referral", "self referred", "own")),
    (Referral.Source.FAMILY, "family", ("family friend or carer", "parent", "carer", "friend", "mum", "dad", "mother",
                                        "father")),
    (Referral.Source.AGENCY, "agency", ("school", "gp", "health", "social work", "social worker", "social services",
                                        "cmht", "college", "council", "nhs", "youth service", "housing",
                                        "school health social work or another agency")),
)  # fmt: skip
_PRIORITIES = _named(("0", "usual", ("normal", "low", "standard", "medium")), ("1", "high", ()), ("2", "urgent", ()))

MENTEES = (
    *_someone("mentee"),
    Field("came_on", "Referred on", Kind.DAY, "The day the referral came. Empty: the day they were accepted.",
          headings=("referral date", "date of referral", "date referred", "referred", "ref date", "referral received",
                    "start date", "date joined", "dyddiad atgyfeirio", "came on")),
    Field("accepted_on", "Accepted on", Kind.DAY, "The day they came onto the waiting list. Empty: not decided yet.",
          headings=("accepted", "date accepted", "onto waiting list", "waiting list date", "waiting since",
                    "on waiting list since")),
    Field("source", "Who referred them", Kind.ONE_OF, "Themselves, family, or an agency. Empty: an agency where one is "
          "named, otherwise themselves.", choices=_SOURCES, headings=("source", "referral source", "referral type",
                                                                       "type of referral", "referred by")),
    Field("referrer", "Referrer’s name", Kind.LINE, headings=("referrer", "referrer name", "name of referrer",
                                                               "referrer s name")),
    Field("organisation", "Referrer’s organisation", Kind.LINE, headings=("agency", "referring agency",
          "referrer organisation", "organisation", "referring organisation", "referrer s organisation")),
    Field("referrer_email", "Referrer’s e-mail", Kind.EMAIL, headings=("referrer email", "referrer e mail",
          "referrer s e mail", "referrer s email")),
    Field("referrer_phone", "Referrer’s telephone", Kind.PHONE, headings=("referrer phone", "referrer tel",
          "referrer telephone", "referrer s telephone")),
    Field("why", "Why they were referred", Kind.PROSE, most=4000, headings=("reason for referral", "referral reason",
          "reason", "background")),
    Field("needs", "Needs", Kind.LIST, "With commas between.", most=2000, headings=("support needs",
          "needs support with")),
    Field("priority", "Priority", Kind.ONE_OF, "Usual, high or urgent.", choices=_PRIORITIES, headings=("urgency",)),
    Field("carer", "Family or carer", Kind.LINE, headings=("carer", "carer name", "parent", "parent carer", "guardian",
          "parent guardian")),
    Field("carer_email", "Carer’s e-mail", Kind.EMAIL, headings=("carer email", "parent email", "carer s e mail")),
    Field("carer_phone", "Carer’s telephone", Kind.PHONE, headings=("carer phone", "parent phone", "carer tel",
          "carer s telephone")),
)  # fmt: skip

_LEVELS = _named(
    (Vetting.Level.BASIC, "basic", ("basic dbs",)),
    (Vetting.Level.STANDARD, "standard", ("standard dbs",)),
    (Vetting.Level.ENHANCED, "enhanced", ("enhanced dbs",)),
    (Vetting.Level.BARRED, "enhanced, with the barred lists", ("enhanced with barred list", "enhanced barred",
                                                                "enhanced with barred lists")),
    (Vetting.Level.PVG, "PVG", ("pvg scheme membership", "pvg scheme", "pvg member")),
)  # fmt: skip

MENTORS = (
    *_someone("mentor"),
    Field("applied_on", "Applied on", Kind.DAY, "Empty: the day they were accepted.", headings=("application date",
          "date applied", "applied", "date of application", "start date", "date joined")),
    Field("accepted_on", "Accepted on", Kind.DAY, "The day they were selected. Empty: not decided yet.", headings=(
          "accepted", "date accepted", "selected on", "approved", "date approved", "approved on")),
    Field("skills", "Skills", Kind.LIST, "With commas between.", most=2000, headings=("experience",)),
    Field("places", "Matches at one time", Kind.NUMBER, most=50, headings=("capacity", "places", "max matches")),
    Field("max_km", "How far they go (km)", Kind.NUMBER, most=500, headings=("distance", "max km", "km")),
    Field("employer", "Employer", Kind.LINE, headings=("work place", "workplace")),
    Field("consented_on", "Consent to keep details", Kind.DAY, "The day they agreed.", headings=("consent", "gdpr",
          "data consent", "consent date", "gdpr consent")),
    Field("interview_on", "Interviewed on", Kind.DAY, headings=("interview", "interview date", "date of interview")),
    Field("induction_on", "Inducted on", Kind.DAY, headings=("induction", "induction date")),
    Field("badge_on", "ID badge given on", Kind.DAY, headings=("badge", "id badge", "badge date")),
    Field("vetting_level", "Level of the check", Kind.ONE_OF, "Basic, standard, enhanced, enhanced with the barred "
          "lists, or PVG.", choices=_LEVELS, headings=("dbs level", "vetting level", "dbs type", "check level")),
    Field("vetting_on", "Date of the certificate", Kind.DAY, "Of a check that was clear.", headings=("dbs date",
          "dbs", "pvg date", "dbs issued", "dbs issue date", "date of dbs", "certificate date", "vetting date")),
    Field("vetting_expires", "Check counts until", Kind.DAY, "Empty: by your own rule.", past=False, headings=(
          "dbs expiry", "dbs expires", "dbs renewal", "dbs renewal date", "vetting expires", "dbs due")),
    Field("update_service", "On the update service", Kind.YES, headings=("update service", "dbs update service")),
)  # fmt: skip

_ENDS = _named(
    (Ending.Kind.PLANNED, "planned", ("as planned", "completed", "complete")),
    (Ending.Kind.SUDDEN, "sudden", ("unplanned", "early")),
)

MATCHES = (
    Field("mentee", "Mentee", Kind.LINE, "Name, your number, or the reference here.", needed=True, headings=(
        "mentee name", "name of mentee", "client", "client name", "young person", "mentee number", "mentee no",
        "mentee ref", "mentee id")),
    Field("mentor", "Mentor", Kind.LINE, "Name, your number, or the reference here.", needed=True, headings=(
        "mentor name", "name of mentor", "volunteer", "volunteer name", "befriender", "mentor number", "mentor no",
        "mentor ref", "mentor id")),
    Field("introduced_on", "Introduced on", Kind.DAY, "The day the match began.", needed=True, headings=("match date",
          "matched on", "date matched", "start date", "started", "start", "began", "match start", "introduced",
          "introduction", "date of match", "from")),
    Field("proposed_on", "Decided on", Kind.DAY, "Empty: the day they were introduced.", headings=("proposed on",
          "decision date", "date decided")),
    Field("first_met_on", "First met on", Kind.DAY, headings=("first meeting", "first met", "date first met")),
    Field("rationale", "Why these two", Kind.PROSE, most=4000, headings=("rationale", "reason for match",
          "matching reason", "why matched")),
    Field("meets", "How often and where", Kind.LINE, most=200, headings=("meets", "frequency", "meeting pattern")),
    Field("ended_on", "Ended on", Kind.DAY, "The last day. Empty while it runs.", headings=("end date", "ended",
          "match end", "date ended", "closed", "finish", "to", "end")),
    Field("ending", "How it ended", Kind.ONE_OF, "Planned or sudden. Needed for a match that has ended.", choices=_ENDS,
          headings=("type of ending", "ending", "ending type")),
    Field("ended_because", "Why it ended", Kind.PROSE, most=2000, headings=("reason for ending", "reason ended",
          "end reason", "ending reason")),
)  # fmt: skip

_KINDS = _named(
    (Contact.Kind.MEETING, "mentor and mentee", ("meeting", "mentor and mentee met", "mentor met mentee", "visit",
                                                 "match meeting", "mentoring session", "session")),
    (Contact.Kind.MENTEE, "staff with mentee", ("mentee", "staff with the mentee", "mentee contact", "client")),
    (Contact.Kind.MENTOR, "staff with mentor", ("mentor", "staff with the mentor", "mentor contact", "volunteer")),
    (Contact.Kind.REFERRER, "staff with referrer", ("referrer", "staff with the referrer", "referrer contact")),
)  # fmt: skip
_CONTACT_WAYS = _named(
    (Contact.Way.MET, "in person", ("met", "face to face", "f2f", "visit", "home visit", "meeting", "person")),
    (Contact.Way.PHONE, "by telephone", ("phone", "telephone", "call", "phone call", "tel", "rang")),
    (Contact.Way.VIDEO, "by video", ("video", "video call", "online")),
    (Contact.Way.MESSAGE, "by message or e-mail", ("message", "text", "sms", "email", "e mail", "text message")),
    (Contact.Way.LETTER, "by letter", ("letter", "post")),
)

CONTACTS = (
    Field("on", "Date", Kind.DAY, needed=True, headings=("date of contact", "contact date", "when", "day", "dyddiad",
          "meeting date", "date of meeting")),
    Field("kind", "Who with whom", Kind.ONE_OF, "Empty: mentor and mentee where both are named, otherwise staff with "
          "the one who is.", choices=_KINDS, headings=("contact type", "type of contact", "type", "kind")),
    Field("mentee", "Mentee", Kind.LINE, "Name, your number, or the reference here.", headings=MATCHES[0].headings),
    Field("mentor", "Mentor", Kind.LINE, "Name, your number, or the reference here.", headings=MATCHES[1].headings),
    Field("way", "How", Kind.ONE_OF, "Empty: in person.", choices=_CONTACT_WAYS, headings=("method", "by", "medium",
          "method of contact", "how contacted", "contact method")),
    Field("reached", "Took place", Kind.YES, "No where they were not reached, or did not turn up. Empty: yes.",
          headings=("reached", "attended", "successful", "happened", "contact made")),
    Field("minutes", "Minutes", Kind.NUMBER, "Hours too, as 1:30 or 1.5 h.", most=1440, headings=("duration",
          "length", "time", "mins", "time spent", "hours")),
    Field("words", "Notes", Kind.PROSE, most=4000, headings=("note", "comments", "comment", "details", "what happened",
          "summary", "nodiadau")),
)  # fmt: skip

FIELDS: Mapping[str, tuple[Field, ...]] = {
    Of.MENTEES: MENTEES, Of.MENTORS: MENTORS, Of.MATCHES: MATCHES, Of.CONTACTS: CONTACTS,
}  # fmt: skip
