"""What every function takes and gives, so that random expressions can call them all.

Kinds: ``n`` number, ``t`` text, ``b`` truth, ``s`` nodes, ``a`` any of them; ``r`` regular expression, ``f`` format of
a date, ``l`` list, ``w`` small whole number, ``q`` path in quotes, ``i`` see ``indexed-repeat``. What stands in
brackets may be left out, and ``*`` may be repeated.
"""

__all__ = ["SIGNATURES"]

_TEXT = """
b boolean a
b not b
b true
b false
b boolean-from-string t
b regex t r
b contains t t
b starts-with t t
b ends-with t t
b selected t t
b checklist n n a*
b weighted-checklist n n a a
t string [a]
t concat a*
t join t a*
t coalesce t t
t once t
t uuid [w]
t substr t n [n]
t substring t n [n]
t substring-before t t
t substring-after t t
t translate t t t
t normalize-space [t]
t selected-at t n
t jr:choice-name t q
t name [s]
t local-name [s]
t indexed-repeat i
t now
t today
t date a
t date-time a
t format-date a f
t format-date-time a f
n decimal-date-time a
n decimal-time t
n number [a]
n string-length [t]
n sum s
n min a*
n max a*
n count s
n count-non-empty s
n count-selected t
n position [s]
n last
n round n [w]
n floor n
n ceiling n
n int n
n abs n
n pow n w
n sqrt n
n exp w
n exp10 w
n log n
n log10 n
n sin w
n cos w
n tan w
n asin n
n acos n
n atan n
n atan2 n n
n pi
n random
s current
s instance l
a if b a a
"""

SIGNATURES: dict[str, tuple[str, tuple[str, ...]]] = {
    name: (result, tuple(arguments)) for result, name, *arguments in map(str.split, _TEXT.strip().splitlines())
}
"""Name → kind of the result, kinds of the arguments."""
