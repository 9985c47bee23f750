"""Files of every format with a different name in each of its hiding places."""

from collections.abc import Callable

from kithwork.core.documents.kinds import Kind
from tests.core.redaction.files.planting import docx, mail, odt, pdf, pictures, plain, xlsx
from tests.core.redaction.files.planting.names import Planted

FORMATS: dict[Kind, Callable[[Planted], bytes]] = {
    Kind.PDF: pdf.planted,
    Kind.DOCX: docx.planted,
    Kind.XLSX: xlsx.planted,
    Kind.ODT: odt.planted,
    Kind.EML: mail.planted,
    Kind.PNG: pictures.png,
    Kind.JPEG: pictures.jpeg,
    Kind.TEXT: plain.text,
    Kind.CSV: plain.table,
}
