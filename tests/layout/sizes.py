"""A file is one idea, a function fits a page, a line a screen; no header opens a namespace for its reader."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE_LINES = 300
FUNCTION_LINES = 60
COLUMNS = 120
# What closes a statement or a comment: the line behind it begins a new one.
ENDS = re.compile(r"(^|[;{}:>]|^\s*//.*|^\s*#.*)$")
NO_FUNCTION = re.compile(
    r"^ *((if|for|while|switch|catch|else|do|return|namespace|class|struct|enum|union|extern)\b|\})"
)


def functions(lines):
    """First line number and length of each function, from the indentation that clang-format guarantees."""
    start = 0
    for number, line in enumerate(lines):
        if number == 0 or ENDS.search(lines[number - 1]):
            start = number
        if not line.endswith("{") or NO_FUNCTION.match(lines[start]):
            continue
        if ")" not in "".join(lines[start : number + 1]):
            continue
        indent = len(lines[start]) - len(lines[start].lstrip())
        closing = re.compile(rf" {{{indent}}}\}}")
        end = next((n for n in range(number + 1, len(lines)) if closing.match(lines[n])), number)
        yield start + 1, end - start + 1


def faults_of_file(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    name = path.relative_to(ROOT).as_posix()
    if len(lines) > FILE_LINES:
        yield f"{name}: {len(lines)} lines, {FILE_LINES} allowed"
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield f"{name}:{number}: {len(line)} columns, {COLUMNS} allowed"
        if path.suffix == ".hpp" and re.match(r"\s*using namespace\b", line):
            yield f"{name}:{number}: using namespace in a header"
    if name.startswith(("include/", "src/")):
        for number, length in functions(lines):
            if length > FUNCTION_LINES:
                yield f"{name}:{number}: a function of {length} lines, {FUNCTION_LINES} allowed"


folders = ("include", "src", "tests", "examples", "python")
files = [p for d in folders for p in sorted((ROOT / d).rglob("*.[hc]pp"))]
found = [fault for path in files for fault in faults_of_file(path)]
print("\n".join(found) or f"{len(files)} files within their budgets")
sys.exit(bool(found) or not files)
