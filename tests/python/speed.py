"""What a call from Python costs; run by CTest alone, with nothing beside it. Prints what it measured.

The limits are those that were promised. Each number is the least of several; the two sides of a ratio take turns."""
import os
import subprocess
import sys
import time
import timeit

import psoas


def best(work, number, repeat=7):
    return min(timeit.repeat(work, number=number, repeat=repeat)) / number


def best_of_both(one, other, repeat):
    """Least seconds of two works that take turns, so that both meet the same machine."""
    seconds = [(timeit.timeit(one, number=1), timeit.timeit(other, number=1)) for _ in range(repeat)]
    return min(a for a, _ in seconds), min(b for _, b in seconds)


def import_time():
    """Beyond what NumPy needs to be imported."""
    code = "import time, numpy; t = time.perf_counter(); import psoas; print(time.perf_counter() - t)"
    return min(float(subprocess.check_output([sys.executable, "-c", code])) for _ in range(5))


def call_overhead():
    parameters, rate = psoas.muscle.ActivationParameters(), psoas.muscle.activation_rate
    return best(lambda: rate(parameters, 0.5, 0.2), 20000)


def frame_loop():
    """Seconds a frame, in a loop in Python and in the same loop in C++."""
    model = psoas.compile(psoas.io.read_model("whole_body"))
    task = psoas.assemble(model, psoas.io.read_scenario("bridge"))
    work, options = psoas.Workspace(model), psoas.AnalyzeOptions()
    frames = [psoas.at(task, i) for i in range(32)]

    def loop():
        for frame in frames:
            psoas.solve_frame(model, frame, options, work)

    mine, theirs = best_of_both(loop, lambda: psoas._psoas._solve_frames(model, task, options, work, 32), 30)
    return mine / len(frames), theirs / len(frames)


def run_time():
    """psoas.run("sitting"), and the doors that it goes through."""
    io = psoas.io

    def doors():
        model = psoas.compile(io.read_model("whole_body"))
        psoas._psoas._run(model, io.read_scenario("sitting"), psoas.AnalyzeOptions(), None, False)

    return best_of_both(lambda: psoas.run("sitting"), doors, 20)


def main():
    faults = []

    def check(what, value, limit, unit, scale):
        print(f"{what}: {value * scale:.3g} {unit} (limit {limit * scale:.3g})")
        if not value <= limit:
            faults.append(what)

    check("import psoas, beyond NumPy", import_time(), 0.150, "ms", 1e3)
    check("call of a scalar formula", call_overhead(), 2e-6, "us", 1e6)
    mine, theirs = frame_loop()
    check("solve_frame in a loop, over C++", mine / theirs, 1.2, "", 1.0)
    print(f"  {mine * 1e6:.1f} us a frame from Python, {theirs * 1e6:.1f} us in C++")
    mine, theirs = run_time()
    check('run("sitting"), over its doors', mine / theirs, 1.1, "", 1.0)
    started = time.perf_counter()
    out = os.path.join(os.environ["TMPDIR"], "speed")
    subprocess.check_call([os.environ["PSOAS_CLI"], "run", "sitting", "--json", "-o", out],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    print(f"  {mine * 1e3:.1f} ms; the command line takes {1e3 * (time.perf_counter() - started):.1f} ms, with its files")
    sys.exit(f"too slow: {', '.join(faults)}" if faults else 0)


main()
