"""Who is asking: the account of a browser's session, with its roles."""

from allauth.account.auth_backends import AuthenticationBackend

from clinic.models import User


class AccountsWithRoles(AuthenticationBackend):
    """django-allauth's sign-in. What it adds: a request reads the account and its roles in one query."""

    def get_user(self, user_id) -> User | None:
        """The account behind a session; None for one that was disabled."""
        user = User.objects.with_memberships(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
