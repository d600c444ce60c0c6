#!/usr/bin/env bash
# `pip install .` in a fresh virtual environment, with the newest NumPy and pybind11 of PyPI; then a run, and the tests.
#   tests/python/wheel.sh PYTHON FOLDER COMPILER
# Exit 77 where PyPI cannot be reached: nothing is proven then, and it says so.
set -euo pipefail
python=$1 folder=$2 compiler=$3
rm -rf "$folder/venv" "$folder/wheels"
mkdir -p "$folder"
unset PYTHONPATH
"$python" -m venv "$folder/venv"
pip=("$folder/venv/bin/python" -m pip --quiet --disable-pip-version-check)
if ! "${pip[@]}" install --retries 1 --timeout 10 "scikit-build-core>=0.10" "pybind11>=3" "numpy>=2" pytest matplotlib \
    pandas xarray 2>"$folder/pip.log"; then
  tail -n 3 "$folder/pip.log"
  echo "wheel: PyPI cannot be reached, so that pip install is not proven here"
  exit 77
fi

# compiler and flags of the build beside, so that ccache has what that one compiled
"${pip[@]}" wheel . --no-deps --no-build-isolation --wheel-dir "$folder/wheels" \
  --config-settings build-dir="$folder/build" --config-settings cmake.define.PSOAS_WARNINGS_AS_ERRORS=ON \
  --config-settings cmake.define.CMAKE_CXX_COMPILER="$compiler"
wheel=$(ls "$folder"/wheels/psoas-*.whl)
size=$(stat -c %s "$wheel")
echo "wheel: $(basename "$wheel"), $((size / 1024)) kB"
[ "$size" -lt 10000000 ] || { echo "wheel: larger than 10 MB"; exit 1; }
"${pip[@]}" install --no-deps "$wheel"

cd "$folder"
venv/bin/python -c "import numpy, psoas; assert numpy.__version__ >= '2'; print(psoas.run('sitting'))"
module=$(venv/bin/python -c "import psoas; print(psoas._psoas.__file__)")
# nothing but what every system has
if foreign=$(ldd "$module" | grep -Ev 'linux-vdso|ld-linux|lib(c|m|gcc_s|stdc\+\+|pthread|dl|rt)\.so'); then
  echo "wheel: needs $foreign"
  exit 1
fi
cd "$PSOAS_SOURCE_DIR"
"$folder/venv/bin/python" -m pytest -q -p no:cacheprovider tests/python --ignore tests/python/test_notebooks.py
