"""What is done to a page before its picture is taken, and undone after it: covering secrets, outlining controls."""

from probes.browser.used_control import FIND_CONTROL

MARK = "data-yuece-covered"
USED_MARK = "data-yuece-used"
COVER_STYLE = (
    f"[{MARK}]{{color:transparent!important;background:#3b4252!important;"
    "text-shadow:none!important;-webkit-text-fill-color:transparent!important}"
    "*{caret-color:transparent!important}"
)
USED_STYLE = (
    f"[{USED_MARK}]{{outline:3px solid #1864ab!important;outline-offset:2px!important}}"
    f"[{USED_MARK}=pressed]{{outline:4px solid #d7263d!important;box-shadow:0 0 0 9px rgba(215,38,61,.18)!important}}"
)

DRESS = (
    """(secrets, used, always, mark, usedMark, css) => {
  if (!document.body) return null;
  const find = """
    + FIND_CONTROL
    + """;
  const identity = /(?<![0-9A-Za-z])[0-9]{6}(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-9]{5}[0-9Xx](?![0-9A-Za-z])/;
  const mobile = /(?<![0-9A-Za-z.-])1[3-9][0-9]{9}(?![0-9A-Za-z-])/;
  const isSecret = text => identity.test(text) || mobile.test(text) || secrets.some(secret => text.includes(secret));
  let covered = 0, outlined = 0;
  const cover = element => {
    if (!element.hasAttribute(mark)) covered += 1;
    element.setAttribute(mark, '');
  };
  for (const field of document.querySelectorAll('input, textarea')) {
    if (field.type === 'password' || isSecret(field.value || '')) cover(field);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.parentElement && isSecret(node.data)) cover(node.parentElement);
  }
  used.forEach((words, index) => {
    const element = find(...words);
    if (!element) return;
    const last = index === used.length - 1;
    element.setAttribute(usedMark, last ? 'pressed' : 'filled');
    if (last) {
      const box = element.getBoundingClientRect();
      if (box.top < 0 || box.bottom > innerHeight) element.scrollIntoView({block: 'center', behavior: 'instant'});
    }
    outlined += 1;
  });
  const caret = document.activeElement && /^(INPUT|TEXTAREA)$|^$/.test(document.activeElement.isContentEditable ? '' :
    document.activeElement.tagName);
  if (!covered && !outlined && !caret && !always) return {covered, outlined, dressed: false};
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  globalThis[mark] = sheet;
  return {covered, outlined, dressed: true};
}"""
)
"""``null`` for a page without a body. One that has nothing to hide, no outline and no caret is left untouched unless
``always``, since another style costs it a whole layout. The style sheet is a constructed one, since a page's policy
may forbid others."""

UNDRESS = """(mark, usedMark) => {
  const sheet = globalThis[mark];
  delete globalThis[mark];
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(other => other !== sheet);
  for (const name of [mark, usedMark]) {
    for (const element of document.querySelectorAll(`[${name}]`)) element.removeAttribute(name);
  }
}"""
