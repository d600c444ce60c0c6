"""One muscle, no skeleton: curves, activation, equilibrium, contraction; the names of C++'s psoas::muscle."""
from . import _psoas
from ._doors import functions_of as _functions_of
from ._psoas.muscle import *  # noqa: F401,F403
from ._types import ValueSlope as ValueSlope

globals().update(_functions_of(_psoas.muscle, __name__))
