"""Smooth random fields on points of the plane.

A field depends on its seed and the coordinates alone, so a point keeps its value when others are added.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LATTICE = 256  # the field repeats after so many wavelengths, far outside the country


def gradient_noise(x: Floats, y: Floats, rng: np.random.Generator) -> Floats:
    """Perlin's gradient noise, shape as `x`, about -0.7 to 0.7; one lattice cell per unit of `x` and `y`."""
    angle = rng.uniform(0, 2 * np.pi, (LATTICE, LATTICE))
    gx, gy = np.cos(angle), np.sin(angle)
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    fx, fy = x - column, y - row

    def corner(dx: int, dy: int) -> Floats:
        i, j = (column + dx) % LATTICE, (row + dy) % LATTICE
        return gx[i, j] * (fx - dx) + gy[i, j] * (fy - dy)

    u = fx**3 * (fx * (fx * 6 - 15) + 10)
    v = fy**3 * (fy * (fy * 6 - 15) + 10)
    low = corner(0, 0) * (1 - u) + corner(1, 0) * u
    high = corner(0, 1) * (1 - u) + corner(1, 1) * u
    return low * (1 - v) + high * v


def fractal_noise(
    x: Floats, y: Floats, rng: np.random.Generator, wavelength: float, octaves: int = 5, gain: float = 0.5
) -> Floats:
    """Sum of octaves of noise, shape as `x`, about -1 to 1; `wavelength` in the unit of `x`, halved at each octave."""
    total = np.zeros_like(x)
    for octave in range(octaves):
        scale = 2.0**octave / wavelength
        total += gain**octave * gradient_noise(x * scale + 37.3 * octave, y * scale + 11.9 * octave, rng)
    return 1.5 * total / np.sqrt(sum(gain ** (2 * o) for o in range(octaves)))
