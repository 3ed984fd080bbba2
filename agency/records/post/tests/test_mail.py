"""Mail goes out after the commit, through the outbox, and can be recognised when it comes twice."""

import smtplib

import pytest
from django.core import mail as sent
from django.core.mail.backends import locmem
from django.db import transaction

from agency.documents import mail
from agency.errors import BusinessError
from agency.records.outbox import operations as outbox
from agency.records.outbox.models import Effect
from agency.ui import navigation

State = Effect.State


@pytest.fixture
def ask(db, django_capture_on_commit_callbacks):
    """Ask for a mail to Kim and commit."""

    def send(**values):
        given = {"to": "kim@example.com", "subject": "Invoice 7", "text": "Dear Kim,\n\nhere."}
        with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
            effect = mail.send(**{**given, **values})
            assert sent.outbox == []
        effect.refresh_from_db()
        return effect

    return send


@pytest.fixture
def refuse(monkeypatch):
    """Let the mail server answer with an error."""

    def answer(error):
        def send_messages(self, messages):
            raise error

        monkeypatch.setattr(locmem.EmailBackend, "send_messages", send_messages)

    return answer


def test_a_mail_goes_out_after_the_commit(ask, settings):
    settings.PUBLIC_BASE_URL = "https://agency.test"
    settings.DEFAULT_FROM_EMAIL = "Agency <post@agency.test>"
    effect = ask(
        sender="Paperbark Studio",
        reply_to="hello@paperbark.test",
        link=("View invoice", "/p/abc?x=1&y=2"),
        key="invoice-7-sent",
    )
    assert effect.state == State.DONE
    [message] = sent.outbox
    assert message.to == ["kim@example.com"]
    assert message.from_email == "Paperbark Studio <post@agency.test>"
    assert message.reply_to == ["hello@paperbark.test"]
    assert message.body == ("Dear Kim,\n\nhere.\n\nView invoice: https://agency.test/p/abc?x=1&y=2")
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    assert '<a href="https://agency.test/p/abc?x=1&amp;y=2">' in html
    assert "<b>View invoice</b>" in html


def test_words_in_a_mail_are_never_markup(ask):
    ask(text="<script>alert(1)</script> & <b>you</b>")
    [(html, _)] = sent.outbox[0].alternatives
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;you" in html


def test_a_replay_carries_the_same_message_id(ask, db):
    effect = ask(key="invoice-7-sent")
    Effect.objects.filter(pk=effect.pk).update(
        state=State.WAITING, payload={**effect.payload, "text": "Dear Kim", "link": None}
    )
    outbox.deliver(effect.pk)
    first, second = (message.message()["Message-ID"] for message in sent.outbox)
    assert first == second


def test_two_mails_have_two_message_ids(ask):
    ask()
    ask_again = mail.message_id("other")
    assert sent.outbox[0].extra_headers["Message-ID"] != ask_again


def test_what_was_written_is_forgotten_once_it_is_out(ask):
    effect = ask(link=("View", "/p/secret"))
    assert effect.payload == {
        "to": ["kim@example.com"],
        "subject": "Invoice 7",
        "attachments": [],
        "sender": navigation.brand(),
        "reply_to": [],
    }


def test_an_attachment_is_made_when_the_mail_goes_out(ask, monkeypatch):
    monkeypatch.setattr(mail, "_attachments", {})

    @mail.attachment("certificate")
    def certificate(id):  # noqa: A002 the recipe's word
        return f"certificate-{id}.pdf", b"%PDF-", "application/pdf"

    effect = ask(attachments=[{"kind": "certificate", "id": 7}])
    assert effect.state == State.DONE
    assert sent.outbox[0].attachments == [("certificate-7.pdf", b"%PDF-", "application/pdf")]


def test_an_unknown_attachment_is_tried_again_and_said_in_words(ask):
    effect = ask(attachments=[{"kind": "hologram", "id": 7}])
    assert effect.state == State.WAITING
    assert effect.last_error == "Lookup error: nothing here knows how to attach “hologram”."
    assert sent.outbox == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("to", {"to": "kim@example.com\nBcc: all@example.com"}),
        ("to", {"to": "kim"}),
        ("to", {"to": ""}),
        ("to", {"to": ", ".join(f"kim{n}@example.com" for n in range(21))}),
        ("subject", {"subject": "Invoice\r\nBcc: all@example.com"}),
        ("sender", {"sender": "Paperbark\nX-Evil: 1"}),
        ("reply_to", {"reply_to": "nobody"}),
    ],
)
def test_a_mail_that_is_not_sound_is_refused(db, field, values):
    given = {"to": "kim@example.com", "subject": "Invoice", "text": "", **values}
    with pytest.raises(BusinessError) as refused:
        mail.send(**given)
    assert refused.value.field == field
    assert Effect.objects.count() == 0


def test_several_addresses_may_stand_in_one_text():
    assert mail.addresses("a@example.com, b@example.com; a@example.com") == [
        "a@example.com",
        "b@example.com",
    ]


def test_placeholders_are_flat():
    values = {"number": "INV-7", "name": "{number}"}
    template = "{name}: {number} {number.__class__} {0} {unknown} {{number}} %(number)s"
    assert mail.fill(template, values) == (
        "{number}: INV-7 {number.__class__} {0} {unknown} {INV-7} %(number)s"
    )


def test_an_address_that_does_not_exist_needs_a_person_at_once(ask, refuse):
    refuse(smtplib.SMTPRecipientsRefused({"kim@example.com": (550, b"no such user")}))
    effect = ask()
    assert effect.state == State.DEAD
    assert effect.last_error == (
        "The mail server refused kim@example.com: the mail server answered 550 no such user"
    )


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            smtplib.SMTPAuthenticationError(535, b"bad credentials"),
            "Connection error: the mail server answered 535 bad credentials",
        ),
        (ConnectionRefusedError(111, "Connection refused"), "[Errno 111] Connection refused"),
        (smtplib.SMTPRecipientsRefused({"kim@example.com": (451, b"later")}), "later"),
    ],
)
def test_a_mail_server_in_trouble_is_asked_again_later(ask, refuse, error, words):
    refuse(error)
    effect = ask()
    assert effect.state == State.WAITING
    assert words in effect.last_error
