// The rules as data: one static file of this site.

import type { Condition, RuleSet } from "./weigh.ts";

/** The document at /data/pathway.json, as far as a reader's own list needs it. */
export interface Rules {
  readonly format: number;
  readonly sets: readonly RuleSet[];
  readonly questions: readonly Asked[];
}

/** A question: which answers before it are wanted, and the answer of those who are not asked. */
export interface Asked {
  readonly id: string;
  readonly asked_when?: Condition;
  readonly otherwise?: string;
}

/** Gets the document. It is the same for everyone, so nothing of the reader is in the request. */
export async function rulesAt<Document extends { readonly format: number } = Rules>(url: string): Promise<Document> {
  const response = await fetch(url, { referrerPolicy: "no-referrer" });
  if (!response.ok) throw new Error(`${response.status}`);
  const rules = (await response.json()) as Document;
  if (rules.format !== 1) throw new Error(`format ${rules.format}`);
  return rules;
}
