"""Contrast of colours as WCAG 2.2 defines it. Colours are #rrggbb."""

LEAST_TEXT, LEAST_PARTS = 4.5, 3.0  # WCAG AA: of text, and of what shows that something can be operated


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio between two colours, 1 to 21, not rounded."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
