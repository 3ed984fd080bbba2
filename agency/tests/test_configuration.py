"""What the environment may say is read in one place, and stands in the README."""

import ast
import re

from django.conf import settings

ROOT = settings.BASE_DIR


def names_read(file) -> set[str]:
    """The variables that a file reads by ``env("NAME")`` or from ``os.environ``."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call) and node.args and reads_environment(node.func):
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                found.add(name.value)
    return found


def reads_environment(function) -> bool:
    text = ast.unparse(function)
    return text == "env" or text.startswith("env.") or text in {"os.environ.get", "os.getenv"}


def in_the_table() -> set[str]:
    section = (ROOT / "README.md").read_text().split("## Configuration")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([A-Z_]+)`", cell)}


def test_the_table_of_the_readme_is_complete_and_exact():
    assert in_the_table() == names_read(ROOT / "agency" / "settings.py")


def test_nothing_but_the_settings_reads_the_environment():
    readers = {
        str(file.relative_to(ROOT)): names_read(file)
        for package in ("agency", "crm", "budgets", "billing")
        for file in (ROOT / package).rglob("*.py")
        if "tests" not in file.parts and file.name != "settings.py"
    }
    assert {name: names for name, names in readers.items() if names} == {}


def test_containers_set_only_variables_that_are_read():
    text = (ROOT / "compose.yaml").read_text()
    block = text.split("environment: &environment")[1].split("volumes:")[0]
    assert set(re.findall(r"^ {4}([A-Z_]+):", block, re.MULTILINE)) <= in_the_table()
