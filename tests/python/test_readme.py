"""The lines of Python that README and docs print work as printed."""
import os
import re
from pathlib import Path

import pytest

SOURCE = Path(os.environ["PSOAS_SOURCE_DIR"])


@pytest.mark.parametrize("file", ["README.md", "docs/python.md"])
def test_lines_work_as_printed(file, tmp_path, monkeypatch):
    blocks = re.findall(r"^```python\n(.*?)^```", (SOURCE / file).read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in blocks:  # one after the other, as a reader types them
        exec(compile(block, file, "exec"), names)
