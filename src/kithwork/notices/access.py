"""The doors to the outbox. The organisation has been got through its own door first."""

from django.db.models import QuerySet
from django.http import Http404

from kithwork.notices.models import Message
from kithwork.organisations.models import Organisation


def messages_of(organisation: Organisation) -> QuerySet[Message]:
    """What was written on behalf of an organisation, newest first."""
    return Message.objects.filter(organisation=organisation).select_related("to")


def message_of(organisation: Organisation, ref: str) -> Message:
    """One message of an organisation that one has got through a door."""
    found = messages_of(organisation).filter(ref=ref).first()
    if found is None:
        raise Http404("No such page.")
    found.organisation = organisation
    return found


MessageRow = Message  # the type's name for pages, which never touch the table
