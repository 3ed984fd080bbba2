"""The forms of signing in, and of one's own password."""

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth import password_validation

from agency.staff.signin import lockout

LONGEST = 128  # characters of a password: hashing takes its time


def password_field(label: str, autocomplete: str, **options) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=LONGEST, strip=False, widget=widget, **options)


def code_field(label: str) -> forms.CharField:
    """A code of six digits, or a recovery code of eight."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(
        label=label, max_length=20, widget=forms.TextInput(attrs={"class": "code", **attrs})
    )


class SignInForm(LoginForm):
    """E-mail and password."""

    password = password_field("Password", "current-password")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "username", "autofocus": True}
        self.fields["login"] = forms.EmailField(
            label="E-mail", max_length=200, widget=forms.EmailInput(attrs=attrs)
        )


class CodeForm(AuthenticateForm):
    """The second step: a code from the authenticator, or a recovery code."""

    code = code_field("Six digits from your authenticator")

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self) -> str:
        if lockout.is_locked(self.request, self.user.email):
            self.request.axes_locked_out = True
            raise forms.ValidationError("Too many attempts.")
        return super().clean_code()

    def _emit_authentication_failed(self, authenticator) -> None:
        lockout.count_failure(self.request, self.user.email)


class ConfirmForm(ReauthenticateForm):
    """The password once more, before a step that counts."""

    password = password_field("Your password", "current-password")


class ActivateForm(ActivateTOTPForm):
    """The first code of a new authenticator."""

    code = code_field("Six digits from the app")


class ForgottenForm(forms.Form):
    """Where the link goes."""

    email = forms.EmailField(
        label="E-mail",
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = password_field("New password", "new-password")
    again = password_field("The same again", "new-password")

    def __init__(self, *args, user=None, by=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = user or by
        self.fields["password"].help_text = "At least 8 characters, and none of the common ones."

    def clean_password(self) -> str:
        password_validation.validate_password(self.cleaned_data["password"], self.person)
        return self.cleaned_data["password"]

    def clean(self):
        typed = super().clean()
        if {"password", "again"} <= typed.keys() and typed["password"] != typed["again"]:
            self.add_error("again", "The two are not the same.")
        return typed


class OwnPasswordForm(NewPasswordForm):
    """The same for oneself, who knows the old one; wrong ones count as those of signing in."""

    current = password_field("Current password", "current-password")
    field_order = ["current", "password", "again"]

    def clean_current(self) -> str:
        if not get_adapter().reauthenticate(self.person, self.cleaned_data["current"]):
            raise get_adapter().validation_error("incorrect_password")
        return self.cleaned_data["current"]
