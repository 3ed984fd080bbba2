"""The pages of the connection to Xero."""

from django.urls import path

from billing.xero import views

urlpatterns = [
    path("settings/xero", views.XeroPage.as_view(), name="xero"),
    path("settings/xero/banner", views.Banner.as_view(), name="xero-banner"),
    path("settings/xero/callback", views.Callback.as_view(), name="xero-callback"),
    path("settings/xero/choose", views.Choose.as_view(), name="xero-choose"),
    path("settings/xero/connect", views.Connect.as_view(), name="xero-connect"),
    path("settings/xero/disconnect", views.Disconnect.as_view(), name="xero-disconnect"),
    path("settings/xero/lists", views.ReadLists.as_view(), name="xero-lists"),
]
