"""An invoice as the PDF that both sides may read."""

from kithwork.core.credentials import InvoiceFacts, InvoiceLine, Party
from kithwork.core.credentials import invoice as typeset
from kithwork.journeys.models import Invoice


def as_pdf(invoice: Invoice) -> bytes:
    """The invoice typeset: from the body to the service's organisation, or to the person who applies.

    Its journey should come with the service and its organisation, and the invoice with its body.
    """
    return typeset(
        InvoiceFacts(
            seller=Party(invoice.body.name, _lines(invoice.body.address)),
            buyer=_buyer(invoice),
            number=invoice.number,
            issued_on=invoice.issued_on,
            lines=(InvoiceLine(invoice.what, invoice.amount),),
            how_to_pay=invoice.body.how_to_pay,
            note="" if invoice.refundable else "This fee is not refundable.",
            paid_on=invoice.paid_on,
        )
    )


def _buyer(invoice: Invoice) -> Party:
    service = invoice.journey.service
    if service is None:
        return Party(str(invoice.journey.person))
    return Party(service.organisation.name, (service.name, *_lines(service.organisation.address)))


def _lines(address: str) -> tuple[str, ...]:
    return tuple(line for line in address.splitlines() if line)
