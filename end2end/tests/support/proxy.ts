/** The salon's network on a bad day: stands between a device and the server and does to requests what networks do. */

import { once } from "node:events";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";

export type Fault =
  /** The server does it, the device never hears of it. */
  | { kind: "drop reply" }
  /** Connected, and silent for ever. */
  | { kind: "hang" }
  /** A café's sign-in page, with status 200. */
  | { kind: "captive portal" }
  /** The same by way of another address. */
  | { kind: "redirect" }
  /** The answer begins, and nothing of it comes. */
  | { kind: "mute" }
  /** Each piece of a stream comes twice. */
  | { kind: "echo" };

const SIGN_IN_PAGE = "/wifi-sign-in";

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
    const fault = this.#faultFor(incoming);
    this.seen.push({ method: incoming.method ?? "", path: incoming.url ?? "", fault: fault?.kind });
    try {
      await this.#perform(fault, incoming, reply);
    } catch {
      reply.destroy();
    }
  }

  #faultFor(incoming: IncomingMessage): Fault | undefined {
    const rule = this.#rules.find(
      ({ which, left }) =>
        left > 0 &&
        (which.path?.test(incoming.url ?? "") ?? true),
    );
    if (rule) rule.left -= 1;
    return rule?.fault;
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

    const answer = await this.#ask(incoming, await everything(incoming));
    if (fault?.kind === "drop reply") {
      await everything(answer);
      reply.destroy();
      return;
    }
    reply.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
    reply.on("close", () => answer.destroy());
    reply.flushHeaders();
    if (fault?.kind === "mute") {
      answer.resume();
    } else if (fault?.kind === "echo") {
      for await (const piece of answer) reply.write(Buffer.concat([piece as Buffer, piece as Buffer]));
      reply.end();
    } else {
      answer.pipe(reply);
    }
  }

  async #ask(incoming: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    const asked = request({
      host: "127.0.0.1",
      port: this.#upstream,
      ...(incoming.method ? { method: incoming.method } : {}),
      ...(incoming.url ? { path: incoming.url } : {}),
      headers: { ...incoming.headers, connection: "close" },
      agent: false,
    });
    asked.end(body);
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    return answer;
  }
}

async function everything(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
