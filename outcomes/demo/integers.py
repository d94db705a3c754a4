"""Whole numbers with a wanted mean and sample SD, found by exact integer arithmetic."""

from random import Random
from statistics import mean, stdev

TRIES = 200_000


def integers(n: int, wanted_mean: float, wanted_sd: float, low: int, high: int, rng: Random) -> list[int]:
    """`n` whole numbers from `low` to `high`, bell-shaped, as near to the mean and SD as whole numbers come.

    The sum is met exactly (mean to 0.5/n), then the sum of squares by moves of +1 and -1 that leave the sum
    alone. Raises ValueError where no such numbers are found.
    """
    values = _bell(n, wanted_mean, wanted_sd, low, high, rng)
    total = round(n * wanted_mean)
    _meet_sum(values, total, low, high, rng)
    squares = round((n - 1) * wanted_sd**2 + total**2 / n)
    # A whole number and its square are odd together, so both sums are odd or both even.
    squares += (squares - total) % 2
    if not _meet_squares(values, squares, low, high, rng):
        raise ValueError(f"No {n} whole numbers {low} to {high} with mean {wanted_mean} and SD {wanted_sd}")
    return values


def _bell(n: int, wanted_mean: float, wanted_sd: float, low: int, high: int, rng: Random) -> list[int]:
    drawn = [rng.gauss(0, 1) for _ in range(n)]
    centre, spread = mean(drawn), stdev(drawn)
    scaled = (wanted_mean + wanted_sd * (value - centre) / spread for value in drawn)
    return [min(high, max(low, round(value))) for value in scaled]


def _meet_sum(values: list[int], total: int, low: int, high: int, rng: Random) -> None:
    if not low * len(values) <= total <= high * len(values):
        raise ValueError(f"No {len(values)} whole numbers {low} to {high} have the sum {total}")
    while gap := total - sum(values):
        step = 1 if gap > 0 else -1
        index = rng.randrange(len(values))
        if low <= values[index] + step <= high:
            values[index] += step


def _meet_squares(values: list[int], squares: int, low: int, high: int, rng: Random) -> bool:
    """Take 1 from one value and give it to another until the sum of squares fits; False if it never does."""
    gap = squares - sum(value * value for value in values)
    for _ in range(TRIES):
        if not gap:
            return True
        up, down = rng.randrange(len(values)), rng.randrange(len(values))
        gained = 2 * (values[up] - values[down]) + 2
        fits = values[up] < high and values[down] > low
        if up != down and fits and abs(gap - gained) < abs(gap):
            values[up] += 1
            values[down] -= 1
            gap -= gained
    return not gap
