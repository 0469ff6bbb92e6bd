"""What is kept as a recording: judged by its bytes from the first to the last, never by its name."""

import pytest

from server.config import RECORDING_BYTES, RECORDING_SECONDS
from server.recordings.sounds import Sound, SoundProblem, read_sound
from tests.server.sounds_of_people import m4a, mp3, ogg, wav, webm


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (mp3(2), "audio/mpeg"),
        (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) + mp3(2), "audio/mpeg"),
        (mp3(2) + b"TAG" + bytes(125), "audio/mpeg"),
        (m4a(2), "audio/mp4"),
        (wav(2), "audio/wav"),
        (wav(2, coding=7, bits=8), "audio/wav"),
    ],
)
def test_what_every_phone_plays_is_taken_with_its_length(content: bytes, media_type: str) -> None:
    sound = read_sound(content)
    assert isinstance(sound, Sound)
    assert (sound.type, round(sound.seconds)) == (media_type, 2)


@pytest.mark.parametrize("content", [webm(), ogg()])
def test_opus_is_refused_because_iphones_of_the_floor_play_none(content: bytes) -> None:
    assert read_sound(content) is SoundProblem.NOT_PLAYED_EVERYWHERE


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"\xff\xf3\x48\xc4" + b"<script>alert(1)</script>" * 50,
        mp3(1) + b"<script>alert(1)</script>",
        b"ID3" + b"\x7f" * 400,
        b"ID3",
        b"\xff\xff\xff\xff" * 500,
        wav(1, coding=0x55, bits=8),
        wav(1, coding=2, bits=4),
        wav(0.2, rate=192_000),
        b"RIFF\x00\x00\x00\x00WAVE" + b"fmt \xff\xff\xff\xff" * 40,
        m4a(1, handler=b"vide"),
        m4a(1, coding=b"Opus"),
        m4a(1, tracks=2),
        m4a(0),
        b"\x00\x00\x00\x08ftyp" * 1000,
        b"\xff\xff\xff\xffftypM4A ",
        b"\x00\x00\x00\x00moov",
    ],
)
def test_what_only_begins_like_a_sound_is_none(content: bytes) -> None:
    assert read_sound(content) is SoundProblem.NOT_A_SOUND


def test_any_beginning_of_a_file_is_judged_without_a_fault() -> None:
    for whole in (mp3(0.5), m4a(1), wav(0.1)):
        for end in range(min(len(whole), 400)):
            assert not isinstance(read_sound(whole[:end]), Sound) or whole.startswith((b"RIFF", b"\xff"))


def test_a_recording_at_its_limits_is_taken_and_past_them_refused() -> None:
    assert isinstance(read_sound(wav(RECORDING_SECONDS)), Sound)
    assert read_sound(wav(RECORDING_SECONDS + 0.1)) is SoundProblem.TOO_LONG
    assert read_sound(wav(0.1)) is SoundProblem.TOO_SHORT
    frame = mp3(1)
    padded = frame + bytes(RECORDING_BYTES - len(frame))
    assert isinstance(read_sound(padded), Sound)
    assert read_sound(padded + b"\0") is SoundProblem.TOO_LARGE
    assert read_sound(b"") is SoundProblem.MISSING
