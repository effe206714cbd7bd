// Reading pages: copies a section's address, marks the section being read in the contents, prints.
// Everything here is a help; the pages say and do the same without it.
'use strict';

(() => {
  const written = async (text) => {
    if (navigator.clipboard && window.isSecureContext) {
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        // Not allowed: the old way below asks nobody.
      }
    }
    const field = document.createElement('textarea');
    field.value = text;
    field.readOnly = true;
    field.className = 'visually-hidden';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  };

  for (const button of document.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', async () => {
      const done = await written(button.dataset.copy);
      button.focus();
      button.parentElement.querySelector('[role="status"]').textContent =
        done ? button.dataset.done : button.dataset.failed;
    });
  }

  for (const button of document.querySelectorAll('[data-print]')) {
    button.addEventListener('click', () => window.print());
  }

  // Brings an entry of the contents into the part of them that is seen.
  const side = document.querySelector('.reading-side');
  const bring = (link) => {
    const { top, bottom } = link.getBoundingClientRect();
    const frame = side.getBoundingClientRect();
    if (top < frame.top + 40 || bottom > frame.bottom - 40) {
      side.scrollTop += (top + bottom - frame.top - frame.bottom) / 2;
    }
  };
  const here = side && side.querySelector('[aria-current="page"]');
  if (here) bring(here);

  // Marks the section that stands where the eye reads: the upper part of the window.
  const blocks = document.querySelectorAll('.document .block[id]');
  if (!side || !blocks.length || !('IntersectionObserver' in window)) return;
  const links = new Map();
  for (const link of side.querySelectorAll('a[href^="#"]')) {
    links.set(link.getAttribute('href').slice(1), link);
  }
  // Deeper sections may not be listed: their place is the last listed one before them.
  const entryOf = new Map();
  let last = null;
  for (const block of blocks) {
    last = links.get(block.id) || last;
    entryOf.set(block, last);
  }
  let marked = null;
  const mark = (link) => {
    if (link === marked) return;
    if (marked) marked.removeAttribute('aria-current');
    marked = link;
    if (!link) return;
    link.setAttribute('aria-current', 'location');
    bring(link);
  };
  const inView = new Set();
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (entry.isIntersecting) inView.add(entry.target);
      else inView.delete(entry.target);
    }
    let first = null;
    for (const block of inView) {
      if (!first || first.compareDocumentPosition(block) & Node.DOCUMENT_POSITION_PRECEDING) first = block;
    }
    if (first) mark(entryOf.get(first));
  }, { rootMargin: '-10% 0px -70% 0px' });
  for (const block of blocks) observer.observe(block);
})();
