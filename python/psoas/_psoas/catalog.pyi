# Made by scripts/make_stubs.py from the built module.
import collections.abc
import os
import pathlib
import typing

import numpy
import numpy.typing as npt
import pandas
import xarray

import psoas
from psoas import _ledger, _types

Array = npt.NDArray[numpy.float64]

__all__ = ['pendulum', 'planar_hip']

def pendulum(length: float=..., mass: float=...) -> psoas._psoas.ModelSpec: ...

def planar_hip() -> psoas._psoas.ModelSpec: ...
