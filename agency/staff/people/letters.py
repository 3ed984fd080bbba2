"""Mails about a person's account. Those with a link are made when they are sent.

The outbox holds only who gets which letter: a link that opens an account is never stored.
"""

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agency.documents import mail
from agency.errors import StateError
from agency.records.history import record
from agency.records.outbox import operations as outbox
from agency.reference import organisation
from agency.staff.people.models import Staff

KIND = "account_letter"


@transaction.atomic
def invite(person: Staff, *, by) -> None:
    """Mail a person the link by which they set their first password."""
    if not person.is_active:
        raise StateError(f"{person} does not work here any more.")
    letter = {"letter": "invitation", "email": person.email}
    outbox.enqueue(KIND, letter, subject=person, by=by)
    record(person, "invited", by=by)


@transaction.atomic
def send_reset_link(email: str) -> None:
    """Mail whoever signs in with that address a link that sets a new password.

    Whether anybody does is looked up when the letter is written: whoever asks for the link learns
    nothing from the answer, nor from the time that it takes.
    """
    outbox.enqueue(KIND, {"letter": "reset", "email": email})


def tell_of_new_password(person: Staff, *, by) -> None:
    """Let a person know that their password changed, in case it was not them."""
    _tell(person, "Your password was changed", PASSWORD_CHANGED, by=by)


def tell_of_second_factor(person: Staff, *, is_on: bool, by) -> None:
    """Let a person know that their second factor went on or off."""
    state = "on" if is_on else "off"
    text = SECOND_FACTOR.format(state=state)
    _tell(person, f"Two-step sign-in is {state}", text, by=by)


def _tell(person: Staff, subject: str, text: str, *, by) -> None:
    hello = f"Hello {person.get_short_name()},\n\n{text}"
    mail.send(person.email, subject, hello, sender=organisation.current().name, about=person, by=by)


def written(letter: str, person: Staff) -> dict:
    """The mail of a letter, with a link that works until it is used or its time is over."""
    name = " ".join(organisation.current().name.split())
    hours = settings.PASSWORD_RESET_TIMEOUT // 3600
    subject, text, label = LETTERS[letter]
    words = {"first_name": person.get_short_name(), "name": name, "hours": str(hours)}
    return {
        "to": [person.email],
        "subject": mail.fill(subject, words),
        "text": mail.fill(text, words),
        "link": [label, mail.absolute(link_of(person))],
        "sender": name,
    }


def link_of(person: Staff) -> str:
    """The path that sets a new password; changing the password or signing in ends it."""
    key = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return reverse("account_reset_password_from_key", args=[key, token])


PASSWORD_CHANGED = (
    "Your password was changed. You are signed out everywhere, and your API keys have ended.\n\n"
    "If it was not you, tell somebody who manages the staff at once."
)
SECOND_FACTOR = (
    "Signing in with a code from your authenticator is {state} now.\n\n"
    "If it was not you, tell somebody who manages the staff at once."
)
INVITATION = (
    "Hello {first_name},\n\nyou have an account at {name}. Choose a password to sign in; "
    "the link works for {hours} hours."
)
RESET = (
    "Hello {first_name},\n\nsomebody, probably you, asked for a new password. The link works "
    "once, for {hours} hours. If it was not you, there is nothing to do."
)
LETTERS = {
    "invitation": (
        "Welcome to {name}",
        INVITATION,
        "Choose a password",
    ),
    "reset": (
        "Set a new password",
        RESET,
        "Set a new password",
    ),
}
