"""Staff files. Leads alone come here, and each for themselves."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kithwork.governance.due import current_staff, with_dates
from kithwork.governance.models import (
    Appraisal,
    Staff,
    StaffReference,
    StaffSupervision,
    StaffTraining,
    StaffVetting,
)
from kithwork.organisations.models import Service

StaffRow = Staff
TOPICS: list[tuple[str, str]] = list(StaffTraining.Topic.choices)
LEVELS: list[tuple[str, str]] = [  # the same words as a mentor's vetting
    ("basic", "Basic"),
    ("standard", "Standard"),
    ("enhanced", "Enhanced"),
    ("barred", "Enhanced, with the barred lists"),
    ("pvg", "PVG scheme membership"),
]


def staff_list(service: Service) -> QuerySet[Staff]:
    """Everybody who works or worked here, with the columns of `due.with_dates`."""
    return with_dates(Staff.objects.filter(service=service))


def colleagues_of(staff: Staff, today: date) -> QuerySet[Staff]:
    """Who could cover for somebody."""
    return current_staff(staff.service, today).exclude(pk=staff.pk)


def file_of(service: Service, staff: Staff) -> Staff:
    """The same file with the columns of `due.with_dates`."""
    found = staff_list(service).select_related("cover", "user").get(pk=staff.pk)
    found.service = service
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """What a staff file holds, each the newest first."""

    references: list[StaffReference]
    vettings: list[StaffVetting]
    trainings: list[StaffTraining]
    supervisions: list[StaffSupervision]
    appraisals: list[Appraisal]


def held_in(staff: Staff) -> Held:
    """Five queries."""
    return Held(
        list(staff.references.order_by("-received_on", "-pk")),
        list(staff.vettings.order_by("-on", "-pk")),
        list(staff.trainings.order_by("-on", "-pk")),
        list(staff.supervisions.order_by("-on", "-pk")),
        list(staff.appraisals.order_by("-on", "-pk")),
    )
