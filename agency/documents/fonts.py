"""The typefaces of printed documents: Inter, cut from the browser's copy, before the system's.

Inter comes with the browser assets as a variable font; a printed page wants plain files of the
weights that it uses. They are made once and kept. Without the assets the system's fonts serve.
Runs inside the renderer, so it knows no settings.
"""

import os
from pathlib import Path

SOURCES = ("inter", "inter-ext")
WEIGHTS = (400, 600)
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}</dir>
  <cachedir>{folder}/cache</cachedir>
</fontconfig>
"""


def version(assets: Path) -> str:
    """Changes when the fonts do; documents rendered before look different."""
    source = assets / "inter.woff2"
    return str(source.stat().st_size) if source.exists() else ""


def prepare(assets: Path, folder: Path) -> None:
    """Make the plain font files where they are missing, and let fontconfig find them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SOURCES:
        source = assets / f"{name}.woff2"
        for weight in WEIGHTS if source.exists() else ():
            target = folder / f"{name}-{weight}-{source.stat().st_size}.ttf"
            if not target.exists():
                _cut(source, weight, target)
    configuration = folder / "fonts.conf"
    _replace(configuration, CONFIGURATION.format(folder=folder).encode())
    os.environ["FONTCONFIG_FILE"] = str(configuration)


def _cut(source: Path, weight: int, target: Path) -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 slow to load, rarely needed
    from fontTools.varLib import instancer  # noqa: PLC0415

    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
    font.flavor = None
    partial = target.with_suffix(f".{os.getpid()}")
    font.save(partial)
    partial.replace(target)


def _replace(target: Path, content: bytes) -> None:
    partial = target.with_suffix(f".{os.getpid()}")
    partial.write_bytes(content)
    partial.replace(target)
