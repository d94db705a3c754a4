"""AUDIT and AUDIT-C: drinking over the past year. Items 9 and 10 know the answers 0, 2 and 4 alone."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Cutoff, Instrument, When
from outcomes.instruments.basis import basis
from outcomes.instruments.building import PAST_YEAR, bands, choice
from outcomes.instruments.parts import Option
from outcomes.instruments.scoring import sum_of_items

# Somebody who never drinks is asked 9 and 10 alone; so is somebody whose items 2 and 3 are both 0.
DRINKS, DRINKS_MUCH = When(("item_1",)), When(("item_2", "item_3"))
STANDARD, UK_UNITS = 1, 2
AUDIT = Instrument(
    key="audit",
    version="1",
    title="Alcohol Use Disorders Identification Test",
    short="AUDIT",
    measures=_("Alcohol use"),
    recall=PAST_YEAR,
    items=(
        choice("item_1", 0, 4),
        *(choice(f"item_{number}", 0, 4, asked_when=(DRINKS,)) for number in (2, 3)),
        *(choice(f"item_{number}", 0, 4, asked_when=(DRINKS, DRINKS_MUCH)) for number in range(4, 9)),
        *(choice(f"item_{number}", 0, 4, step=2) for number in (9, 10)),
    ),
    scoring=sum_of_items,
    scoring_text=_(
        "Sum of the ten items. Item 1 answered 0, or items 2 and 3 both 0, leave 9 and 10 alone to ask; what is left out counts 0."
    ),
    low=0,
    high=40,
    bands=bands(
        ("zone_1", _("Zone I"), 0),
        ("zone_2", _("Zone II"), 8),
        ("zone_3", _("Zone III"), 16),
        ("zone_4", _("Zone IV"), 20),
        high=40,
    ),
    scheme="AUDIT zones",
    bands_basis=basis("rec"),
    cutoffs=(
        Cutoff(label=_("8 or more: hazardous or harmful"), low=8, basis=basis("S26")),
        Cutoff(label=_("Women, 13 or more: dependence likely"), low=13, sex="female", basis=basis("S26")),
        Cutoff(label=_("Men, 15 or more: dependence likely"), low=15, sex="male", basis=basis("S26")),
    ),
    higher_is_worse=True,
    basis=basis("S1", "S26"),
)
AUDIT_C = Instrument(
    key="audit_c",
    version="1",
    title="AUDIT-C, the first three items of AUDIT",
    short="AUDIT-C",
    measures=_("Alcohol use"),
    recall=PAST_YEAR,
    items=(
        choice(
            "variant",
            STANDARD,
            UK_UNITS,
            scored=False,
            label=_("Which form was used"),
            options=(Option(STANDARD, label=_("Standard")), Option(UK_UNITS, label=_("UK, worded in units"))),
        ),
        choice("item_1", 0, 4),
        choice("item_2", 0, 4, loinc="68519-8"),
        choice("item_3", 0, 4, loinc="68520-6"),
    ),
    scoring=sum_of_items,
    scoring_text=_("Sum of the three items. The form that was used is stored, for its limits differ."),
    low=0,
    high=12,
    cutoffs=(
        Cutoff(
            label=_("Women, 3 or more"), low=3, sex="female", where={"variant": STANDARD}, basis=basis("S27")
        ),
        Cutoff(label=_("Men, 4 or more"), low=4, sex="male", where={"variant": STANDARD}, basis=basis("S27")),
        Cutoff(label=_("UK form, 5 or more"), low=5, where={"variant": UK_UNITS}, basis=basis("S28")),
    ),
    higher_is_worse=True,
    # 68517-2 and 76504-0, seen for these in public examples, are other instruments.
    loinc_panel="72109-2",
    loinc_total="75626-2",
    basis=basis("S1", "S73"),
)
INSTRUMENTS = (AUDIT, AUDIT_C)
