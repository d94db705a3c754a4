"""What stands before a participant's page: rate limits, the cookie, headers, one end for all dead links."""

import time
from functools import wraps

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from outcomes.check_in_help import calls
from outcomes.services.answering import LinkEndedError

COOKIE, SALT, PATH = "afterward_check_in", "check-in", "/c/"
WRONG_A_MINUTE, POSTS_A_MINUTE = 20, 60


def door(*, secret=False, alive=True):
    """Guards a view; gives it the link's digest from the cookie, or the secret of the address.

    `alive` False: the view works where the link has ended, and gets nothing.
    """

    def guarded(view):
        @csrf_exempt
        @wraps(view)
        def inside(request, **kwargs):
            response = enter(request, view, secret or not alive, kwargs)
            response["Referrer-Policy"] = "no-referrer"
            response["Cache-Control"] = "no-store, private"
            return response

        return inside

    return guarded


def enter(request, view, secret, kwargs):
    """The view's answer, or a refusal."""
    if refused := too_many(request) or from_elsewhere(request):
        return refused
    try:
        if secret:
            return view(request, **kwargs)
        return view(request, digest=digest_from_cookie(request), **kwargs)
    except LinkEndedError:
        count("wrong", get_adapter().get_client_ip(request))
        return render(request, "outcomes/check_in_ended.html", {"calls": calls()}, status=410)


def sent(request):
    """What a form is bound to: an empty post is a post too."""
    return request.POST if request.method == "POST" else None


def digest_from_cookie(request) -> str:
    """The digest that Start put into the cookie. Raises LinkEndedError where there is none, or not ours."""
    try:
        return signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)["digest"]
    except signing.BadSignature:
        raise LinkEndedError from None


def give_cookie(response, row):
    """Let this browser answer until the link expires."""
    left = max(1, int((row.expires_at - timezone.now()).total_seconds()))
    value = signing.dumps({"id": str(row.pk), "digest": row.token_digest}, salt=SALT)
    response.set_cookie(
        COOKIE, value, max_age=left, path=PATH, secure=settings.SECURE, httponly=True, samesite="Strict"
    )
    return response


def handed_back(request) -> str:
    """Where staff go on, and sign in first: the check-in that this browser held. Raises LinkEndedError for none."""
    try:
        held = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except signing.BadSignature:
        raise LinkEndedError from None
    return reverse("outcomes:check-in", args=[held["id"]])


def forget(response):
    """Take the check-in from this browser."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response


def too_many(request):
    """429 for an address that guesses, and for a link that is posted to by a machine."""
    link = request.COOKIES.get(COOKIE) or request.path
    wrong = key_of("wrong", get_adapter().get_client_ip(request))
    posts = key_of("posts", signing.Signer(salt=SALT).signature(link))
    found = cache.get_many([wrong, posts])
    if found.get(wrong, 0) >= WRONG_A_MINUTE:
        return too_fast(request)
    if request.method == "POST" and counted_once_more(posts, found.get(posts, 0)) > POSTS_A_MINUTE:
        return too_fast(request)
    return None


def from_elsewhere(request):
    """403 for a post that the browser says another site started."""
    if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "same-origin") not in {
        "same-origin",
        "none",
    }:
        return render(request, "403.html", {"reason": _("This form was sent from another page.")}, status=403)
    return None


def too_fast(request):
    """429."""
    return render(
        request, "429.html", {"reason": _("Too many tries. Wait a minute, then try again.")}, status=429
    )


def key_of(kind: str, who: str) -> str:
    """One counter a minute."""
    return f"check-in:{kind}:{who}:{int(time.time() // 60)}"


def count(kind: str, who: str) -> int:
    """Once more in this minute."""
    key = key_of(kind, who)
    return counted_once_more(key, cache.get(key, 0))


def counted_once_more(key: str, former: int) -> int:
    """The next number, kept. Two at the same moment may count as one, which a limit can bear."""
    cache.set(key, former + 1, timeout=120)
    return former + 1
