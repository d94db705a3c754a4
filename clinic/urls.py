"""Every address. Upper layers are named as strings only."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

handler400 = "clinic.views.errors.bad_request"
handler403 = "clinic.views.errors.permission_denied"
handler404 = "clinic.views.errors.page_not_found"
handler500 = "clinic.views.errors.server_error"

urlpatterns = [
    path("", include("clinic.routes")),
    path("sessions/", include("sessions.urls")),
    path("outcomes/", include("outcomes.urls")),
    path("c/", include("outcomes.check_in_urls")),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/", include("clinic.api.urls")),
    path("api/v1/", include("sessions.api_urls")),
    path("api/v1/", include("outcomes.api_urls")),
]
