"""What an award leaves in the holder's hands, typeset: the certificate, the badge, the invoice for its fee, the letter
and outline of a course; the letter that confirms the end of a match; the report of a decision, and of a service's year.

Pure: facts in, bytes out. No clock, no keys, no disk but the templates and faces beside this file.
"""

from kithwork.core.credentials.badge import badge, badge_svg, emblem
from kithwork.core.credentials.certificate import CertificateFacts, certificate
from kithwork.core.credentials.decision import DecisionFacts, Voice, Voices, decision_report
from kithwork.core.credentials.farewell import FarewellFacts, farewell
from kithwork.core.credentials.invoice import InvoiceFacts, InvoiceLine, Party, invoice
from kithwork.core.credentials.letter import LetterFacts, OutlineFacts, Session, letter, outline
from kithwork.core.credentials.report import Figures, Picture, ReportFacts, Table, report
from kithwork.core.credentials.standing import STANDING_SIZE, StandingFacts, standing_picture

__all__ = [
    "STANDING_SIZE",
    "CertificateFacts",
    "DecisionFacts",
    "FarewellFacts",
    "Figures",
    "InvoiceFacts",
    "InvoiceLine",
    "LetterFacts",
    "OutlineFacts",
    "Party",
    "Picture",
    "ReportFacts",
    "Session",
    "StandingFacts",
    "Table",
    "Voice",
    "Voices",
    "badge",
    "badge_svg",
    "certificate",
    "decision_report",
    "emblem",
    "farewell",
    "invoice",
    "letter",
    "outline",
    "report",
    "standing_picture",
]
