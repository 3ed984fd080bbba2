"""Notes and comments: said by those who see a record, safe to show, told to those named."""

import pytest
from django.core import mail as sent

from agency.errors import BusinessError, NotAllowedError
from agency.records import history
from agency.records.notes import operations as notes
from agency.records.notes import words
from agency.records.notes.models import Comment, Note
from crm.customers.models import Customer


@pytest.fixture
def acme(db):
    return Customer.objects.create(name="Acme")


def told(subject) -> list[tuple]:
    return [(event.verb, event.changes["text"]) for event in history.history_of(subject)]


def test_a_note_is_kept_with_its_record_and_its_history(acme, staff):
    jane = staff()
    note = notes.create_note(acme, by=jane, body="<p>Pays <b>late</b>.</p>")
    assert list(Note.objects.about(acme)) == [note]
    assert (note.body, note.created_by) == ("<p>Pays <b>late</b>.</p>", jane)
    notes.update(note, by=jane, body="<p>Pays early.</p>")
    notes.delete(note, by=jane)
    assert Note.objects.count() == 0
    assert told(acme) == [
        ("note_removed", ["Pays early.", None]),
        ("note_changed", ["Pays late.", "Pays early."]),
        ("note_added", [None, "Pays late."]),
    ]


def test_saying_the_same_again_changes_nothing(acme, staff):
    jane = staff()
    note = notes.create_note(acme, by=jane, body="<p>Same.</p>")
    notes.update(note, by=jane, body="<p>Same.</p>")
    assert [verb for verb, _ in told(acme)] == ["note_added"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("<script>alert(1)</script>Hello", "Hello"),
        ('<img src=x onerror="alert(1)">Hello', "Hello"),
        ('<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer nofollow">x</a>'),
        ('<p style="position:fixed" onclick="x()" class="c">Hi</p>', "<p>Hi</p>"),
        ("<svg/onload=alert(1)>Hi", "Hi"),
        ("<iframe src=//evil.example>Hi</iframe>", "Hi"),
        ("Hi<math><mi//xlink:href='data:x,<script>1</script>'>", "Hi"),
        ("a < b & c", "a &lt; b &amp; c"),
        ("Hi\0", "Hi"),
    ],
)
def test_what_is_written_is_cleaned(acme, staff, written, kept):
    assert notes.create_note(acme, by=staff(), body=written).body == kept


@pytest.mark.parametrize("body", ["", " ", "<p><br></p>", "<script>x</script>", "x" * 20_001])
def test_nothing_and_too_much_are_refused(acme, staff, body):
    with pytest.raises(BusinessError) as refused:
        notes.create_comment(acme, by=staff(), body=body)
    assert refused.value.field == "body"
    assert Comment.objects.count() == 0
    assert told(acme) == []


def test_typed_text_keeps_its_lines_and_links():
    typed = "Hello <you>,\n\nsee https://example.com/a?b=1&c=2\nBye"
    kept = words.from_text(typed)
    assert kept == (
        "<p>Hello &lt;you&gt;,</p>\n\n<p>see "
        '<a href="https://example.com/a?b=1&amp;c=2" rel="noopener noreferrer nofollow">'
        "https://example.com/a?b=1&amp;c=2</a><br>Bye</p>"
    )
    assert words.to_text(kept) == typed


def test_only_the_author_and_those_who_manage_the_records_change_what_was_said(acme, staff):
    jane = staff(customers="update")
    comment = notes.create_comment(acme, by=jane, body="Mine.")
    kim = staff(customers="update")
    with pytest.raises(NotAllowedError):
        notes.update(comment, by=kim, body="Yours.")
    with pytest.raises(NotAllowedError):
        notes.delete(comment, by=kim)
    comment.refresh_from_db()
    assert comment.body == "Mine."
    boss = staff(customers="manage")
    assert notes.update(comment, by=boss, body="Ours.").body == "Ours."
    notes.delete(comment, by=boss)
    assert Comment.objects.count() == 0


def test_an_author_who_no_longer_sees_the_record_changes_nothing(acme, staff):
    jane = staff(customers="update", scope="own")
    comment = notes.create_comment(acme, by=jane, body="Mine.")
    with pytest.raises(NotAllowedError):
        notes.delete(comment, by=jane)
    assert Comment.objects.count() == 1


@pytest.fixture
def say(acme, django_capture_on_commit_callbacks):
    """Comment on Acme and let the mails go out."""

    def comment(body, *, by):
        with django_capture_on_commit_callbacks(execute=True):
            return notes.create_comment(acme, by=by, body=words.from_text(body))

    return comment


def test_who_is_named_gets_a_mail(say, staff, monkeypatch):
    monkeypatch.setattr(Customer, "get_absolute_url", lambda customer: "/customers/7")
    jane = staff(first_name="Jane", last_name="Doe")
    mia = staff(first_name="Mia", last_name="Tran", email="mia.tran@example.com")
    staff(first_name="Bob", last_name="Stone")
    comment = say("@Mia Tran: could you call <them>?", by=jane)
    assert list(comment.mentions.all()) == [mia]
    assert comment.body == "<p><strong>@Mia Tran</strong>: could you call &lt;them&gt;?</p>"
    [message] = sent.outbox
    assert message.to == ["mia.tran@example.com"]
    assert message.subject == "Jane Doe mentioned you: Acme"
    assert message.body.startswith(
        "Jane Doe wrote about Acme:\n\n@Mia Tran: could you call <them>?"
    )
    assert message.body.endswith("\n\nOpen it: http://127.0.0.1:8000/customers/7")


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("@mia.tran and @MIA TRAN", ["Mia"]),
        ("@Mia, please", ["Mia"]),
        ("Ask @mia.", ["Mia"]),
        ("@O'Hara & @Mia", ["Mia"]),
        ("@Sam", []),  # two people have this name
        ("@Sam Hill", ["Sam"]),
        ("mia@mia.tran and x@Mia", []),
        ("@mia.smith @miax @mia-b", []),
        ("https://example.com/@mia", []),
        ("@Gone Person", []),
    ],
)
def test_how_people_are_named(say, staff, written, named):
    staff(first_name="Mia", last_name="Tran", email="mia.tran@example.com")
    staff(first_name="Sam", last_name="Hill", email="shill@example.com")
    staff(first_name="Sam", last_name="Lake", email="slake@example.com")
    staff(first_name="Gone", last_name="Person", is_active=False)
    comment = say(written, by=staff(first_name="Jane"))
    assert [person.first_name for person in comment.mentions.all()] == named


def test_naming_oneself_or_somebody_who_may_not_see_the_record_sends_nothing(say, staff):
    jane = staff(first_name="Jane")
    staff(first_name="Mia", tasks="view")
    staff(first_name="Tom", customers="view", scope="own")
    say("@Jane @Mia @Tom", by=jane)
    assert sent.outbox == []


def test_an_edit_tells_only_those_who_are_named_for_the_first_time(
    say, staff, django_capture_on_commit_callbacks
):
    jane, mia, tom = (staff(first_name=name) for name in ("Jane", "Mia", "Tom"))
    comment = say("@Mia look", by=jane)
    sent.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        notes.update(comment, by=jane, body=words.from_text("@Mia and @Tom, look"))
    assert [message.to for message in sent.outbox] == [[tom.email]]
    assert set(comment.mentions.all()) == {mia, tom}
