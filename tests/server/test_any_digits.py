"""Whatever digits people type into the console and the pages of posters, they are understood."""

from datetime import date
from typing import Final

import pytest

from server.devices.inviting import read_count
from server.places.small_areas import find_codes
from server.residents.typed import ascii_number
from server.setup.rules import code_hash
from server.venues.typed import read_day, read_number, read_position
from sync.references import read_poster_code, read_reference

ZEROS: Final = {"Bengali": "০", "Arabic": "٠", "Urdu": "۰", "Devanagari": "०", "full width": "０"}


def in_digits(text: str, script: str) -> str:
    """Write 0-9 in another script."""
    return text.translate({ord("0") + step: chr(ord(ZEROS[script]) + step) for step in range(10)})


@pytest.mark.parametrize("script", ZEROS)
def test_numbers_days_positions_and_codes_are_read(script: str) -> None:
    assert read_count(in_digits("25", script), least=1, most=60) == 25
    assert read_number(in_digits("1250", script)) == 1250
    assert read_day(in_digits("2027-05-20", script)) == date(2027, 5, 20)
    assert read_position(in_digits("51.531, -0.036", script)) == (51.531, -0.036)
    assert read_poster_code(in_digits("SCB-529", script)) == "SCB529"
    assert read_reference(in_digits("0000-0000-0000", script)) == "000000000000"
    assert code_hash(in_digits("7K2M" * 5, script)) == code_hash("7K2M" * 5)
    assert ascii_number(in_digits("-12", script)) == "-12"
    assert find_codes(in_digits("E01004250", script)) == find_codes("E01004250")
