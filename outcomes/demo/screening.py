"""What the demo's people say and what is measured before they are dosed. Invented, and the same for each unless said."""

from collections.abc import Mapping

LABORATORY = {"method": "Serum, invented laboratory"}
HISTORY: Mapping[str, object] = {
    "psychotic_disorder": "never",
    "depression": "past",
    "bipolar_disorder": "never",
    "dissociative_identity_disorder": "never",
    "ptsd_dissociative_subtype": "absent",
    "personality_disorder": "never",
    "eating_disorder": "never",
    "alcohol_use_disorder": "never",
    "cannabis_use_disorder": "never",
    "other_substance_disorder_last_on": "never",
    "hypertension": "never",
    "arrhythmia_history": ["none"],
    "torsade_risk": ["none"],
    "cardiovascular_disease": ["none"],
    "liver_disease": "never",
    "hyponatraemia_history": "never",
    "hyperthermia_history": "never",
    "seizure_history": "never",
    "thyroid": "never",
    "diabetes": "never",
    "glaucoma": "never",
    "family_psychosis_bipolar": ["none"],
    "suicidal_ideation_month": "none",
    "suicidal_behaviour": "never",
    "consent_capacity": "has",
    "ptsd_severity": "severe",
    "first_line_treatment": "adequate",
    "medicine_list": "none_taken",
    "housing": "stable",
    "support_person": "agreed",
    "ongoing_trauma": "none",
}
MEASURED: Mapping[str, object] = {
    "weight": "71.5",
    "blood_pressure": [["124", "78"], ["122", "80"]],
    "qtc": {"value": "412", "formula": "fridericia"},
    "ecg_rhythm": "sinus",
    "sodium": {"value": "140", **LABORATORY, "reference_low": "135", "reference_high": "145"},
    "alt": {"value": "22", **LABORATORY, "reference_low": "5", "reference_high": "40"},
    "creatinine": {"value": "74", **LABORATORY, "reference_low": "45", "reference_high": "110"},
    "urine_drug_screen": ["none"],
}
# Asked of women alone.
OF_WOMEN: Mapping[str, Mapping[str, object]] = {
    "measurement": {"pregnancy": "negative"},
    "interview": {"lactation": "never"},
}
MORNING: Mapping[str, Mapping[str, object]] = {
    "interview": {
        "medicines_since": "nothing_new",
        "food_and_drink": "as_agreed",
        "cssrs_since_last_contact": "none",
        "escort": "named",
        "first_night": "clinic",
        "transport": "driven",
    },
    "measurement": {"urine_drug_screen": ["none"], "contact_point": "proven", "rescue_ready": "ready"},
}
# What differs for some, by the place in the list of those in treatment at Harbour.
CAUTIONS = {"ptsd_dissociative_subtype": "present"}
TURNED_AWAY = {"psychotic_disorder": "past"}
ON_MEDICINE = {"medicine_list": "complete"}
RED = {"interview": {"food_and_drink": "not_as_agreed", "escort": "not_arranged"}}
