"""``python -m benchmarks.page``: the pictures in docs/pictures, made from the seeds by headless Chromium.

Needs chromium, chromedriver and selenium (``pip install selenium``).
"""

from __future__ import annotations

import sys
import tempfile
from importlib import import_module
from pathlib import Path
from shutil import which
from typing import Any, Final

from benchmarks.serve import running
from summarizer import summarize

ROOT: Final = Path(__file__).resolve().parents[1]
PICTURES: Final = ROOT / "docs" / "pictures"
#: Name, width and height in CSS pixels, and the statement that is chosen.
SHOTS: Final = (("page-wide", 1280, 860, "#f3"), ("page-narrow", 390, 1600, ""))
#: Name, width and height of the picture of the app, and how many seeds are pasted into it.
APP_SHOT: Final = ("serve", 1000, 960, 2)
_FLAGS: Final = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
)


def draw(folder: Path = PICTURES) -> list[Path]:
    """Draw the briefing of the seeds as a reader sees it, and the page of the app with seeds in it.

    :return: the pictures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "page.html"
        page.write_text(summarize(ROOT / "seeds").to_html(), encoding="utf-8")
        driver = _open(Path(scratch) / "profile")
        try:
            shots = [
                _shoot(driver, page.as_uri() + chosen, folder / f"{name}.png", width, height)
                for name, width, height, chosen in SHOTS
            ]
            return [*shots, _shoot_app(driver, folder)]
        finally:
            driver.quit()


def _shoot_app(driver: Any, folder: Path) -> Path:  # noqa: ANN401
    name, width, height, n_seeds = APP_SHOT
    picture = folder / f"{name}.png"
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))[:n_seeds]]
    with running("--workers", "1") as server:
        _shoot(driver, server.url, picture, width, height)
        fields = driver.find_elements("css selector", "textarea[name=text]")
        for field, text in zip(fields, texts, strict=True):
            driver.execute_script("arguments[0].value = arguments[1]", field, text)
        driver.save_screenshot(str(picture))
    return picture


def _shoot(driver: Any, address: str, picture: Path, width: int, height: int) -> Path:  # noqa: ANN401
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    still = [{"name": "prefers-reduced-motion", "value": "reduce"}, {"name": "prefers-color-scheme", "value": "light"}]
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": still})
    driver.get("about:blank")
    driver.get(address)
    driver.execute_script("scrollTo(0, 0)")
    driver.save_screenshot(str(picture))
    return picture


def _open(profile: Path) -> Any:  # noqa: ANN401  selenium is no dependency
    webdriver = import_module("selenium.webdriver")
    options = webdriver.ChromeOptions()
    options.binary_location = which("chromium") or which("google-chrome") or ""
    for flag in (*_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    service = import_module("selenium.webdriver.chrome.service").Service(which("chromedriver"))
    return webdriver.Chrome(options=options, service=service)


if __name__ == "__main__":
    for drawn in draw():
        sys.stdout.write(f"written to {drawn} ({drawn.stat().st_size // 1000} KB)\n")
