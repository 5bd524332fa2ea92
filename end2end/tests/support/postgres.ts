/** A database of its own for a salon, in the PostgreSQL that the test run was started beside. */

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";

const POSTGRES = join(import.meta.dirname, "../../../.tools/postgres");

export class Database {
  readonly url: string;
  readonly #name = `xinyan_${randomUUID().replaceAll("-", "")}`;
  readonly #server = serverOfTheRun();

  constructor() {
    this.url = Object.assign(new URL(this.#server), { pathname: `/${this.#name}` }).href;
    ask(this.#server, `create database ${this.#name} template template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'`);
  }

  drop(): void {
    ask(this.#server, `drop database ${this.#name} with (force)`);
  }
}

/** Where the one is that the test run was started beside. */
export function serverOfTheRun(): string {
  const server = process.env["XINYAN_TEST_POSTGRES"];
  if (server) return server;
  throw new Error("This test needs PostgreSQL: run it by way of `.tools/postgres .tools/end2end`, which starts one and names it in XINYAN_TEST_POSTGRES.");
}

export function programsOfPostgres(): string {
  return execFileSync(POSTGRES, ["--bin"], { encoding: "utf8" }).trim();
}

/** What that server answers to a statement, without any decoration. */
export function ask(server: string, statement: string): string {
  const words = [server, "--quiet", "--tuples-only", "--no-align", "--command", statement];
  return execFileSync(join(programsOfPostgres(), "psql"), words, { encoding: "utf8", stdio: "pipe" }).trim();
}
