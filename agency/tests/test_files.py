"""Files stay small enough to hold in mind."""

from django.conf import settings

LONGEST = 400


def test_no_file_is_longer_than_four_hundred_lines():
    root = settings.BASE_DIR
    folders = [root / name for name in ("agency", "crm", "budgets", "billing", "bench", "bin")]
    files = [root / "conftest.py", *(file for folder in folders for file in folder.rglob("*.py"))]
    lengths = {
        str(file.relative_to(root)): len(file.read_text().splitlines())
        for file in files
        if file.parent.name != "migrations"
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}
