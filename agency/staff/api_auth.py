"""Signing in by program: ``/api/v1/auth/login``, ``/refresh`` and ``/logout``."""

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth import user_logged_in, user_login_failed
from django.core.exceptions import ValidationError
from rest_framework import exceptions, serializers
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from agency.api.rows import StrictSerializer
from agency.api.schema import answers
from agency.api.v1.views import V1Mixin
from agency.api.views import ApiView
from agency.staff import tokens
from agency.staff.authentication import CHALLENGE

WRONG = "The address, the password or the code is wrong."


class LoginBody(StrictSerializer):
    email = serializers.CharField(max_length=200)
    password = serializers.CharField(max_length=200, trim_whitespace=False)
    code = serializers.CharField(
        max_length=20, required=False, help_text="Where the person has a second factor."
    )


class RefreshBody(StrictSerializer):
    refresh = serializers.CharField(max_length=4000)


class AuthView(V1Mixin, ApiView):
    """Open to everybody; who asks too often waits."""

    authentication_classes = []
    permission_classes = [AllowAny]
    body_class: type[StrictSerializer]

    def get_authenticate_header(self, request) -> str:
        return CHALLENGE

    def body(self) -> dict:
        serializer = self.body_class(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return serializer.validated_data


class LoginView(AuthView):
    body_class = LoginBody

    @answers({"access": str, "refresh": str}, body=LoginBody, public=True)
    def post(self, request):
        """Sign in. The answer is the same for a known and an unknown address."""
        return Response(tokens.issue(signed_in(request._request, **self.body())))


class RefreshView(AuthView):
    body_class = RefreshBody

    @answers({"access": str, "refresh": str}, body=RefreshBody, public=True)
    def post(self, request):
        """A new pair of tokens for a refresh token, which works once."""
        pair = tokens.refresh(self.body()["refresh"])
        if pair is None:
            raise exceptions.AuthenticationFailed("The token is not valid, or its time is over.")
        return Response(pair)


class LogoutView(AuthView):
    body_class = RefreshBody

    @answers({"message": str}, body=RefreshBody, public=True)
    def post(self, request):
        """End a refresh token. Its access token runs out by itself within half an hour."""
        tokens.end(self.body()["refresh"])
        return Response({"message": "Signed out."})


def signed_in(request, email: str, password: str, code: str = ""):
    """The person with that address, password and second factor; else 401, or 429 when locked."""
    name = email.strip().lower()
    try:
        staff = proven(request, name, password, code)
    except ValidationError as error:  # too often, from whatever addresses
        raise exceptions.Throttled(settings.AXES_COOLOFF_TIME.total_seconds()) from error
    if getattr(request, "axes_locked_out", False):
        request.axes_locked_out = False  # the answer is ours, not the page of the sign-in form
        raise exceptions.Throttled(settings.AXES_COOLOFF_TIME.total_seconds())
    if staff is None:
        raise exceptions.AuthenticationFailed(WRONG)
    user_logged_in.send(sender=type(staff), request=request, user=staff)
    return staff


def proven(request, name: str, password: str, code: str):
    """The person, or None. Attempts at one name count together with those on the sign-in page.

    Raises ``ValidationError`` after too many of them, known or unknown.
    """
    adapter = get_adapter(request)
    staff = adapter.authenticate(request, email=name, login=name, password=password)
    if staff is None or second_factor(staff, code):
        return staff
    user_login_failed.send(
        sender=__name__, credentials={"login": name, "password": ""}, request=request
    )
    adapter.pre_authenticate(request, email=name, login=name)  # a wrong code counts as well
    return None


def second_factor(staff, code: str) -> bool:
    """Whether the code fits, where the person has a second factor at all."""
    held = {one.type: one for one in Authenticator.objects.filter(user=staff)}
    totp = held.get(Authenticator.Type.TOTP)
    if totp is None:
        return True
    if TOTP(totp).validate_code(code):
        return True
    spare = held.get(Authenticator.Type.RECOVERY_CODES)
    return bool(spare and code and RecoveryCodes(spare).validate_code(code))
