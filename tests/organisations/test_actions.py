"""Organisations, services, memberships and invitations: who gets in, and how nobody is locked out."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from kithwork.core.verdict import Refused
from kithwork.ledger.models import Record
from kithwork.organisations import actions
from kithwork.organisations.models import (
    BODY_ROLES,
    PROVIDER_ROLES,
    Invitation,
    Membership,
    Organisation,
    Role,
    Service,
)
from kithwork.organisations.queries import members_of, open_invitations
from kithwork.procedures.sample import Cast, person

NOW = datetime(2026, 3, 3, 12, tzinfo=timezone.get_default_timezone())
PROVIDER, BODY = Organisation.Kind.PROVIDER, Organisation.Kind.BODY


def membership(people: Cast, who: str, organisation: Organisation | None = None) -> Membership:
    return Membership.objects.get(
        user=getattr(people, who), organisation=organisation or people.provider, ended_at__isnull=True
    )


def acts() -> list[str]:
    return list(Record.objects.order_by("seq").values_list("act", flat=True))


# Founding


@pytest.mark.parametrize(("kind", "role"), [(PROVIDER, Role.LEAD), (BODY, Role.OFFICER)])
def test_the_founder_holds_the_first_role(people: Cast, kind: Organisation.Kind, role: Role) -> None:
    made = actions.found(name="  Quayside  ", kind=kind, by=people.eve)
    assert made.name == "Quayside"
    assert [(m.user, m.role) for m in members_of(made)] == [(people.eve, role)]
    assert acts()[-2:] == ["organisation.founded", "organisation.joined"]


def test_organisations_of_one_name_have_addresses_of_their_own(people: Cast) -> None:
    made = [actions.found(name=name, kind=PROVIDER, by=people.eve) for name in ("Quayside", "Quayside", "quayside!")]
    assert [one.slug for one in made] == ["quayside", "quayside-2", "quayside-3"]


def test_a_name_without_letters_has_an_address_too(people: Cast) -> None:
    assert actions.found(name="我们", kind=PROVIDER, by=people.eve).slug == "organisation"
    long = actions.found(name="x" * 200, kind=PROVIDER, by=people.eve)
    assert len(long.slug) <= 50


def test_a_form_sent_twice_sets_up_one_organisation(people: Cast) -> None:
    actions.set_up(name="Quayside", service="Quayside Mentoring", by=people.cid)
    with pytest.raises(Refused, match="already"):
        actions.set_up(name="quayside ", service="Another", by=people.cid)
    assert Organisation.objects.filter(name="Quayside").count() == 1
    assert not Service.objects.filter(name="Another").exists()


# Services


def test_a_service_has_a_name_of_its_own_within_its_organisation(people: Cast) -> None:
    with pytest.raises(Refused, match="of this name"):
        actions.open_service(organisation=people.provider, name=" lanternside MENTORING ", by=people.ada)
    other = actions.open_service(organisation=people.elsewhere, name="Lanternside Mentoring", by=people.eve)
    assert other.slug == "lanternside-mentoring-2"
    assert Record.objects.latest("seq").organisation == people.elsewhere.ref


# Joining, leaving, changing


@pytest.mark.parametrize("role", Role)
def test_an_organisation_has_the_roles_of_its_kind_alone(people: Cast, role: Role) -> None:
    for organisation, allowed in ((people.provider, PROVIDER_ROLES), (people.body, BODY_ROLES)):
        if role in allowed:
            made = actions.join(organisation=organisation, user=people.eve, role=role, by=people.olu)
            assert made.role == role
        else:
            with pytest.raises(Refused, match="no such role"):
                actions.join(organisation=organisation, user=people.eve, role=role, by=people.olu)
            with pytest.raises(Refused, match="no such role"):
                actions.invite(organisation=organisation, email="x@x.example", role=role, by=people.olu, now=NOW)
    assert not Invitation.objects.exists()


def test_who_holds_a_role_already_joins_once(people: Cast) -> None:
    before = acts()
    again = actions.join(organisation=people.provider, user=people.bea, role=Role.CONTRIBUTOR, by=people.ada)
    assert again == membership(people, "bea")
    assert acts() == before


def test_who_left_may_come_back_and_the_first_time_stays_on_record(people: Cast) -> None:
    actions.leave(membership=membership(people, "bea"), by=people.ada, now=NOW)
    actions.join(organisation=people.provider, user=people.bea, role=Role.CONTRIBUTOR, by=people.ada)
    rows = Membership.objects.filter(user=people.bea, organisation=people.provider)
    assert sorted(row.ended_at is None for row in rows) == [False, True]


@pytest.mark.parametrize("who", ["ada", "olu"])
def test_the_last_lead_or_officer_cannot_leave(people: Cast, who: str) -> None:
    organisation = people.provider if who == "ada" else people.body
    mine = membership(people, who, organisation)
    before = acts()
    with pytest.raises(Refused, match="Somebody else must hold this role"):
        actions.leave(membership=mine, by=getattr(people, who), now=NOW)
    mine.refresh_from_db()
    assert mine.ended_at is None
    assert acts() == before


def test_the_last_lead_leaves_once_there_is_another(people: Cast) -> None:
    actions.join(organisation=people.provider, user=people.bea, role=Role.LEAD, by=people.ada)
    actions.leave(membership=membership(people, "ada"), by=people.ada, now=NOW)
    assert people.ada not in {m.user for m in members_of(people.provider)}


def test_a_lead_who_left_is_no_successor(people: Cast) -> None:
    second = actions.join(organisation=people.provider, user=people.bea, role=Role.LEAD, by=people.ada)
    actions.leave(membership=second, by=people.ada, now=NOW)
    with pytest.raises(Refused):
        actions.leave(membership=membership(people, "ada"), by=people.ada, now=NOW)


def test_assessors_and_readers_leave_freely(people: Cast) -> None:
    for who, organisation in (("dot", people.body), ("cid", people.provider), ("bea", people.provider)):
        mine = membership(people, who, organisation)
        actions.leave(membership=mine, by=people.ada, now=NOW)
        assert Record.objects.latest("seq").facts == {"role": mine.role}


def test_a_role_changed_is_one_ended_and_one_begun(people: Cast) -> None:
    changed = actions.change_role(membership=membership(people, "cid"), role=Role.LEAD, by=people.ada, now=NOW)
    assert [m.role for m in members_of(people.provider).filter(user=people.cid)] == [Role.LEAD]
    assert changed.role == Role.LEAD
    with pytest.raises(Refused, match="already"):
        actions.change_role(membership=changed, role=Role.LEAD, by=people.ada, now=NOW)


def test_the_last_lead_cannot_become_a_reader_and_nothing_is_half_done(people: Cast) -> None:
    with pytest.raises(Refused, match="Somebody else"):
        actions.change_role(membership=membership(people, "ada"), role=Role.READER, by=people.ada, now=NOW)
    assert [m.role for m in members_of(people.provider).filter(user=people.ada)] == [Role.LEAD]


# Invitations


@pytest.fixture
def invite(people: Cast) -> Callable[..., tuple[Invitation, str]]:
    def ask(email: str = "fay@lanternside.example", role: Role = Role.CONTRIBUTOR) -> tuple[Invitation, str]:
        return actions.invite(organisation=people.provider, email=email, role=role, by=people.ada, now=NOW)

    return ask


Invite = Callable[..., tuple[Invitation, str]]


def test_an_invitation_taken_up_gives_the_role(people: Cast, invite: Invite) -> None:
    fay = person("Fay Ashe", "fay@lanternside.example")
    invitation, token = invite(" FAY@Lanternside.example ")
    made = actions.accept(token=token, user=fay, now=NOW + timedelta(days=13))
    assert (made.organisation, made.role) == (people.provider, Role.CONTRIBUTOR)
    invitation.refresh_from_db()
    assert invitation.accepted_at is not None
    assert not open_invitations(people.provider).exists()


def test_the_secret_is_kept_nowhere(people: Cast, invite: Invite) -> None:
    invitation, token = invite()
    assert token not in {str(value) for value in Invitation.objects.values_list().get(pk=invitation.pk)}
    assert not Record.objects.filter(facts__icontains=token).exists()
    assert not Record.objects.filter(facts__icontains="fay@").exists()


@pytest.mark.parametrize(
    "case", ["unknown", "used", "withdrawn", "withdrawn by a newer one", "expired", "other address"]
)
def test_a_refused_invitation_does_not_tell_why(people: Cast, invite: Invite, case: str) -> None:
    fay = person("Fay Ashe", "fay@lanternside.example")
    invitation, token = invite()
    user, now = fay, NOW
    match case:
        case "unknown":
            token = token[:-1] + ("A" if token[-1] != "A" else "B")
        case "used":
            actions.accept(token=token, user=fay, now=NOW)
            Membership.objects.filter(user=fay).delete()
        case "withdrawn":
            actions.withdraw_invitation(invitation=invitation, by=people.ada, now=NOW)
        case "withdrawn by a newer one":
            invite()
        case "expired":
            now = NOW + timedelta(days=14)
        case "other address":
            user = people.eve
    with pytest.raises(Refused) as refused:
        actions.accept(token=token, user=user, now=now)
    assert str(refused.value) == (
        "This invitation cannot be used. Sign in with the address it was sent to, or ask for a new one."
    )
    assert not Membership.objects.filter(user=user, organisation=people.provider).exists()


def test_an_invitation_holds_to_its_last_moment(invite: Invite) -> None:
    fay = person("Fay Ashe", "fay@lanternside.example")
    _, token = invite()
    made = actions.accept(token=token, user=fay, now=NOW + timedelta(days=14) - timedelta(microseconds=1))
    assert made.ended_at is None


def test_somebody_elses_try_leaves_the_invitation_open(people: Cast, invite: Invite) -> None:
    fay = person("Fay Ashe", "fay@lanternside.example")
    _, token = invite()
    with pytest.raises(Refused):
        actions.accept(token=token, user=people.eve, now=NOW)
    assert actions.accept(token=token, user=fay, now=NOW).role == Role.CONTRIBUTOR


def test_a_newer_invitation_works_in_place_of_the_older_one(people: Cast, invite: Invite) -> None:
    fay = person("Fay Ashe", "fay@lanternside.example")
    invite()
    _, token = invite()
    assert [one.email for one in open_invitations(people.provider)] == [fay.email]
    assert actions.accept(token=token, user=fay, now=NOW).role == Role.CONTRIBUTOR


def test_invitations_to_other_roles_or_addresses_stay_open(people: Cast, invite: Invite) -> None:
    invite()
    invite(role=Role.READER)
    invite("gus@lanternside.example")
    assert open_invitations(people.provider).count() == 3


def test_nobody_is_invited_to_a_role_they_hold(invite: Invite) -> None:
    with pytest.raises(Refused, match="already"):
        invite("Bea@lanternside.example", Role.CONTRIBUTOR)
    assert invite("bea@lanternside.example", Role.LEAD)


def test_an_invitation_is_withdrawn_once_and_never_after_it_was_used(people: Cast, invite: Invite) -> None:
    fay = person("Fay Ashe", "fay@lanternside.example")
    invitation, _ = invite("gus@lanternside.example")
    actions.withdraw_invitation(invitation=invitation, by=people.ada, now=NOW)
    with pytest.raises(Refused, match="withdrawn already"):
        actions.withdraw_invitation(invitation=invitation, by=people.ada, now=NOW)
    used, token = invite()
    actions.accept(token=token, user=fay, now=NOW)
    with pytest.raises(Refused, match="taken up already"):
        actions.withdraw_invitation(invitation=used, by=people.ada, now=NOW)
