import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The module of frontdesk needs nothing here: Vite finds it, and copies it.
export default defineConfig({ base: "./", plugins: [react()] });
