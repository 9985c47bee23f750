"""What an award leaves in the holder's hands, typeset: the certificate, and the invoice for its fee.

Pure: facts in, bytes out. No clock, no keys, no disk but the templates and faces beside this file.
"""

from kithwork.core.credentials.certificate import CertificateFacts, certificate
from kithwork.core.credentials.invoice import InvoiceFacts, InvoiceLine, Party, invoice

__all__ = ["CertificateFacts", "InvoiceFacts", "InvoiceLine", "Party", "certificate", "invoice"]
