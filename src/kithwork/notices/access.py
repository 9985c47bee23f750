"""The doors to the outbox. An organisation has been got through its own door first."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from kithwork.accounts.models import User
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


def messages_for_operator(user: User | AnonymousUser) -> QuerySet[Message]:
    """For who runs the installation: the mail that no body's officers see, newest first. That is account mail, and the
    invitations of organisations that run services. It tells of no case; its text is not for showing.
    """
    if not isinstance(user, User) or not user.is_operator:
        raise Http404("No such page.")
    return Message.objects.filter(
        Q(organisation=None) | Q(organisation__kind=Organisation.Kind.PROVIDER)
    ).select_related("to")


MessageRow = Message  # the type's name for pages, which never touch the table
