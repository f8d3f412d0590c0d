"""Every pixel format that pictures come in, brought to 8-bit RGB on white."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageCms

BITS_PER_SAMPLE, PHOTOMETRIC = 258, 262  # TIFF tags
WHITE_IS_ZERO = 0  # a value of PHOTOMETRIC


def to_rgb(image: Image.Image) -> Image.Image:
    """Any decoded picture as RGB, 8 bits a channel.

    Deep grey pictures are scaled, never clipped (see `scale_grey`); transparency is laid on white;
    CMYK follows the profile inside the file where there is one. Profiles of RGB pictures are left
    alone, as they are in the pipelines that train networks.
    """
    if image.mode == "F" or image.mode.startswith("I"):
        return _deep_grey(image)
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode in ("CMYK", "LAB"):
        return _by_profile(image)
    return image if image.mode == "RGB" else image.convert("RGB")


def scale_grey(values: np.ndarray) -> np.ndarray:
    """Grey values of unknown range (integers or floats) as uint8 of the same shape.

    The values tell their range: from 0 up to 1 (floats only), up to 255, or up to 65535; the
    narrowest that holds them all becomes black to white. Values outside of these are stretched
    from the lowest to the highest. What is not finite is drawn black.
    """
    tops = [1.0, 255.0, 65535.0] if values.dtype.kind == "f" else [255.0, 65535.0]
    grey = values.astype(np.float32)
    finite = np.isfinite(grey)
    low = float(grey.min(initial=np.inf, where=finite))
    high = float(grey.max(initial=-np.inf, where=finite))
    if low >= 0 and high <= tops[-1]:
        low, high = 0.0, next(top for top in tops if high <= top)
    np.copyto(grey, low, where=~finite)
    grey *= 0.5  # the span between the extremes of float32 is no float32, half of it is
    grey -= low / 2
    grey /= max(high / 2 - low / 2, float(np.finfo(np.float32).tiny))
    grey *= 255
    return np.rint(grey, out=grey).astype(np.uint8)


def _deep_grey(image: Image.Image) -> Image.Image:
    values = np.asarray(image)
    grey = _scale_16(values, image) if image.mode.startswith("I;16") else scale_grey(values)
    clear = image.info.get("transparency")
    if isinstance(clear, int):
        grey[values == clear] = 255
    return Image.fromarray(grey).convert("RGB")


def _scale_16(values: np.ndarray, image: Image.Image) -> np.ndarray:
    """Unsigned 16-bit (or 12-bit) grey: all of its range, so that pictures compare."""
    tags = getattr(image, "tag_v2", {})
    bits = tags.get(BITS_PER_SAMPLE, (16,))[0]
    steps = np.minimum(np.arange(65536) / (2**bits - 1), 1)
    if tags.get(PHOTOMETRIC) == WHITE_IS_ZERO:
        steps = 1 - steps
    return np.rint(steps * 255).astype(np.uint8)[values]


def _on_white(image: Image.Image) -> Image.Image:
    clear = image if image.mode == "RGBA" else image.convert("RGBA")
    white = Image.new("RGB", image.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


def _by_profile(image: Image.Image) -> Image.Image:
    """CMYK or LAB by colour profile; CMYK without a usable one by Pillow's plain formula."""
    try:
        profile = _profile(image)
        if profile is not None:
            rgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, profile, rgb, outputMode="RGB")
            if converted is not None:
                return converted
    except (ImageCms.PyCMSError, OSError):
        pass
    return image.convert("RGB")


def _profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    if image.mode == "LAB":
        return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    embedded = image.info.get("icc_profile")
    return ImageCms.ImageCmsProfile(io.BytesIO(embedded)) if embedded else None
