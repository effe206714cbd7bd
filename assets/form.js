// The steps of the form: keeps what is typed on the device, brings it back, and says so when there
// is no connection. Without it the steps work the same, as long as the page is open.
(() => {
  const sent = document.querySelector('[data-sent]');
  if (sent) tray.forget(sent.dataset.sent);

  const form = document.querySelector('form[data-journey]');
  if (!form) return;
  const { journey: slug, step } = form.dataset;
  const said = form.querySelector('.kept-word');
  const say = (what) => {
    if (said && said.dataset[what]) said.textContent = said.dataset[what];
  };
  const field = (name) => form.elements.namedItem(name);
  const hidden = field('tray');

  // The page's list is the newer one wherever it holds something; an empty first page takes the
  // device's.
  const listed = () => {
    try {
      return JSON.parse(hidden.value || '[]');
    } catch {
      return [];
    }
  };
  const fresh = step === 'remark' && !listed().length && !field('editing');
  if (fresh) {
    const kept = tray.list(slug);
    if (kept.length) hidden.value = JSON.stringify(kept);
    const waiting = form.querySelector('[data-waiting]');
    if (kept.length && waiting) {
      waiting.querySelector('[data-count]').textContent = kept.length;
      waiting.hidden = false;
    }
  } else if (hidden) {
    tray.keep(slug, listed());
  }

  const values = (names) => {
    const found = {};
    for (const name of names) {
      const one = field(name);
      if (one && one.value) found[name] = one.value;
    }
    return found;
  };
  const place = () => {
    const quote = field('quote_exact');
    return [field('section')?.value ?? '', quote ? quote.value : '', field('editing')?.value ?? ''].join('\n');
  };

  if (step === 'remark') {
    const typed = ['text', 'suggested'];
    const draft = tray.draft(slug);
    const blank = typed.every((name) => !field(name).value);
    if (draft && blank && (draft.place === place() || (!field('section').value && !draft.place.trim()))) {
      for (const name of typed) field(name).value = draft[name] ?? '';
      if (typed.some((name) => field(name).value)) say('restored');
    }
    let wait = null;
    form.addEventListener('input', () => {
      clearTimeout(wait);
      wait = setTimeout(() => {
        const now = values(typed);
        const kept = tray.keepDraft(slug, Object.keys(now).length ? { place: place(), ...now } : null);
        if (kept && Object.keys(now).length) say('kept');
      }, 400);
    });
  } else if (step === 'tray') {
    tray.keepDraft(slug, null);
  }

  const who = ['organisation', 'credit_code', 'name', 'phone', 'email', 'address', 'district', 'capacity'];
  if (step === 'who') {
    const kept = tray.who(slug);
    if (kept && who.every((name) => !field(name).value)) {
      for (const name of who) field(name).value = kept[name] ?? '';
      if (kept.sender_kind) form.querySelector(`[name=sender_kind][value="${kept.sender_kind === 'organisation' ? 'organisation' : 'person'}"]`).checked = true;
    }
    form.addEventListener('input', () => tray.keepWho(slug, { ...values(who), sender_kind: field('sender_kind').value }));
  }

  form.addEventListener('submit', (event) => {
    if (navigator.onLine === false) {
      event.preventDefault();
      say('offline');
    }
  });
})();
