"""The page of the connection, and the way to Xero's consent and back."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.generic import TemplateView, View

from agency.errors import BusinessError
from agency.ui.pages import ToolPage, done
from agency.ui.views import OperationFormView
from billing.xero import health, identity, operations
from billing.xero.forms import SettlingForm
from billing.xero.models import Connection

State = Connection.State
STATE = "xero_state"  # in the session: what the answer must carry, so that nobody else can send it
LISTS_LATER = "Its accounts and tax rates could not be read yet: {why}"


class XeroStep(ToolPage):
    """Whoever manages the settings decides over the connection."""

    tool, level = "settings", "manage"
    title = "Xero"
    crumbs = [("Settings", "settings"), ("Xero", "xero")]

    def back(self, name: str = "xero"):
        url = reverse(name)
        return done(self.request, url=url) if self.request.htmx else HttpResponseRedirect(url)

    def refused(self, error: BusinessError):
        messages.error(self.request, operations.why(error))
        return self.back()

    def connected(self, row: Connection):
        """Read the lists of a new connection at once, as far as Xero lets us."""
        messages.success(self.request, f"Connected to {row}.")
        try:
            operations.refresh_lists(by=self.request.user, timeout=settings.XERO_LIVE_TIMEOUT)
        except BusinessError as error:
            messages.warning(self.request, LISTS_LATER.format(why=operations.why(error)))
        return self.back()


class XeroPage(OperationFormView):
    """Which organisation is connected, how it is doing, and how the bookkeeping is to work."""

    tool, level = "settings", "manage"
    title = "Xero"
    crumbs = [("Settings", "settings")]
    template_name = "billing/xero/connection.html"
    form_class = SettlingForm
    success_message = "How Xero is used is saved."

    @property
    def connection(self) -> Connection | None:
        return Connection.objects.select_related("connected_by").first()

    def get_initial(self):
        row = self.connection
        names = SettlingForm.base_fields
        return {name: getattr(row, name) for name in names} if row else {}

    def perform(self, form):
        return operations.settle(by=self.request.user, **form.cleaned_data)

    def success_url(self, result) -> str:
        return self.request.path

    def get_context_data(self, **context):
        row = self.connection
        state = row.state if row else State.DISCONNECTED
        return super().get_context_data(
            connection=row,
            state=state,
            is_configured=operations.is_configured(),
            is_simulated=settings.XERO_IS_SIMULATED,
            is_custom=settings.XERO_GRANT == Connection.Grant.CUSTOM,
            health=health.of(row) if row and row.tenant_id else None,
            limit=settings.XERO_DAY_LIMIT,
            **context,
        )


class Connect(XeroStep, View):
    """Go to Xero and ask for consent; a custom connection needs none."""

    def get(self, request):
        try:
            operations.require_configured()
        except BusinessError as error:
            return self.refused(error)
        state = request.session[STATE] = secrets.token_urlsafe(32)
        way_back = request.build_absolute_uri(reverse("xero-callback"))
        return HttpResponseRedirect(identity.authorize_url(state, way_back))

    def post(self, request):
        try:
            row = operations.connect_custom(by=request.user)
        except BusinessError as error:
            return self.refused(error)
        return self.connected(row)


class Callback(XeroStep, View):
    """The person comes back from Xero, with a code or without."""

    def get(self, request):
        expected = request.session.pop(STATE, "")
        if not expected or not constant_time_compare(request.GET.get("state", ""), expected):
            messages.error(request, "This answer of Xero was not asked for here. Connect again.")
            return self.back()
        code = request.GET.get("code", "")
        if not code:
            why = identity.WORDS.get(request.GET.get("error", ""), "Xero sent no consent.")
            messages.error(request, why)
            return self.back()
        way_back = request.build_absolute_uri(reverse("xero-callback"))
        try:
            row = operations.connect_by_code(code, way_back, by=request.user)
        except BusinessError as error:
            return self.refused(error)
        if row.state == State.CHOOSING:
            return self.back("xero-choose")
        return self.connected(row)


class Choose(XeroStep, TemplateView):
    """Which of several organisations is meant."""

    title = "Choose the organisation"
    template_name = "billing/xero/choose.html"

    def get(self, request):
        try:
            offered = operations.choices()
        except BusinessError as error:
            return self.refused(error)
        return self.render_to_response(self.get_context_data(offered=offered))

    def post(self, request):
        try:
            row = operations.choose(request.POST.get("tenant", ""), by=request.user)
        except BusinessError as error:
            return self.refused(error)
        return self.connected(row)


class ReadLists(XeroStep, View):
    """Read the organisation, the accounts and the tax rates now."""

    def post(self, request):
        try:
            operations.refresh_lists(by=request.user, timeout=settings.XERO_LIVE_TIMEOUT)
        except BusinessError as error:
            return self.refused(error)
        messages.success(request, "The accounts and tax rates are as Xero has them.")
        return self.back()


class Disconnect(XeroStep, TemplateView):
    """End the connection, once it is confirmed."""

    title = "Disconnect Xero"
    template_name = "ui/confirm.html"
    question = (
        "Nothing goes to Xero or comes from there until it is connected again. What is there stays"
        " there, and our records keep knowing it."
    )
    submit_label = "Disconnect"
    danger = True

    def get_template_names(self):
        is_dialog = self.request.htmx and self.request.htmx.target == "dialog-body"
        return ["ui/confirm_dialog.html" if is_dialog else self.template_name]

    def get_context_data(self, **context):
        path = self.request.get_full_path()
        return super().get_context_data(
            view=self, post_to=path, back_url=reverse("xero"), **context
        )

    def post(self, request):
        try:
            operations.disconnect(by=request.user)
        except BusinessError as error:
            return self.refused(error)
        messages.success(request, "Xero is disconnected.")
        return self.back()


class Banner(XeroStep, TemplateView):
    """A line above every page while Xero must be connected again, for those who can do it."""

    template_name = "billing/xero/banner.html"

    def get_context_data(self, **context):
        ended = Connection.objects.filter(state=State.RECONNECT).first()
        return super().get_context_data(connection=ended, **context)
