"""What a form may learn from outside: time, fresh ids, chance, and who asks. Passed in, never read here."""

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Surroundings", "counted_ids"]


@dataclass(frozen=True)
class Surroundings:
    """``now`` is ISO 8601 with an offset; ``random`` gives numbers from 0 up to but not including 1."""

    now: str
    new_uuid: Callable[[], str]
    random: Callable[[], float]
    device_id: str = ""
    user_name: str = ""
    email: str = ""
    phone_number: str = ""

    def tell(self, preload: str | None) -> str | None:
        """Give what a form wants filled in at the beginning; None for what is not known, or not yet."""
        match preload:
            case "uid":
                return f"uuid:{self.new_uuid()}"
            case "start":
                return self.now
            case "today":
                return self.now[:10]
            case _:
                return self._of_person(preload)

    def _of_person(self, preload: str | None) -> str | None:
        known = {
            "deviceid": self.device_id,
            "username": self.user_name,
            "email": self.email,
            "phonenumber": self.phone_number,
        }
        return known.get(preload or "")


def counted_ids() -> Callable[[], str]:
    """Give a source of ids for tests and vectors: ``00000000-0000-4000-8000-000000000001`` and so on."""
    count = 0

    def next_id() -> str:
        nonlocal count
        count += 1
        return f"00000000-0000-4000-8000-{count:012d}"

    return next_id
