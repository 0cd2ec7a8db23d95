import vue from "@vitejs/plugin-vue";

const isCustomElement = (tag) => tag === "frontdesk-status";

export default { plugins: [vue({ template: { compilerOptions: { isCustomElement } } })] };
