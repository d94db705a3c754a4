"""Accounts of staff: for administrators, who see no clinical content. Reads and writes go through the accounts login."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from clinic.forms.accounts import AccountForm, RoleForm
from clinic.forms.writing import ReasonForm
from clinic.models import Membership, Site, User
from clinic.permissions import Action, sites_of, sites_where
from clinic.rows import rows_of
from clinic.services import accounts as service
from clinic.views.participants import GET_POST
from clinic.views.writing import status_of, stored


def through_accounts(view):
    """Open the accounts login for the sites of the reader: the database gives that login no other site's rows."""

    @wraps(view)
    def inside(request, **kwargs):
        with rows_of(sites_of(request.user), str(request.user.pk), using="accounts"):
            return view(request, **kwargs)

    return inside


def here(request):
    """The roles at the sites where this person manages accounts."""
    return Membership.objects.using("accounts").permitted(request.user, Action.MANAGE_ACCOUNTS)


def sites(request):
    """Those sites."""
    return Site.objects.filter(pk__in=sites_where(request.user, Action.MANAGE_ACCOUNTS))


def colleague(request, pk) -> User:
    """An account that holds, or held, a role at one of those sites."""
    found = User.objects.using("accounts").filter(memberships__in=here(request)).distinct()
    return get_object_or_404(found, pk=pk)


@require_safe
@login_required
@through_accounts
def people(request):
    """Everybody with a role here."""
    rows = here(request).select_related("user", "site").order_by("user__name", "role")[:500]
    return render(request, "clinic/accounts.html", {"memberships": rows})


@GET_POST
@login_required
@through_accounts
def add(request):
    """A new account with its first role."""
    form = AccountForm(request.POST or None, sites=sites(request))
    if form.is_bound and form.is_valid() and added(request, form):
        return redirect("clinic:accounts")
    return render(request, "clinic/account_add.html", {"form": form}, status=status_of(form))


def added(request, form: AccountForm) -> bool:
    """Whether the account and its role were stored."""
    data, secret = form.cleaned_data, ("password",)

    @transaction.atomic(using="accounts")
    def work():
        user = service.add_account(
            by=request.user, email=data["email"], name=data["name"], password=data["password"]
        )
        service.give_role(by=request.user, user=user, **role_in(data))

    site_id = data["site"].pk
    return stored(request, form, action="add account", site_id=site_id, work=work, secret=secret)


def role_in(data: dict) -> dict:
    """The fields of a role."""
    return {name: data[name] for name in ("site", "role", "registration", "registration_ends_on")}


@GET_POST
@login_required
@through_accounts
def person(request, pk):
    """One account: its roles here, and a form for one more."""
    user = colleague(request, pk)
    form = RoleForm(request.POST or None, sites=sites(request))
    if form.is_bound and form.is_valid() and given(request, form, user):
        return redirect("clinic:account", pk=pk)
    held = here(request).filter(user=user).select_related("site").order_by("-starts_at")
    page = {"person": user, "memberships": held, "form": form}
    return render(request, "clinic/account.html", page, status=status_of(form))


def given(request, form: RoleForm, user: User) -> bool:
    """Whether the role was stored."""
    data = form.cleaned_data

    def work():
        service.give_role(by=request.user, user=user, **role_in(data))

    return stored(request, form, action="give role", site_id=data["site"].pk, work=work, about=user.pk)


@GET_POST
@login_required
@through_accounts
def disable(request, pk):
    """End an account at once."""
    user = colleague(request, pk)
    form = ReasonForm(request.POST or None)

    def work():
        service.disable_account(by=request.user, user=user, reason=form.cleaned_data["reason"])

    site_id = min(sites_where(request.user, Action.MANAGE_ACCOUNTS))
    if form.is_bound and stored(
        request, form, action="disable account", site_id=site_id, work=work, about=pk
    ):
        return redirect("clinic:accounts")
    return render(
        request, "clinic/account_disable.html", {"person": user, "form": form}, status=status_of(form)
    )


@GET_POST
@login_required
@through_accounts
def end_role(request, pk):
    """End one role."""
    membership = get_object_or_404(here(request).in_force().select_related("user", "site"), pk=pk)
    form = ReasonForm(request.POST or None)

    def work():
        service.end_role(by=request.user, membership=membership, reason=form.cleaned_data["reason"])

    if form.is_bound and stored(
        request, form, action="end role", site_id=membership.site_id, work=work, about=pk
    ):
        return redirect("clinic:account", pk=membership.user_id)
    return render(
        request, "clinic/role_end.html", {"membership": membership, "form": form}, status=status_of(form)
    )
