"""The POST side of a list page: the bulk bar's steps, asked in a dialog where they need words."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import reswap, retarget, trigger_client_event

from agency.ui import bulk
from agency.ui.keys import record_keys

NAMED = 4  # refusals told in full; the rest are counted


class BulkMixin:
    """Runs one of ``bulk_actions`` on the chosen rows and answers the list as it is now."""

    bulk_actions: list[bulk.BulkAction] = []

    def post(self, request, *args, **kwargs):
        action = self._action()
        rows = self._chosen()
        if not rows:
            messages.warning(request, "No row is chosen.")
            return self._answer()
        form = (action.form_class or forms.Form)(
            request.POST if "confirmed" in request.POST else None
        )
        if (action.form_class or action.confirm) and not (form.is_bound and form.is_valid()):
            return self._ask(action, rows, form)
        values = form.cleaned_data if action.form_class else {}
        self._tell(action, self.carry_out(action, rows, values))
        return self._answer()

    def carry_out(self, action: bulk.BulkAction, rows: list, values: dict) -> bulk.Outcome:
        """Each row by itself; a list whose operation takes many at once may do that instead."""
        return bulk.run(action, rows, by=self.request.user, values=values)

    def _action(self) -> bulk.BulkAction:
        wanted = self.request.POST.get("action")
        action = next((one for one in self.bulk_actions if one.key == wanted), None)
        if action is None:
            raise BadRequest("There is no such step for these rows.")
        if not self.may(action.level):
            raise PermissionDenied
        return action

    def _chosen(self) -> list:
        if self.request.POST.get("scope") == "all":
            return list(self.rows[: bulk.LIMIT])
        keys = record_keys(self.request.POST.getlist("row"))[: bulk.LIMIT]
        return list(self.get_queryset().filter(pk__in=keys))

    def _ask(self, action, rows, form):
        context = {
            "action": action,
            "rows": rows,
            "form": form,
            "count": len(rows),
            "post_to": self.request.get_full_path(),
            "scope": self.request.POST.get("scope", ""),
        }
        if not self.request.htmx:
            return render(self.request, "ui/bulk_page.html", context)
        return retarget(
            reswap(render(self.request, "ui/bulk_dialog.html", context), "innerHTML"),
            "#dialog-body",
        )

    def _tell(self, action, outcome: bulk.Outcome) -> None:
        if outcome.done:
            messages.success(self.request, f"{outcome.done} {action.done}.")
        if outcome.refused:
            named = "; ".join(f"{name}: {reason}" for name, reason in outcome.refused[:NAMED])
            more = len(outcome.refused) - NAMED
            tail = f"; and {more} more" if more > 0 else ""
            messages.error(self.request, f"{len(outcome.refused)} refused. {named}{tail}")

    def _answer(self):
        if not self.request.htmx:
            return HttpResponseRedirect(self.request.get_full_path(), status=303)
        response = render(
            self.request, self.rows_template_name, self.get_context_data(**self.kwargs)
        )
        trigger_client_event(response, "close-dialog", {})
        return retarget(reswap(response, "outerHTML"), "#list")
