"""Long calls let the interpreter go: two threads see two cores, and Ctrl-C ends them."""
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import psoas


def in_two_threads(call):
    """Calls from two threads: the share of the time in which both are inside, and processor seconds per second."""
    inside = ([], [])

    def work(mine):
        for _ in range(3):
            start = time.perf_counter()
            call()
            mine.append((start, time.perf_counter()))

    running = [threading.Thread(target=work, args=(mine,)) for mine in inside]
    wall, own = time.perf_counter(), time.process_time()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    wall, own = time.perf_counter() - wall, time.process_time() - own
    both = sum(max(0.0, min(a[1], b[1]) - max(a[0], b[0])) for a in inside[0] for b in inside[1])
    return both / wall, own / wall


@pytest.mark.skipif(len(os.sched_getaffinity(0)) < 2, reason="one core only")
@pytest.mark.parametrize("what", ["analyze", "run", "integrate"])
def test_two_threads_see_two_cores(model, what):
    scenario = psoas.io.read_scenario("bridge")
    task = psoas.assemble(model, scenario)
    drive = psoas.Drive(task, [], psoas.Excitations.constant([0.1] * model.n_strands))
    call = {"analyze": lambda: psoas.analyze(model, task), "run": lambda: psoas.run(model, scenario),
            "integrate": lambda: psoas.integrate(model, psoas.State(), drive, psoas.IntegrateOptions(duration=0.3))}[what]
    shares, processors = zip(*(in_two_threads(call) for _ in range(4)))
    # with the interpreter held, one would wait outside while the other is inside
    assert max(shares) > 0.5, shares
    # a machine that is busy otherwise gives two threads less than two processors
    if os.getloadavg()[0] < 1.0:
        assert max(processors) > 1.5, processors


def test_the_interpreter_goes_on_meanwhile(model):
    task = psoas.assemble(model, psoas.io.read_scenario("bridge"))
    working = threading.Thread(target=lambda: [psoas.analyze(model, task) for _ in range(4)])
    working.start()
    steps = 0
    while working.is_alive():
        steps += 1
    working.join()
    assert steps > 1000


def test_same_answers_from_every_thread(model, lunge):
    found = []
    threads = [threading.Thread(target=lambda: found.append(psoas.io.summary_json(psoas.run(model, "lunge"))))
               for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [psoas.io.summary_json(lunge)] * 4


def test_interrupt_ends_a_run():
    # The loop stands in a function: Python 3.11 does not catch what is raised at the jump back of a loop that is the
    # first statement of its own `try`.
    code = ("import psoas\ndef work():\n    while True: psoas.run('bridge')\n"
            "print('ready', flush=True)\ntry:\n    work()\n"
            "except KeyboardInterrupt: print('stopped', flush=True)\n")
    child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "ready\n"
    time.sleep(0.3)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=20)
    assert out == "stopped\n" and child.returncode == 0
