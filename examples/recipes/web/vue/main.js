import "frontdesk/status";
import { createApp } from "vue";
import desk from "../desk.json";
import App from "./App.vue";

createApp(App, { document: desk }).mount("#root");
