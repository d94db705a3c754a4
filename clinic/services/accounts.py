"""Accounts, roles and tokens. Written through the login for accounts, which has no clinical rights.

That login sees the accounts and roles of the sites that `rows_of(…, using="accounts")` opens, and adds roles there
alone: who calls opens it, the page for its reader's sites, a command for the one that it is about.
"""

import hashlib
import secrets
from datetime import date, timedelta

from django.contrib.sessions.models import Session as BrowserSession
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic import audit
from clinic.models import Membership, Programme, Site, Token, User
from clinic.storing import insert, update

LONGEST_TOKEN_DAYS = 365


def choose_theme(*, by: User, theme: str) -> User:
    """Store the light that a person reads in. Raises ValidationError."""
    if theme not in User.Theme:
        raise ValidationError({"theme": _("Choose auto, paper or dim.")})
    by.theme = theme
    with audit.change(by=by, reason="theme"):
        by.save(update_fields=["theme"])
    return by


def add_account(*, by: User | str, email: str, name: str, password: str) -> User:
    """An account without a role. Raises ValidationError."""
    user = User(email=email.strip().lower(), name=name.strip())
    user.set_password(password)
    # Asked by the other login: an address is one person's, at whichever site.
    if User.objects.filter(email=user.email).exists():
        raise ValidationError(
            {"email": _("There is an account with this address already. Give that one a role here.")}
        )
    with audit.change(by=by, reason="account added", using="accounts"):
        return insert(user, using="accounts")


def give_role(
    *,
    by: User | str,
    user: User,
    site: Site,
    role: str,
    registration: str = "",
    registration_ends_on: date | None = None,
    programme: Programme | None = None,
) -> Membership:
    """A role at a site. Raises ValidationError."""
    with audit.change(by=by, reason="role given", using="accounts"):
        return insert(
            Membership(
                user=user,
                site=site,
                role=role,
                registration=registration,
                registration_ends_on=registration_ends_on,
                programme=programme,
            ),
            using="accounts",
        )


def end_role(*, by: User | str, membership: Membership, reason: str) -> Membership:
    """End a role now."""
    membership.ends_at = timezone.now()
    with audit.change(by=by, reason=reason, using="accounts"):
        return update(membership, ["ends_at"], using="accounts")


def disable_account(*, by: User | str, user: User, reason: str) -> User:
    """End an account, its sessions and its tokens at once. Raises ValidationError for one's own."""
    if user.pk == getattr(by, "pk", None):
        raise ValidationError(_("You cannot disable your own account. Ask another administrator."))
    user.is_active = False
    with audit.change(by=by, reason=reason, using="accounts"):
        update(user, ["is_active"], using="accounts")
        Token.objects.using("accounts").filter(user=user, revoked_at=None).update(revoked_at=timezone.now())
        end_sessions(user)
    return user


def end_sessions(user: User) -> int:
    """End every browser session of a person, in two queries whatever their number; how many there were."""
    alive = BrowserSession.objects.using("accounts").filter(expire_date__gt=timezone.now())
    theirs = [
        session.pk
        for session in alive.iterator()
        if session.get_decoded().get("_auth_user_id") == str(user.pk)
    ]
    return BrowserSession.objects.using("accounts").filter(pk__in=theirs).delete()[0]


def issue_token(*, by: User | str, user: User, days: int) -> str:
    """A bearer token, shown this once. Raises ValidationError."""
    if not 1 <= days <= LONGEST_TOKEN_DAYS:
        raise ValidationError(_("A token lives from 1 to 365 days."))
    secret = f"aft_{secrets.token_urlsafe(32)}"
    digest = hashlib.sha256(secret.encode()).hexdigest()
    with audit.change(by=by, reason="token issued", using="accounts"):
        insert(
            Token(user=user, digest=digest, expires_at=timezone.now() + timedelta(days=days)),
            using="accounts",
        )
    return secret
