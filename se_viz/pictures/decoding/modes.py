"""Every pixel format that pictures come in, brought to 8-bit RGB on white."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image, ImageCms

from se_viz.pictures.decoding.ranges import GreyRange, extent_of, pick

STEP = 1 << 20  # numbers that are turned to grey at a time


def to_rgb(image: Image.Image) -> Image.Image:
    """Any decoded picture of 8 bits a channel as RGB.

    Transparency is laid on white; CMYK follows the profile inside the file where there is one.
    Profiles of RGB pictures are left alone, as they are in the pipelines that train networks.
    """
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode in ("CMYK", "LAB"):
        return _by_profile(image)
    return image if image.mode == "RGB" else image.convert("RGB")


def scale_grey(values: np.ndarray, taken: GreyRange | None = None) -> np.ndarray:
    """Numbers as greys, uint8 of the same shape; without a range by the one that they tell.

    What lies beyond the range is drawn as its end, what is not finite black.
    """
    taken = taken or pick((), extent_of(values)).range
    if values.dtype == np.uint16:
        return _grey(np.arange(1 << 16), taken)[values]
    flat, made = values.reshape(-1), np.empty(values.size, np.uint8)
    for start in range(0, flat.size, STEP):
        made[start : start + STEP] = _grey(flat[start : start + STEP], taken)
    return made.reshape(values.shape)


def _grey(values: np.ndarray, taken: GreyRange) -> np.ndarray:
    numbers = values.astype(np.float64)
    numbers[~np.isfinite(numbers)] = taken.low
    numbers = np.clip(numbers, taken.low, taken.high) - taken.low
    return np.rint(numbers / (taken.span or 1.0) * 255).astype(np.uint8)


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
