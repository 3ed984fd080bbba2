"""People: taken on, changed, let go, and what each of these ends."""

import pytest
from django.contrib.auth import authenticate
from django.core import mail as post
from django.test import RequestFactory

from agency.errors import BusinessError, ConflictError, NotAllowedError
from agency.records.history import history_of
from agency.records.outbox import jobs  # noqa: F401 registers the task that empties the outbox
from agency.staff import keys
from agency.staff.models import Department, Role, Staff
from agency.staff.people import letters
from agency.staff.people import operations as people

pytestmark = pytest.mark.django_db
GOOD = "correct horse battery"


def role(key: str) -> Role:
    return Role.objects.get(key=key)


def taken_on(by, **values) -> Staff:
    given = {"email": "mia@example.com", "first_name": "Mia", "role": role("employee")}
    return people.create(**given | values, by=by)


def verbs(person) -> list[str]:
    return [event.verb for event in history_of(person)]


def test_a_new_person_is_kept_with_who_took_them_on(staff):
    jane, design = staff(), Department.objects.create(name="Design")
    mia = taken_on(
        jane,
        email=" Mia@Example.COM ",
        last_name=" Tran  Lee ",
        departments=[design],
        password=GOOD,
    )
    mia.refresh_from_db()
    assert (mia.email, mia.get_full_name(), mia.role.key) == (
        "mia@example.com",
        "Mia Tran Lee",
        "employee",
    )
    assert [one.name for one in mia.departments.all()] == ["Design"]
    assert mia.check_password(GOOD)
    assert verbs(mia) == ["departments_changed", "created"]
    assert {event.by for event in history_of(mia)} == {jane}
    assert GOOD not in str([event.changes for event in history_of(mia)])


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"first_name": ""}, "first_name"),
        ({"password": "short"}, "password"),
        ({"password": "mia@example.com"}, "password"),
        ({"hourly_rate": -1}, "hourly_rate"),
        ({"weekly_minutes": 10_081}, "weekly_minutes"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ],
)
def test_what_is_wrong_is_refused_by_its_name(staff, values, field):
    with pytest.raises(BusinessError) as refused:
        taken_on(staff(), **values)
    assert refused.value.field == field
    assert not Staff.objects.filter(first_name="Mia").exists()


def test_an_address_belongs_to_one_person_whatever_its_case(staff):
    jane = staff(email="jane@example.com")
    with pytest.raises(ConflictError) as refused:
        taken_on(jane, email="JANE@example.com")
    assert refused.value.field == "email"


def test_nobody_gives_a_person_a_role_beyond_their_own(staff):
    deputy = staff(staff="manage", scope="own")
    with pytest.raises(NotAllowedError):
        taken_on(deputy, role=role("executive"))
    assert not Staff.objects.filter(first_name="Mia").exists()
    mia = taken_on(staff(), role=role("employee"))
    with pytest.raises(NotAllowedError):
        people.update(mia, by=deputy, role=role("head"))
    mia.refresh_from_db()
    assert mia.role.key == "employee"


def test_the_admin_is_opened_by_those_whom_it_is_open_to(staff):
    deputy = staff(staff="manage", time="update", **{"*": "view"})
    mia = taken_on(staff())
    with pytest.raises(NotAllowedError):
        people.update(mia, by=deputy, is_staff=True)
    people.update(mia, by=staff(), is_staff=True)
    people.update(mia, by=deputy, title="Designer", is_staff=True)  # it is open already
    mia.refresh_from_db()
    assert (mia.is_staff, mia.title) == (True, "Designer")


@pytest.mark.parametrize(
    "step",
    [
        lambda boss, by: people.update(boss, by=by, email="mine@example.com"),
        lambda boss, by: people.update(boss, by=by, role=role("employee")),
        lambda boss, by: people.change_password(boss, password=GOOD, by=by),
        lambda boss, by: people.deactivate(boss, by=by),
        lambda boss, by: people.delete(boss, by=by),
        lambda boss, by: keys.create(boss, name="mine", by=by),
    ],
)
def test_nobody_takes_over_somebody_who_holds_more(staff, step):
    staff()  # another administrator, so that this is not the reason
    boss, deputy = staff(), staff(staff="manage", scope="all")
    before = Staff.objects.values().get(pk=boss.pk)
    with pytest.raises(NotAllowedError):
        step(boss, deputy)
    assert Staff.objects.values().get(pk=boss.pk) == before
    assert not boss.api_keys.exists()
    assert not history_of(boss).exists()


def test_harmless_particulars_of_anybody_can_be_corrected(staff):
    boss, deputy = staff(), staff(staff="manage", scope="all")
    people.update(boss, by=deputy, phone="02 5550 1234", email=boss.email)
    assert Staff.objects.get(pk=boss.pk).phone == "02 5550 1234"


@pytest.mark.parametrize(
    "step",
    [
        lambda jane, by: people.deactivate(jane, by=by),
        lambda jane, by: people.update(jane, by=by, is_active=False),
        lambda jane, by: people.update(jane, by=by, role=role("head")),
        lambda jane, by: people.update(jane, by=by, role=None),
        lambda jane, by: people.delete(jane, by=by),
    ],
)
def test_the_last_administrator_stays(staff, step):
    jane = staff("executive")
    staff("head")
    staff("executive", is_active=False)
    with pytest.raises(ConflictError):
        step(jane, jane)
    jane.refresh_from_db()
    assert (jane.is_active, jane.role.key) == (True, "executive")

    other = staff("executive")
    step(jane, other)
    assert list(Staff.objects.administrators()) == [other]


def test_who_is_let_go_cannot_sign_in_and_their_keys_end(staff):
    jane, mia = staff(), staff("employee", password=GOOD)
    _, secret = keys.create(mia, name="Zapier", by=mia)
    assert keys.owner_of(secret)[0] == mia

    people.deactivate(mia, by=jane)
    people.deactivate(mia, by=jane)
    assert keys.owner_of(secret) is None
    assert authenticate(RequestFactory().post("/login"), email=mia.email, password=GOOD) is None
    assert verbs(mia) == ["api_key_revoked", "deactivated", "api_key_created"]

    people.activate(mia, by=jane)
    people.activate(mia, by=jane)
    assert authenticate(RequestFactory().post("/login"), email=mia.email, password=GOOD) == mia
    assert keys.owner_of(secret) is None
    assert verbs(mia)[0] == "activated"


def test_nobody_is_taken_back_into_a_role_beyond_ones_own(staff):
    gone, deputy = staff("executive", is_active=False), staff(staff="manage", scope="all")
    with pytest.raises(NotAllowedError):
        people.activate(gone, by=deputy)
    gone.refresh_from_db()
    assert not gone.is_active


def test_a_new_password_ends_sessions_and_keys(staff, page):
    jane, mia = staff(), staff("employee")
    session = page(mia)
    _, secret = keys.create(mia, name="Zapier", by=mia)
    assert session.get("/shortcuts").status_code == 200

    people.change_password(mia, password=GOOD, by=jane)
    assert session.get("/shortcuts").status_code == 302
    assert keys.owner_of(secret) is None
    mia.refresh_from_db()
    assert mia.check_password(GOOD)
    assert verbs(mia) == ["password_changed", "api_key_revoked", "api_key_created"]


def test_a_new_password_ends_the_tokens(staff, api):
    from agency.staff import tokens

    mia = staff("employee")
    access = tokens.issue(mia)["access"]
    client = api()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    assert client.get("/api/me").status_code == 200
    people.change_password(mia, password=GOOD, by=mia)
    assert client.get("/api/me").status_code == 401


def test_a_weak_password_is_refused_and_ends_nothing(staff):
    mia = staff("employee")
    _, secret = keys.create(mia, name="Zapier", by=mia)
    with pytest.raises(BusinessError) as refused:
        people.change_password(mia, password="12345678", by=mia)
    assert refused.value.field == "password"
    assert keys.owner_of(secret)[0] == mia


def test_the_person_hears_of_their_new_password(staff, django_capture_on_commit_callbacks):
    mia = staff("employee")
    with django_capture_on_commit_callbacks(execute=True):
        people.change_password(mia, password=GOOD, by=staff())
    [letter] = post.outbox
    assert (letter.to, letter.subject) == ([mia.email], "Your password was changed")
    assert GOOD not in letter.body


def test_a_new_address_cannot_be_reset_through_the_old_one(staff):
    from allauth.account.models import EmailAddress

    mia = staff("employee")
    EmailAddress.objects.create(user=mia, email=mia.email, verified=True, primary=True)
    people.update(mia, by=staff(), email="new@example.com")
    assert not EmailAddress.objects.exists()


def test_who_left_traces_is_not_deleted(staff):
    jane, mia = staff(), staff("employee")
    people.update(mia, by=mia, phone="1")  # a line of history that names her
    with pytest.raises(ConflictError):
        people.delete(mia, by=jane)
    fresh = taken_on(jane)
    people.delete(fresh, by=jane)
    assert not Staff.objects.filter(pk=fresh.pk).exists()


def test_a_password_never_slips_in_as_a_plain_value(staff):
    with pytest.raises(TypeError):
        people.update(staff("employee"), by=staff(), password=GOOD)


def test_an_invitation_carries_a_link_that_sets_the_first_password(
    staff, settings, django_capture_on_commit_callbacks
):
    settings.PUBLIC_BASE_URL = "https://office.example"
    with django_capture_on_commit_callbacks(execute=True):
        mia = taken_on(staff(), invite=True)
    [letter] = post.outbox
    assert letter.to == ["mia@example.com"]
    assert letter.subject == "Welcome to Your agency"
    assert "https://office.example/password/" in letter.body
    assert not mia.has_usable_password()


def test_no_letter_goes_to_who_left_meanwhile(staff, django_capture_on_commit_callbacks):
    mia = staff("employee")
    with django_capture_on_commit_callbacks(execute=True):
        letters.send_reset_link(mia.email)
        Staff.objects.filter(pk=mia.pk).update(is_active=False)
    assert post.outbox == []


def test_the_outbox_never_holds_a_link_that_opens_an_account(staff):
    from agency.records.models import Effect

    letters.send_reset_link(staff("employee", email="kim@example.com").email)
    assert Effect.objects.get().payload == {"letter": "reset", "email": "kim@example.com"}
