"""The stable words of the protocol: programs compare them, people read their translation."""

from enum import StrEnum

__all__ = [
    "ChangeState",
    "ErrorCode",
    "Origin",
    "QuarantineReason",
    "ReceiptStatus",
    "RefusalCode",
    "ReviewState",
    "RevisionKind",
]


class RevisionKind(StrEnum):
    """What a revision does to its response."""

    CREATE = "create"
    EDIT = "edit"
    REVIEW = "review"
    MERGE = "merge"
    ERASE = "erase"


class Origin(StrEnum):
    """Where a revision was made."""

    DEVICE = "device"
    CONSOLE = "console"
    IMPORT = "import"


class ReceiptStatus(StrEnum):
    """What became of one pushed item. All but ``retry`` and ``refused`` mean that it is durable, or was erased."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"
    ERASED = "erased"
    RETRY = "retry"
    REFUSED = "refused"


class RefusalCode(StrEnum):
    """Why an item can never be taken as it is."""

    MALFORMED = "malformed"
    HASH_MISMATCH = "hash-mismatch"
    OVERSIZE = "oversize"


class QuarantineReason(StrEnum):
    """Why an item was stored, but set aside until a person looks at it."""

    UNKNOWN_DEVICE = "unknown-device"
    REVOKED_DEVICE = "revoked-device"
    EXPIRED_TOKEN = "expired-token"  # the name of a reason, not a secret
    DEVICE_MISMATCH = "device-mismatch"
    OUT_OF_SCOPE = "out-of-scope"
    NOT_A_DEVICES = "not-a-devices"  # a phone speaks as the console, or does what only the console may
    UNKNOWN_FORM = "unknown-form"
    CLOSED_FORM = "closed-form"
    OVER_QUOTA = "over-quota"


class ChangeState(StrEnum):
    """How a revision that the feed tells of stands at the server."""

    HELD = "held"
    SET_ASIDE = "set-aside"


class ReviewState(StrEnum):
    """Where a response stands once a coordinator has decided about it."""

    RECEIVED = "received"
    APPROVED = "approved"
    RETURNED = "returned"
    REJECTED = "rejected"


class ErrorCode(StrEnum):
    """Why a whole request was turned away: the ``code`` member of the problem details."""

    MALFORMED = "malformed"
    TOO_MANY_ITEMS = "too-many-items"
    BODY_TOO_LARGE = "body-too-large"
    TOO_SLOW = "too-slow"
    UNSUPPORTED_ENCODING = "unsupported-encoding"
    TOKEN_INVALID = "token-invalid"  # the name of a reason, not a secret
    DEVICE_NOT_ALLOWED = "device-not-allowed"
    ENROLMENT_UNKNOWN = "enrolment-unknown"
    ENROLMENT_USED = "enrolment-used"
    ENROLMENT_EXPIRED = "enrolment-expired"
    POSTER_UNKNOWN = "poster-unknown"
    POSTER_CLOSED = "poster-closed"
    DEVICE_KNOWN = "device-known"
    DEVICE_OF_A_WORKER = "device-of-a-worker"
    TOO_MANY = "too-many"
    NOT_PUBLISHED = "not-published"
    UNSUPPORTED_TYPE = "unsupported-type"
    ATTACHMENT_UNKNOWN = "attachment-unknown"
    ATTACHMENT_TOO_LARGE = "attachment-too-large"
    OFFSET_MISMATCH = "offset-mismatch"
    HASH_MISMATCH = "hash-mismatch"
    NO_SPACE = "no-space"
    BUSY = "busy"
