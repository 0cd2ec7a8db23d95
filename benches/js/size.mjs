// What a page has to load of each entry.
export async function size(table) {
  const { ENTRIES, weigh } = await import(`${process.env.FRONTDESK_ROOT}/bindings/wasm/scripts/weigh.mjs`);
  for (const entry of ENTRIES) table.addSize(`${entry.name}, brotli`, weigh(entry).small, entry.goal * 1000);
}
