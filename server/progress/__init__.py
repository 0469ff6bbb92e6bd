"""How far the work is: what came when, from where and in which language, what nobody answered, and what waits."""
