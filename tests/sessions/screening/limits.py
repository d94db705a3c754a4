"""A protocol's limits for the tests of the rules: values of their own, so that no test leans on a shipped number."""

from dataclasses import dataclass, field
from decimal import Decimal

from sessions.protocol import Mark, Threshold


def limit(key: str, value: str, unit: str) -> Threshold:
    return Threshold(
        key=key, value=Decimal(value), unit=unit, why="For a test", source="A test", mark=Mark.PROPOSED
    )


LIMITS = {
    one.key: one
    for one in (
        limit("minimum_age", "18", "years"),
        limit("minimum_weight", "48", "kg"),
        limit("hypertension_systolic", "140", "mmHg"),
        limit("hypertension_diastolic", "90", "mmHg"),
        limit("qtc_male", "450", "ms"),
        limit("qtc_female", "460", "ms"),
        limit("psychosis_screen", "6", "items"),
        limit("dissociation_score", "16", "points"),
        limit("substance_disorder_free", "12", "months"),
        limit("ptsd_since_diagnosis", "6", "months"),
        limit("washout_maoi", "14", "days"),
        limit("washout_harmala", "3", "days"),
        limit("washout_fluoxetine", "35", "days"),
        limit("washout_st_johns_wort", "14", "days"),
        limit("washout_lithium_psilocybin", "30", "days"),
        limit("washout_half_lives", "5", "half-lives"),
        limit("washout_triptan", "24", "hours"),
        limit("washout_alcohol", "24", "hours"),
        limit("after_dose_cyp2d6", "10", "days"),
    )
}


@dataclass(frozen=True)
class Plan:
    """What of a protocol the rules read."""

    setting: str = "clinic"
    not_known_blocks: bool = True
    required: dict[str, int] = field(default_factory=dict)
