"""PNG and JPEG pictures: whole, and of a size that can be opened."""

import io

from PIL import Image, ImageFile

from kithwork.core.documents.kinds import Kind, Refusal

PIXELS = 80_000_000  # width x height; opened in colour with transparency that is 320 MB of memory
_BROKEN = "This picture is damaged or not complete. Open it, save it again, and upload the new copy."
_HUGE = "This picture has too many pixels to open safely (the most is 80 million). Make it smaller and upload that."


def look(data: bytes, kind: Kind) -> None:
    """Raises Refusal when the picture is enormous, animated, truncated or broken. `kind` is PNG or JPEG."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(io.BytesIO(data), formats=[kind.name]) as picture:
            width, height = picture.size
            if width * height > PIXELS:
                raise Refusal(_HUGE)
            if kind is Kind.PNG and getattr(picture, "n_frames", 1) > 1:
                raise Refusal("This picture moves. Save the one picture that matters as PNG or JPEG and upload that.")
            if kind is Kind.JPEG:
                picture.draft("L", (max(1, width // 8), max(1, height // 8)))  # reads all of it, unpacks an eighth
            picture.load()
    except Refusal:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Refusal(_HUGE) from bomb
    except MemoryError:
        raise
    except Exception as fault:  # Pillow's plug-ins raise many kinds for one thing: cannot be read
        raise Refusal(_BROKEN) from fault
