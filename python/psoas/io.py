"""Files in and out: models, scenarios, motions, results, under the names of C++'s psoas::io."""
from ._psoas.io import *  # noqa: F401,F403
from ._types import OutputError as OutputError
