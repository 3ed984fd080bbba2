"""Pages that run an operation: a form's values go in, its refusal comes back beside the field."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.views.generic import TemplateView
from django.views.generic.edit import FormMixin

from agency.errors import BusinessError
from agency.ui.forms import ByMixin
from agency.ui.pages import ToolPage, done
from agency.ui.records import OneRecord

REFUSED = 422
MEANWHILE = (
    "This was changed while you were typing. Look at it in another tab, or save again to put what"
    " stands here in its place."
)


class OperationFormView(FormMixin, ToolPage, TemplateView):
    """Shows a form, calls ``perform(form)``; works as a page and, for htmx, in the dialog.

    A ``BusinessError`` becomes an error on the field it names, or above the form; what was typed
    stays. On success: ``success_url(result)``, or with ``events`` the dialog closes and the parts
    of the page that listen load again.
    """

    level = "update"
    template_name = "ui/form.html"
    dialog_template_name = "ui/form_dialog.html"
    submit_label = "Save"
    submit_icon = ""
    danger = False
    intro = ""
    success_message = ""
    events: tuple[str, ...] = ()
    wide = False

    def perform(self, form) -> Any:
        """Call the operation with ``form.cleaned_data`` and ``by=self.request.user``."""
        raise NotImplementedError

    def success_url(self, result) -> str:
        """Where to go afterwards: the record that the operation returned, else the page behind."""
        return result.get_absolute_url() if hasattr(result, "get_absolute_url") else self.back_url()

    def back_url(self) -> str:
        """Where Cancel leads: the last crumb."""
        crumbs = self.get_crumbs()
        return crumbs[-1][1] if crumbs else "/"

    def said(self, result) -> str:
        """The toast after success; ``{result}`` in ``success_message`` is what came back."""
        return self.success_message.format(result=result)

    def get_form_kwargs(self):
        given = super().get_form_kwargs()
        if issubclass(self.get_form_class(), ByMixin):
            given["by"] = self.request.user
        return given

    @property
    def is_stale(self) -> bool:
        """Whether somebody changed what is edited since the form was opened."""
        return False

    @property
    def is_dialog(self) -> bool:
        return bool(self.request.htmx) and self.request.htmx.target == "dialog-body"

    def get_template_names(self) -> list[str]:
        return [self.dialog_template_name if self.is_dialog else self.template_name]

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        if not form.is_valid():
            return self.refused(form)
        if self.is_stale:
            form.add_error(None, MEANWHILE)
            return self.refused(form)
        try:
            result = self.perform(form)
        except (BusinessError, ValidationError) as error:
            _place(form, error)
            return self.refused(form)
        return self.succeeded(result)

    def refused(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=REFUSED)

    def succeeded(self, result):
        if message := self.said(result):
            messages.success(self.request, message)
        if self.is_dialog and self.events:
            return done(self.request, *self.events)
        url = self.success_url(result)
        return done(self.request, url=url) if self.request.htmx else HttpResponseRedirect(url)

    def get_context_data(self, **context):
        return super().get_context_data(
            view=self, back_url=self.back_url(), post_to=self.request.get_full_path(), **context
        )


class RecordFormView(OneRecord, OperationFormView):
    """A form about one record (``self.record``): editing it, or a move that needs words.

    The form carries the moment of the record's last change, so that nobody overwrites unawares.
    """

    @property
    def seen(self) -> str:
        changed_at = getattr(self.record, "updated_at", None)
        return changed_at.isoformat() if changed_at else ""

    @property
    def is_stale(self) -> bool:
        return self.request.POST.get("seen", self.seen) != self.seen

    def get_crumbs(self):
        crumbs = super().get_crumbs()
        if hasattr(self.record, "get_absolute_url"):
            crumbs.append((str(self.record), self.record.get_absolute_url()))
        return crumbs

    def get_initial(self):
        """The record's own values for the fields of the form."""
        names = self.get_form_class().base_fields
        own = {name: getattr(self.record, name) for name in names if hasattr(self.record, name)}
        return {**own, **super().get_initial()}


class RecordStepView(OneRecord, TemplateView):
    """A button without a form: POST calls ``perform()``; a refusal is a toast. GET asks first."""

    level = "update"
    template_name = "ui/confirm.html"
    title = "Are you sure?"
    question = ""
    submit_label = "Yes"
    danger = False
    success_message = ""
    events: tuple[str, ...] = ()

    def perform(self) -> Any:
        """Call the operation on ``self.record`` with ``by=self.request.user``."""
        raise NotImplementedError

    def success_url(self, result) -> str:
        return result.get_absolute_url() if hasattr(result, "get_absolute_url") else "/"

    @property
    def is_dialog(self) -> bool:
        return bool(self.request.htmx) and self.request.htmx.target == "dialog-body"

    def get_template_names(self) -> list[str]:
        return ["ui/confirm_dialog.html" if self.is_dialog else self.template_name]

    def get_crumbs(self):
        crumbs = super().get_crumbs()
        if hasattr(self.record, "get_absolute_url"):
            crumbs.append((str(self.record), self.record.get_absolute_url()))
        return crumbs

    def post(self, request, *args, **kwargs):
        try:
            result = self.perform()
        except BusinessError as error:
            messages.error(request, str(error))
            return (
                HttpResponse(status=204)
                if request.htmx
                else done(request, url=self.success_url(self.record))
            )
        if self.success_message:
            messages.success(request, self.success_message.format(result=result))
        return (
            done(request, *self.events)
            if self.events and request.htmx
            else done(request, url=self.success_url(result))
        )

    def get_context_data(self, **context):
        crumbs = self.get_crumbs()
        return super().get_context_data(
            view=self,
            post_to=self.request.get_full_path(),
            back_url=crumbs[-1][1] if crumbs else "/",
            **context,
        )


def _place(form, error: BusinessError | ValidationError) -> None:
    """Put a refusal on the field it names when the form has that field, else above the form."""
    if isinstance(error, ValidationError):
        reasons = (
            error.message_dict
            if hasattr(error, "error_dict")
            else {NON_FIELD_ERRORS: error.messages}
        )
    else:
        reasons = {error.field or NON_FIELD_ERRORS: [str(error)]}
    for name, texts in reasons.items():
        field = name if name in form.fields else None
        for text in texts:
            form.add_error(field, text)
