"""What keeps the audit log as it was written, and finds a line of a kind about something.

Used by the migration that made them, so these statements never change; a later change is a new step. Whoever can write
to the file itself can take the triggers away: they keep a mistake of ours from changing what people did.
"""

__all__ = ["KEPT_AS_WRITTEN"]

KEPT_AS_WRITTEN = (
    # Lines of before name the network address of whoever could not sign in; nothing needs it for ever.
    """
    UPDATE audit SET details = json_remove(details, '$.address')
     WHERE action = 'sign-in-failed' AND json_type(details, '$.address') IS NOT NULL
    """,
    "CREATE INDEX audit_by_subject ON audit (action, subject, at)",
    """
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'Lines of the audit log are never changed.'); END
    """,
    """
    CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'Lines of the audit log are never deleted.'); END
    """,
    # An INSERT OR REPLACE deletes without asking the trigger above.
    """
    CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit WHERE audit.seq = NEW.seq)
    BEGIN SELECT RAISE(ABORT, 'Lines of the audit log are never replaced.'); END
    """,
)
