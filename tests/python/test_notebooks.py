"""Every notebook runs from top to bottom without a warning, draws, and reads as a lesson."""
import json
import os
from pathlib import Path

import nbclient
import nbformat
import pytest

FOLDER = Path(os.environ["PSOAS_SOURCE_DIR"]) / "examples" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def test_all_six_are_there():
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_stored_without_outputs(path):
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        assert cell["cell_type"] != "code" or (cell["outputs"] == [] and cell["execution_count"] is None)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_reads_as_a_lesson(path):
    cells = nbformat.read(path, as_version=4).cells
    texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
    assert len(texts) >= 4 and texts[0].startswith("# ")
    together = "\n".join(texts)
    assert together.count("$$") >= 4, "the physics in two equations"
    for section in ("Question", "What it shows", "Where it may be wrong"):
        assert section in together, section


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_runs(path, tmp_path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.insert(0, nbformat.v4.new_code_cell("import warnings\nwarnings.simplefilter('error')"))
    nbclient.NotebookClient(notebook, timeout=300, kernel_name="python3",
                            resources={"metadata": {"path": str(tmp_path)}}).execute()
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    said = [output for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert not said, said
    figures = [output for output in outputs if "image/png" in output.get("data", {})]
    assert figures
    keep = os.environ.get("PSOAS_NOTEBOOK_OUTPUT")  # a folder for those who want to look at them
    if keep:
        nbformat.write(notebook, Path(keep) / path.name)
