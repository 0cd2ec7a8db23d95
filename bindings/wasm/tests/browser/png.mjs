// The text that a PNG carries: an `iTXt` chunk (PNG, third edition, 11.3.3.4) with the keyword `Description`.
import { crc32 } from "node:zlib";

const KEYWORD = "Description";
// The signature, and the chunk `IHDR`, which is always the first: 4 bytes each for length, type and checksum, and 13 of content.
const AFTER_HEADER = 8 + 12 + 13;

/** The picture with a text. */
export function withText(png, text) {
  const content = Buffer.concat([Buffer.from(`${KEYWORD}\0\0\0\0\0`, "latin1"), Buffer.from(text)]);
  const typed = Buffer.concat([Buffer.from("iTXt"), content]);
  return Buffer.concat([png.subarray(0, AFTER_HEADER), number(content.length), typed, number(crc32(typed)), png.subarray(AFTER_HEADER)]);
}

/** The text of a picture; none if it has none. */
export function textOf(png) {
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const content = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (png.toString("latin1", at + 4, at + 8) === "iTXt" && content.toString("latin1").startsWith(`${KEYWORD}\0`)) {
      return content.toString("utf8", KEYWORD.length + 5);
    }
  }
  return undefined;
}

function number(value) {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
