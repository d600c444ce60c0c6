"""Integration in time; the names of C++'s psoas::forward."""
from . import _psoas
from ._doors import functions_of as _functions_of
from ._psoas.forward import *  # noqa: F401,F403

globals().update(_functions_of(_psoas.forward, __name__))
