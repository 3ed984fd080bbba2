"""Imports point down only: between packages, between the slices of an app, inside a slice."""

import ast
from pathlib import Path

from django.conf import settings

ROOT = settings.BASE_DIR
PACKAGES = ("agency", "crm", "budgets", "billing")
# Each line may import itself and the lines above it.
ORDER = [
    "errors money sql workflow logs queue celery cache",
    "api ui documents",
    "records",
    "reference",
    "staff",
    "crm",
    "budgets",
    "billing",
    "urls settings management reports apps health proxy supervisor wsgi asgi",  # the whole
]
LEVEL = {
    name if name in PACKAGES else f"agency.{name}": level
    for level, line in enumerate(ORDER)
    for name in line.split()
}
IN_A_SLICE = {"states": 0, "querysets": 1, "models": 2, "operations": 3}
DOORS = 4  # filters, forms, api, views, admin, jobs
DOOR_NAMES = {"filters", "forms", "views", "admin", "jobs"}


def source_files():
    """All modules but tests, which may look at everything, and migrations."""
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            if not {"tests", "migrations"} & set(file.parts):
                yield file


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(file: Path) -> set[str]:
    """The full names of what a file imports, whether modules or names in them."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in found if name.split(".")[0] in PACKAGES}


def level_of(name: str) -> int | None:
    """The line of ``ORDER`` that a module stands on."""
    parts = name.split(".")
    return LEVEL.get(parts[0], LEVEL.get(".".join(parts[:2])))


def slice_order(package: str) -> list[str]:
    """The slices of an app, lowest first, as its docstring lists them."""
    text = ast.get_docstring(ast.parse((ROOT / package / "__init__.py").read_text())) or ""
    _, _, listed = " ".join(text.split()).partition("only those before it: ")
    return listed.partition(".")[0].split(", ") if listed else []


def rank_in_slice(name: str) -> int | None:
    """How high a module stands in its slice; a name of the slice's own has no rank."""
    if name == "api" or name.startswith("api_") or name in DOOR_NAMES:
        return DOORS
    return IN_A_SLICE.get(name)


def test_every_module_has_a_place_in_the_order():
    modules = [module_name(file) for file in source_files()]
    assert [name for name in modules if name != "agency" and level_of(name) is None] == []


def test_packages_import_only_what_stands_below_them():
    broken = {
        f"{module_name(file)} imports {name}"
        for file in source_files()
        for name in imports_of(file)
        if module_name(file) != "agency"
        and level_of(name) is not None
        and level_of(name) > level_of(module_name(file))
    }
    assert broken == set()


def test_slices_of_an_app_are_listed_in_their_order():
    listed = {package: set(slice_order(package)) for package in ("crm", "budgets", "billing")}
    folders = {
        package: {file.parent.name for file in (ROOT / package).glob("*/__init__.py")}
        - {"migrations", "tests", "templatetags"}
        for package in listed
    }
    assert listed == folders


def test_slices_import_only_those_listed_before_them():
    broken = set()
    for package in ("crm", "budgets", "billing"):
        order = slice_order(package)
        for file in source_files():
            here = module_name(file).split(".")
            aside = here[1:2] == ["templatetags"] or file.name == "admin.py"
            if here[0] != package or len(here) < 3 or aside:
                continue  # what collects the slices; an admin, which shows parts inline
            for name in imports_of(file):
                there = name.split(".")
                if there[0] == package and there[1] in order[order.index(here[1]) + 1 :]:
                    broken.add(f"{module_name(file)} imports {name}")
    assert broken == set()


def test_inside_a_slice_states_come_before_querysets_models_operations_and_doors():
    broken = set()
    for file in source_files():
        module, own = module_name(file), file.stem
        rank = rank_in_slice(own)
        if rank is None or module.count(".") < 2:
            continue
        home = module.rpartition(".")[0]
        for name in imports_of(file):
            if not name.startswith(f"{home}."):
                continue
            other = rank_in_slice(name.removeprefix(f"{home}.").split(".")[0])
            if other is not None and other > rank:
                broken.add(f"{module} imports {name}")
    assert broken == set()
