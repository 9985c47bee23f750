"""Forms of the service desk. They check shape; whether a thing may be done is asked of the actions."""

from kithwork.web.kit.questions import (
    YES_NO,
    Checklist,
    StageForm,
    field_for,
    from_answers,
    from_draft,
    kept,
    names_of,
    pages_of,
    typed,
)
from kithwork.web.service.forms.evidence import (
    RECORDS,
    AddFile,
    AddLink,
    AddStatement,
    OfferAlso,
    RemarkForm,
    SendNote,
    UseConfirmed,
    UseItem,
    WritePiece,
)
from kithwork.web.service.forms.journey import (
    ChooseLevel,
    Day,
    Reason,
)
from kithwork.web.service.forms.people import (
    Apply,
    ChangeRole,
    Invite,
    NewService,
    roles,
)

__all__ = [
    "RECORDS",
    "YES_NO",
    "AddFile",
    "AddLink",
    "AddStatement",
    "Apply",
    "ChangeRole",
    "Checklist",
    "ChooseLevel",
    "Day",
    "Invite",
    "NewService",
    "OfferAlso",
    "Reason",
    "RemarkForm",
    "SendNote",
    "StageForm",
    "UseConfirmed",
    "UseItem",
    "WritePiece",
    "field_for",
    "from_answers",
    "from_draft",
    "kept",
    "names_of",
    "pages_of",
    "roles",
    "typed",
]
