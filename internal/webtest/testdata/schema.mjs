// Holds documents to a JSON Schema (2020-12) with ajv: { schema, documents } becomes the list of what is
// wrong with each document.
import Ajv from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { readFileSync } from "node:fs";

const { schema, documents } = JSON.parse(readFileSync(0, "utf8"));
const ajv = new Ajv.default({ allErrors: true, strict: true, strictRequired: true });
formats.default(ajv);
const valid = ajv.compile(schema);
const answer = documents.map((document) => (valid(document) ? [] : valid.errors.map((e) => `${e.instancePath || "/"} ${e.message}`)));
process.stdout.write(JSON.stringify(answer));
