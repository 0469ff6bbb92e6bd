"""Names of texts and of responses: one spelling each."""

import random
from uuid import UUID

import pytest

from sync.hashes import is_sha256, sha256_hex
from sync.ids import is_uuid, uuid7


def test_a_text_is_named_by_its_utf_8_bytes() -> None:
    assert sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert sha256_hex("ছ👍") == sha256_hex("\u099b\U0001f44d")
    with pytest.raises(UnicodeEncodeError):
        sha256_hex("\ud800")


@pytest.mark.parametrize("text", ["", "A" * 64, "a" * 63, "a" * 65, "g" * 64, "a" * 63 + "١", "a" * 64 + "\n"])
def test_only_64_lower_case_digits_are_a_name(text: str) -> None:
    assert is_sha256("0123456789abcdef" * 4)
    assert not is_sha256(text)


def test_a_uuid7_is_made_as_the_standard_shows() -> None:
    """RFC 9562, appendix A.6: the same time and the same random bits give the same UUID."""
    noise = (0xCC3 << 68 | 0x18C4DC0C0C07398F).to_bytes(10)
    assert uuid7(0x017F22E279B0, noise) == UUID("017F22E2-79B0-7CC3-98C4-DC0C0C07398F")


def test_later_ids_sort_later_and_all_say_their_version() -> None:
    chance = random.Random(20261120)
    made = [uuid7(millisecond, chance.randbytes(10)) for millisecond in (0, 1, 2**32, 2**48 - 1)]
    assert sorted(map(str, made)) == list(map(str, made))
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


@pytest.mark.parametrize(("milliseconds", "length"), [(-1, 10), (2**48, 10), (0, 9), (0, 11)])
def test_what_does_not_fit_a_uuid7_is_our_own_mistake(milliseconds: int, length: int) -> None:
    with pytest.raises(ValueError, match=str(milliseconds if length == 10 else length)):
        uuid7(milliseconds, bytes(length))


@pytest.mark.parametrize(
    "text", ["", "x", "0192F000-0000-7000-8000-000000000001", "{0192f000-0000-7000-8000-000000000001}"]
)
def test_a_uuid_has_one_spelling(text: str) -> None:
    assert is_uuid("0192f000-0000-7000-8000-000000000001")
    assert not is_uuid(text)
