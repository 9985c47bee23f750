"""What an award leaves in the holder's hands, typeset: the certificate, the invoice for its fee, and the letter and
outline of a course; and the letter that confirms the end of a match.

Pure: facts in, bytes out. No clock, no keys, no disk but the templates and faces beside this file.
"""

from kithwork.core.credentials.certificate import CertificateFacts, certificate
from kithwork.core.credentials.farewell import FarewellFacts, farewell
from kithwork.core.credentials.invoice import InvoiceFacts, InvoiceLine, Party, invoice
from kithwork.core.credentials.letter import LetterFacts, OutlineFacts, Session, letter, outline

__all__ = [
    "CertificateFacts",
    "FarewellFacts",
    "InvoiceFacts",
    "InvoiceLine",
    "LetterFacts",
    "OutlineFacts",
    "Party",
    "Session",
    "certificate",
    "farewell",
    "invoice",
    "letter",
    "outline",
]
