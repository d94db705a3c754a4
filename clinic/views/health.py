"""Whether the process lives, and whether it can serve."""

from django.db import DatabaseError, connection
from django.db.transaction import non_atomic_requests
from django.http import JsonResponse
from django.views.decorators.http import require_safe


@non_atomic_requests
@require_safe
def live(request):
    """The process answers."""
    return JsonResponse({"status": "live"})


@non_atomic_requests
@require_safe
def ready(request):
    """The database answers; 503 while it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return JsonResponse({"status": "the database is away"}, status=503)
    return JsonResponse({"status": "ready"})
