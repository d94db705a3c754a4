"""What the worker does for layer 2."""

from procrastinate.contrib.django import app

from clinic.rows import rows_of
from sessions.services.paging import page

RETRIES = 10


@app.task(name="page_physicians", retry=RETRIES)
def page_physicians(site_id: str, deviation_id: str) -> int:
    """Write to every physician of a site that a dose was given without authorisation; how many there were."""
    with rows_of([site_id], "task:page_physicians"):
        return page(deviation_id)
