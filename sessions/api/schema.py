"""What the schema says of every endpoint of this layer."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse

from sessions.api.serializers import Answer

ERRORS = {
    code: OpenApiResponse(OpenApiTypes.OBJECT, description)
    for code, description in (
        (400, "Something in the request is wrong; the messages stand at their fields."),
        (401, "Nobody is signed in."),
        (403, "The caller's role does not allow this."),
        (404, "Not there, or another site's."),
    )
}
ANSWERS = {
    201: Answer,
    **ERRORS,
    409: OpenApiResponse(OpenApiTypes.OBJECT, "The id was used before for something else."),
}
