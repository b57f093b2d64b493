// Asking the institute for a referral: a mail with the criteria in words, written on this device and sent by
// nobody but the reader.

/**
 * The address that opens a mail. `bare` is the one that the page came with, `criteria` are questions and
 * answers, `names` those on a shortlist which somebody wants to ask about, `address` shows that shortlist.
 */
export function compose(bare: string, criteria: readonly (readonly [string, string])[], names: readonly string[], address: string): string {
  const answers = new Map<string, string[]>();
  for (const [question, answer] of criteria) answers.set(question, [...(answers.get(question) ?? []), answer]);
  const chosen = [...answers].map(([question, all]) => (question ? `${question} ${all.join(", ")}` : all.join("\n")));
  const parts = ["Hello,"];
  if (names.length) parts.push("I am thinking about these people in your directory:", [...names, address].join("\n"));
  if (chosen.length) parts.push("This is what I am looking for:", chosen.join("\n"));
  parts.push(names.length ? "Could you tell me who of them might suit me, or suggest somebody else?" : "Could you suggest somebody?");
  const body = parts.join("\n\n").replace(/\n/g, "\r\n") + "\r\n\r\n";
  return `${bare}&body=${encodeURIComponent(body)}`;
}
