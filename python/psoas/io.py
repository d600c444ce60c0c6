"""Files in and out: models, scenarios, motions, results, under the names of C++'s psoas::io."""
from . import _psoas
from ._doors import functions_of as _functions_of
from ._psoas.io import *  # noqa: F401,F403
from ._types import OutputError as OutputError

globals().update(_functions_of(_psoas.io, __name__))
