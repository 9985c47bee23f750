"""E-mail (.eml): a message with headers that mean something, every attachment of it a file that may be kept.

Source: RFC 5322 (messages), RFC 2045 to 2047 (MIME).
"""

import email
from collections.abc import Callable
from email import policy

from kithwork.core.documents.kinds import Refusal

PARTS = 200
_BROKEN = "This is not an e-mail, or it is damaged. Open it in your mail program, print it to PDF, and upload that."
_LOCKED = "This e-mail is encrypted. Open it in your mail program, print it to PDF, and upload that."
_MANY = "This e-mail has more parts than can be looked at. Save what matters from it and upload that."
_SEALS = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})


def look(data: bytes, inside: Callable[[bytes, str], None]) -> None:
    """Raises Refusal: no message, encrypted, or an attachment that `inside` (bytes, name) refuses."""
    try:
        message = email.message_from_bytes(data, policy=policy.compat32)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, RecursionError) as fault:
        raise Refusal(_BROKEN) from fault
    if not any(message.get(name) for name in ("From", "To", "Subject", "Date")):
        raise Refusal(_BROKEN)
    for number, part in enumerate(message.walk()):
        if number > PARTS:
            raise Refusal(_MANY)
        kind = part.get_content_type()
        if kind in {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}:
            raise Refusal(_LOCKED)
        if part.is_multipart() or kind in _SEALS:
            continue
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            raise Refusal(_BROKEN)
        name = part.get_filename() or ""
        if name or part.get_content_disposition() == "attachment" or not kind.startswith("text/"):
            inside(content, name)
