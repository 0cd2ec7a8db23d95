import "frontdesk/status";
import { mount } from "svelte";
import desk from "../desk.json";
import App from "./App.svelte";

mount(App, { target: document.getElementById("root"), props: { document: desk } });
