"""The kept pictures show the page and cover what is confidential, judged on their pixels."""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from probes.browser_discovery import find_browser
from probes.page_reader import PageReader
from probes.picture import MARK, take_picture

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
    return [element.id, [...colours]];
  }));
}"""
COVER = "59,66,82"  # #3b4252


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
    assert picture[:4] + picture[8:12] == b"RIFFWEBP"
    assert b"VP8L" in picture, "the lossless kind of WebP"
    colours = page.evaluate(PIXELS, base64.b64encode(picture).decode())
    for covered in "abcdg":
        assert colours[covered] == [COVER], covered
    for shown in "ef":
        assert len(colours[shown]) > 2, f"{shown} must be readable"
    assert page.locator(f"[{MARK}]").count() == 0, "the page is left as it was"


def test_no_picture_of_a_page_that_is_gone(page: Page) -> None:
    assert page.context.browser is not None
    gone = page.context.browser.new_page()
    reader = PageReader(gone)
    gone.close()
    assert take_picture(gone, reader, []) is None
