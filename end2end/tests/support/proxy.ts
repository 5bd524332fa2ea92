/** The salon's network on a bad day: stands between a device and the server and does to requests what networks do. */

import { once } from "node:events";
import { createServer, request, type ClientRequest, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export type Fault =
  /** The server does it, the device never hears of it. */
  | { kind: "drop reply" }
  /** Connected, and silent for ever: nothing that the device asks arrives. What the server is already telling it goes on. */
  | { kind: "hang" }
  /** The other way round: all it asks arrives, and nothing comes back. */
  | { kind: "deaf" }
  /** It arrives three times at once; the device hears one of the answers. */
  | { kind: "replay" }
  /** It goes on a few bytes a second, and the connection breaks before its end. */
  | { kind: "slow loris" }
  /** A café's sign-in page, with status 200. */
  | { kind: "captive portal" }
  /** The same by way of another address. */
  | { kind: "redirect" }
  /** The answer begins, and nothing of it comes. */
  | { kind: "mute" }
  /** Each piece of a stream comes twice. */
  | { kind: "echo" };

const SIGN_IN_PAGE = "/wifi-sign-in";
const SLOW = { bytes: 3, every: 300, pieces: 10 };

export interface Which {
  /** Only requests whose path and query match. */
  path?: RegExp;
  /** Only so many requests, then all is well again. */
  times?: number;
}

interface Rule {
  fault: Fault;
  which: Which;
  left: number;
}

export interface Seen {
  method: string;
  path: string;
  fault: Fault["kind"] | undefined;
}

export class Proxy {
  readonly #upstream: number;
  readonly #sockets = new Set<Socket>();
  #rules: Rule[] = [];
  #server: Server | undefined;
  #port = 0;

  /** Every request in order of arrival, and what was done to it. */
  readonly seen: Seen[] = [];

  private constructor(upstream: number) {
    this.#upstream = upstream;
  }

  static async before(salon: { port: number }): Promise<Proxy> {
    const proxy = new Proxy(salon.port);
    await proxy.#listen();
    return proxy;
  }

  get url(): string {
    return `http://localhost:${this.#port}`;
  }

  /** Another site. */
  get signInPage(): string {
    return this.url + SIGN_IN_PAGE;
  }

  /** From now on. The latest fault that fits a request is the one that happens to it. */
  fault(fault: Fault, which: Which = {}): void {
    this.#rules.unshift({ fault, which, left: which.times ?? Infinity });
  }

  /** All faults over, and the network there again. */
  async mend(): Promise<void> {
    this.#rules = [];
    if (!this.#server) await this.#listen();
  }

  /** Breaks every connection and refuses new ones, until `mend`. The device still believes itself online. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = once(server, "close");
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  async stop(): Promise<void> {
    await this.cut();
  }

  async #listen(): Promise<void> {
    const server = createServer((incoming, reply) => void this.#handle(incoming, reply));
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
    });
    server.listen(this.#port, "127.0.0.1");
    await once(server, "listening");
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async #handle(incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    const rule = this.#ruleFor(incoming);
    if (rule) rule.left -= 1;
    const fault = rule?.fault;
    this.seen.push({ method: incoming.method ?? "", path: incoming.url ?? "", fault: fault?.kind });
    try {
      await this.#perform(fault, incoming, reply);
    } catch {
      reply.destroy();
    }
  }

  #ruleFor(incoming: IncomingMessage): Rule | undefined {
    return this.#rules.find(({ which, left }) => left > 0 && (which.path?.test(incoming.url ?? "") ?? true));
  }

  async #perform(fault: Fault | undefined, incoming: IncomingMessage, reply: ServerResponse): Promise<void> {
    if (fault?.kind === "hang") return;
    if (fault?.kind === "captive portal" || incoming.url === SIGN_IN_PAGE) {
      incoming.resume();
      reply.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      reply.end("<!doctype html><title>Wi-Fi</title><p>Sign in to use this network.</p>");
      return;
    }
    if (fault?.kind === "redirect") {
      incoming.resume();
      reply.writeHead(302, { location: SIGN_IN_PAGE }).end();
      return;
    }

    const body = await everything(incoming);
    if (fault?.kind === "slow loris") {
      await this.#dribble(incoming, body);
      reply.destroy();
      return;
    }
    const copies = fault?.kind === "replay" ? 3 : 1;
    const [answer, ...others] = await Promise.all(Array.from({ length: copies }, () => this.#ask(incoming, body)));
    if (!answer) return;
    for (const other of others) other.resume();
    if (fault?.kind === "drop reply" || fault?.kind === "deaf") {
      await everything(answer);
      if (fault.kind === "drop reply") reply.destroy();
      return;
    }
    reply.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
    reply.on("close", () => answer.destroy());
    reply.flushHeaders();
    await this.#tell(incoming, answer, reply);
  }

  /** A stream may begin in good times, and go on in bad ones. */
  async #tell(incoming: IncomingMessage, answer: IncomingMessage, reply: ServerResponse): Promise<void> {
    let isWhole = true;
    for await (const piece of answer as AsyncIterable<Buffer>) {
      const kind = this.#ruleFor(incoming)?.fault.kind;
      if (kind === "mute" || kind === "deaf") isWhole = false;
      else reply.write(kind === "echo" ? Buffer.concat([piece, piece]) : piece);
    }
    if (isWhole) reply.end();
    else reply.destroy();
  }

  async #dribble(incoming: IncomingMessage, body: Buffer): Promise<void> {
    const asked = this.#request(incoming).on("error", () => undefined);
    for (let at = 0; at < SLOW.pieces; at++) {
      asked.write(body.subarray(at * SLOW.bytes, (at + 1) * SLOW.bytes));
      await new Promise((resolve) => setTimeout(resolve, SLOW.every));
    }
    asked.destroy();
  }

  async #ask(incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const asked = this.#request(incoming);
    asked.end(body);
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    return answer;
  }

  #request({ method, url, headers }: IncomingMessage): ClientRequest {
    return request({
      host: "127.0.0.1",
      port: this.#upstream,
      ...(method ? { method } : {}),
      ...(url ? { path: url } : {}),
      headers: { ...headers, connection: "close" },
      agent: false,
    });
  }
}

async function everything(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
