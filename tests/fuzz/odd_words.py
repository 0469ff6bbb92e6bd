"""Words that go wrong: names that JavaScript knows, other scripts, texts that look like numbers, dates or nothing."""

from hypothesis import strategies as st

__all__ = ["ANSWERS", "CHOICES", "LITERALS", "NAMES"]

NAMES = (
    "a b c d e n q1 a-b x.y _ __proto__ constructor toString valueOf hasOwnProperty length name text children root item"
    " اسم নাম имя é 名前"
).split()

CHOICES = ("yes", "no", "1", "02", "__proto__", "হ্যাঁ", "نعم", "b-1")

_NUMBERS = "0 1 2 3 -1 10 3.5 -0.5 .5 5. 007 -0 1000 2147483648 99999999999999999999 0.1".split()
_NO_NUMBERS = "1e3 0x1f 1_000 +1 ١٢ ১২ NaN Infinity -Infinity --1 1,5".split()
_TIMES = (
    "2026-11-20 2024-02-29 2026-02-30 0001-01-01 9999-12-31 2026-11-20T10:30:00.000+06:00 2026-11-20T23:59:59Z"
    " 2026-11-20T24:00:00 10:30:00 10:30:00.000-05:00 25:00:00 2026-1-1"
).split()
_PLACES = ("51.5 -0.05 10 5", "51.5 -0.05", "91 0 0 0", "1 2; 3 4; 5 6; 1 2", "1 2;3 4", "1 2 3 -4")
_TEXTS = (
    *("", "a", "abc", "A B", " a ", "yes no", "no yes 02", "true", "false", "OK", "photo.jpg", "a\nb", "\t"),
    *("\ufeff1", "\u00a01", "👍é", "e\u0301", "বাংলা লেখা", "مرحبا بك", "ß", "İ", "\u200f"),
)
LITERALS = (*_NUMBERS, *_NO_NUMBERS, *_TIMES, *_TEXTS, *CHOICES)

ANSWERS = st.one_of(
    st.sampled_from((*_NUMBERS[:8], *CHOICES, "")),
    st.sampled_from((*LITERALS, *_PLACES, "1\u001c")),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)
"""What a person types: most often something that fits, now and then anything at all."""
