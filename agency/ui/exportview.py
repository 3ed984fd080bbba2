"""The files of a list: a small one at once, a big one written in the background."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from agency.ui import export, longwork
from agency.ui.keys import record_keys


class ExportMixin:
    """Answers ``?export=csv`` with the filtered set, or asks first where it is long."""

    @property
    def exported_rows(self):
        chosen = self.request.GET.getlist("row")
        return self.rows.filter(pk__in=record_keys(chosen)) if chosen else self.rows

    @property
    def export_name(self) -> str:
        return self.noun.replace(" ", "-")

    def exported(self, kind: str) -> HttpResponse:
        if self._is_long():
            context = {"title": f"Export {self.noun}", "count": self.exported_rows.count()}
            context |= {"kind": kind, "view": self, "back": self.request.path + self.state.url()}
            return render(self.request, "ui/export_page.html", context)
        return export.download(kind, self.export_name, self.state.columns, self.exported_rows)

    def post(self, request, *args, **kwargs):
        kind = request.POST.get("export")
        if kind not in export.FILES:
            return super().post(request, *args, **kwargs)
        work = longwork.start(
            longwork.EXPORT,
            f"Export: {self.noun}",
            by=request.user,
            facts={"path": request.get_full_path(), "format": kind},
            total=self.exported_rows.count(),
            permission=f"{self.tool}:{self.level}" if self.tool else "",
        )
        return HttpResponseRedirect(work.get_absolute_url(), status=303)

    def _is_long(self) -> bool:
        return self.exported_rows[: export.AT_ONCE + 1].count() > export.AT_ONCE
