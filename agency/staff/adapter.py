"""How the sign-in pages use the library behind them."""

from allauth.account.adapter import DefaultAccountAdapter
from django.shortcuts import render


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an administrator invites."""

    def is_open_for_signup(self, request) -> bool:
        return False


def locked_out(request, credentials, *args, **kwargs):
    """Too many failed attempts: the same page for a known and an unknown address."""
    return render(request, "account/locked.html", status=429)
