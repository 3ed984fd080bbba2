"""Routes of the shell."""

from django.urls import path

from agency.ui import savedviews, shell

urlpatterns = [
    path("palette", shell.PaletteView.as_view(), name="palette"),
    path("menu/counts", shell.CountsView.as_view(), name="menu-counts"),
    path("pick/<slug:name>", shell.PickView.as_view(), name="pick"),
    path("shortcuts", shell.ShortcutsView.as_view(), name="shortcuts"),
    path("views", savedviews.ManageViews.as_view(), name="saved-views"),
    path("views/new", savedviews.SaveView.as_view(), name="saved-view-new"),
    path("views/<int:pk>", savedviews.ChangeView.as_view(), name="saved-view"),
    path("views/<int:pk>/delete", savedviews.DeleteView.as_view(), name="saved-view-delete"),
]
