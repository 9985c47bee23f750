"""Addresses of the room in which stands what holds a service up: `/run/<service>/service/...`."""

from django.urls import URLPattern, path

from kithwork.web.coordinator.governance.papers import library, policies, policy
from kithwork.web.coordinator.governance.registers import BOOKS, pages_of
from kithwork.web.coordinator.governance.staff import lists, one

AT = "run/<slug:slug>/service"
ONE = f"{AT}/policies/<slug:policy>"
FILE = f"{AT}/staff/<slug:staff>"
THING = f"{AT}/library/<slug:resource>"

urlpatterns: list[URLPattern] = [
    path(f"{AT}/policies/", policies.policies, name="policies"),
    path(f"{AT}/policies/begin/", policies.start_policy, name="start_policy"),
    path(f"{AT}/policies/new/", policies.new_policy, name="new_policy"),
    path(f"{ONE}/", policy.policy, name="policy"),
    path(f"{ONE}/change/", policy.change_a_policy, name="change_policy"),
    path(f"{ONE}/end/", policy.end_a_policy, name="end_policy"),
    path(f"{ONE}/versions/new/", policy.new_version, name="new_version"),
    path(f"{ONE}/versions/<slug:version>/told/", policy.policy_told, name="policy_told"),
    path(f"{ONE}/versions/<slug:version>/file/", policy.policy_file, name="policy_file"),
    path(f"{AT}/staff/", lists.staff, name="staff"),
    path(f"{AT}/staff/new/", lists.new_staff, name="new_staff"),
    path(f"{AT}/my-file/", one.my_file, name="my_file"),
    path(f"{FILE}/", one.staff_file, name="staff_file"),
    path(f"{FILE}/change/", one.change_a_file, name="change_staff"),
    path(f"{FILE}/note/<slug:act>/", one.note_staff, name="note_staff"),
    path(f"{AT}/library/", library.library, name="library"),
    path(f"{AT}/library/new/", library.new_resource, name="new_resource"),
    path(f"{THING}/", library.resource, name="resource"),
    path(f"{THING}/new/", library.renew_a_resource, name="renew_resource"),
    path(f"{THING}/change/", library.change_a_resource, name="change_resource"),
    path(f"{THING}/out/", library.take_a_resource_out, name="take_out_resource"),
    path(f"{THING}/lend/", library.lend_a_resource, name="lend_resource"),
    path(f"{THING}/loans/<int:loan>/back/", library.resource_back, name="resource_back"),
    path(f"{THING}/versions/<slug:version>/file/", library.resource_file, name="resource_file"),
    *(pattern for book in BOOKS for pattern in pages_of(book)),
]
