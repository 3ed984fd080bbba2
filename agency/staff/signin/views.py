"""The pages before the door: sign in, the second step, sign out, a forgotten password."""

from allauth.account.internal.flows.logout import logout
from allauth.account.views import LoginView
from allauth.core import ratelimit
from allauth.mfa.base.views import AuthenticateView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import INTERNAL_RESET_SESSION_TOKEN, PasswordResetConfirmView
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from agency.staff.people import letters
from agency.staff.people import operations as people
from agency.staff.signin.forms import CodeForm, ForgottenForm, NewPasswordForm, SignInForm


class SignIn(LoginView):
    template_name = "account/login.html"

    def get_form_class(self):
        return SignInForm


class SignInCode(AuthenticateView):
    """The second step; a recovery code works in the same field."""

    template_name = "account/code.html"

    def _build_forms(self):
        is_sent = self.request.method == "POST"
        typed = {"data": self.request.POST} if is_sent else {}
        self.webauthn_form = None
        self.auth_form = CodeForm(user=self.stage.login.user, request=self.request, **typed)
        return self.auth_form if is_sent else None

    def get_context_data(self, **context):
        return super().get_context_data(**context) | {"person": self.stage.login.user}


class SignOut(View):
    """Ends the session, or a sign-in that waits for its second step."""

    http_method_names = ["post", "options"]

    def post(self, request):
        logout(request, show_message=False)
        return HttpResponseRedirect(resolve_url(settings.LOGOUT_REDIRECT_URL))


class AdminSignIn(View):
    """The admin has no door of its own."""

    def get(self, request):
        if request.user.is_authenticated:  # and may not open the admin, else nobody sent them
            raise PermissionDenied
        onward = {"next": request.GET.get("next", "/admin/")}
        return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode(onward)}")


@method_decorator(never_cache, name="dispatch")
class ForgottenPassword(FormView):
    """Takes an address and says the same whether it knows it or not."""

    template_name = "account/forgotten.html"
    form_class = ForgottenForm
    success_url = reverse_lazy("account_reset_password_done")

    def form_valid(self, form):
        email = form.cleaned_data["email"].lower()
        refused = ratelimit.consume_or_429(self.request, action="reset_password", key=email)
        if refused:
            return refused
        letters.send_reset_link(email)
        return super().form_valid(form)


class LinkSent(TemplateView):
    template_name = "account/link_sent.html"


class NewPassword(PasswordResetConfirmView):
    """Where the link of an invitation or a reset leads."""

    template_name = "account/new_password.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("account_login")

    def get_user(self, uidb64):
        person = super().get_user(uidb64)
        return person if person is not None and person.is_active else None

    def form_valid(self, form):
        people.change_password(self.user, password=form.cleaned_data["password"], by=self.user)
        self.request.session.pop(INTERNAL_RESET_SESSION_TOKEN, None)
        messages.success(self.request, "Your password is set. Sign in with it.")
        return HttpResponseRedirect(self.get_success_url())
