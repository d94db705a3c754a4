"""What every body of the API obeys."""

import unicodedata

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers


class StrictSerializer(serializers.Serializer):
    """Refuses fields that it does not know and signs that no keyboard types, instead of ignoring them."""

    def to_internal_value(self, data):
        """Parse, after asking whether every field is known."""
        if isinstance(data, dict):
            unknown = sorted(str(name) for name in set(data) - set(self.fields))
            if unknown:
                raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown})
        return super().to_internal_value(data)

    def validate(self, attrs):
        """Refuse control characters in any text."""
        wrong = [
            name for name, value in attrs.items() if isinstance(value, str) and has_control_characters(value)
        ]
        if wrong:
            raise serializers.ValidationError(
                {name: [_("This text holds signs that cannot be stored.")] for name in wrong}
            )
        return attrs


class WriteSerializer(StrictSerializer):
    """A write: the client makes its id (UUIDv7), and may send it again."""

    id = serializers.UUIDField(
        help_text=_("UUIDv7 made by the client. The same id and body may be sent again.")
    )

    def validate_id(self, value):
        """Version 7 only: other versions would scatter over the index."""
        if value.version != 7:
            raise serializers.ValidationError(_("Make the id as a UUID version 7."))
        return value


class PersonField(serializers.UUIDField):
    """The id of somebody who holds a role at the site."""

    def to_internal_value(self, data):
        """The User. The people of the site come in the context."""
        person = self.context["people"].get(super().to_internal_value(data))
        if person is None:
            raise serializers.ValidationError(_("Nobody with this id holds a role at this site."))
        return person


def has_control_characters(text: str) -> bool:
    """Whether a text holds what no keyboard types: control characters other than line breaks and tabs."""
    return any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in "\n\r\t" for sign in text)


class Problem(serializers.Serializer):
    """What was wrong, by field or as a whole."""

    detail = serializers.JSONField(required=False)


class Answer(serializers.Serializer):
    """The id of what was written."""

    id = serializers.UUIDField()


def answers(good, *, status: int = 200) -> dict:
    """The answers of an endpoint for the schema; `None` is the answer to a write."""
    problems = dict.fromkeys((400, 401, 403, 404, 405, 409, 413, 415, 429), Problem)
    return {status: Answer if good is None else good, **problems}
