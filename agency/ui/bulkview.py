"""The POST side of a list page: the bulk bar's steps, asked in a dialog where they need words."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import reswap, retarget, trigger_client_event

from agency.ui import bulk, longwork
from agency.ui.keys import record_keys

NAMED = 4  # refusals told in full; the rest are counted
SHOWN = 6  # rows that the dialog names
OF_THE_BAR = ("action", "scope", "row", "confirmed", "csrfmiddlewaretoken")


class BulkMixin:
    """Runs one of ``bulk_actions`` on the chosen rows and answers the list as it is now.

    More than a few rows are left to the background, where the page can be followed and left.
    """

    bulk_actions: list[bulk.BulkAction] = []
    bulk_limit = bulk.LIMIT
    noun = "rows"

    def post(self, request, *args, **kwargs):
        action = self._action()
        keys = self._chosen()
        if not 0 < len(keys) <= bulk.LIMIT:
            too_many = f"Choose up to {bulk.LIMIT:,} rows at a time."
            messages.warning(request, too_many if keys else "No row is chosen.")
            return self._answer()
        form = (action.form_class or forms.Form)(
            request.POST if "confirmed" in request.POST else None
        )
        if (action.form_class or action.confirm) and not (form.is_bound and form.is_valid()):
            return self._ask(action, keys, form)
        if len(keys) > bulk.AT_ONCE:
            self._hand_over(action, keys)
        else:
            values = form.cleaned_data if action.form_class else {}
            rows = self.rows_of(keys)
            self._tell(action, bulk.run(action, rows, by=request.user, values=values))
        return self._answer()

    def bulk_action(self, key: str | None) -> bulk.BulkAction | None:
        return next((one for one in self.bulk_actions if one.key == key), None)

    def rows_of(self, keys: list[int]) -> list:
        """The rows of these keys that the person may see, in that order."""
        place = {key: n for n, key in enumerate(keys)}
        return sorted(self.get_queryset().filter(pk__in=keys), key=lambda row: place[row.pk])

    def _action(self) -> bulk.BulkAction:
        action = self.bulk_action(self.request.POST.get("action"))
        if action is None:
            raise BadRequest("There is no such step for these rows.")
        if not self.may(action.level):
            raise PermissionDenied
        return action

    def _chosen(self) -> list[int]:
        """The keys of the chosen rows in the order of the list, one more than allowed at most."""
        if self.request.POST.get("scope") == "all":
            return list(self.rows.values_list("pk", flat=True)[: bulk.LIMIT + 1])
        keys = record_keys(self.request.POST.getlist("row"))
        seen = set(self.get_queryset().filter(pk__in=keys).values_list("pk", flat=True))
        return [key for key in dict.fromkeys(keys) if key in seen]

    def _hand_over(self, action: bulk.BulkAction, keys: list[int]) -> None:
        size = bulk.TOGETHER if action.together else 1
        typed = self.request.POST.copy()
        for name in OF_THE_BAR:
            typed.pop(name, None)
        work = longwork.start(
            longwork.BULK,
            f"{action.label}: {len(keys):,} {self.noun}",
            by=self.request.user,
            facts={
                "path": self.request.get_full_path(),
                "action": action.key,
                "typed": typed.urlencode(),
                "done": action.done,
            },
            steps=[keys[n : n + size] for n in range(0, len(keys), size)],
            total=len(keys),
        )
        text = f"{len(keys):,} {self.noun} are worked through in the background."
        messages.info(self.request, text, extra_tags=work.get_absolute_url())

    def _ask(self, action, keys, form):
        context = {
            "action": action,
            "keys": keys,
            "rows": self.rows_of(keys[:SHOWN]),
            "form": form,
            "count": len(keys),
            "more": len(keys) - SHOWN,
            "in_background": len(keys) > bulk.AT_ONCE,
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
            named = "; ".join(f"{one.label}: {one.reason}" for one in outcome.refused[:NAMED])
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
