"""Two pictures as small as they come."""

import io

from PIL import Image

_OUT = io.BytesIO()
Image.new("RGB", (2, 2), "#3b2f63").save(_OUT, "PNG")
PNG = _OUT.getvalue()
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1"/></svg>\n'
