"""What the README tells a newcomer to type works as it stands there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from agency.management.demo import story
from agency.staff import keys
from agency.staff.models import Staff

ROOT = Path(__file__).parents[2]


def block(first_line: str) -> str:
    """The shell block of the README that begins so."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    [found] = [text for text in blocks if text.startswith(first_line)]
    return found


@pytest.fixture
def agency(transactional_db):
    return story.tell()


def with_key(script: str, name: str, label: str) -> str:
    """The script with a key in place of the command that makes one."""
    owner = Staff.objects.get(email=f"{name}@example.com")
    _, secret = keys.create(owner, name="readme", by=owner)
    command = f"$(.venv/bin/python manage.py apikey {name}@example.com --name {label})"
    assert command in script
    return script.replace(command, secret)


def run(script: str, live_server, **environment: str) -> list[str]:
    """The lines that the script prints."""
    script = script.replace("http://127.0.0.1:8000", live_server.url)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script.replace(".venv/bin/python", "python3")],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin"} | environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout.splitlines()


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_an_invoice_into_xero_by_curl(agency, xero, live_server):
    said = run(with_key(block("XERO="), "executive", "xero"), live_server)
    assert said == ["DRAFT", "approved", "[]"]
    assert [one["Status"] for one in xero.books.invoices.values()] == ["AUTHORISED"]


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_each_dialect_by_curl(agency, live_server, tmp_path):
    script = "".join(map(block, ("URL=", "V1=", "TEAMWORK="))).replace("-o invoice.pdf", "-o $OUT")
    for name in ("employee", "head"):
        script = with_key(script, name, "curl")
    said = run(script, live_server, OUT=str(tmp_path / "invoice.pdf"))
    approved, number, paid, remaining, action = said[:5]
    assert (approved, paid, action) == ("approved", "paid", "payment_recorded")
    assert number.startswith("INV-")
    assert float(remaining) >= 0
    assert said[5:9] == ["Contact created.", "Payment created.", "Partially paid", "1"]
    assert said[9:] == ["OK", "116.67", "OK", "INV0001"]
    assert (tmp_path / "invoice.pdf").read_bytes().startswith(b"%PDF")
