"""Shared by all tests: the body, and a few outcomes that take long enough to be made once."""
import os
import subprocess

import matplotlib
import pytest

matplotlib.use("Agg")

import psoas  # noqa: E402


@pytest.fixture(scope="session")
def model():
    return psoas.compile(psoas.io.read_model("whole_body"))


@pytest.fixture(scope="session")
def sitting():
    return psoas.run("sitting")


@pytest.fixture(scope="session")
def lunge():
    return psoas.run("lunge")


@pytest.fixture(scope="session")
def bridge():
    return psoas.run("bridge")


@pytest.fixture(scope="session")
def cli():
    """Runs the command line program; its standard output."""
    program = os.environ["PSOAS_CLI"]

    def run(*words, code=0):
        done = subprocess.run([program, *words], capture_output=True, text=True)
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    return run
