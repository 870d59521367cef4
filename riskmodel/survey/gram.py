"""Weighted cross-products of tall matrices, block by block and on one thread.

Blocks stay in the processor's cache; one thread gives the same last digit on every machine, and is faster than several
that wait for each other where other programs run.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

Floats = npt.NDArray[np.float64]
P = ParamSpec("P")
R = TypeVar("R")

BLOCK = 2048


def one_thread(work: Callable[P, R]) -> Callable[P, R]:
    """The function, with the linear algebra inside it on one thread."""

    def limited(*args: P.args, **kwargs: P.kwargs) -> R:
        with threadpool_limits(limits=1, user_api="blas"):
            return work(*args, **kwargs)

    limited.__name__, limited.__doc__ = work.__name__, work.__doc__
    return limited


def gram(x: Floats, weight: Floats) -> Floats:
    """Σ w x x', shape (p, p), for weights not below zero.

    Parameters
    ----------
    x : array, shape (n, p)
    weight : array, shape (n,)
    """
    total = np.zeros((x.shape[1], x.shape[1]))
    root = np.sqrt(weight)[:, None]
    for start in range(0, len(x), BLOCK):
        part = x[start : start + BLOCK] * root[start : start + BLOCK]
        total += part.T @ part  # a matrix with itself: the library computes one half
    return total
