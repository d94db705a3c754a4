"""Who: accounts, the roles they hold at a site, and their tokens for the API."""

from functools import cached_property
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clinic.models.base import SiteQuerySet
from clinic.permissions import Role
from clinic.uuid7 import uuid7


class UserManager(BaseUserManager["User"]):
    """Finds an account by its e-mail address, in any case."""

    def get_by_natural_key(self, email: str | None):
        """The account with this address."""
        return self.get(email=(email or "").lower())

    def with_memberships(self, pk: UUID | str) -> "User | None":
        """The account with the roles that it holds today: one query, since every request asks for both."""
        held = list(Membership.objects.held_by(pk).select_related("user"))
        user = held[0].user if held else self.filter(pk=pk).first()
        if user is not None:
            user.memberships_in_force = held
        return user


class User(AbstractBaseUser):
    """An account of staff. It holds no role by itself, and there is no superuser."""

    class Theme(models.TextChoices):
        """The light in which pages are read."""

        AUTO = "auto", _("Auto")
        LIGHT = "light", _("Paper")
        DIM = "dim", _("Dim")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, help_text=_("As it stands under a signature."))
    is_active = models.BooleanField(default=True)
    theme = models.CharField(max_length=5, choices=Theme, default=Theme.AUTO)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Addresses are compared in lower case."""
        self.email = self.email.lower()

    @cached_property
    def memberships_in_force(self) -> list["Membership"]:
        """The roles held today, read once a request."""
        return list(Membership.objects.held_by(self.pk))


class MembershipQuerySet(SiteQuerySet):
    """Roles at a site."""

    def in_force(self, at=None):
        """Those that have not ended."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at or timezone.now()))

    def held_by(self, user_id):
        """What somebody holds today, with the sites."""
        return self.in_force().filter(user=user_id).select_related("site").order_by("site__name", "role")


class Membership(models.Model):
    """A role that a user holds at a site until it ends, for one programme where wanted."""

    programme_lookup = ""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    site = models.ForeignKey("clinic.Site", models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    programme = models.ForeignKey(
        "clinic.Programme",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("NULL: every programme of the site."),
    )
    registration = models.CharField(
        _("professional registration"),
        max_length=50,
        blank=True,
        help_text=_("Number in the professional register."),
    )
    registration_ends_on = models.DateField(null=True, blank=True, help_text=_("NULL: no end known."))
    starts_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: no end set."))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "site", "role"],
                condition=Q(ends_at=None),
                name="membership_once_open",
                violation_error_message=_("This person already holds that role here."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=models.F("starts_at")),
                name="membership_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}, {self.site}"


class Token(models.Model):
    """A bearer token for the API: hashed at rest, shown once, never more than its owner may."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text=_("SHA-256 of the token.")
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True, help_text=_("NULL: not revoked."))

    def __str__(self) -> str:
        return f"{self.user}, until {self.expires_at:%Y-%m-%d}"
