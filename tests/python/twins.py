"""Every example in C++ has its twin in Python, which prints the same words and the same numbers."""
import re
import subprocess
import sys
from pathlib import Path

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d*)?(?:e[+-]?\d+)?(?![\w])")


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"{command}: exit {done.returncode}\n{done.stderr}")
    return done.stdout


def compare(name, cpp, python):
    if NUMBER.sub("#", cpp) != NUMBER.sub("#", python):
        sys.exit(f"{name}: the twins say different things\n--- C++\n{cpp}--- Python\n{python}")
    pairs = list(zip(NUMBER.findall(cpp), NUMBER.findall(python)))
    for a, b in pairs:
        last_digit = 10.0 ** -len(a.partition(".")[2])
        if abs(float(a) - float(b)) > max(1.01 * last_digit, 1e-5 * abs(float(a))):
            sys.exit(f"{name}: {a} in C++, {b} in Python")
    return len(pairs)


def main(source, *programs):
    examples = Path(source) / "examples"
    wanted = {path.stem for path in examples.glob("[0-9][0-9]_*.cpp")}
    built = {Path(program).name.removeprefix("example_"): program for program in programs}
    if set(built) != wanted or not wanted:
        sys.exit(f"examples {sorted(wanted)}, built {sorted(built)}")
    for name in sorted(wanted):
        twin = examples / f"{name}.py"
        if not twin.is_file():
            sys.exit(f"{name}.cpp has no twin {twin}")
        numbers = compare(name, output(built[name]), output(sys.executable, str(twin)))
        print(f"{name}: {numbers} numbers agree")
    alone = {path.stem for path in examples.glob("[0-9][0-9]_*.py")} - wanted
    if alone:
        sys.exit(f"no C++ twin of {sorted(alone)}")


main(*sys.argv[1:])
