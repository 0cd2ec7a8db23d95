// A tab of Chromium, as the tests have it; frames come when they are ready, so that none is waited for.

const { site, browser } = await import(`${process.env.FRONTDESK_ROOT}/bindings/wasm/tests/browser/site.mjs`);
const EMPTY = '<!doctype html><meta charset="utf-8"><title>empty</title><link rel="icon" href="data:,">';

/** Calls back with a tab that shows a page of the repository, or an empty one at the path of a folder. */
export async function tab(path, run) {
  const web = await site(path.endsWith("/") ? { [path]: EMPTY } : {});
  const chromium = await browser(["--disable-frame-rate-limit", "--disable-gpu-vsync"]);
  try {
    const page = await chromium.newPage({ viewport: { width: 1440, height: 1000 } });
    await page.goto(web.url + path);
    return await run(page);
  } finally {
    await chromium.close();
    await web.close();
  }
}
