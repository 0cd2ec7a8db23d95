/** A plugin of Vite: the browser fetches the module of frontdesk while it still reads the page, and not after the JavaScript. */
export function preload() {
  return {
    name: "preload-frontdesk",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler: (html, { bundle }) => Object.keys(bundle).filter((file) => file.endsWith(".wasm")).map(link),
    },
  };
}

// `fetch` asks for modules in the mode of cross-origin requests: without `crossorigin` it would fetch once more.
const link = (file) => ({ tag: "link", attrs: { rel: "preload", as: "fetch", crossorigin: true, href: `/${file}` } });
