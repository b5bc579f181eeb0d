"""axe in many modes of one page, one after the other: sizes, zoom, forced colours, motion, large text, contrast."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

IS_THERE = "typeof axe === 'object'"
RUN = """async () => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})));
  const found = await axe.run(document, { resultTypes: ["violations"], elementRef: false });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) =>
    `${html.slice(0, 160)} ${failureSummary}`).join(" | ")}`);
}"""
LOOK = "looks => (document.documentElement.className = looks)"
LOOKED = "document.documentElement.className"


@dataclass(frozen=True, slots=True)
class Mode:
    """How somebody looks at a page. At 200 % a window has half its width and height; `looks` are our own classes."""

    size: tuple[int, int]
    forced_colours: bool = False
    motion: bool = False
    looks: str = ""


PHONE, KIOSK, DESKTOP = (360, 640), (1080, 1920), (1280, 900)
MODES: Mapping[str, Mode] = {
    "phone": Mode(PHONE),
    "kiosk": Mode(KIOSK),
    "desktop": Mode(DESKTOP),
    "200 %": Mode((DESKTOP[0] // 2, DESKTOP[1] // 2)),
    "forced colours": Mode(PHONE, forced_colours=True),
    "motion": Mode(PHONE, motion=True),
    "large text": Mode(PHONE, looks="large"),
    "large text, high contrast": Mode(PHONE, looks="large contrast"),
}


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it is, a line a rule."""
    if not page.evaluate(IS_THERE):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(RUN)
    return found


def in_every_mode(
    page: Page, where: str, modes: Mapping[str, Mode] = MODES, also: Callable[[Mode], list[str]] = lambda mode: []
) -> None:
    """axe finds nothing in any mode; `also` checks more in each, and returns what is wrong."""
    usual = page.evaluate(LOOKED)
    size = page.viewport_size
    for name, mode in modes.items():
        page.set_viewport_size({"width": mode.size[0], "height": mode.size[1]})
        page.emulate_media(
            forced_colors="active" if mode.forced_colours else "none",
            reduced_motion="no-preference" if mode.motion else "reduce",
        )
        page.evaluate(LOOK, f"{usual} {mode.looks}".strip())
        found = [*violations(page), *also(mode)]
        assert found == [], f"{where}, {name}: {found}"
    page.emulate_media(forced_colors="none", reduced_motion="reduce")
    page.evaluate(LOOK, usual)
    if size is not None:
        page.set_viewport_size(size)
