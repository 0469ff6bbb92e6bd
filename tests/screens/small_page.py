"""A small page with a fault planted in it, to see that it is found."""

from typing import Final

__all__ = ["SOUND", "page_with"]

SOUND: Final = "<h1>مرحبا</h1><p>نص قصير</p><p><button>تابع</button></p>"
FRAME: Final = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>مرحبا – Fieldwell</title>
<meta name="viewport" content="width=device-width"><style>
body {{ margin: 16px; font: 16px/1.6 sans-serif; color: #111; background: #fff }}
button {{ min-width: 48px; min-height: 48px; font: inherit }}
:focus-visible {{ outline: 3px solid #06c }}
.skip {{ position: absolute; inset-block-start: -100px }} .skip:focus {{ inset-block-start: 0 }}
</style></head><body><a class="skip" href="#page">إلى الصفحة</a><header>فوق</header>
<main id="page" tabindex="-1">{main}</main></body></html>"""


def page_with(main: str) -> str:
    """Give an Arabic page with this in it."""
    return FRAME.format(main=main)
