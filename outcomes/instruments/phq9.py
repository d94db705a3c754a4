"""PHQ-9: depression over the last two weeks, nine items of 0 to 3, and a difficulty item not scored."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Band, Instrument, Item, Kind, MissingRule, Option, sum_of_items

# Codes as in HL7's US Behavioral Health Profiles, questionnaireresponse/phq-9-example-1.xml @7ad613c.
FREQUENCY = tuple(
    Option(value, f"LA{code}") for value, code in enumerate(("6568-5", "6569-3", "6570-1", "6571-9"))
)
# LOINC of "not" and "very" difficult were not read in a source, so they stay empty.
DIFFICULTY = (Option(0), Option(1, "LA6573-5"), Option(2), Option(3, "LA6574-3"))
CODES = ["44250-9", "44255-8", "44259-0", "44254-1", "44251-7", "44258-2", "44252-5", "44253-3", "44260-8"]
SELF_HARM = 9

ITEMS = tuple(
    Item(
        key=f"item_{number}",
        kind=Kind.CHOICE,
        low=0,
        high=3,
        safety=number == SELF_HARM,
        options=FREQUENCY,
        loinc=code,
    )
    for number, code in enumerate(CODES, start=1)
)

PHQ9 = Instrument(
    key="phq9",
    version="1",
    title="Patient Health Questionnaire-9",
    short="PHQ-9",
    measures=_("Depression"),
    recall=_("Last 2 weeks"),
    items=(
        *ITEMS,
        Item(
            key="difficulty",
            kind=Kind.CHOICE,
            low=0,
            high=3,
            scored=False,
            options=DIFFICULTY,
            loinc="69722-7",
        ),
    ),
    scoring=sum_of_items,
    missing_rule=MissingRule(
        at_most=2,
        source="PHQ and GAD-7 instruction manual (not read at the source): mean of the others for one or two",
    ),
    low=0,
    high=27,
    bands=(
        Band("none", _("None or minimal"), 0, 4),
        Band("mild", _("Mild"), 5, 9),
        Band("moderate", _("Moderate"), 10, 14),
        Band("moderately_severe", _("Moderately severe"), 15, 19, _("Mod. severe")),
        Band("severe", _("Severe"), 20, 27),
    ),
    scheme="PHQ-9 severity",
    bands_source="CamCOPS tasks/phq9.py @56a303e; Medizininformatik-Initiative PROMs, PHQ-9",
    higher_is_worse=True,
    ships_text=True,
    licence="No permission required to reproduce, translate, display or distribute",
    attribution=(
        "Developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, "
        "with an educational grant from Pfizer Inc."
    ),
    source="CamCOPS tasks/phq9.py @56a303e; HL7 US Core STU9, Questionnaire phq-9-example",
    loinc_panel="44249-1",
    loinc_total="44261-6",
)
