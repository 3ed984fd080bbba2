"""API keys: shown once, kept as a hash, never more than their owner."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from agency.errors import BusinessError, NotAllowedError
from agency.records.history import history_of
from agency.staff import keys
from agency.staff.models import ApiKey, Staff

pytestmark = pytest.mark.django_db


def test_a_key_opens_what_its_owner_may_do_and_only_its_hash_is_kept(staff):
    mia = staff(time="update")
    key, secret = keys.create(mia, name="Zapier", by=mia)
    assert key.digest == hashlib.sha256(secret.encode()).hexdigest()
    assert secret not in str(ApiKey.objects.values().get())
    assert secret.startswith(key.prefix)
    owner, found = keys.owner_of(secret)
    assert (owner, found) == (mia, key)
    assert owner.has_perm("time:update")
    [event] = history_of(mia)
    assert (event.verb, event.changes) == ("api_key_created", {"key": [None, "Zapier"]})


def test_scopes_narrow_and_never_widen(staff):
    mia = staff(time="update", invoices="view")
    _, secret = keys.create(mia, name="Zapier", by=mia, scopes={"time": "view"})
    owner, _ = keys.owner_of(secret)
    assert owner.has_perm("time:view")
    assert not owner.has_perm("time:update")
    assert not owner.has_perm("invoices:view")
    for scopes in ({"invoices": "update"}, {"*": "view"}, {"rockets": "view"}, {"time": "fly"}):
        with pytest.raises(BusinessError) as refused:
            keys.create(mia, name="More", by=mia, scopes=scopes)
        assert refused.value.field == "scopes"
    assert ApiKey.objects.count() == 1


def test_a_narrow_key_makes_no_wide_one(staff):
    mia = staff(time="update", invoices="view")
    mia.key_scopes = {"time": "update"}
    with pytest.raises(NotAllowedError):
        keys.create(mia, name="Wide", by=mia)
    keys.create(mia, name="Narrow", by=mia, scopes={"time": "view"})


def test_a_key_ends_on_its_day_and_when_it_is_revoked(staff):
    mia = staff(time="update")
    key, secret = keys.create(mia, name="A", by=mia, expires_at=timezone.now() + timedelta(hours=1))
    assert key.state == "live"
    ApiKey.objects.update(expires_at=timezone.now())
    assert keys.owner_of(secret) is None
    assert ApiKey.objects.get().state == "expired"

    key, secret = keys.create(mia, name="B", by=mia)
    keys.revoke(key, by=mia)
    keys.revoke(key, by=mia)
    assert keys.owner_of(secret) is None
    assert ApiKey.objects.get(name="B").state == "revoked"
    assert [event.verb for event in history_of(mia)].count("api_key_revoked") == 1


def test_a_key_does_not_begin_ended(staff):
    mia = staff(time="update")
    with pytest.raises(BusinessError) as refused:
        keys.create(mia, name="A", by=mia, expires_at=timezone.now())
    assert refused.value.field == "expires_at"


def test_who_has_no_role_gets_no_key(staff):
    mia = staff(time="update")
    Staff.objects.update(role=None)
    mia.refresh_from_db()
    with pytest.raises(BusinessError):
        keys.create(mia, name="A", by=mia)


def test_everybody_sees_their_own_keys_and_a_manager_of_the_settings_all(staff):
    mia, jane = staff(time="update"), staff()
    keys.create(mia, name="A", by=mia)
    keys.create(jane, name="B", by=jane)
    assert [key.name for key in ApiKey.objects.all().visible_to(mia)] == ["A"]
    assert [key.name for key in ApiKey.objects.all().visible_to(jane)] == ["B", "A"]
