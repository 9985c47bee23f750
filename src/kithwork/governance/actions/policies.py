"""Policies: begun, approved in versions, told to people, ended."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from kithwork.accounts.models import User
from kithwork.core.days import add_months
from kithwork.core.verdict import Refused
from kithwork.files.storing import kept_with, take_in, tidy
from kithwork.governance.actions.ground import correct, log, sound
from kithwork.governance.models import Acknowledgement, Policy, PolicyVersion
from kithwork.governance.policies import REPEATED, months_for
from kithwork.ledger.acts import Act
from kithwork.organisations.models import Service


@transaction.atomic
def begin_policy(
    *, service: Service, subject: str, title: str = "", owner: str = "", covers_volunteers: bool = False, by: User
) -> Policy:
    """A policy of which there is no version yet; its title is its subject's unless it is given one. Protocols and codes
    of practice are reviewed every year, policies every three. Writes the ledger.

    Raises Refused when there is one on that subject, unless it is a subject of which there may be several.
    """
    taken = Policy.objects.filter(service=service, subject=subject, ended_on__isnull=True).exists()
    if taken and subject not in REPEATED:
        raise Refused("There is a policy on this already.")
    policy = Policy(
        service=service,
        subject=subject,
        title=title.strip() or Policy.Subject(subject).label,
        owner=owner.strip(),
        review_months=months_for(subject),
        covers_volunteers=covers_volunteers,
    )
    try:
        with transaction.atomic():
            policy.save()
    except IntegrityError:  # somebody began it at the same moment
        raise Refused("There is a policy on this already.") from None
    log(Act.GOVERNANCE_RECORDED, policy, service=service, by=by, what="policy", subject=subject)
    return policy


@transaction.atomic
def change_policy(*, policy: Policy, seen: str, by: User, **fields: Any) -> Policy:
    """Its title, owner, interval in months, whether volunteers are covered. Writes the ledger, naming the fields."""
    found, changed = correct(policy, fields, seen=seen)
    if changed:
        log(Act.GOVERNANCE_CHANGED, found, service=policy.service, by=by, what="policy", fields=changed)
    return found


def approve(
    *,
    policy: Policy,
    approved_on: date,
    approved_by: str,
    changed: bool,
    affects_people: bool,
    summary: str,
    upload: "UploadedFile[bytes] | None",
    by: User,
    review_due: date | None = None,
) -> PolicyVersion:
    """A version as approved, or a review that changed nothing, which keeps the file of the version before. The next
    review is due after the policy's months unless another day is given. Writes the ledger.

    Raises Refused for a file that cannot be kept, a day before the version before, or a policy that has ended. Must be
    called outside any transaction.
    """
    taken = take_in(upload) if upload else None
    version = PolicyVersion(
        policy=policy,
        approved_on=approved_on,
        approved_by=approved_by.strip(),
        changed=changed,
        affects_people=changed and affects_people,
        summary=summary.strip(),
        by=by,
    )
    with kept_with(version, taken):
        locked = Policy.objects.select_for_update().get(pk=policy.pk)
        Service.objects.select_for_update().get(pk=locked.service_id)  # files of all its policies lie in one folder
        if locked.ended_on is not None:
            raise Refused("This policy has ended. Begin a new one.")
        before = locked.versions.order_by("number").last()
        if before and approved_on < before.approved_on:
            raise Refused("The version before was approved later than that.")
        version.number = before.number + 1 if before else 1
        version.review_due = review_due or add_months(approved_on, locked.review_months)
        if before and not changed and taken is None:
            for column in ("file", "file_name", "media_type", "size", "digest"):
                setattr(version, column, getattr(before, column))
        sound(version).save()
        tidy(PolicyVersion, f"policies/{policy.service.ref}")
        log(
            Act.GOVERNANCE_RECORDED,
            version,
            service=policy.service,
            by=by,
            what="policy-version",
            policy=policy.ref,
            number=version.number,
            changed=changed,
            digest=version.digest,
        )
    return version


@transaction.atomic
def tell(*, version: PolicyVersion, group: str, on: date, how: str, people: int, by: User) -> Acknowledgement:
    """That a group was told of a version: when, in what way, how many. Writes the ledger.

    Raises Refused for a day before its approval.
    """
    if on < version.approved_on:
        raise Refused("Nobody could be told before it was approved.")
    told = Acknowledgement.objects.create(version=version, group=group, on=on, how=how.strip(), people=people, by=by)
    log(
        Act.GOVERNANCE_RECORDED,
        told,
        service=version.policy.service,
        by=by,
        what="policy-told",
        policy=version.policy.ref,
        number=version.number,
        group=group,
    )
    return told


@transaction.atomic
def end_policy(*, policy: Policy, by: User, today: date) -> None:
    """A policy no longer holds; its versions stay. Writes the ledger. Raises Refused when it has ended already."""
    if not Policy.objects.filter(pk=policy.pk, ended_on__isnull=True).update(ended_on=today):
        raise Refused("This policy has ended already.")
    log(Act.GOVERNANCE_ENDED, policy, service=policy.service, by=by, what="policy")
