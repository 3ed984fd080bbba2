"""The stream on a record's page: what happened, what was said, for those who see the record."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agency.records import history
from agency.records.activity import feed
from agency.records.events import words
from agency.records.events.models import Event
from agency.records.files import operations as files
from agency.records.files.models import Attachment
from agency.records.notes import operations as notes
from agency.records.notes.models import Comment, Note
from agency.reference import organisation
from agency.ui import panels
from crm.customers.models import Customer

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
    b"\x90wS\xde\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture
def acme(db):
    return Customer.objects.create(name="Acme")


@pytest.fixture
def path(acme):
    return f"/activity/customer/{acme.pk}"


def picture(name="plan.png", content=PNG):
    return SimpleUploadedFile(name, content, "image/png")


def test_the_stream_shows_steps_comments_notes_and_files(acme, path, staff, page):
    jane = staff(first_name="Jane", last_name="Doe")
    history.record(acme, "updated", by=jane, city=["Perth", "Sydney"])
    notes.create_comment(acme, by=jane, body="<p>Call <b>them</b>.</p>")
    notes.create_note(acme, by=jane, body="Pays late.")
    files.create(acme, by=jane, file=picture())
    shown = page(jane).get(path).content.decode()
    assert "changed city" in shown
    assert "<li>City: <s>Perth</s> Sydney</li>" in shown
    assert '<div class="say"><p>Call <b>them</b>.</p></div>' in shown
    assert "Pays late." in shown
    assert "plan.png</a>" in shown
    assert shown.count("<li>") == 5  # four items and one change


def test_the_stream_costs_the_same_for_one_item_and_for_many(
    acme, path, staff, page, django_assert_num_queries
):
    jane = staff()
    client = page(jane)
    client.get(path)
    for count in (1, 30):
        for number in range(count):
            notes.create_comment(acme, by=jane, body=f"Comment {number}")
            history.record(acme, "updated", by=jane, city=["", f"Town {number}"])
        organisation.current()  # kept for some seconds, which a slow machine may take
        with django_assert_num_queries(6):  # person, record, comments, notes, files, steps
            answer = client.get(path)
        assert answer.status_code == 200
    assert answer.content.decode().count("Comment ") == 10
    assert "Show all" in answer.content.decode()
    assert "Show all" not in client.get(f"{path}?all=1").content.decode()


def test_the_stream_can_be_narrowed(acme, path, staff, page):
    jane = staff()
    history.record(acme, "updated", by=jane, city=["", "Sydney"])
    notes.create_comment(acme, by=jane, body="A comment")
    files.create(acme, by=jane, file=picture())
    comments = page(jane).get(f"{path}?show=comments").content.decode()
    assert ("A comment" in comments, "plan.png" in comments) == (True, False)
    only_files = page(jane).get(f"{path}?show=files").content.decode()
    assert ("A comment" in only_files, "plan.png" in only_files) == (False, True)
    assert "changed city" in page(jane).get(f"{path}?show=nonsense").content.decode()


def test_speaking_and_attaching(acme, path, staff, page):
    jane = staff(customers="view")
    client = page(jane)
    assert client.post(path, {"text": "Hello\nthere", "say": "comment"}).status_code == 200
    assert client.post(path, {"text": "Keep this", "say": "note"}).status_code == 200
    two = [picture("a.png"), picture("b.png")]
    assert "b.png" in client.post(path, {"file": two}).content.decode()
    assert Comment.objects.get().body == "<p>Hello<br>there</p>"
    assert Note.objects.get().body == "<p>Keep this</p>"
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["a.png", "b.png"]


def test_what_is_refused_is_said_and_stays_in_the_box(acme, path, staff, page):
    client = page(staff())
    answer = client.post(path, {"text": " ", "say": "comment"})
    assert answer.status_code == 422
    assert "Write something." in answer.content.decode()
    answer = client.post(path, {"text": "x" * 20_001, "say": "comment"})
    assert (answer.status_code, "At most 20,000" in answer.content.decode()) == (422, True)
    evil = picture("page.png", b"<script>alert(1)</script>")
    answer = client.post(path, {"file": evil})
    assert answer.status_code == 422
    assert "Files of these kinds" in answer.content.decode()
    assert (Comment.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_record_out_of_reach_has_no_stream(acme, path, staff, page):
    for person, status in (
        (staff(customers="view", scope="own"), 404),
        (staff(deals="manage"), 403),
    ):
        client = page(person)
        assert client.get(path).status_code == status
        assert client.post(path, {"text": "Hi", "say": "comment"}).status_code == status
    assert page().get(path).status_code == 302
    assert Comment.objects.count() == 0


def test_an_author_changes_and_removes_what_was_said(acme, staff, page):
    jane = staff(customers="view")
    client = page(jane)
    comment = notes.create_comment(acme, by=jane, body="First.")
    form = client.get(f"/comments/{comment.pk}/edit")
    assert "First." in form.content.decode()
    client.post(f"/comments/{comment.pk}/edit", {"body": "Second <b>."})
    comment.refresh_from_db()
    assert comment.body == "<p>Second &lt;b&gt;.</p>"
    client.post(f"/comments/{comment.pk}/delete")
    assert Comment.objects.count() == 0


def test_nobody_else_changes_what_was_said(acme, staff, page):
    comment = notes.create_comment(acme, by=staff(), body="Mine.")
    path = f"/comments/{comment.pk}"
    page(staff(customers="update")).post(f"{path}/edit", {"body": "Yours."})
    page(staff(customers="update")).post(f"{path}/delete")
    comment.refresh_from_db()
    assert comment.body == "Mine."
    far = page(staff(customers="manage", scope="own"))
    assert [far.get(f"{path}/edit").status_code, far.post(f"{path}/delete").status_code] == [
        404,
        404,
    ]
    assert far.get(f"/notes/{comment.pk}/edit").status_code == 404


def test_a_file_is_a_download_and_never_a_page(acme, staff, page):
    jane = staff()
    attachment = files.create(acme, by=jane, file=picture('pl"an\u202e.png'))
    answer = page(jane).get(f"/files/{attachment.pk}")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PNG
    answer.close()
    assert answer["Content-Disposition"] == 'attachment; filename="pl\\"an.png"'
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("default-src 'none'; sandbox")


def test_a_file_of_a_record_out_of_reach_is_not_found(acme, staff, page):
    attachment = files.create(acme, by=staff(), file=picture())
    for person in (staff(customers="view", scope="own"), staff(deals="manage")):
        assert page(person).get(f"/files/{attachment.pk}").status_code == 404
        assert page(person).post(f"/files/{attachment.pk}/delete").status_code == 404
    assert page().get(f"/files/{attachment.pk}").status_code == 302
    assert Attachment.objects.count() == 1


def test_a_file_is_removed_by_who_sent_it(acme, staff, page):
    jane = staff(customers="view")
    attachment = files.create(acme, by=jane, file=picture())
    page(staff(customers="update")).post(f"/files/{attachment.pk}/delete")
    assert Attachment.objects.count() == 1
    page(jane).post(f"/files/{attachment.pk}/delete")
    assert Attachment.objects.count() == 0


def test_an_upload_far_too_large_is_turned_away_at_the_door(acme, path, staff, page, settings):
    settings.MAX_UPLOAD_BYTES = 100
    answer = page(staff()).post(path, {"file": picture(content=PNG + b"x" * 1000)})
    assert answer.status_code == 400
    assert Attachment.objects.count() == 0


def test_every_record_with_a_page_shows_its_stream(staff):
    kinds = {"budget", "customer", "deal", "engagement", "invoice", "project", "task"}
    assert kinds <= set(feed.kinds_with_a_page())
    boss = staff()
    for kind in kinds:
        assert "activity" in [panel.key for panel in panels.panels_for(kind, boss, "rail")]


def said(verb, through="page", **changes) -> feed.Item:
    return feed.step(Event(subject_type="budget", verb=verb, through=through, changes=changes))


@pytest.mark.parametrize(
    ("verb", "changes", "sentence"),
    [
        ("created", {"name": "Web"}, "created the budget"),
        ("updated", {"name": ["A", "B"]}, "changed name"),
        ("updated", {"name": ["A", "B"], "po_number": ["", "7"]}, "changed name and po number"),
        ("updated", {name: [1, 2] for name in "abcd"}, "changed the budget"),
        (
            "status_changed",
            {"status": ["draft", "active"]},
            "changed the status from draft to active",
        ),
        ("spare_part_added", {}, "added a spare part"),
        ("seals_broken", {}, "seals broken"),
        ("invoice_removed", {}, "removed an invoice"),
        ("vote_recorded", {}, "recorded a vote"),
        ("mailed", {"to": "kim@example.com"}, "mailed it to kim@example.com"),
        (
            "link_created",
            {"link": 1, "expires_at": "2025-05-25T03:01:43.872Z"},
            "made a link for the client, good until 25 May 2025 03:01",
        ),
    ],
)
def test_history_reads_as_sentences(verb, changes, sentence):
    assert said(verb, **changes).text.startswith(sentence)


def test_an_app_teaches_its_own_verbs(monkeypatch):
    monkeypatch.setattr(words, "_sayings", dict(words._sayings))
    words.say("won", lambda event: f"won {event.changes['value']}", icon="trophy", tone="good")
    item = said("won", value="AUD 6,000.00")
    assert (item.text, item.icon, item.tone) == ("won AUD 6,000.00", "trophy", "good")


def test_changes_are_written_as_people_write_them():
    shown = said(
        "updated",
        customer=[None, {"id": 7, "name": "Acme"}],
        total_amount=["100.0000", "1250.5000"],
        forecast_on=["2025-11-20", None],
        finished_at=[None, "2025-11-20T03:05:00Z"],
        is_active=[True, False],
        budget_type=["fixed_price", "sprints"],
        payment=[None, {"id": 3, "amount": "6000.0000", "mode": "bank"}],
        position=[1, 2],
    ).changes
    assert [(change["label"], change["before"], change["after"]) for change in shown] == [
        ("Customer", "", "Acme"),
        ("Total amount", "100", "1,250.5"),
        ("Forecast", "20 Nov 2025", ""),
        ("Finished", "", "20 Nov 2025 03:05"),
        ("Is active", "yes", "no"),
        ("Budget type", "fixed price", "sprints"),
        ("Payment", "", "amount 6,000, mode bank"),
    ]


@pytest.mark.parametrize(
    ("channel", "note"),
    [
        ("page", ""),
        ("console", ""),
        ("api", "through the API"),
        ("api key Import", "with the key “Import”"),
        ("admin", "in the admin"),
        ("job: mail", "in the background"),
    ],
)
def test_where_a_step_came_from(channel, note):
    assert said("updated", through=channel).note == note


def test_an_edited_comment_says_so(acme, staff):
    jane = staff()
    comment = notes.create_comment(acme, by=jane, body="First.")
    assert feed.remark(comment, jane).is_edited is False
    comment.updated_at += timedelta(minutes=1)
    assert feed.remark(comment, jane).is_edited is True
