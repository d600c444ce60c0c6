"""Integration in time; the names of C++'s psoas::forward."""
from ._psoas.forward import *  # noqa: F401,F403
