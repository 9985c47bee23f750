"""What a web server loads."""

import gc
import os
from contextlib import suppress
from importlib import import_module

from django.core.wsgi import get_wsgi_application
from django.db import DatabaseError, connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kithwork.settings")
application = get_wsgi_application()
import_module("kithwork.urls")  # now, not at the first request: a page without a desk keeps the site from starting
with suppress(DatabaseError):  # no tables yet, or no server: whoever asks first waits, or is told
    import_module("kithwork.readiness.keeping").get_ready()
import_module("kithwork.procedures.gating.engine").get_ready()
connections.close_all()  # none is carried over into workers that are forked from here
# what stands now stands for good; looked through at each full collection, it cost a request 160 ms now and then
gc.collect()
gc.freeze()
