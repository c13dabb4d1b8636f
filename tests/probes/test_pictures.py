"""The kept pictures show the page and cover what is confidential, judged on their pixels."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from probes.browser.browser_discovery import find_browser
from probes.browser.page_reader import PageReader
from probes.browser.used_control import UsedControl
from probes.proof.picture import encode_picture, take_picture
from probes.proof.picture_scripts import MARK, USED_MARK

pytestmark = pytest.mark.browser
FORM = """<meta charset=utf-8>
<style>body{margin:0;font:20px sans-serif} input{display:block;width:380px;height:30px}</style>
<input id=a value="44179919900101999X"><input id=b value="13800138000"><input id=c type=password value="x">
<input id=d value="geheim-77"><input id=e value="阳江市"><p id=f>电话 0662-3366123</p><p id=g>账号 geheim-77</p>"""
PIXELS = """async picture => {
  const image = await createImageBitmap(await (await fetch('data:image/webp;base64,' + picture)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  return Object.fromEntries([...document.querySelectorAll('[id]')].map(element => {
    const box = element.getBoundingClientRect();
    const data = context.getImageData(box.x + 4, box.y + 4, Math.min(box.width, 300) - 8, box.height - 8).data;
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 3).join());
    return [element.id, [...colours].map(one => one.split(',').map(Number))];
  }));
}"""
COVER = (59, 66, 82)  # #3b4252
PRESSED = (215, 38, 61)  # #d7263d
NEAR = 6  # of 255: what the packing of a picture may change


def is_near(colour: list[int], wanted: tuple[int, int, int]) -> bool:
    return all(abs(one - other) <= NEAR for one, other in zip(colour, wanted, strict=True))


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        path = find_browser(playwrights_own=Path(playwright.chromium.executable_path)).path
        browser = playwright.chromium.launch(executable_path=path)
        yield browser.new_page(viewport={"width": 400, "height": 500})
        browser.close()


def test_confidential_fields_are_one_flat_colour(page: Page) -> None:
    page.set_content(FORM)
    picture = take_picture(page, PageReader(page), ["geheim-77", ""])
    assert picture is not None
    assert picture.covered == 5
    kept = encode_picture(picture)
    assert kept[:4] + kept[8:12] == b"RIFFWEBP"
    assert len(kept) < len(picture.png)
    colours = page.evaluate(PIXELS, base64.b64encode(kept).decode())
    for covered in "abcdg":
        assert all(is_near(colour, COVER) for colour in colours[covered]), covered
    for shown in "ef":
        assert len(colours[shown]) > 2, f"{shown} must be readable"
    assert page.locator(f"[{MARK}]").count() == 0, "the page is left as it was"
    assert page.evaluate("document.adoptedStyleSheets.length") == 0


def test_small_print_stays_as_legible_as_in_a_lossless_picture(page: Page) -> None:
    """Black-on-white text of 12 px may lose no stroke: few pixels cross from ink to paper or back."""
    page.set_content(
        "<meta charset=utf-8><p style='font:12px sans-serif'>" + "阳江市政务服务数据管理局事项办理指南" * 20
    )
    picture = take_picture(page, PageReader(page), [])
    assert picture is not None
    lossless, kept = (Image.open(io.BytesIO(data)).convert("L") for data in (picture.png, encode_picture(picture)))
    before, after = lossless.tobytes(), kept.tobytes()
    ink = sum(one < 128 for one in before)
    crossed = sum(
        (one < 128) != (other < 128) and abs(one - other) > 40 for one, other in zip(before, after, strict=True)
    )
    assert ink > 5_000
    assert crossed / ink < 0.02


def test_used_controls_are_outlined_and_the_page_is_left_as_it_was(page: Page) -> None:
    page.set_content("<body style='margin:40px'><form><input id=name><button id=go>下一 步</button></form>")
    before = page.content()
    used = [UsedControl(selector="#name"), UsedControl(selector="button", within="form", text="下一 步")]
    picture = take_picture(page, PageReader(page), [], used=used)
    assert picture is not None
    assert picture.outlined == 2
    box = page.locator("#go").bounding_box()
    assert box is not None
    image = Image.open(io.BytesIO(encode_picture(picture))).convert("RGB")
    edge = image.getpixel((round(box["x"] + box["width"] / 2), round(box["y"]) - 4))
    assert isinstance(edge, tuple)
    assert all(abs(one - other) < 40 for one, other in zip(edge, PRESSED, strict=True)), edge
    assert page.content() == before
    assert page.locator(f"[{USED_MARK}]").count() == 0


def test_a_page_that_forbids_foreign_styles_is_covered_too(page: Page) -> None:
    strict = "<meta http-equiv=content-security-policy content=\"default-src 'none'\">"
    page.set_content(strict + "<p id=f>\u7535\u8bdd 0662-3366123 \u529e\u4e8b</p><input id=a value=44179919900101999X>")
    picture = take_picture(page, PageReader(page), [])
    assert picture is not None
    image = Image.open(io.BytesIO(picture.png)).convert("RGB")
    box = page.locator("#a").bounding_box()
    assert box is not None
    middle = image.getpixel((round(box["x"] + box["width"] / 2), round(box["y"] + box["height"] / 2)))
    assert middle == COVER


def test_a_control_that_cannot_be_found_is_not_marked(page: Page) -> None:
    page.set_content("<button>下一步</button>")
    for words in (UsedControl(selector="text=下一步"), UsedControl(selector="a.gone"), UsedControl(selector=">>")):
        picture = take_picture(page, PageReader(page), [], used=[words])
        assert picture is not None
        assert picture.outlined == 0


def test_no_picture_of_a_page_that_is_gone(page: Page) -> None:
    assert page.context.browser is not None
    gone = page.context.browser.new_page()
    reader = PageReader(gone)
    gone.close()
    assert take_picture(gone, reader, []) is None
