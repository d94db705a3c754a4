"""All aliases are one database: reads and writes go where the code says, relations are always allowed."""


class OneSchema:
    """Migrations run on the default alias alone; objects of different aliases may meet."""

    def allow_relation(self, first, second, **hints) -> bool:
        """Two logins, one database."""
        return True

    def allow_migrate(self, db, app_label, **hints) -> bool:
        """The owner migrates through `default`."""
        return db == "default"
