"""Every kind of record that names people: what it is for, on which ground, how long, and what happens then.

The periods are ours where no law sets one: those of the NSPCC's and the ICO's published guidance, and of the Limitation
Act 1980 (six years). A service sets its own within `least` and `most`.
"""

from collections.abc import Mapping

from kithwork.core.keeping.words import Basis, Half, Kind, Record, Since, Special, Then, Whose

_W = Whose
_SIX_YEARS = "Limitation Act 1980: a claim may be brought for six years"
_PAIR = (_W.MENTEE, _W.MENTOR)

RECORDS: Mapping[Kind, Record] = {
    Kind.MENTEE: Record(
        "Mentees", Half.SERVICE, "To find a mentor for somebody, and to see that it goes well",
        (_W.MENTEE, _W.CARER, _W.NAMED),
        "Name, birth, how to be reached, wishes, needs, plans and reviews, matches and endings", Basis.INTERESTS,
        Since.LEFT, 72, 12, 1200, _SIX_YEARS, special=Special.CONSENT,
        recipients="Their mentor: the name and what a match needs; the referrer, where consent is given; an awarding"
        " body: figures, and samples reduced to initials",
    ),
    Kind.MENTOR: Record(
        "Mentors", Half.SERVICE, "To choose, train and support mentors", (_W.MENTOR, _W.NAMED),
        "Name, birth, how to be reached, skills, steps of selection, training, supervision", Basis.INTERESTS,
        Since.LEFT, 72, 12, 1200, _SIX_YEARS,
        recipients="Their mentee: the first name and the profile; an awarding body: figures, and samples reduced to"
        " initials",
    ),
    Kind.REFERRAL: Record(
        "Referrals that were not taken on", Half.SERVICE, "To answer a referral, and questions about the answer",
        (_W.MENTEE, _W.REFERRER), "Who was referred, by whom, why, and what was decided", Basis.INTERESTS,
        Since.DECIDED, 12, 1, 72, _SIX_YEARS, recipients="The referrer: how it stands",
    ),
    Kind.APPLICANT: Record(
        "People who offered to mentor and were not chosen", Half.SERVICE,
        "To answer questions about the decision, and claims of discrimination", (_W.MENTOR, _W.REFEREE),
        "The application, answers, the interview, the reason of the decision", Basis.INTERESTS, Since.DECIDED, 12, 6,
        72, "Equality Act 2010, section 123: a claim may be brought for six months or longer",
    ),
    Kind.CONTACT: Record(
        "What was said at meetings and calls", Half.SERVICE, "To follow how a match goes, and to act when it does not",
        _PAIR, "Notes of meetings, calls and visits, and answers to them", Basis.INTERESTS, Since.MADE, 72, 12, 1200,
        "An award looks back three years; the notes belong to the record of the mentee", special=Special.CONSENT,
    ),
    Kind.RISK: Record(
        "Risk assessments", Half.SERVICE, "To keep mentee and mentor safe", (_W.MENTEE, _W.NAMED),
        "What could go wrong, at home, together, with the person; what is done about it", Basis.INTERESTS, Since.MADE,
        72, 36, 1200, "An award looks back three years", special=Special.SAFEGUARDING,
        recipients="The mentor, where consent is given or safety demands it",
    ),
    Kind.CONCERN: Record(
        "Concerns about somebody’s safety", Half.SERVICE, "To protect people from harm", (*_PAIR, _W.NAMED),
        "What was seen and said, who was told, what was done", Basis.INTERESTS, Since.CLOSED, 300, 84, 1200,
        "Published guidance on child protection records: to the 25th birthday, or longer", then=Then.EMPTIED,
        special=Special.SAFEGUARDING, recipients="The police, a local authority, where safety demands it",
        safeguards="Seen by those who answer for safeguarding alone; every look is in the record of acts",
    ),
    Kind.REFERENCE: Record(
        "References", Half.SERVICE, "To know whom people are entrusted to", (_W.REFEREE, _W.MENTOR),
        "The referee’s name and address, what they wrote in confidence", Basis.INTERESTS, Since.RECEIVED, 72, 6, 1200,
        _SIX_YEARS, safeguards="Given in confidence: never handed to the mentor",
    ),
    Kind.VETTING: Record(
        "Vetting", Half.SERVICE, "To know that a check was made and what follows from it", (_W.MENTOR,),
        "The level, the day and the outcome; never what a certificate says", Basis.LAW, Since.LEFT, 6, 1, 36,
        "The code of practice of the Disclosure and Barring Service: no longer than needed, usually six months",
        then=Then.DELETED, special=Special.SAFEGUARDING,
        safeguards="In no export, unless somebody ticks it and says why",
    ),
    Kind.CONSENT: Record(
        "Consents", Half.SERVICE, "To show what somebody agreed to", _PAIR, "What was asked, the answer, the day",
        Basis.LAW, Since.LEFT, None, because="Article 7(1): goes with the record of its person",
    ),
    Kind.OPINION: Record(
        "Questionnaires and figures of how things are", Half.SERVICE, "To see what changes for people",
        (*_PAIR, _W.CARER, _W.REFERRER), "Answers to questions, figures on a scale", Basis.INTERESTS, Since.MADE, 72,
        12, 1200, "An evaluation compares with the one before: three years each",
    ),
    Kind.EQUALITY: Record(
        "Equalities answers", Half.SERVICE, "To see who takes part and who is missing", _PAIR,
        "Age, ethnicity, disability, religion, orientation, as people chose to say", Basis.CONSENT, Since.MADE, None,
        because="Deleted when the count of their year is made", then=Then.DELETED, special=Special.EQUALITY,
        safeguards="Apart from the person’s record, under a keyed name; in no export; counts in steps of five",
    ),
    Kind.LINK: Record(
        "One-time links", Half.SERVICE, "To let people answer without an account", _PAIR,
        "When a link was made, used and stopped; the secret as a digest", Basis.INTERESTS, Since.ENDED, 12, 1, 36,
        "Long enough to answer what became of a link", then=Then.DELETED,
    ),
    Kind.IMPORT: Record(
        "Spreadsheets that were read", Half.SERVICE, "To take back what came in by mistake", (_W.NAMED,),
        "The file’s name; its rows while somebody looks at them", Basis.INTERESTS, Since.MADE, 24, 1, 72,
        "Rows that are not brought in go after a week", then=Then.EMPTIED,
    ),
    Kind.STAFF: Record(
        "Staff files", Half.SERVICE, "To choose, supervise and train staff", (_W.STAFF, _W.REFEREE),
        "Name, role, references, training, supervision, appraisal", Basis.CONTRACT, Since.LEFT, 72, 36, 300,
        _SIX_YEARS, then=Then.DELETED, safeguards="Seen by leads and by the person alone",
    ),
    Kind.STAFF_VETTING: Record(
        "Vetting of staff", Half.SERVICE, "To know that a check was made and what follows from it", (_W.STAFF,),
        "The level, the day and whether it was clear", Basis.LAW, Since.LEFT, 6, 1, 36,
        "The code of practice of the Disclosure and Barring Service", then=Then.DELETED, special=Special.SAFEGUARDING,
        safeguards="In no export, unless somebody ticks it and says why",
    ),
    Kind.COMPLAINT: Record(
        "Complaints, suggestions, praise", Half.SERVICE, "To answer people and to learn from them", (_W.NAMED,),
        "What was said, by whom, what was answered", Basis.INTERESTS, Since.CLOSED, 72, 12, 300, _SIX_YEARS,
    ),
    Kind.BOARD: Record(
        "Trustees", Half.SERVICE, "To know who answers for the service", (_W.TRUSTEE,), "Name, office, since and until",
        Basis.LAW, Since.LEFT, 120, 72, 1200, "Companies Act 2006, section 162: the register of directors",
        recipients="The public, by the registers of charities and companies",
    ),
    Kind.LOAN: Record(
        "Things lent", Half.SERVICE, "To get them back", (_W.NAMED,), "Who borrowed what, and when", Basis.INTERESTS,
        Since.ENDED, 12, 1, 72, "Until it is certain that nothing is missing",
    ),
    Kind.PAPERS: Record(
        "Policies, registers and plans", Half.SERVICE, "To show how the service is run", (_W.STAFF, _W.NAMED),
        "Who owns or approved a paper, who wrote an entry", Basis.INTERESTS, Since.ERASURE,
        because="As long as the paper itself", then=Then.KEPT, recipients="An awarding body: the papers sent to it",
    ),
    Kind.PRACTICE: Record(
        "Settings of the service", Half.SERVICE, "To run it", (_W.STAFF,), "Whom to ring; who agreed to what",
        Basis.INTERESTS, Since.ERASURE, then=Then.KEPT,
    ),
    Kind.APPLICATION: Record(
        "Applications", Half.BODY, "To carry an applicant through a scheme, and to explain each decision",
        (_W.HOLDER, _W.SUPPORTER), "Answers to forms, who supported them, what happened when", Basis.CONTRACT,
        Since.GRANTED_ENDED, 72, because=_SIX_YEARS, recipients="The assessor who was appointed; a panel",
    ),
    Kind.EVIDENCE: Record(
        "Evidence", Half.BODY, "To judge whether requirements are met", (_W.HOLDER, _W.NAMED),
        "Portfolios, documents, statements, feedback on them", Basis.CONTRACT, Since.GRANTED_ENDED, 72,
        because=_SIX_YEARS, recipients="The assessor who was appointed; a panel; an auditor to whom the case is opened",
        safeguards="People in it are reduced to an initial before anybody outside the service reads it",
    ),
    Kind.ORIGINAL: Record(
        "Originals of evidence", Half.SERVICE, "To make of a document a copy that names nobody",
        (_W.HOLDER, *_PAIR, _W.STAFF, _W.NAMED), "Files as they were brought, what was found in them, names taught",
        Basis.INTERESTS, Since.JUDGED, None, then=Then.DELETED,
        because="Until the application is decided, or as long as its scheme says; then destroyed by the daily round",
        special=Special.CONSENT, recipients="Nobody outside the service: an awarding body gets the reduced copy",
        safeguards="Encrypted; seen by those who work on the application; the destruction is in the record of acts",
    ),
    Kind.ASSESSMENT: Record(
        "Assessment", Half.BODY, "To show how a judgement was reached", (_W.HOLDER, _W.NAMED),
        "Notes of visits, interviews, observations; marks, recommendations, decisions", Basis.CONTRACT,
        Since.GRANTED_ENDED, 72, because=_SIX_YEARS,
        recipients="The applicant: what is written for them; an auditor to whom the case is opened",
    ),
    Kind.AWARD: Record(
        "Register of awards", Half.BODY, "To let anybody check that an award is real", (_W.HOLDER,),
        "The holder’s name, the level, from when until when; in a person’s signed credential, their e-mail as a hash",
        Basis.INTERESTS, Since.ERASURE, then=Then.KEPT,
        recipients="The public, where the holder agrees to be listed; whoever has the award’s number",
    ),
    Kind.INVOICE: Record(
        "Invoices", Half.BODY, "To be paid, and to account for it", (_W.HOLDER,), "What was asked for and paid",
        Basis.LAW, Since.FINANCIAL_YEAR, 72, because="Companies Act 2006, section 388", then=Then.KEPT,
        recipients="An auditor, the tax authority",
    ),
    Kind.COURSE: Record(
        "Courses and hours of learning", Half.BODY, "To give places, and to show what was attended", (_W.HOLDER,),
        "Places, attendance, homework, feedback, hours", Basis.CONTRACT, Since.GRANTED_ENDED, 72, because=_SIX_YEARS,
        recipients="Whoever teaches: the names on the list",
    ),
    Kind.DRAFT: Record(
        "Drafts", Half.SITE, "To lose nothing that was typed", (_W.HOLDER,), "What is being typed", Basis.CONTRACT,
        Since.MADE, 12, because="Nobody comes back to an older one", then=Then.DELETED,
        recipients="Nobody: a draft is its writer’s alone",
    ),
    Kind.ACCOUNT: Record(
        "Accounts", Half.SITE, "To let a person sign in", (_W.HOLDER,),
        "Name, e-mail address, password (as a digest), passkeys, keys for programs", Basis.CONTRACT, Since.ERASURE,
        because="Until the person erases it", recipients="Colleagues, assessors, officers: the name beside what was"
        " done",
    ),
    Kind.MEMBERSHIP: Record(
        "Memberships", Half.SITE, "To give people the rights of their role", (_W.HOLDER,),
        "Organisation, role, since and until", Basis.CONTRACT, Since.ERASURE, then=Then.KEPT,
    ),
    Kind.INVITATION: Record(
        "Invitations", Half.SITE, "To bring in a colleague", (_W.NAMED,), "An e-mail address and a role",
        Basis.INTERESTS, Since.ENDED, 12, because="Long enough to answer who was invited",
    ),
    Kind.MAIL: Record(
        "Mail that was sent", Half.SITE, "To show that somebody was told, and to send again what failed",
        (_W.HOLDER, _W.NAMED), "The address, the day, and words without personal detail", Basis.INTERESTS, Since.SENT,
        24, because="Reminders of a three-year award are compared with the ones before", then=Then.DELETED,
        recipients="Whoever carries the mail",
    ),
    Kind.LEDGER: Record(
        "Record of acts", Half.SITE, "To prove what happened, by whom, when", (_W.HOLDER,),
        "References, dates, figures, digests; no names and no words", Basis.INTERESTS, Since.ERASURE, then=Then.KEPT,
        because="Each line is tied to the one before; none can be taken out",
    ),
    Kind.RIGHTS: Record(
        "What people asked of their data", Half.SERVICE, "To answer within the month, and to show that it was done",
        (*_PAIR, _W.HOLDER), "What was asked, when, what was answered", Basis.LAW, Since.CLOSED, 36, 12, 72,
        "The Information Commissioner may ask about it",
    ),
}  # fmt: skip
