"""The site's addresses, put together from the route files of each door."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from agency import health
from agency.api.teamwork.views import UnknownTeamworkView
from agency.api.views import UnknownView
from agency.staff.signin.views import AdminSignIn, SignOut

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("admin/login/", AdminSignIn.as_view()),
    path("admin/logout/", SignOut.as_view()),
    path("admin/password_change/", RedirectView.as_view(pattern_name="own-password")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("agency.urls.v1")),
    path("api/", include("agency.urls.api")),
    re_path("^api(/.*)?$", UnknownView.as_view()),
    path("", include("agency.urls.teamwork")),
    re_path(r"^[\w/-]+\.json$", UnknownTeamworkView.as_view()),
    path("", include("agency.urls.pages")),
]
