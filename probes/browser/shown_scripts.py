"""The questions about what a page displays and about files of its host, each asked inside the page in one go."""

FACT_MARK = "data-yuece-fact"
POINTED_MARK = "data-yuece-pointed"
TIMEOUT = "timeout"  # what FETCH_FILE says when it gave up waiting

UNFOLD = """(selector, word) => {
  const folded = [...document.querySelectorAll(selector)].filter(button =>
    button.checkVisibility({visibilityProperty: true}) && (button.textContent || '').includes(word)
    && !/^https?:/.test(button.getAttribute('href') || ''));
  folded.forEach(button => button.click());
  return folded.length;
}"""
"""Press every visible unfolding button; a link that leads elsewhere is none."""

SHOWN_FACTS = """(plan, labels, mark) => {
  const known = new Set(labels);
  const seen = {opacityProperty: true, visibilityProperty: true};
  const blocks = 'p,div,td,th,li,dd,dt,h1,h2,h3,h4,tr,pre';
  const onPage = element => [...element.getClientRects()].some(box => box.width > 0 && box.height > 0
    && box.right + scrollX > 0 && box.bottom + scrollY > 0);
  const words = element => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let text = '', last = null;
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement;
      if (!walker.currentNode.data.trim() || !parent.checkVisibility(seen) || !onPage(parent)) continue;
      if (plan.toggle && parent.closest(plan.toggle)) continue;
      const block = parent.closest(blocks);
      text += (last && block !== last ? '\\n' : '') + walker.currentNode.data;
      last = block;
    }
    return text.trim();
  };
  const facts = [], taken = new Set();
  const add = (label, values) => {
    for (const value of values) { taken.add(value); value.setAttribute(mark, String(facts.length)); }
    facts.push({label, text: values.map(words).join('\\n').trim(), place: String(facts.length)});
  };
  const follow = label => {
    const next = label.nextElementSibling;
    if (!next) return [];
    if (label.tagName === 'TH') return next.tagName === 'TD' ? [next] : [];
    if (!/^H[1-6]$/.test(label.tagName)) return [next];
    const values = [];
    for (let one = next; one && !/^H[1-6]$/.test(one.tagName); one = one.nextElementSibling) values.push(one);
    return values.some(one => one.matches('table') || one.querySelector('table')) ? [] : values;
  };
  for (const label of plan.label ? document.querySelectorAll(plan.label) : []) {
    const text = words(label).replace(/[:：\\s]+$/, '');
    if (!known.has(text) || taken.has(label) || [...taken].some(value => value.contains(label))) continue;
    const values = follow(label);
    if (values.length) add(text, values);
  }
  for (const head of plan.column ? document.querySelectorAll(plan.column) : []) {
    const text = words(head), row = head.closest('tr'), table = head.closest('table');
    if (!known.has(text) || !row || !table) continue;
    const lines = [...table.rows].filter(line => line !== row && line.cells[0] && line.cells[0].tagName === 'TD');
    if (lines.some(line => line.cells.length !== row.cells.length)) continue;
    for (const line of lines) if (line.checkVisibility(seen)) add(text, [line.cells[head.cellIndex]]);
  }
  for (const [name, place] of [['设定依据', plan.law], ['材料名称', plan.material]]) {
    for (const one of place ? document.querySelectorAll(place) : []) {
      if (one.checkVisibility(seen)) add(name, [one]);
    }
  }
  return facts;
}"""
"""Read labels and what stands beside them as displayed: text that CSS hides, makes transparent or moves off the page is
not displayed. Each value is marked, so that it can be pointed at in a picture."""

PAGE_SOURCE = """mark => {
  const copy = document.documentElement.cloneNode(true);
  copy.querySelectorAll(`[${mark}]`).forEach(element => element.removeAttribute(mark));
  return '<!DOCTYPE html>' + copy.outerHTML;
}"""
"""Return the page as it stands now, without our own marks."""

POINT = """(mark, place, pointed) => {
  const found = [...document.querySelectorAll(`[${mark}="${place}"]`)];
  found.forEach(element => element.setAttribute(pointed, ''));
  if (found.length) found[0].scrollIntoView({block: found[0].offsetHeight < innerHeight / 2 ? 'center' : 'start'});
  return found.length;
}"""

POINT_STYLE = (
    f"[{POINTED_MARK}]{{outline:4px solid #d7263d!important;outline-offset:2px!important;"
    "box-shadow:0 0 0 9px rgba(215,38,61,.18)!important}"
)

UNPOINT = "pointed => document.querySelectorAll(`[${pointed}]`).forEach(element => element.removeAttribute(pointed))"

FETCH_FILE = """async (url, bytesMax, waitMs) => {
  const leave = new AbortController();
  const timer = setTimeout(() => leave.abort(), waitMs);
  try {
    const answer = await fetch(url, {signal: leave.signal, credentials: 'same-origin', cache: 'no-store'});
    const reader = answer.body ? answer.body.getReader() : null;
    const parts = [];
    let size = 0, cut = false;
    while (reader) {
      const {done, value} = await reader.read();
      if (done) break;
      parts.push(value);
      size += value.length;
      if (size > bytesMax) { cut = true; leave.abort(); break; }
    }
    const text = await new Promise(done => {
      const encoder = new FileReader();
      encoder.onload = () => done(encoder.result);
      encoder.readAsDataURL(new Blob(parts));
    });
    return {url: answer.url, status: answer.status, media: answer.headers.get('content-type') || '', cut,
            content: text.slice(text.indexOf(',') + 1)};
  } catch (error) {
    return {error: error.name === 'AbortError' ? 'timeout' : String(error.message || error)};
  } finally {
    clearTimeout(timer);
  }
}"""
"""Fetch a file of the page's own host; it passes the gate like every request of the page."""
