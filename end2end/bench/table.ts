/** Lines for the table that `make bench` ends with, passed on in the file that `XINYAN_BENCH_LINES` names. */

import { appendFileSync, existsSync, readFileSync } from "node:fs";

export function addTimes(what: string, times: number[], target: string, share: "p95" | "p99" = "p95"): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string => `${(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN).toFixed(0)} ms`;
  add(what, `p50 ${at(0.5)}, ${share} ${at(share === "p95" ? 0.95 : 0.99)} (of ${sorted.length})`, target);
}

export function add(what: string, measured: string, target: string): void {
  console.log(`${what}: ${measured} (target: ${target})`);
  const file = process.env["XINYAN_BENCH_LINES"];
  if (!file) return;
  const isBegun = existsSync(file) && readFileSync(file, "utf8").length > 0;
  appendFileSync(file, `${isBegun ? "\n" : ""}${what}\t${measured}\t${target}`);
}
