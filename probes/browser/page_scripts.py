"""The questions that the browser asks inside a page, each in one go, because round trips cost more than answers."""

READ_ROWS = """(place, parts) => [...document.querySelectorAll(place)].map(match => Object.fromEntries(
parts.map(([name, selector, attribute]) => {
  const enclosing = selector.startsWith('^');
  const element = enclosing ? match.closest(selector.slice(1)) : selector ? match.querySelector(selector) : match;
  if (!element) return [name, ''];
  if (!attribute) return [name, (element.innerText ?? element.textContent ?? '').trim()];
  if (attribute === 'value' && 'value' in element) return [name, String(element.value)];
  if (attribute === 'checked' && 'checked' in element) return [name, element.checked ? 'checked' : ''];
  if (attribute === 'bubble') {
    const shown = element.form && !element.form.noValidate && element.matches(':focus:invalid');
    return [name, shown ? element.validationMessage : ''];
  }
  return [name, element.hasAttribute(attribute) ? element.getAttribute(attribute) || attribute : ''];
})))"""
"""Read parts of all matches; see ``CitizenBrowser.rows``."""

WAIT_FOR = """(selectors, notices, noticeLength) => {
  const isVisible = element => element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden';
  const found = selectors.find(selector => [...document.querySelectorAll(selector)].some(isVisible));
  if (found !== undefined) return found;
  if (location.protocol === 'chrome-error:') return '!';
  if (document.readyState === 'loading' || !document.body) return null;
  const [navigation] = performance.getEntriesByType('navigation');
  if (navigation && navigation.responseStatus >= 400) return '!';
  const text = document.body.innerText.replace(/\\s+/g, ' ').trim();
  return text.length <= noticeLength && notices.some(notice => new RegExp(notice, 'i').test(text)) ? '!' : null;
}"""
"""Return the selector that is visible, "!" for an error or notice page, ``null`` to be asked again."""

NOTICE = "!"

WAIT_FOR_CHANGE = """(selector, before) => {
  const element = document.querySelector(selector);
  return (element ? element.innerText.trim() : '') !== before;
}"""

COUNT = "place => document.querySelectorAll(place).length"

VISIBLE_TEXT = "() => document.body ? document.body.innerText : ''"

SIDEWAYS = """() => Math.max(document.documentElement.scrollWidth, document.body ? document.body.scrollWidth : 0)
  - document.documentElement.clientWidth"""
"""How many CSS pixels the page is wider than its window."""

FORGET = "() => { try { localStorage.clear(); sessionStorage.clear(); } catch { /* a page without storage */ } }"
