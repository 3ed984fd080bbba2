"""What the README tells a newcomer to type works as it stands there."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from agency.management.demo import story

ROOT = Path(__file__).parents[2]


def block(first_line: str) -> str:
    """The shell block of the README that begins so."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    [found] = [text for text in blocks if text.startswith(first_line)]
    return found


@pytest.fixture
def agency(transactional_db):
    return story.tell()


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_each_dialect_by_curl(agency, live_server, tmp_path):
    from agency.staff import keys
    from agency.staff.models import Staff

    script = "".join(map(block, ("URL=", "V1=", "TEAMWORK=")))
    script = script.replace("http://127.0.0.1:8000", live_server.url)
    for name in ("employee", "head"):
        owner = Staff.objects.get(email=f"{name}@example.com")
        _, secret = keys.create(owner, name="readme", by=owner)
        command = f"$(.venv/bin/python manage.py apikey {name}@example.com --name curl)"
        assert command in script
        script = script.replace(command, secret)
    script = script.replace(".venv/bin/python", "python3").replace("-o invoice.pdf", "-o $OUT")

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin:/usr/local/bin", "OUT": str(tmp_path / "invoice.pdf")},
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr + done.stdout
    said = done.stdout.splitlines()
    approved, number, paid, remaining, action = said[:5]
    assert (approved, paid, action) == ("approved", "paid", "payment_recorded")
    assert number.startswith("INV-")
    assert float(remaining) >= 0
    assert said[5:9] == ["Contact created.", "Payment created.", "Partially paid", "1"]
    assert said[9:] == ["OK", "116.67", "OK", "INV0001"]
    assert (tmp_path / "invoice.pdf").read_bytes().startswith(b"%PDF")
