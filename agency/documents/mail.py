"""Mail: what is asked for in a transaction, and the message that goes out after it.

``send`` writes the mail into the outbox. The attachments are recipes, such as
``{"kind": "invoice_pdf", "id": 7}``, that are resolved when the message is made: the row stays
small, and the PDF is the one of the moment of sending.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from email.utils import formataddr, parseaddr
from urllib.parse import urljoin, urlsplit

from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string

from agency.errors import BusinessError
from agency.ui import navigation

KIND = "mail"
PRIVATE = ("text", "link")  # not kept once the mail is out: they may carry a client's link
LONGEST_SUBJECT = 200
MOST_RECIPIENTS = 20
BREAKS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")

_outbox: list[Callable] = []
_attachments: dict[str, Callable] = {}


def send_through(enqueue: Callable) -> None:
    """Say which outbox takes the mails; the outbox itself stands above this module."""
    _outbox[:] = [enqueue]


def send(
    to: str | Iterable[str],
    subject: str,
    text: str,
    *,
    link: tuple[str, str] | None = None,
    attachments: Iterable[dict] = (),
    sender: str = "",
    reply_to: str = "",
    about=None,
    key: str | None = None,
    by=None,
):
    """Ask for a mail, as part of the current transaction. Returns the effect.

    ``text`` is plain text, ``link`` a button (label, path or address) below it; ``sender`` is the
    organisation's name, else that of the house, and ``reply_to`` its address. Raises
    ``BusinessError`` for an address or a header that is not sound.
    """
    payload = {
        "to": addresses(to),
        "subject": header(subject, "subject")[:LONGEST_SUBJECT],
        "text": text,
        "link": [header(link[0], "link"), absolute(link[1])] if link else None,
        "attachments": list(attachments),
        "sender": header(sender or navigation.brand(), "sender"),
        "reply_to": addresses(reply_to, field="reply_to") if reply_to else [],
    }
    return _outbox[0](KIND, payload, by=by, subject=about, key=key)


def fill(template: str, values: dict) -> str:
    """Put values into a text that people wrote: ``{invoice_number}`` and nothing cleverer.

    A placeholder that nobody knows stays as it is.
    """
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], found[0])), template)


def absolute(path: str) -> str:
    """An address on this installation, from its configured base and never from a request."""
    return urljoin(f"{settings.PUBLIC_BASE_URL}/", path)


def addresses(to: str | Iterable[str], *, field: str = "to") -> list[str]:
    """The addresses, each sound; a comma separates several in one text."""
    found = re.split(r"[,;]", to) if isinstance(to, str) else list(to)
    found = list(dict.fromkeys(one.strip() for one in found if one.strip()))
    if not 0 < len(found) <= MOST_RECIPIENTS:
        raise BusinessError(f"Give 1 to {MOST_RECIPIENTS} e-mail addresses.", field=field)
    for one in found:
        try:
            validate_email(one)
        except ValidationError as error:
            raise BusinessError(f"“{one[:80]}” is not an e-mail address.", field=field) from error
    return found


def header(value: str, field: str) -> str:
    """A header's value; a line break in it would smuggle in another header."""
    if BREAKS.search(value):
        raise BusinessError("Line breaks are not allowed here.", field=field)
    return value.strip()


def attachment(kind: str) -> Callable:
    """Make the decorated ``function(**recipe) -> (name, content, type)`` resolve such recipes."""

    def register(function: Callable) -> Callable:
        _attachments[kind] = function
        return function

    return register


def resolved(recipe: dict) -> tuple[str, bytes, str]:
    """The file of a recipe: its name, content and type."""
    values = dict(recipe)
    kind = values.pop("kind")
    if kind not in _attachments:
        current_app.loader.import_default_modules()  # what a worker loads at its start
    if kind not in _attachments:
        raise LookupError(f"nothing here knows how to attach “{kind}”.")
    return _attachments[kind](**values)


def compose(payload: dict, key: str) -> EmailMultiAlternatives:
    """The message of a mail in the outbox; the same key gives the same Message-ID."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    link = payload.get("link")
    text = payload["text"]
    context = {"text": text, "link": link, "sender": payload.get("sender") or name}
    message = EmailMultiAlternatives(
        subject=payload["subject"],
        body=f"{text}\n\n{link[0]}: {link[1]}" if link else text,
        from_email=formataddr((payload.get("sender") or name, address)),
        to=payload["to"],
        reply_to=payload.get("reply_to") or [],
        headers={"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("documents/mail.html", context), "text/html")
    for recipe in payload.get("attachments", []):
        message.attach(*resolved(recipe))
    return message


def message_id(key: str) -> str:
    """Derived from the effect's key: whoever gets the mail twice can tell."""
    host = urlsplit(settings.PUBLIC_BASE_URL).hostname or "localhost"
    digest = hashlib.sha256(f"{settings.PUBLIC_BASE_URL}\0{key}".encode()).hexdigest()
    return f"<{digest[:40]}@{host}>"
