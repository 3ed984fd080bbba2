"""One command serves web and worker, tells how to sign in, and leaves nothing running."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from django.conf import settings


@pytest.fixture
def serve(tmp_path, database_url):
    """Start ``manage.py serve`` on a port; its output is a pipe."""
    started = []

    def start(port):
        process = subprocess.Popen(
            [sys.executable, settings.BASE_DIR / "manage.py", "serve"],
            env={
                "PATH": os.environ["PATH"],
                "VAR_DIR": str(tmp_path / "var"),
                "DATABASE_URL": database_url,
                "DEBUG": "1",
                "PORT": str(port),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes_that_name(port) -> list[str]:
    listed = subprocess.run(["ps", "-ewwo", "args"], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if f":{port} " in line]


def test_it_says_where_it_serves_and_leaves_nothing_behind(serve, port):
    process = serve(port)
    assert process.stdout.readline() == "\n"
    assert process.stdout.readline() == f"Agency is served at http://127.0.0.1:{port}\n"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
        assert answer.status == 200
    assert len(processes_that_name(port)) == 2  # gunicorn and its one process
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert processes_that_name(port) == []


def test_a_port_that_is_taken_is_refused_in_one_sentence(serve):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        output, errors = serve(taken).communicate(timeout=20)
    assert output == ""
    assert errors == (
        f"CommandError: 127.0.0.1:{taken} cannot be used: Address already in use."
        " Take another: make run PORT=8010\n"
    )
