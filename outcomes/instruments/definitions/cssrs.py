"""C-SSRS screener: six questions of yes and no, asked by somebody. There is no total, and no word for none."""

from django.utils.translation import gettext_lazy as _

from outcomes.instruments.base import Instrument, When
from outcomes.instruments.basis import basis
from outcomes.instruments.building import yes_no
from outcomes.instruments.scoring import no_total

IDEATION = (When(("item_2",)),)
CODES = ("93246-7", "93247-5", "93248-3", "93249-1", "93250-9", "93267-3")
# The risk level of a whole screen, and the one answer to it that was read: all six answered no.
LEVEL_CODE, ALL_NO_CODE = "93374-7", "LA9194-7"

CSSRS_SCREENER = Instrument(
    key="cssrs_screener",
    version="1",
    title="Columbia-Suicide Severity Rating Scale, screener, recent",
    short="C-SSRS screener",
    measures=_("Thoughts of suicide"),
    recall=_("Past month; behaviour lifetime and past 3 months"),
    items=(
        *(
            yes_no(
                f"item_{number}",
                safety=True,
                loinc=code,
                asked_when=IDEATION if number in (3, 4, 5) else (),
            )
            for number, code in enumerate(CODES, start=1)
        ),
        yes_no(
            "item_6_recent",
            safety=True,
            loinc="93269-9",
            asked_when=(When(("item_6",)),),
            label=_("Item 6, within the past 3 months"),
        ),
    ),
    scoring=no_total,
    scoring_text=_(
        "No total. Items 1, 2 and 6 are always asked; yes to 2 asks 3 to 5. Any yes tells staff at once what to do. "
        "A screen that is not complete needs human contact."
    ),
    staff_asks=True,
    attribution=(
        "Columbia-Suicide Severity Rating Scale (C-SSRS). Posner, Brent, Lucas, Gould, Stanley, Brown, Fisher, Zelazny, "
        "Burke, Oquendo, & Mann. © 2008 The Research Foundation for Mental Hygiene, Inc. "
        "The Columbia Lighthouse Project, cssrs.columbia.edu"
    ),
    basis=basis("S18", "S19", "S20"),
)
INSTRUMENTS = (CSSRS_SCREENER,)
