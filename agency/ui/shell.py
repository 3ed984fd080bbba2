"""The shell's own routes: search, counts of the menu, record pickers, help."""

from django.core.cache import cache
from django.http import Http404, JsonResponse
from django.views.generic import TemplateView, View

from agency.ui import navigation, palette, pickers
from agency.ui.pages import ToolPage

COUNTS_KEPT = 30  # seconds


class PaletteView(ToolPage, TemplateView):
    tool = ""
    template_name = "ui/_palette.html"

    def get_context_data(self, **context):
        text = self.request.GET.get("q", "")
        groups = palette.search(self.request.user, text)
        return super().get_context_data(groups=groups, text=text, **context)


class CountsView(ToolPage, View):
    """The numbers of the menu, asked for after the page is there."""

    tool = ""

    def get(self, request):
        key = f"menu-counts-{request.user.pk}"
        found = cache.get(key)
        if found is None:
            found = navigation.counts(request.user)
            cache.set(key, found, COUNTS_KEPT)
        return JsonResponse(found)


class PickView(ToolPage, View):
    tool = ""

    def get(self, request, name: str):
        found = pickers.options(name, request.user, request.GET.get("q", ""))
        if found is None:
            raise Http404
        return JsonResponse({"options": found})


class ShortcutsView(ToolPage, TemplateView):
    tool = ""
    title = "Keyboard shortcuts"

    def get_template_names(self):
        is_dialog = self.request.htmx and self.request.htmx.target == "dialog-body"
        return ["ui/shortcuts_dialog.html" if is_dialog else "ui/shortcuts.html"]
