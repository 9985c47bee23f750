"""An e-mail with a name in every place that the format has for one."""

from email.message import EmailMessage

from tests.core.redaction.files.planting import docx
from tests.core.redaction.files.planting.names import Planted
from tests.core.redaction.files.planting.pictures import png


def planted(names: Planted) -> bytes:
    """A message in two forms, with attachments of four kinds, one of them another message."""
    message = EmailMessage()
    message["From"] = f"{names['the sender']} <{names['the address of the sender'].lower()}@example.org>"
    message["To"] = f"Ada <ada@example.org>, {names['a recipient']} <x@example.org>"
    message["Cc"] = f"{names['a copy']} <y@example.org>"
    message["Subject"] = f"Réunion with {names['the subject']}"
    message["Date"] = "Mon, 02 Mar 2026 10:00:00 +0000"
    message["X-Mentee"] = names["a header of its own"]
    message["Message-ID"] = f"<1.{names['the number of the message']}@example.org>"
    message["Received"] = f"from pc-of-{names['a machine']} by mail.example.org; Mon, 02 Mar 2026 10:00:00 +0000"
    message.set_content(
        f"Dear Ada,\n\n{names['the text']} came on Monday – café.\n\n> {names['a quotation']} wrote:\n> so it was\n\n"
        f"Kind regards\n{names['the sign-off']}\n"
    )
    message.add_alternative(
        f"<html><head><title>{names['the title of a page']}</title><!-- {names['a comment']} --></head><body>"
        f"<p>{names['the text in HTML']} came.</p><p style='display:none'>{names['a paragraph that is not shown']}</p>"
        f"<a href='https://example.org/{names['a link']}'>site</a><img src='cid:1' alt='{names['alternative text']}'></body></html>",
        subtype="html",
    )
    message.add_attachment(
        f"who,met\r\n{names['a table']},7\r\n",
        subtype="csv",
        filename=f"list of {names['the name of an attachment']}.csv",
    )
    message.add_attachment(png(names, "a picture"), maintype="image", subtype="png", filename="scan.png")
    message.add_attachment(
        docx._package(_small(names)), maintype="application", subtype="octet-stream", filename="notes.docx"
    )
    inner = EmailMessage()
    inner["From"], inner["Subject"] = f"{names['a sender within']} <z@example.org>", "Fwd"
    inner.set_content(f"{names['a message within']} rang\n")
    message.add_attachment(inner)
    return message.as_bytes()


def _small(names: Planted) -> dict[str, bytes | str]:
    head = docx._HEAD
    return {
        "word/document.xml": f"<w:document {head}><w:body>{docx.p(docx.r(names['a document']))}</w:body></w:document>",
        "docProps/core.xml": f"<x>{names['a property of a document']}</x>",
    }
