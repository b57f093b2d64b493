// What the page does besides answering. Loaded when the first result stands, so that it never holds that
// up; like every file that is loaded on use it imports only types from the page's first script.

import { age } from "./age.ts";
import { announcer } from "./announce.ts";
import type { question as asked } from "./choices.ts";
import type { Result } from "./engine.ts";
import type { pairs as read } from "./fragment.ts";
import { panel } from "./panel.ts";
import { shortlist } from "./shortlist.ts";
import type { Choice, element as make, people as number } from "./view.ts";

/** What the page lends. */
export interface Page {
  readonly form: HTMLFormElement;
  readonly results: HTMLElement;
  readonly count: HTMLElement;
  /** Sentences about the result stand here; they are new for each view. */
  readonly note: HTMLElement;
  /** All of the list, with what belongs to it. */
  readonly list: HTMLElement;
  readonly element: typeof make;
  readonly people: typeof number;
  readonly pairs: typeof read;
  readonly question: typeof asked;
  readonly go: (fragment: string, push: boolean) => void;
}

/** What the list shows. */
export interface View {
  readonly fragment: string;
  /** Both are missing where the list is as the server made it. */
  readonly choices?: readonly Choice[];
  readonly result?: Result;
}

/** Loads the styles of what is added here. */
async function dress({ form, element }: Page): Promise<void> {
  const link = element("link", { rel: "stylesheet", href: form.dataset["styles"] ?? "" });
  await new Promise((loaded) => {
    link.onload = link.onerror = loaded;
    document.head.append(link);
  });
}

/** Follows links into the page, such as the one past the menu, without taking the search out of the address. */
function follow(event: MouseEvent): void {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[href^='#']");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (target.tabIndex < 0) target.tabIndex = -1;
  target.focus();
  target.scrollIntoView();
}

/** Attaches everything; the returned function is to be told whenever the list shows something else. */
export async function attach(page: Page): Promise<(view: View) => void> {
  await dress(page);
  document.addEventListener("click", follow);
  const { form, results, list, pairs, question } = page;
  const announce = announcer(page);
  const offer = panel(page);

  // A request for a referral says what was chosen, in the words of the form, and nothing that was typed.
  let criteria: readonly (readonly [string, string])[] = [];
  const mail = list.querySelector<HTMLAnchorElement>("#referral");
  const bare = mail?.href ?? "";
  const referral = async (names: readonly string[], address = ""): Promise<string> => {
    const { compose } = await import("./referral.ts");
    return compose(bare, criteria, names, address);
  };
  // Only people can be put on a shortlist.
  const save = results.matches(".cards") ? shortlist(page, announce, mail ? referral : undefined) : undefined;
  const elsewhere = document.querySelector<HTMLAnchorElement>("a[data-carry]");

  return (view) => {
    age(results);
    criteria = (view.choices ?? []).filter(({ key }) => key !== "ids").map(({ key, label }) => [question(form, key), label]);
    if (mail) void referral([]).then((address) => (mail.href = address), () => {});
    save?.(view);
    if (elsewhere) elsewhere.hash = new URLSearchParams(pairs(view.fragment).filter(([key]) => key === "q")).toString();
    offer(view);
    announce();
  };
}
