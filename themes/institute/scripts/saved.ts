// The shortlist: the ids of people whom somebody wants to find again. It is kept on this device, from the
// first time it is used and never before, and nobody else hears of it.

/** How many people a shortlist holds: as many as the address that shares it takes. */
export const MOST = 50;

export interface Saved {
  /** Who is on it, in the order in which they were saved. */
  ids(): readonly string[];
  /** Puts these on it and nobody else. */
  set(ids: readonly string[]): void;
  /** Puts somebody on it or takes them off; false where it is full. */
  toggle(id: string): boolean;
  /** The device refused to keep it, so it lives as long as the page. */
  lost(): boolean;
}

/** The shortlist of the directory at a path; `changed` is called when it may have been changed elsewhere. */
export function savedIn(directory: string, changed: () => void): Saved {
  const key = `shortlist ${directory}`;
  let here: readonly string[] | undefined; // what the device does not keep
  const ids = (): readonly string[] => {
    try {
      return here ?? (localStorage.getItem(key) ?? "").split(" ").filter((id) => /^[a-z0-9-]+$/.test(id)).slice(0, MOST);
    } catch {
      return [];
    }
  };
  const set = (to: readonly string[]): void => {
    const kept = [...new Set(to)].slice(0, MOST);
    here = undefined;
    try {
      if (kept.length) localStorage.setItem(key, kept.join(" "));
      else localStorage.removeItem(key);
    } catch {
      here = kept;
    }
  };
  const toggle = (id: string): boolean => {
    const before = ids();
    if (before.includes(id)) set(before.filter((other) => other !== id));
    else if (before.length < MOST) set([...before, id]);
    else return false;
    return true;
  };
  addEventListener("storage", changed);
  addEventListener("pageshow", changed); // back from a page where it was changed
  return { ids, set, toggle, lost: () => !!here };
}

/** The button that saves a person. Its name stays the same while it is pressed; what is seen becomes "Saved". */
export function mark(button: HTMLButtonElement, saved: Saved, id: string): void {
  button.setAttribute("aria-pressed", `${saved.ids().includes(id)}`);
}

/** The fragment that shows these people in the directory. */
export const fragmentOf = (ids: Iterable<string>): string => [...ids].map((id) => `ids=${encodeURIComponent(id)}`).join("&");
