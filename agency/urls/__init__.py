"""The site's addresses, put together from the route files of each door."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", include("agency.urls.api")),
    path("", include("agency.urls.pages")),
]
