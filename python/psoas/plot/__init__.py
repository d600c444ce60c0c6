"""Figures to the habits of the field, with matplotlib.

Time or 0-100 % of the task on x, right side solid, left side dashed, activation from 0 to 1, units on every axis, peaks
annotated, colours that colour-blind readers tell apart (Okabe & Ito). Every function takes `ax` or makes its own
figure, and returns what it drew on.
"""
from ._curves import arms, curves
from ._loads import ladder, ledger
from ._outcome import outcome, series
from ._posture import posture
from ._style import COLORS

__all__ = ["COLORS", "arms", "curves", "ladder", "ledger", "outcome", "posture", "series"]
