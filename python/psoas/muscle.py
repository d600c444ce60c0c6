"""One muscle, no skeleton: curves, activation, equilibrium, contraction; the names of C++'s psoas::muscle."""
from ._psoas.muscle import *  # noqa: F401,F403
from ._types import ValueSlope as ValueSlope
