"""Muscle recruitment: the program of one frame and its solution; the names of C++'s psoas::recruit."""
from . import _psoas
from ._doors import functions_of as _functions_of
from ._psoas.recruit import *  # noqa: F401,F403

globals().update(_functions_of(_psoas.recruit, __name__))
