"""The doors of organisations: open to members who belong, and to nobody else; absent and forbidden answer alike."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from kithwork.accounts.models import User
from kithwork.organisations import access, actions
from kithwork.organisations.models import Membership, Role
from kithwork.procedures.sample import Cast, person

Door = Callable[[User | AnonymousUser], object]


def opens(door: Door, user: User | AnonymousUser) -> bool:
    try:
        door(user)
    except Http404 as refused:
        said = str(refused)
    else:
        return True
    assert said == "No such page.", "the same words, whatever lies behind"
    return False


def everybody(people: Cast) -> dict[str, User | AnonymousUser]:
    named = {name: getattr(people, name) for name in ("ada", "bea", "cid", "dot", "olu", "eve")}
    return {**named, "nobody": AnonymousUser()}


def let_in(people: Cast, door: Door) -> set[str]:
    return {name for name, user in everybody(people).items() if opens(door, user)}


def test_a_provider_is_open_to_its_own_people(people: Cast) -> None:
    assert let_in(people, lambda user: access.provider_for(user, people.provider.slug)) == {"ada", "bea", "cid"}
    assert let_in(people, lambda user: access.provider_for(user, people.elsewhere.slug)) == {"eve"}


def test_a_service_is_open_to_its_organisations_people(people: Cast) -> None:
    assert let_in(people, lambda user: access.service_for(user, people.service.ref)) == {"ada", "bea", "cid"}


def test_a_body_is_open_to_its_officers_or_to_whom_the_page_names(people: Cast) -> None:
    slug = people.body.slug
    assert let_in(people, lambda user: access.body_for(user, slug)) == {"olu"}
    assert let_in(people, lambda user: access.body_for(user, slug, Role.ASSESSOR)) == {"dot"}
    assert let_in(people, lambda user: access.body_for(user, slug, Role.OFFICER, Role.ASSESSOR)) == {"dot", "olu"}


def test_one_kinds_door_does_not_open_the_other_kind(people: Cast) -> None:
    assert let_in(people, lambda user: access.provider_for(user, people.body.slug)) == set()
    assert let_in(people, lambda user: access.body_for(user, people.provider.slug)) == set()


@pytest.mark.parametrize("name", ["", "no-such", "LANTERNSIDE-TRUST", "lanternside-trust'--"])
def test_what_is_not_there_answers_like_what_is_forbidden(people: Cast, name: str) -> None:
    for door in (access.provider_for, access.body_for, access.service_for):
        assert let_in(people, lambda user, door=door: door(user, name)) == set()  # type: ignore[misc]


def test_who_has_left_is_a_stranger(people: Cast) -> None:
    now = timezone.now()
    for user, organisation in ((people.bea, people.provider), (people.dot, people.body)):
        actions.leave(membership=Membership.objects.get(user=user, organisation=organisation), by=people.ada, now=now)
    assert let_in(people, lambda user: access.provider_for(user, people.provider.slug)) == {"ada", "cid"}
    assert let_in(people, lambda user: access.service_for(user, people.service.ref)) == {"ada", "cid"}
    assert let_in(people, lambda user: access.body_for(user, people.body.slug, Role.ASSESSOR)) == set()
    assert not access.assesses_for(people.dot)
    assert not access.memberships_of(people.dot).exists()


def test_a_place_says_what_one_may_do_there(people: Cast) -> None:
    slug = people.provider.slug
    rights = {
        name: (place.writes, place.leads)
        for name in ("ada", "bea", "cid")
        for place in (access.provider_for(getattr(people, name), slug),)
    }
    assert rights == {"ada": (True, True), "bea": (True, False), "cid": (False, False)}


def test_several_roles_add_up(people: Cast) -> None:
    actions.join(organisation=people.provider, user=people.cid, role=Role.CONTRIBUTOR, by=people.ada)
    place = access.provider_for(people.cid, people.provider.slug)
    assert place.roles == {Role.READER, Role.CONTRIBUTOR}
    assert place.writes
    assert not place.leads


def test_assessors_are_known(people: Cast) -> None:
    assert {name for name, user in everybody(people).items() if access.assesses_for(user)} == {"dot"}


def test_a_membership_is_found_in_its_own_organisation_alone(people: Cast) -> None:
    assert access.membership_of(people.provider, people.bea.ref, "contributor").user == people.bea
    for organisation, user, role in (
        (people.provider, people.bea, "lead"),
        (people.elsewhere, people.bea, "contributor"),
        (people.provider, people.eve, "lead"),
    ):
        with pytest.raises(Http404):
            access.membership_of(organisation, user.ref, role)


def test_an_invitation_is_found_in_its_own_organisation_alone(people: Cast) -> None:
    invitation, _ = actions.invite(
        organisation=people.provider, email="x@x.example", role=Role.READER, by=people.ada, now=timezone.now()
    )
    assert access.invitation_of(people.provider, invitation.ref) == invitation
    with pytest.raises(Http404):
        access.invitation_of(people.elsewhere, invitation.ref)


def test_a_link_that_is_dead_answers_like_one_that_never_was(people: Cast) -> None:
    now = timezone.now()
    fay = person("Fay Ashe", "fay@lanternside.example")
    invitation, token = actions.invite(
        organisation=people.provider, email=fay.email, role=Role.READER, by=people.ada, now=now
    )
    assert access.invitation_by(token, now) == invitation
    assert not access.joined_by(fay, token)
    for dead, when in (("wrong", now), (token, now + timedelta(days=15))):
        assert not opens(lambda _, dead=dead, when=when: access.invitation_by(dead, when), fay)  # type: ignore[misc]
    actions.accept(token=token, user=fay, now=now)
    assert not opens(lambda _: access.invitation_by(token, now), fay)
    assert access.joined_by(fay, token)
    assert not access.joined_by(people.eve, token)
    assert not access.joined_by(AnonymousUser(), token)
