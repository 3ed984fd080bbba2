"""Fetch the browser packages of package-lock.json and copy the few files that pages load."""

import re
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler.js",
    "@alpinejs/csp/dist/cdn.min.js": "alpine.js",
    "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2": "inter.woff2",
    "@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2": "inter-ext.woff2",
    "chart.js/dist/chart.umd.min.js": "chart.js",
    "sortablejs/Sortable.min.js": "sortable.js",
    "tom-select/dist/css/tom-select.bootstrap5.min.css": "tom-select.css",
    "tom-select/dist/js/tom-select.complete.min.js": "tom-select.js",
}
SOURCE_MAP = re.compile(rb"/[/*]# sourceMappingURL=[^\n]*")


class Command(BaseCommand):
    help = "Install the pinned npm packages and copy an allow-list of their files under VAR_DIR."

    def add_arguments(self, parser):
        parser.add_argument("--npm", default="npm", help="The npm command to use.")

    def handle(self, *, npm, **options):
        packages = settings.BASE_DIR / "node_modules"
        if not _is_current(packages):
            _install(npm)
        target = settings.VAR_DIR / "assets"
        target.mkdir(parents=True, exist_ok=True)
        for source, name in FILES.items():
            _copy(packages / source, target / name)
        self.stdout.write(f"{len(FILES)} files in {target}")


def _is_current(packages: Path) -> bool:
    installed = packages / ".package-lock.json"
    wanted = settings.BASE_DIR / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= wanted.stat().st_mtime


def _install(npm: str) -> None:
    command = [shutil.which(npm) or npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        subprocess.run(command, cwd=settings.BASE_DIR, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError) as error:
        raise CommandError(f"npm could not install the browser packages: {error}") from error


def _copy(source: Path, target: Path) -> None:
    # A source map that is not there is a 404 in the browser and an error for hashed file names.
    content = SOURCE_MAP.sub(b"", source.read_bytes())
    if not target.exists() or target.read_bytes() != content:
        target.write_bytes(content)
