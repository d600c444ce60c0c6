"""Muscle recruitment: the program of one frame and its solution; the names of C++'s psoas::recruit."""
from ._psoas.recruit import *  # noqa: F401,F403
