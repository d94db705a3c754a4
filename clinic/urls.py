"""Every address. Upper layers are named as strings only."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from clinic.views.errors import closed

handler400 = "clinic.views.errors.bad_request"
handler403 = "clinic.views.errors.permission_denied"
handler404 = "clinic.views.errors.page_not_found"
handler500 = "clinic.views.errors.server_error"

# django-allauth serves more than an account here has: an address is changed by an administrator, there is no sign-in
# by mailed code, and every account has a password. Signing up answers with a page that says so.
NOT_OFFERED = [
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    path("confirm-email/<str:key>/", closed, name="account_confirm_email"),
    path("login/code/confirm/", closed, name="account_confirm_login_code"),
    path("password/set/", closed, name="account_set_password"),
]

urlpatterns = [
    path("", include("clinic.routes")),
    path("sessions/", include("sessions.urls")),
    path("outcomes/", include("outcomes.urls")),
    path("c/", include("outcomes.check_in_urls")),
    path("accounts/", include(NOT_OFFERED)),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include("clinic.api.urls")),
    path("api/v1/", include("sessions.api_urls")),
    path("api/v1/", include("outcomes.api_urls")),
]
