"""strace is a program for Linux: elsewhere what needs it is not collected."""

import sys

collect_ignore = [] if sys.platform == "linux" else ["test_points.py", "test_trace.py"]
