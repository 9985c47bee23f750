"""A framework of requirements in and out of CASE 1.1, the standard of 1EdTech for competencies and academic standards.

Only the framework travels: levels, areas, requirements and their points. CASE knows no stages, forms or fees.
"""

from kithwork.core.schemes.case.drafting import Draft, draft
from kithwork.core.schemes.case.exporting import package
from kithwork.core.schemes.case.names import address, identifier
from kithwork.core.schemes.case.reading import MOST_BYTES, NotCase
from kithwork.core.schemes.case.serving import DISCOVERY, NONE_OF, SINGLE, Asked, Library, discovery

__all__ = [
    "DISCOVERY",
    "MOST_BYTES",
    "NONE_OF",
    "SINGLE",
    "Asked",
    "Draft",
    "Library",
    "NotCase",
    "address",
    "discovery",
    "draft",
    "identifier",
    "package",
]
