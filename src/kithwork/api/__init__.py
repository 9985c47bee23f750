"""What programs may read, as JSON: the same doors and the same words as the pages. Nothing can be changed here.

A program names itself by a key of a person (`accounts/keys.py`) and sees what that person may see. Absent and forbidden
answer alike. The description that programs read is at `/api/v1/openapi.json`.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI

from kithwork.api.keys import BearerKey
from kithwork.api.readiness import router as readiness

__all__ = ["api"]

api = NinjaAPI(
    title="Kithwork",
    version="1",
    description="Figures of services that run their work here. Send a key of yours as 'Authorization: Bearer <key>'.",
    urls_namespace="api",
    auth=BearerKey(),
    docs_url=None,  # its pages load scripts from elsewhere
)
api.add_router("/services/", readiness)


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _: Any) -> HttpResponse:
    return api.create_response(request, {"detail": "There is no such thing, or it is not yours to see."}, status=404)
