// Writes ts/contract.ts, the types of documents, commands and events, from the JSON Schemas of the core.
// `--check` only fails where the file is another.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const schemas = new URL("../../../core/schema/", import.meta.url);
const target = fileURLToPath(new URL("../ts/contract.ts", import.meta.url));

/** The schemas, and what is called as the whole of each; the answers are typed by hand, as their instants are no texts. */
const ROOTS = { document: "DeskDocument", command: "Command", event: "DeskEvent", published: "PublishedAvailability", status: null, visitor: null };
/** Names that would say too little, or that JavaScript has already. */
const RENAMED = { Code: "ProblemCode", Date: "CivilDate", DateTime: "CivilDateTime", Instant: "InstantText", Duration: "DurationText", Status: "StatusAsTold" };

const definitions = new Map();

function generate() {
  const roots = [];
  for (const [name, root] of Object.entries(ROOTS)) {
    const schema = JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), "utf8"));
    const names = new Map(Object.entries(schema.$defs).map(([key, definition]) => [key, named(key, definition, name)]));
    for (const [key, definition] of Object.entries(schema.$defs)) definitions.set(names.get(key), { definition, names });
    if (root) roots.push(declared(root, schema, names));
  }
  const rest = [...definitions].map(([name, { definition, names }]) => declared(name, definition, names));
  return `/** The contract: documents, commands and events as JSON. Generated from core/schema by scripts/contract.mjs. */\n\n${[...roots, ...rest].join("\n")}`;
}

/** The same name for the same definition; what is written otherwise than read has the name of the schema with it. */
function named(key, definition, schema) {
  const name = RENAMED[key] ?? key;
  const other = definitions.get(name);
  if (!other || key === "Instant" || JSON.stringify(other.definition) === JSON.stringify(definition)) return name;
  return `${name}Of${schema[0].toUpperCase()}${schema.slice(1)}`;
}

function declared(name, schema, names) {
  const type = typeOf(schema, names, "");
  const told = schema.description ? comment(schema.description, "") : "";
  return type.startsWith("{") && type.endsWith("}") && !type.includes("\n}")
    ? `${told}export interface ${name} ${type}\n`
    : type.startsWith("{\n") && type.indexOf("\n}") === type.length - 2
      ? `${told}export interface ${name} ${type}\n`
      : `${told}export type ${name} =${type.startsWith("\n") ? "" : " "}${type};\n`;
}

function typeOf(schema, names, indent) {
  if (schema === false) return "never";
  if (schema === true || Object.keys(schema).length === 0) return "unknown";
  if (schema.$ref) return names.get(schema.$ref.replace("#/$defs/", ""));
  if ("const" in schema) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) {
    const whole = choices.map((choice) => (schema.properties ? merged(schema, choice) : choice));
    return union(whole.map((choice) => typeOf(choice, names, indent)), indent);
  }
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type }, names, indent)), indent);
  switch (schema.type) {
    case "string": return "string";
    case "integer": case "number": return "number";
    case "boolean": return "boolean";
    case "null": return "null";
    case "array": return list(typeOf(schema.items ?? true, names, indent));
    case "object": return object(schema, names, indent);
    default: return "unknown";
  }
}

function merged(base, choice) {
  return {
    type: "object", oneOf: choice.oneOf, anyOf: choice.anyOf, patternProperties: base.patternProperties, additionalProperties: choice.additionalProperties ?? base.additionalProperties,
    properties: { ...base.properties, ...choice.properties }, required: [...(base.required ?? []), ...(choice.required ?? [])],
  };
}

function union(types, indent) {
  const all = [...new Set(types)];
  return all.length > 1 && all.some((type) => type.includes("\n")) ? all.map((type) => (type.startsWith("\n") ? type : `\n${indent}  | ${type.replaceAll("\n", "\n  ")}`)).join("") : all.join(" | ");
}

function list(item) {
  return /[ |]/.test(item) ? `readonly (${item})[]` : `readonly ${item}[]`;
}

function object(schema, names, indent) {
  const inner = `${indent}  `;
  const required = new Set(schema.required);
  const lines = Object.entries(schema.properties ?? {}).map(([key, property]) => {
    const told = property.description ? comment(property.description, inner) : "";
    return `${told}${inner}readonly ${/^\w+$/.test(key) ? key : JSON.stringify(key)}${required.has(key) ? "" : "?"}: ${typeOf(property, names, inner).trimStart()};`;
  });
  const patterns = Object.entries(schema.patternProperties ?? {}).flatMap(([pattern, property]) => keysOf(pattern).map((key) => [key, typeOf(property, names, inner)]));
  lines.push(...patterns.map(([key, type]) => (key.startsWith("`") ? `${inner}readonly [key: ${key}]: ${type};` : `${inner}readonly ${key}?: ${type};`)));
  const rest = schema.additionalProperties;
  if (rest !== undefined && rest !== false) lines.push(`${inner}readonly [key: string]: ${schema.properties ? "unknown" : typeOf(rest, names, inner)};`);
  return lines.length === 0 ? "Readonly<Record<string, never>>" : `{\n${lines.join("\n")}\n${indent}}`;
}

/** The keys that a pattern of the schemas stands for. */
function keysOf(pattern) {
  if (pattern === "^x-") return ["`x-${string}`"];
  const alternatives = /^\^(?:\(\?:(.*)\)|(.*?))(?:\$|\\\.\[\\s\\S\])$/.exec(pattern);
  if (!alternatives) throw new Error(`no key is known for the pattern ${pattern}`);
  const open = pattern.endsWith("\\.[\\s\\S]");
  return (alternatives[1] ?? alternatives[2]).split("|").map((part) => {
    const name = part.replace("\\.[\\s\\S]+", ".${string}").replaceAll("\\", "");
    if (open) return `\`${name}.\${string}\``;
    return name.includes("$") ? `\`${name}\`` : JSON.stringify(name);
  });
}

function comment(text, indent) {
  return `${indent}/** ${text.replaceAll("*/", "* /").replaceAll("\n", " ")} */\n`;
}

const text = generate();
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") !== text) {
    console.error("ts/contract.ts is not that of the schemas: npm run contract writes it anew");
    process.exit(1);
  }
} else {
  writeFileSync(target, text);
}
