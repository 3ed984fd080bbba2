"""The settings refuse what is unsafe and accept what a server needs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

PRODUCTION = {
    "SECRET_KEY": "p7x" * 20 + "-only-for-this-test-0123456789",
    "ALLOWED_HOSTS": "agency.example.com",
    "PUBLIC_BASE_URL": "https://agency.example.com",
    "CELERY_BROKER_URL": "redis://queue.example.com/0",
    "EMAIL_URL": "smtp+tls://mail.example.com:587",
    "METRICS_TOKEN": "a-token-for-the-figures",
}


@pytest.fixture
def manage(tmp_path):
    """Run ``manage.py`` in a fresh process that knows only the given environment."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, settings.BASE_DIR / "manage.py", *arguments],
            env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)} | environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.mark.parametrize("secret", ["", "development-only-secret-do-not-use-where-money-is-real"])
def test_without_a_secret_of_its_own_a_server_refuses_to_start(manage, secret):
    done = manage("check", SECRET_KEY=secret)
    assert done.returncode != 0
    assert "Set SECRET_KEY to a long random value" in done.stderr


def test_the_secret_file_of_development_does_not_serve_a_server(manage, tmp_path):
    (tmp_path / "secret_key").write_text("generated-for-development")
    assert manage("check").returncode != 0


def test_the_development_switch_works_for_every_command(manage, tmp_path):
    (tmp_path / "development").touch()
    (tmp_path / "secret_key").write_text("generated-for-development\n")
    told = "from django.conf import settings as s; print(s.DEBUG, s.SECRET_KEY)"
    done = manage("shell", "-v", "0", "-c", told)
    assert done.stdout.split() == ["True", "generated-for-development"]


def test_production_settings_pass_djangos_deployment_checks(manage, database_url):
    server = PRODUCTION | {"DATABASE_URL": database_url}
    done = manage("check", "--deploy", "--fail-level", "DEBUG", **server)
    assert (done.returncode, done.stderr) == (0, "")
