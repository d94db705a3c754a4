"""The finished demo programme: ninety invented people whose totals give the published figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from outcomes.demo.integers import integers
from outcomes.demo.published import PublishedArm, PublishedStudy, PublishedVisit, published

SEED = 2021
HIGHEST = 80
# How much a total follows the baseline, the person's own response, and chance. The first is low enough
# that who begins higher comes down further; the second makes one person's visits alike.
FOLLOWS, RESPONSE, CHANCE = 0.42, 0.75, 0.5


@dataclass(frozen=True, slots=True)
class SimulatedPerson:
    """CAPS-5 totals of one invented person; None after leaving. `left_after` names the last visit kept."""

    arm: str
    baseline: int
    week4: int | None
    week8: int | None
    week18: int | None
    left_after: str | None


def cohort(seed: int = SEED) -> list[SimulatedPerson]:
    """Both arms, mixed so that the order does not tell the arm. The same seed gives the same people."""
    rng = Random(seed)  # noqa: S311 - invented people, no secret
    study = published()
    people = [person for arm in study.arms for person in _arm(arm, study, rng)]
    rng.shuffle(people)
    return people


def _arm(arm: PublishedArm, study: PublishedStudy, rng: Random) -> list[SimulatedPerson]:
    first, *later = arm.visits
    baseline = integers(first.n, first.mean, first.sd, study.entry_from, HIGHEST, rng)
    response = [rng.gauss(0, 1) for _ in baseline]
    staying = list(range(first.n))
    totals: dict[str, dict[int, int]] = {}
    for visit in later:
        # Who has left stays away.
        staying = sorted(rng.sample(staying, visit.n))
        totals[visit.key] = _visit(visit, staying, baseline, response, study.response_drop, rng)
    return [_person(arm.key, index, baseline[index], totals) for index in range(first.n)]


def _visit(
    visit: PublishedVisit,
    staying: Sequence[int],
    baseline: Sequence[int],
    response: Sequence[float],
    drop: int,
    rng: Random,
) -> dict[int, int]:
    """Totals of one visit: the published spread of values, given to people in a believable order."""
    values = sorted(integers(visit.n, visit.mean, visit.sd, 0, HIGHEST, rng))
    start = _standardised([baseline[index] for index in staying])
    own = [RESPONSE * response[index] + CHANCE * rng.gauss(0, 1) for index in staying]
    own = _standardised(_without(own, start))
    leaning = [FOLLOWS * s + (1 - FOLLOWS**2) ** 0.5 * o for s, o in zip(start, own, strict=True)]
    order = sorted(range(visit.n), key=leaning.__getitem__)
    totals = {staying[place]: value for place, value in zip(order, values, strict=True)}
    if visit.responders is not None:
        _meet_responders(totals, baseline, drop, visit.responders)
    return totals


def _standardised(values: Sequence[float]) -> list[float]:
    centre = sum(values) / len(values)
    spread = (sum((value - centre) ** 2 for value in values) / len(values)) ** 0.5
    return [(value - centre) / spread for value in values]


def _without(values: Sequence[float], standard: Sequence[float]) -> list[float]:
    """What of `values` does not follow `standard`, so that a small arm keeps the wanted correlation."""
    shared = sum(v * s for v, s in zip(values, standard, strict=True)) / len(values)
    return [v - shared * s for v, s in zip(values, standard, strict=True)]


def _meet_responders(totals: dict[int, int], baseline: Sequence[int], drop: int, wanted: int) -> None:
    """Exchange the totals of two people, the nearest first, until as many responded as published.

    An exchange leaves mean and SD alone. Raises ValueError where no exchange helps.
    """

    def responded(person: int, total: int) -> int:
        return int(baseline[person] - total >= drop)

    def gain(one: int, other: int) -> int:
        before = responded(one, totals[one]) + responded(other, totals[other])
        return responded(one, totals[other]) + responded(other, totals[one]) - before

    while gap := wanted - sum(responded(person, total) for person, total in totals.items()):
        step = 1 if gap > 0 else -1
        pairs = [(a, b) for a in totals for b in totals if a < b and gain(a, b) == step]
        if not pairs:
            raise ValueError(f"No exchange of totals gives {wanted} responders")
        a, b = min(pairs, key=lambda pair: (abs(totals[pair[0]] - totals[pair[1]]), pair))
        totals[a], totals[b] = totals[b], totals[a]


def _person(arm: str, index: int, baseline: int, totals: dict[str, dict[int, int]]) -> SimulatedPerson:
    found = {key: visit.get(index) for key, visit in totals.items()}
    kept = ["baseline", *(key for key, total in found.items() if total is not None)]
    left_after = None if len(kept) == len(found) + 1 else kept[-1]
    return SimulatedPerson(arm, baseline, found["week4"], found["week8"], found["week18"], left_after)
