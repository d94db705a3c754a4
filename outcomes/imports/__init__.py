"""Reading published and foreign data: pure modules and the maps that say what each column means."""
