// Reading pages: a remark on the very words that are selected; and the way to what was written down.
(() => {
  const article = document.querySelector('[data-comment]');
  if (!article) return;
  const { comment, slug } = article.dataset;
  const bar = document.querySelector('.remark-bar');
  const link = bar && bar.querySelector('a');
  const most = 300;

  // The section's words without what the page adds to them.
  const within = (range) => {
    const copy = range.cloneContents();
    for (const added of copy.querySelectorAll('.visually-hidden, .para-say, .block-say, .units, .self, .no-quote')) added.remove();
    return copy.textContent.replace(/\s+/g, ' ');
  };
  const section = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const block = element && element.closest('.block[id], [data-section]');
    if (!block || !article.contains(block)) return null;
    return { block, anchor: block.dataset.section ?? block.id };
  };
  const chosen = () => {
    const selection = window.getSelection();
    if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = section(range.startContainer);
    const end = section(range.endContainer);
    if (!start || !end || start.block !== end.block) return null;
    const exact = within(range).trim();
    if (exact.length < 2 || exact.length > most) return null;
    const before = document.createRange();
    before.selectNodeContents(start.block);
    before.setEnd(range.startContainer, range.startOffset);
    const after = document.createRange();
    after.selectNodeContents(start.block);
    after.setStart(range.endContainer, range.endOffset);
    return { section: start.anchor, exact, prefix: within(before).slice(-32), suffix: within(after).slice(0, 32) };
  };

  let wait = null;
  document.addEventListener('selectionchange', () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      const found = bar ? chosen() : null;
      if (!bar) return;
      bar.hidden = !found;
      if (found) link.href = `${comment}?${new URLSearchParams(found)}`;
    }, 150);
  });

  // What was written down on these words is marked, and leads on.
  const list = tray.list(slug);
  const waiting = document.querySelector('.tray-bar');
  if (waiting && list.length) {
    waiting.querySelector('[data-count]').textContent = list.length;
    waiting.querySelector('[name=tray]').value = JSON.stringify(list);
    waiting.hidden = false;
  }
  if (!window.CSS || !CSS.highlights || !window.Highlight) return;
  const marks = new Highlight();
  for (const remark of list) {
    const block = document.getElementById(remark.section) ?? document.querySelector(`[data-section="${CSS.escape(remark.section)}"]`);
    if (!block || !remark.quote) continue;
    const wanted = remark.quote.exact.replace(/\s+/g, '');
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const letters = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest('.visually-hidden, .para-say, .block-say, .units, .self, .no-quote')) continue;
      [...node.data].reduce((at, letter) => {
        if (/\S/.test(letter)) letters.push([letter, node, at]);
        return at + letter.length;
      }, 0);
    }
    const text = letters.map(([letter]) => letter).join('');
    const at = [...text.slice(0, Math.max(text.indexOf(wanted), 0))].length;
    if (!text.includes(wanted)) continue;
    const first = letters[at];
    const last = letters[at + [...wanted].length - 1];
    const range = document.createRange();
    range.setStart(first[1], first[2]);
    range.setEnd(last[1], last[2] + last[0].length);
    marks.add(range);
  }
  CSS.highlights.set('own-remark', marks);
})();
