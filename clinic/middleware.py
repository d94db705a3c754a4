"""What stands between a request and its view: size, token, roles, second factor, rows. In this order."""

import hashlib
import logging

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _

from clinic.models import AccessEvent, Token
from clinic.permissions import sites_of
from clinic.rows import rows_of

security = logging.getLogger("afterward.security")
# The same answer for everybody: no account is asked, no cookie read, and a cache may keep it.
PUBLIC_PATHS = ("/static/", "/information/")
OPEN_PATHS = (*PUBLIC_PATHS, "/accounts/", "/health/", "/c/")


def body_limit(get_response):
    """Refuse a body that no form of ours fills, before anything reads it."""

    def middleware(request):
        limit = (
            settings.UPLOAD_LIMIT_BYTES
            if request.path.startswith("/outcomes/import/")
            else settings.BODY_LIMIT_BYTES
        )
        try:
            length = int(request.headers.get("content-length") or 0)
        except ValueError:
            length = limit + 1
        if length > limit:
            return refusal(request, 413, _("This is larger than anything that can be sent here."))
        return get_response(request)

    return middleware


def bearer_token(get_response):
    """Take the owner of a bearer token for the user. A wrong token is 401, never anonymous."""

    def middleware(request):
        request.token = None
        kind, _space, secret = request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and request.path.startswith("/api/"):
            request.token = find_token(secret.strip())
            if request.token is None:
                return JsonResponse(
                    {"detail": _("This token is not known, or it has ended.")},
                    status=401,
                    headers={"WWW-Authenticate": "Bearer"},
                )
            request.user = request.token.user
        return get_response(request)

    return middleware


def find_token(secret: str) -> Token | None:
    """The live token with this secret."""
    digest = hashlib.sha256(secret.encode(errors="replace")).hexdigest()
    live = Token.objects.filter(
        digest=digest, revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True
    )
    return live.select_related("user").first()


def memberships(get_response):
    """Somebody who is signed in and holds no role today sees nothing but a page that says so."""

    def middleware(request):
        # The path first: asking for the user reads the cookie, and a public page must not.
        if request.path.startswith(OPEN_PATHS) or not request.user.is_authenticated:
            return get_response(request)
        if request.user.memberships_in_force:
            return get_response(request)
        return refusal(request, 403, _("Your account holds no role at a site today. Ask your administrator."))

    return middleware


def second_factor(get_response):
    """Staff need a second factor: allauth asks for one that is there, this asks for one that is not."""

    def middleware(request):
        if settings.DEMO or request.path.startswith(OPEN_PATHS):
            return get_response(request)
        user = request.user
        if not user.is_authenticated or request.token:
            return get_response(request)
        records = get_authentication_records(request, user)
        if any(record.get("method") == "mfa" for record in records):
            return get_response(request)
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": _("Sign in with a second factor first.")}, status=403)
        return redirect("mfa_reauthenticate" if is_mfa_enabled(user) else "mfa_index")

    return middleware


def no_store(get_response):
    """Nothing that a signed-in person sees stays in a cache."""

    def middleware(request):
        response = get_response(request)
        if not request.path.startswith(PUBLIC_PATHS):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def rows_of_request(get_response):
    """Open the person's sites for the whole request. The view's own transaction is a savepoint inside.

    So a view that fails takes back what it wrote, and the note of a refusal stays.
    """

    def middleware(request):
        if request.path.startswith((*PUBLIC_PATHS, "/health/")) or not request.user.is_authenticated:
            return get_response(request)
        with rows_of(sites_of(request.user), str(request.user.pk)):
            response = get_response(request)
            if response.status_code == 403:
                note_refusal(request)
        return response

    return middleware


def note_refusal(request) -> None:
    """Who was refused what: once in the database, once in the log."""
    security.info("refused %s %s to %s", request.method, request.path, request.user.pk)
    AccessEvent.objects.bulk_create(
        [
            AccessEvent(
                user_id=request.user.pk,
                kind=AccessEvent.Kind.REFUSED,
                purpose=f"{request.method} {request.path}"[:200],
            )
        ]
    )


def refusal(request, status: int, reason: str):
    """A refusal before any view: JSON for the API, a page otherwise."""
    if request.path.startswith("/api/"):
        return JsonResponse({"detail": reason}, status=status)
    request.user = getattr(request, "user", None) or get_user_model()()
    return render(request, f"{status}.html", {"reason": reason}, status=status)
