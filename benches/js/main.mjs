// One run, side by side, in Node and then in Chromium. Each pair is first held to the same answers.
import { decision } from "./decision.mjs";
import { first } from "./first.mjs";
import { redraw } from "./redraw.mjs";
import { size } from "./size.mjs";
import { status } from "./status.mjs";
import { Table } from "./table.mjs";

const table = new Table();
await status(table);
await decision(table);
await first(table);
await redraw(table);
await size(table);
table.print();
