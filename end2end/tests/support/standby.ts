/** A second PostgreSQL that follows the one of the test run, until it is cut off from it; then it takes over without the last things written. */

import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "./salon.ts";
import { ask, programsOfPostgres, serverOfTheRun } from "./postgres.ts";

export class Standby {
  readonly #home: string;
  readonly #data: string;
  readonly #port: number;

  private constructor(home: string, port: number) {
    this.#home = home;
    this.#data = join(home, "data");
    this.#port = port;
  }

  static async follow(): Promise<Standby> {
    const standby = new Standby(mkdtempSync(join(tmpdir(), "xinyan-standby-")), await freePort());
    if (ROOT) chownSync(standby.#home, ROOT.uid, ROOT.gid);
    run("pg_basebackup", "--dbname", serverOfTheRun(), "--pgdata", standby.#data, "--write-recovery-conf", "--checkpoint", "fast");
    run("pg_ctl", "start", "--pgdata", standby.#data, "--log", join(standby.#home, "log"), "--wait", "--silent", "--options", `-p ${standby.#port}`);
    return standby;
  }

  /** The same database here. */
  addressOf(url: string): string {
    return Object.assign(new URL(url), { port: String(this.#port) }).href;
  }

  hasEverything(): boolean {
    const written = ask(serverOfTheRun(), "select pg_current_wal_flush_lsn()");
    return ask(this.addressOf(serverOfTheRun()), `select pg_last_wal_replay_lsn() >= '${written}'`) === "t";
  }

  /** From now on it hears nothing new. */
  cutOff(): void {
    for (const statement of ["alter system set primary_conninfo = ''", "select pg_reload_conf()"]) ask(this.addressOf(serverOfTheRun()), statement);
  }

  isCutOff(): boolean {
    return ask(this.addressOf(serverOfTheRun()), "select count(*) from pg_stat_wal_receiver") === "0";
  }

  takeOver(): void {
    run("pg_ctl", "promote", "--pgdata", this.#data, "--wait", "--silent");
  }

  stop(): void {
    run("pg_ctl", "stop", "--pgdata", this.#data, "--mode", "immediate", "--silent");
    rmSync(this.#home, { recursive: true, force: true });
  }
}

/** PostgreSQL refuses to run as root. */
const ROOT = process.getuid?.() === 0 ? whoElse() : undefined;

function whoElse(): { name: string; uid: number; gid: number } {
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = ["-u", "-g"].map((what) => Number(execFileSync("id", [what, name], { encoding: "utf8", stdio: "pipe" })));
      if (uid !== undefined && gid !== undefined) return { name, uid, gid };
    } catch {
      // There is no such user here.
    }
  }
  throw new Error("there is no user to run PostgreSQL as");
}

function run(program: string, ...words: string[]): void {
  const path = join(programsOfPostgres(), program);
  const [command, args] = ROOT ? ["runuser", ["-u", ROOT.name, "--", path, ...words]] : [path, words];
  execFileSync(command, args, { cwd: tmpdir(), stdio: ["ignore", "ignore", "pipe"] });
}
