"""Pages of the records that hang on others."""

from django.urls import path, re_path

from agency.records.activity import feed, views
from agency.records.longwork import views as longwork
from agency.records.notices import views as notices
from agency.records.outbox import views as outbox

WORD = "(?P<word>comment|note)s/(?P<pk>[0-9]{1,18})"

urlpatterns = [
    *(
        path(
            f"activity/{name}/<int:pk>", views.Stream.as_view(), {"kind": name}, f"activity-{name}"
        )
        for name in feed.kinds_with_a_page()
    ),
    re_path(f"^{WORD}/edit$", views.ChangeRemark.as_view(), name="remark-edit"),
    re_path(f"^{WORD}/delete$", views.RemoveRemark.as_view(), name="remark-delete"),
    path("files/<int:pk>", views.Download.as_view(), name="file"),
    path("files/<int:pk>/delete", views.RemoveFile.as_view(), name="file-delete"),
    path("background-work", longwork.LongWorkList.as_view(), name="longwork-list"),
    path("background-work/<int:pk>", longwork.LongWorkPage.as_view(), name="longwork-page"),
    path("background-work/<int:pk>/file", longwork.ResultFile.as_view(), name="longwork-file"),
    path("background-work/<int:pk>/refused", longwork.Refused.as_view(), name="longwork-refused"),
    path("background-work/<int:pk>/stop", longwork.Stop.as_view(), name="longwork-stop"),
    path("notices", notices.NoticeList.as_view(), name="notice-list"),
    path("notices/bell", notices.Bell.as_view(), name="notice-bell"),
    path("notices/read", notices.ReadAll.as_view(), name="notices-read"),
    path("notices/<int:pk>/open", notices.OpenNotice.as_view(), name="notice-open"),
    path("settings/effects", outbox.EffectList.as_view(), name="effect-list"),
    path("settings/effects/<int:pk>", outbox.EffectPage.as_view(), name="effect-page"),
    path("settings/effects/<int:pk>/retry", outbox.Retry.as_view(), name="effect-retry"),
    path("settings/effects/<int:pk>/cancel", outbox.Cancel.as_view(), name="effect-cancel"),
]
