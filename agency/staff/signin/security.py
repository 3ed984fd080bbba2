"""The pages behind the door where a person looks after their own sign-in."""

import base64
from collections.abc import Callable
from functools import partial

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.views import ReauthenticateView
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from axes.models import AccessLog
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.forms import Form
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from agency.errors import StateError
from agency.staff.people import operations as people
from agency.staff.signin import second_factor
from agency.staff.signin.forms import ActivateForm, ConfirmForm, OwnPasswordForm
from agency.ui.views import OperationFormView, ToolPage

APP = "allauth.mfa"
SIGN_INS = 8


class OwnPage(ToolPage):
    """A page about oneself: open to everybody who is signed in."""

    tool = ""
    crumbs = [("Settings", "settings"), ("Security", "security")]


@method_decorator(never_cache, name="dispatch")
class Confirmed(OwnPage):
    """Asks for the password first, unless it was typed some minutes ago."""

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated:
            raise_if_reauthentication_required(request, app=APP)
        return super().dispatch(request, *args, **kwargs)


class Security(OwnPage, TemplateView):
    template_name = "settings/security.html"
    title = "Security"
    crumbs = [("Settings", "settings")]

    def get_context_data(self, **context):
        person = self.request.user
        signed_in = AccessLog.objects.filter(username=person.email).order_by("-attempt_time")
        return super().get_context_data(
            has_codes=second_factor.is_on(person),
            codes_left=second_factor.recovery_codes_left(person),
            sign_ins=signed_in[:SIGN_INS],
            keys=person.api_keys.live().count(),
            **context,
        )


class OwnPassword(OwnPage, OperationFormView):
    """A new password ends every other session; this one goes on."""

    level = "view"
    title = submit_label = "Change password"
    intro = "It signs you out everywhere else and ends your API keys."
    form_class = OwnPasswordForm
    success_message = "Your password is changed."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"by": self.request.user}

    def perform(self, form):
        password = form.cleaned_data["password"]
        person = people.change_password(self.request.user, password=password, by=self.request.user)
        update_session_auth_hash(self.request, person)

    def success_url(self, result) -> str:
        return reverse("security")


class Confirm(ReauthenticateView):
    """The password once more."""

    permission = "signed in"

    template_name = "settings/confirm.html"

    def get_form_class(self):
        return ConfirmForm

    def get_context_data(self, **context):
        return super().get_context_data(title="Is it you?", crumbs=way_here(), **context)


class TurnOn(Confirmed, FormView):
    """Shows the QR code; the first code from the app turns the second factor on."""

    template_name = "settings/second_factor.html"
    title = "Turn on two-step sign-in"
    form_class = ActivateForm
    success_url = reverse_lazy("security")

    def dispatch(self, request, *args, **kwargs):
        if request.user.is_authenticated and second_factor.is_on(request.user):
            return HttpResponseRedirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **context):
        context = super().get_context_data(**context)
        adapter, secret = get_adapter(), context["form"].secret
        drawn = adapter.build_totp_svg(adapter.build_totp_url(self.request.user, secret))
        picture = base64.b64encode(drawn.encode()).decode()
        groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
        return context | {"picture": picture, "secret": " ".join(groups)}

    def form_valid(self, form):
        person = self.request.user
        self.request.session.pop(SECRET_SESSION_KEY, None)
        make = partial(second_factor.turn_on, person, secret=form.secret, by=person)
        return shown(self.request, make, "Two-step sign-in is on")


class TurnOff(Confirmed, OperationFormView):
    level = "view"
    title = "Turn off two-step sign-in"
    submit_label = "Turn it off"
    intro = "Your password alone will sign you in."
    danger = True
    form_class = Form
    success_message = "Two-step sign-in is off."

    def perform(self, form):
        second_factor.turn_off(self.request.user, by=self.request.user)

    def success_url(self, result) -> str:
        return reverse("security")


class NewCodes(Confirmed, View):
    """Makes new recovery codes and shows them in the answer: no address shows them again."""

    http_method_names = ["post", "options"]

    def post(self, request):
        make = partial(second_factor.renew_recovery_codes, request.user, by=request.user)
        return shown(request, make, "New recovery codes")


def way_here() -> list[tuple[str, str]]:
    return [(label, reverse(route)) for label, route in OwnPage.crumbs]


def shown(request, make: Callable[[], list[str]], title: str):
    """The answer with fresh recovery codes, or back to the page where there cannot be any."""
    try:
        codes = make()
    except StateError as error:
        messages.error(request, error.message)
        return HttpResponseRedirect(reverse("security"))
    messages.warning(request, "Keep the recovery codes now: they are not shown again.")
    context = {"codes": codes, "title": title, "crumbs": way_here()}
    return render(request, "settings/recovery_codes.html", context)
