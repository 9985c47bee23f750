"""Every address of the service half as every role: a mentor sees their own mentees and nothing else, a foreign
coordinator nothing, an assessor and an officer nothing; absent and forbidden alike.

The world: Ada leads a service, Cora coordinates it, Sage answers for safeguarding, Bea contributes, Cid reads. Mab
mentors Cai; Nye mentors somebody else in the same service. Eve leads a service of her own; Dot assesses, Olu is an
officer.
"""

import re
from collections.abc import Callable, Iterator

from django.test import Client
from django.urls import URLPattern

from kithwork.accounts.models import User
from kithwork.governance.registers import Register
from kithwork.urls import urlpatterns
from kithwork.web.kit.pages import Desk, desk_of
from tests.house.service_world import SECRETS, World, world
from tests.house.test_matrix import SERVICE_HALF, pages
from tests.web.ids import twice

COORDINATES, BELONGS = {"ada", "cora"}, {"ada", "cora", "sage", "bea", "cid"}

# what others than coordinators may open; everything else under /run/ is for coordinators alone
GROUND: dict[str, set[str]] = {
    "the_service": BELONGS,
    "practice": {"ada"},
    "begin_running": {"ada"},
    "concerns": BELONGS,
    "concern_new": BELONGS,
    "concern": {"ada", "sage"},
    "mentor_questions": {"ada"},
    "bank": {"ada"},
    "sample": {"ada"},
    "throw_sample_away": {"ada"},
}
WRITES = {"ada", "cora", "bea"}
GROUND |= {
    f"register_{register}{page}": WRITES if page == "_new" else BELONGS
    for register in Register
    if register is not Register.COMPLAINTS
    for page in ("", "_new", "_one")
}
GROUND |= dict.fromkeys(("policies", "policy", "policy_file", "library", "resource", "resource_file"), BELONGS)
GROUND |= dict.fromkeys(("start_policy", "new_policy", "new_version", "change_policy", "end_policy"), WRITES)
GROUND |= dict.fromkeys(("policy_told", "new_resource", "renew_resource", "change_resource"), WRITES)
GROUND |= {"take_out_resource": WRITES, "practice_part": {"ada"}}
GROUND |= {name: {"ada"} for name in ("staff", "new_staff", "staff_file", "change_staff", "note_staff")}
GROUND |= {"mentor_you": {"mab", "nye"}, "mentor_log_list": {"mab", "nye"}}
GROUND |= {"my_file": {"cora"}, "mentor_library": {"mab", "nye"}, "mentor_library_file": {"mab", "nye"}}
GROUND |= {"equalities": BELONGS, "outcomes": BELONGS}
GROUND |= dict.fromkeys(("reports", "report", "report_pdf"), BELONGS)
GROUND |= {name: {"ada"} for name in ("export_service", "mentee_everything", "mentor_everything")}
GROUND |= {f"{whose}_erase": {"ada"} for whose in ("mentee", "mentor", "referrer", "staff")}
GROUND |= {f"right_{name}": {"ada"} for name in ("holds", "hold", "hold_end", "periods")}
GROUND |= {"right_register": BELONGS, "staff_everything": {"ada"}, "referrer_everything": {"ada"}}
GROUND |= {f"service_{name}": {"ada"} for name in ("outbox", "message", "message_again", "message_stop")}
MENTORS_OWN = {"mab"}  # pages of the mentor's desk that are about one match: nobody else
FINE, NOT_NOW = {200, 302, 303}, {403, 404, 405, 409, 410, 422}


def service_half() -> Iterator[tuple[str, URLPattern]]:
    return ((route, pattern) for route, pattern in pages(urlpatterns) if route.startswith(SERVICE_HALF))


def addresses(route: str, values: dict[str, list[str]]) -> list[str]:
    found = [route]
    for part in re.findall(r"<[^>]+>", route):
        name = part.strip("<>").split(":")[-1]
        before = route[: route.index(part)]
        key = next((k for k in values if k.endswith(f" {name}") and k.rsplit(" ", 1)[0] in before), name)
        assert key in values, f"{route}: tell the matrix what '{name}' can be"
        found = [address.replace(part, option, 1) for address in found for option in values[key]]
    return found


def insiders(name: str, desk: Desk) -> set[str]:
    if desk is Desk.MENTOR:
        return GROUND.get(name, MENTORS_OWN)
    return GROUND.get(name, COORDINATES)


__all__ = ["world"]  # the fixture


def test_each_sees_what_is_theirs_and_nothing_falls_over(world: World, as_user: Callable[[User], Client]) -> None:
    clients = {name: as_user(user) for name, user in world.people.items()} | {"nobody": Client()}
    faults: list[str] = []
    welcomed: set[str] = set()
    for route, pattern in service_half():
        desk, named = desk_of(pattern), str(pattern.name)
        inside = insiders(named, desk)
        for address in addresses(route, world.values):
            for name, client in clients.items():
                for method in ("get", "post"):
                    if method == "post" and name in inside:
                        continue  # what insiders post is each page's own test
                    answer = getattr(client, method)(address)
                    status, where = answer.status_code, f"{method} {address} as {name}"
                    if status >= 500:
                        faults.append(f"{where}: {status}")
                    if desk in {Desk.PUBLIC, Desk.MENTEE}:
                        if status == 200:
                            welcomed.add(route)
                    elif name == "nobody":
                        if status not in {302, 405}:
                            faults.append(f"{where}: {status} (not asked to sign in)")
                    elif name in inside:
                        if status not in FINE | NOT_NOW:
                            faults.append(f"{where}: {status}")
                        if status in FINE:
                            welcomed.add(route)
                    elif status not in {404, 405} and not own_page(route, status):
                        faults.append(f"{where}: {status} (let in)")
                    html = status == 200 and answer["Content-Type"][:9] == "text/html"
                    if html and name not in {*COORDINATES, "sage", "mab"}:
                        faults.extend(f"{where} tells '{s}'" for s in SECRETS if s.encode() in answer.content)
                    if html:
                        faults.extend(f"{where} holds the id '{id}' twice" for id in twice(answer.content))
                    if answer.streaming:
                        for close in answer._resource_closers:  # close() itself would end the test's connection
                            close()
    assert not faults, "\n".join(faults)
    unseen = [
        f"{route} ({pattern.name})"
        for route, pattern in service_half()
        if route not in welcomed and "<str:token>" not in route and str(pattern.name) not in ANOTHER_MOMENT
    ]
    assert not unseen, f"nobody ever saw these pages: {unseen}"


# pages that only take a POST, or that this world's moment does not open: their own tests show them
ANOTHER_MOMENT: set[str] = {
    "throw_sample_away",
    "training_outline",
    "training_ask",
    "session_remove",
    "reference_ask",
    "exemption_end",
    "start_policy",
    "resource_back",
    "match_ask",
    "matching_find",
    "match_noted",
    "match_review_ask",
    "match_review_share",
    "match_sign_ask",
    "inbox_read",
    "mentor_met",
    "mentor_back",
    "mentor_entry_remove",
    "equalities_publish",
    "measure_end",
    "import_discard",
    "service_message_again",
    "service_message_stop",
    "readiness_count",
    "referrer_erase",  # the referral here is Cai's own
}


def own_page(route: str, status: int) -> bool:
    """Pages that show everybody their own things, and nothing to those who have none."""
    return route == "/mentoring/"
