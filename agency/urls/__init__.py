"""The site's addresses, put together from the route files of each door."""

from django.contrib import admin
from django.urls import include, path, re_path

from agency import health
from agency.api.views import UnknownView

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", health.metrics),
    path("admin/", admin.site.urls),
    path("api/", include("agency.urls.api")),
    re_path("^api(/.*)?$", UnknownView.as_view()),
    path("", include("agency.urls.pages")),
]
