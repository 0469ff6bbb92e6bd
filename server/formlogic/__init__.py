"""The reference form engine: pure, whole-response, and the oracle of the phone's incremental one."""

from server.formlogic.check import check
from server.formlogic.validate import Problem

__all__ = ["Problem", "check"]
