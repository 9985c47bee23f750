"""The site map. A page without a desk keeps the site from starting."""

from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path

from kithwork.api import api
from kithwork.web.account.urls import urlpatterns as account
from kithwork.web.assessor.urls import urlpatterns as assessor
from kithwork.web.body.urls import urlpatterns as body
from kithwork.web.coordinator.urls import urlpatterns as coordinator
from kithwork.web.kit.gallery import gallery
from kithwork.web.kit.pages import Desk, adopt, page, unmarked
from kithwork.web.mentee.urls import urlpatterns as mentee
from kithwork.web.mentor.urls import urlpatterns as mentor
from kithwork.web.public.urls import urlpatterns as public
from kithwork.web.service.urls import urlpatterns as service

# allauth's pages belong to the account desk; they have doors of their own
adopt(account_urls.urlpatterns, Desk.ACCOUNT)
adopt(mfa_urls.urlpatterns, Desk.ACCOUNT)

# so does the API, whose door is a key
interface, names, namespace = api.urls
adopt(interface, Desk.PUBLIC)

urlpatterns: list[URLPattern | URLResolver] = [
    *public,
    *account,
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    *service,
    *coordinator,
    *mentor,
    *mentee,
    *assessor,
    *body,
    path("api/v1/", (interface, names, namespace)),
]
if settings.DEBUG:
    urlpatterns.append(path("kit/", page(Desk.PUBLIC)(gallery), name="gallery"))

if bare := unmarked(urlpatterns):
    raise ImproperlyConfigured(f"These pages have no desk; mark each with @page: {', '.join(bare)}")

handler400 = "kithwork.web.kit.faults.handler400"
handler403 = "kithwork.web.kit.faults.handler403"
handler404 = "kithwork.web.kit.faults.handler404"
handler500 = "kithwork.web.kit.faults.handler500"
