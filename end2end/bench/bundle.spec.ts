/** What a browser has to load once: the site that `make release` built, at brotli's highest setting. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { test } from "../tests/support/test.ts";
import { add } from "./table.ts";

const PARTS = join(import.meta.dirname, "../../target/site-release/pkg");

test("what a browser has to load", () => {
  const parts = readdirSync(PARTS).filter((name) => /\.(wasm|js|css)$/.test(name));
  const kilobytes = (name: string): number => {
    const plain = readFileSync(join(PARTS, name));
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } };
    return brotliCompressSync(plain, options).length / 1000;
  };
  const sizes = parts.map((name) => [name.split(".").at(-1), kilobytes(name)] as const);
  const total = sizes.reduce((sum, [, size]) => sum + size, 0);
  add("bundle, brotli", `${total.toFixed(0)} KB (${sizes.map(([kind, size]) => `${kind} ${size.toFixed(0)}`).join(", ")})`, "350 KB");
});
