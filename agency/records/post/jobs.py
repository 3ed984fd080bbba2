"""Mails leave the outbox here."""

from smtplib import SMTPRecipientsRefused, SMTPResponseException, SMTPSenderRefused

from agency.documents import mail
from agency.documents.pdf import DocumentError
from agency.records.outbox import operations as outbox

PERMANENT = range(500, 600)  # RFC 5321: a 5yz reply means not to try again as it is


@outbox.handler(mail.KIND, forget=mail.PRIVATE)
def deliver(effect) -> None:
    """Send one mail. Twice gives two mails with one Message-ID, which mail programs fold."""
    try:
        mail.compose(effect.payload, effect.stable_key).send()
    except DocumentError as error:
        raise RuntimeError(error.message) from error  # the renderer may be busy: try again
    except SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        if all(code in PERMANENT for code in codes):
            raise outbox.GiveUpError(refusal(error.recipients)) from error
        raise
    except (SMTPSenderRefused, SMTPResponseException) as error:
        raise ConnectionError(said(error.smtp_code, error.smtp_error)) from error


def refusal(recipients: dict) -> str:
    """What the mail server said about each address."""
    parts = [f"{address}: {said(*reply)}" for address, reply in recipients.items()]
    return "The mail server refused " + "; ".join(parts)


def said(code: int, text: bytes | str) -> str:
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    return f"the mail server answered {code} {words}"
