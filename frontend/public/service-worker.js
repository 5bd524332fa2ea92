// Keeps the shell of the app, and nothing else, so that a device starts without a network.
// No answer of the salon's server about customers ever enters this cache.
"use strict";

const BUILD = "__BUILD__";
const KEPT = "xinyan-shell-";
const CACHE = KEPT + BUILD;

const HTML = "text/html";
const SCRIPT = "text/javascript";
const STYLE = "text/css";
const WASM = "application/wasm";
const PNG = "image/png";
const SVG = "image/svg+xml";
const MANIFEST = "application/manifest+json";

const PARTS = [
  [`/pkg/frontend_bg.wasm?v=${BUILD}`, WASM],
  [`/pkg/frontend.js?v=${BUILD}`, SCRIPT],
  [`/pkg/xinyan.css?v=${BUILD}`, STYLE],
  [`/loader.js?v=${BUILD}`, SCRIPT],
  [`/stretcher.js?v=${BUILD}`, SCRIPT],
  ["/manifest.webmanifest", MANIFEST],
  ["/icon.svg", SVG],
  ["/icons/icon-192.png", PNG],
  ["/icons/icon-512.png", PNG],
  ["/icons/icon-maskable-512.png", PNG],
];

// Answered by the server itself: its interface, and the pages for customers' own phones.
const OF_THE_SERVER = ["/api/", "/public/", "/health"];

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));

self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (OF_THE_SERVER.some((path) => url.pathname.startsWith(path))) return;

  if (request.mode === "navigate") {
    event.respondWith(shell(request));
  } else if (PARTS.some(([part]) => part === url.pathname + url.search)) {
    event.respondWith(part(request));
  }
});

/** All or nothing: one wrong part, and the version before it stays in charge. */
async function keepAll() {
  const cache = await caches.open(CACHE);
  try {
    await Promise.all(PARTS.map(async ([path, type]) => cache.put(path, await genuine(path, type))));
    // Last, because it names the build: if the server changed while we were loading, this refuses the mixture.
    await cache.put("/", await genuineShell());
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

/** A captive portal answers anything with a page of its own, often by way of a redirect. */
async function genuine(path, type) {
  const response = await fetch(path, { cache: "reload", credentials: "same-origin", redirect: "error" });
  const said = response.headers.get("content-type") ?? "";
  const isGenuine =
    response.status === 200 && response.type === "basic" && !response.redirected && said.split(";")[0].trim().toLowerCase() === type;
  if (!isGenuine) throw new TypeError(`${path}: ${response.status} ${said}`);
  return response;
}

async function genuineShell() {
  const response = await genuine("/", HTML);
  const text = await response.clone().text();
  if (!text.includes(`/loader.js?v=${BUILD}`)) throw new TypeError("/: the shell of another build");
  return response;
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(KEPT) && name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function shell(request) {
  return (await kept("/")) ?? fetch(request).catch(() => unreachable());
}

async function part(request) {
  return (await kept(request)) ?? fetch(request);
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  return cache.match(request);
}

function unreachable() {
  const page = `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>心颜</title>
<h1>现在连不上店里的服务器</h1><p>检查网络，再刷新这个页面。这台设备上已保存的记录不受影响。</p>
<p lang="en">The salon's server cannot be reached. Check the network, then reload this page. What is saved on this device is not affected.</p></html>`;
  return new Response(page, { status: 503, headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" } });
}
