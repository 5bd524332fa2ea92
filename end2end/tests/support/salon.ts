/** A salon of its own for a test: the real program on fresh data. It can be killed and started again on the same data and address. */

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const ROOT = join(import.meta.dirname, "../../..");
const PROGRAM = process.env["XINYAN_PROGRAM"] ?? join(ROOT, "target/debug/xinyan");
const STARTS_WITHIN = 30_000;

/** The program by itself, on no salon in particular. Answers what it printed; fails where it failed. */
export function xinyan(...words: string[]): string {
  return execFileSync(PROGRAM, words, { encoding: "utf8", maxBuffer: 64 << 20, stdio: ["ignore", "pipe", "pipe"] });
}

/** What the program prints at start. */
const PRINTED = {
  setUpLink: /https?:\/\/\S+\/set-up#\S+/,
  person: /^ {2}(?<name>\S+) (?<role>\S+) (?<password>\S+)$/gm,
};

export interface Person {
  name: string;
  role: string;
  password: string;
}

export interface Start {
  /** With the demo's people, customers and visits; otherwise empty, with a set-up link. */
  isDemo?: boolean;
  /** A PostgreSQL address; otherwise SQLite inside the data directory. */
  database?: string;
  /** Its name in the shop's network: it speaks https, with a certificate of its own. */
  network?: string;
  /** Environment variables for the program, such as RUST_LOG. */
  environment?: Record<string, string>;
}

export class Salon {
  readonly port: number;
  data: string;
  #start: Start;
  #program: ChildProcess | undefined;
  #printed = "";

  private constructor(start: Start, port: number, data = mkdtempSync(join(tmpdir(), "xinyan-salon-"))) {
    this.#start = start;
    this.port = port;
    this.data = data;
  }

  static async open(start: Start = {}): Promise<Salon> {
    if (!existsSync(PROGRAM)) throw new Error(`${PROGRAM} is missing: \`make test\` builds it.`);
    const salon = new Salon(start, await freePort());
    if (start.network) salon.command("cert", start.network);
    await salon.start();
    return salon;
  }

  /** Another program that serves the same salon at another address. PostgreSQL allows it; whoever stops the first stops this one before. */
  async beside(): Promise<Salon> {
    const other = new Salon(this.#start, await freePort(), this.data);
    await other.start();
    return other;
  }

  /** `localhost` is a secure context, as the salon's own certificate makes it on the shop's network. */
  get url(): string {
    return `${this.#start.network ? "https" : "http"}://localhost:${this.port}`;
  }

  /** Flags of a browser that has its certificate installed and finds it by its name in the shop's network. */
  get trusted(): string[] {
    const server = new X509Certificate(readFileSync(join(this.data, "tls/server.pem")));
    const key = createHash("sha256").update(server.publicKey.export({ type: "spki", format: "der" })).digest("base64");
    return [`--ignore-certificate-errors-spki-list=${key}`, `--host-resolver-rules=MAP ${this.#start.network} 127.0.0.1`];
  }

  get setUpLink(): string {
    const [link] = PRINTED.setUpLink.exec(this.#printed) ?? [];
    if (!link) throw new Error(`no set-up link was printed:\n${this.#printed}`);
    return link;
  }

  /** The demo's people as printed, in order. */
  get people(): Person[] {
    const found = [...this.#printed.matchAll(PRINTED.person)].map((match) => match.groups as unknown as Person);
    if (found.length === 0) throw new Error(`no people were printed:\n${this.#printed}`);
    return found;
  }

  person(name: string): Person {
    const person = this.people.find((person) => person.name === name);
    if (!person) throw new Error(`nobody here is called ${name}`);
    return person;
  }

  /** Another run of the program on the same data: `command("verify")`. Answers what it printed; fails where it failed. */
  command(...words: string[]): string {
    const { database } = this.#start;
    return execFileSync(PROGRAM, [...words, "--data", this.data], {
      encoding: "utf8",
      env: { ...process.env, ...(database ? { XINYAN_DATABASE: database } : {}) },
      maxBuffer: 64 << 20,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Somebody new, with the password that the program made. */
  addPerson(name: string, role: string): Person {
    const printed = this.command("staff", "add", "--name", name, "--role", role);
    const [, password] = /password: (\S+)/.exec(printed) ?? [];
    if (!password) throw new Error(`no password was printed:\n${printed}`);
    return { name, role, password };
  }

  /** Everything printed since the last start. */
  get printed(): string {
    return this.#printed;
  }

  async start(): Promise<void> {
    const { isDemo, database, network, environment } = this.#start;
    const options = ["--data", this.data, "--listen", `127.0.0.1:${this.port}`];
    if (isDemo) options.push("--demo");
    if (database) options.push("--database", database);
    if (network) options.push("--tls");

    this.#printed = "";
    const program = spawn(PROGRAM, ["serve", ...options], {
      cwd: ROOT,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    program.stdout.setEncoding("utf8").on("data", (text: string) => (this.#printed += text));
    program.stderr.setEncoding("utf8").on("data", (text: string) => (this.#printed += text));
    this.#program = program;
    process.once("exit", () => program.kill("SIGKILL"));
    await this.#untilItAnswers(program);
  }

  /** Power cut. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** Closing time: the program may finish what it does. */
  async close(): Promise<void> {
    await this.#end("SIGTERM");
  }

  /** Its computer has died; the backup is put on another one, which gets the address. */
  async restore(backup: string, key: string): Promise<void> {
    await this.kill();
    const elsewhere = mkdtempSync(join(tmpdir(), "xinyan-salon-"));
    const words = ["restore", backup, "--key", key, "--data", elsewhere];
    xinyan(...words);
    rmSync(this.data, { recursive: true, force: true });
    this.data = elsewhere;
    await this.start();
  }

  /** Its database has failed over to another server. */
  async failOver(database: string): Promise<void> {
    await this.kill();
    this.#start = { ...this.#start, database };
    await this.start();
  }

  async killAndStart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** Closed and thrown away. */
  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.data, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const program = this.#program;
    this.#program = undefined;
    if (!program || program.exitCode !== null || program.signalCode !== null) return;
    const ended = once(program, "exit");
    program.kill(signal);
    await ended;
  }

  async #untilItAnswers(program: ChildProcess): Promise<void> {
    for (const began = Date.now(); Date.now() - began < STARTS_WITHIN; ) {
      if (program.exitCode !== null || program.signalCode !== null) {
        throw new Error(`xinyan ended at start:\n${this.#printed}`);
      }
      // Over plain http it answers too, if only with how to come in.
      const answers = await fetch(`http://localhost:${this.port}`).then((reply) => reply.ok, () => false);
      if (answers) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`xinyan does not answer at ${this.url}:\n${this.#printed}`);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
