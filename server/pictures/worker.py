"""Draws one picture again, in a process of its own: python -I worker.py <reader of Pillow> < picture > drawn

It is given bytes from strangers, so it first takes from itself whatever it does not need: time, memory, large files,
a dump of its memory. It gets no path, no network address and nothing of the server's. What it writes is made from
pixels alone: position, time, serial numbers and whatever else the original says stay behind.

Output: the number of bytes of the small picture (4 bytes, most significant first), the small one, the large one; both
WebP. Exit codes: 0 drawn, 3 cannot be shown as a picture; anything else is a failure.

This file imports nothing of Fieldwell, so that it runs without the server's folders on its path.
"""

import sys
import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

CPU_SECONDS: Final = 8
ADDRESS_BYTES: Final = 768 * 1024 * 1024
OUTPUT_BYTES: Final = 8 * 1024 * 1024
SOURCE_BYTES: Final = 20 * 1024 * 1024
MOST_PIXELS: Final = 24_000_000
LARGE_PIXELS: Final = 1600
SMALL_PIXELS: Final = 320
"""The longer side of each picture that is drawn."""
QUALITY: Final = 80
NO_PICTURE: Final = 3


def main(reader: str) -> int:
    """Draw what comes in and give the exit code."""
    limit_self()
    warnings.simplefilter("ignore")  # of doubtful metadata: they are left behind; bombs are counted below
    source = sys.stdin.buffer.read(SOURCE_BYTES + 1)
    try:
        large, small = draw(source, reader)
    except MemoryError:
        raise
    except Exception:  # whatever a reader of pictures trips over, it is no picture to show
        return NO_PICTURE
    sys.stdout.buffer.write(len(small).to_bytes(4) + small + large)
    return 0


def limit_self() -> None:
    """Take from this process what it does not need; on Windows only the clock of whoever started it limits it."""
    if sys.platform == "win32":
        return
    import resource

    for limit, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, ADDRESS_BYTES),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))


def draw(source: bytes, reader: str) -> tuple[bytes, bytes]:
    """Draw the first frame at both sizes, the right way up; raises what Pillow raises, and ValueError."""
    if len(source) > SOURCE_BYTES:
        raise ValueError(f"The file is larger than {SOURCE_BYTES} bytes.")
    with Image.open(BytesIO(source), formats=[reader]) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise ValueError(f"{width} × {height} pixels are more than {MOST_PIXELS}.")
        opened.draft("RGB", (LARGE_PIXELS, LARGE_PIXELS))  # a JPEG decodes straight to about the size that is wanted
        large = on_white(ImageOps.exif_transpose(opened))
    large.thumbnail((LARGE_PIXELS, LARGE_PIXELS))
    small = large.copy()
    small.thumbnail((SMALL_PIXELS, SMALL_PIXELS))
    return written(large), written(small)


def on_white(picture: Image.Image) -> Image.Image:
    """Give the pixels alone, with white where the picture is see-through."""
    seen = picture.convert("RGBA") if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info else None
    if seen is None:
        return plain(picture.convert("RGB"))
    ground = Image.new("RGB", seen.size, "white")
    ground.paste(seen, mask=seen.getchannel("A"))
    return ground


def plain(picture: Image.Image) -> Image.Image:
    """Leave behind everything but the pixels."""
    picture.info.clear()
    return picture


def written(picture: Image.Image) -> bytes:
    """Write a picture as WebP."""
    target = BytesIO()
    picture.save(target, "WEBP", quality=QUALITY, method=3)
    return target.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
