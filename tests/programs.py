"""Find the programs that redaction and its attacks ask, and fetch what is missing: `python -m tests.programs`."""

import os
import shutil
import subprocess
import sys

# Each program with the Debian package that has it. The site needs the first two; the rest attack what it made.
NEEDED = {
    "tesseract": ("tesseract-ocr",),
    "soffice": ("libreoffice-writer-nogui", "libreoffice-calc-nogui"),
    "pdftotext": ("poppler-utils",),
    "qpdf": ("qpdf",),
    "exiftool": ("libimage-exiftool-perl",),
}


def lacking() -> list[str]:
    """The packages of the programs that this machine has not."""
    return [package for program, packages in NEEDED.items() if not shutil.which(program) for package in packages]


def main() -> int:
    packages = lacking()
    if not packages:
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.stderr.write(f"Tests of redaction need programs that are not here. Install: {' '.join(packages)}\n")
        return 1
    subprocess.run(["apt-get", "update", "-qq"], check=False)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    subprocess.run(
        command, check=False, stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    )
    return 1 if lacking() else 0


if __name__ == "__main__":
    sys.exit(main())
