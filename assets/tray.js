// The opinions written down but not sent yet, kept on this device alone, one list for each notice.
// Where the browser keeps nothing, the pages' own hidden fields carry them.
const tray = (() => {
  const listName = (slug) => `jianyan:tray:${slug}`;
  const draftName = (slug) => `jianyan:draft:${slug}`;
  const whoName = (slug) => `jianyan:who:${slug}`;
  const read = (store, name) => {
    try {
      return JSON.parse(store().getItem(name));
    } catch {
      return null;
    }
  };
  const write = (store, name, value) => {
    try {
      if (value === null) store().removeItem(name);
      else store().setItem(name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  };
  const device = () => localStorage;
  const visit = () => sessionStorage;
  return {
    list: (slug) => {
      const kept = read(device, listName(slug));
      return Array.isArray(kept) ? kept : [];
    },
    keep: (slug, list) => write(device, listName(slug), list.length ? list : null),
    draft: (slug) => read(device, draftName(slug)),
    keepDraft: (slug, draft) => write(device, draftName(slug), draft),
    // Names and numbers stay for this visit only: the device may be a shared one.
    who: (slug) => read(visit, whoName(slug)),
    keepWho: (slug, who) => write(visit, whoName(slug), who),
    forget: (slug) => {
      write(device, listName(slug), null);
      write(device, draftName(slug), null);
      write(visit, whoName(slug), null);
    },
  };
})();
