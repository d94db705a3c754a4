"""The web process. It refuses to serve with a login that could look past row-level security."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
application = get_wsgi_application()

from clinic.checks import refuse_unsafe_start  # noqa: E402 - Django must be set up first

refuse_unsafe_start()
