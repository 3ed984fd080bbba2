"""Pages for a request that Django itself turned away."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """The form was too old or came from elsewhere: say so, and how to go on."""
    return render(request, "403_csrf.html", {"reason": reason}, status=403)
