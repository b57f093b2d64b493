// Reads pages with html-validate: { path: html } becomes the list of what the HTML standard does not
// allow. Rules of taste (quotes, white space, closing slashes, which of two elements is nicer) are
// off, and so is what axe judges better because it sees the page: whether a group has a name.
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { readFileSync } from "node:fs";

const validate = new HtmlValidate(
  new StaticConfigLoader({
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: {
      "aria-label-misuse": ["error", { allowAnyNamable: true }],
      "attr-quotes": "off",
      "doctype-style": "off",
      "long-title": "off",
      "no-implicit-button-type": "off",
      "no-trailing-whitespace": "off",
      "no-raw-characters": "off",
      "prefer-native-element": "off",
      "require-sri": "off",
      "tel-non-breaking": "off",
      "void-style": "off",
      "wcag/h71": "off",
    },
  }),
);
const answer = [];
for (const [path, html] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const report = await validate.validateString(html, path);
  for (const result of report.results)
    for (const m of result.messages) answer.push(`${path}:${m.line}:${m.column}: ${m.message} [${m.ruleId}] ${m.selector ?? ""}`);
}
process.stdout.write(JSON.stringify(answer));
