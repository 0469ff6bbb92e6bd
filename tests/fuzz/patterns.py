"""Random patterns for regex(): most of them as publication wants them, some of them of odd pieces in any order."""

from functools import cache

from hypothesis import strategies as st

__all__ = ["any_patterns", "fair_patterns"]

_LETTERS = (*"ab y10-ক👍é_.", r"\.", r"\-", r"\u0995", r"\x61", *map("\\{}".format, "dwsDWS"))
_MEMBERS = (" ", *r"a a-y 0-9 ক-হ - ^ . 1 👍 \- \d \W \s &".split())
_TIMES = ("", "", *"* + ? {2} {0,2} {1,} *? {0} {3}?".split())
_BROKEN = tuple(r"( (?: ) [ [^ ] { } {,2} {2,1} | ^ $ \ \b (?i) \p{L} \1 && \u12 \ud83d {9999} ++ \t".split())
_ODD = (*_MEMBERS, *_TIMES, *_BROKEN, "\n")


@cache
def fair_patterns() -> st.SearchStrategy[str]:
    """Draw a pattern that is read everywhere."""
    members = st.lists(st.sampled_from(_MEMBERS), min_size=1, max_size=3).map("".join)
    letters = st.sampled_from(_LETTERS) | st.builds("[{}{}]".format, st.sampled_from(("", "^")), members)
    return st.recursive(letters, _larger, max_leaves=4)


@cache
def any_patterns() -> st.SearchStrategy[str]:
    """Draw pieces in any order."""
    return st.lists(st.sampled_from(_ODD), max_size=6).map("".join)


def _larger(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    times = st.sampled_from(_TIMES)
    return st.one_of(
        st.builds("({}|{}){}".format, smaller, smaller, times),
        st.builds("(?:{}){}".format, smaller, times),
        st.builds("{}{}".format, smaller, smaller),
        st.builds("^{}$".format, smaller),
        st.builds("{}\\b{}".format, smaller, smaller),
    )
