"""What a web server loads."""

import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")
application = get_wsgi_application()
import_module("kithwork.urls")  # now, not at the first request: a page without a desk keeps the site from starting
