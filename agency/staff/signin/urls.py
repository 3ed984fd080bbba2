"""The only doors: sign in and out, a forgotten password, one's own security. Nobody signs up."""

from django.urls import path

from agency.staff.signin import security, views

urlpatterns = [
    path("login", views.SignIn.as_view(), name="account_login"),
    path("login/code", views.SignInCode.as_view(), name="mfa_authenticate"),
    path("logout", views.SignOut.as_view(), name="account_logout"),
    path("password/forgotten", views.ForgottenPassword.as_view(), name="account_reset_password"),
    path("password/sent", views.LinkSent.as_view(), name="account_reset_password_done"),
    path(
        "password/<slug:uidb64>/<slug:token>",
        views.NewPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    path("settings/security", security.Security.as_view(), name="security"),
    path("settings/security/password", security.OwnPassword.as_view(), name="own-password"),
    path("settings/security/confirm", security.Confirm.as_view(), name="account_reauthenticate"),
    path("settings/security/codes", security.TurnOn.as_view(), name="second-factor-on"),
    path("settings/security/codes/off", security.TurnOff.as_view(), name="second-factor-off"),
    path("settings/security/recovery", security.NewCodes.as_view(), name="recovery-codes"),
]
