// Brings the app into the page, or says in plain words why it cannot.
// It carries the build's version from its own address to everything it loads.
(() => {
  "use strict";

  const build = new URL(document.currentScript.src).search;
  const root = document.documentElement;
  root.dataset.build = build;

  const TROUBLES = {
    insecure: {
      zh: ["这个地址不安全，打不开顾客档案", "请改用 https:// 开头的地址。不知道地址，就问店长。"],
      en: ["This address is not secure, so customer files stay closed", "Use the address that begins with https://. The manager knows it."],
    },
    storage: {
      zh: ["浏览器不让心颜在这台设备上保存记录", "关掉无痕模式，在浏览器的设置里允许本网站保存数据，再试一次。"],
      en: ["The browser does not let Xinyan keep records on this device", "Leave private browsing, allow this site to store data in the browser's settings, then try again."],
    },
    old: {
      zh: ["这个浏览器太旧，打不开心颜", "把浏览器更新到最新版，或换用新版的 Chrome、Edge、Safari。"],
      en: ["This browser is too old for Xinyan", "Update the browser, or use a recent Chrome, Edge or Safari."],
    },
    unloaded: {
      zh: ["心颜没有打开", "检查网络；如果店里的 Wi-Fi 要先登录，登录后再试。这台设备上已保存的记录不受影响。"],
      en: ["Xinyan did not open", "Check the network; if the Wi-Fi asks you to sign in, do that first. What is already saved on this device is not affected."],
    },
  };

  chooseDevice();

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start, { once: true });
  } else {
    start();
  }

  /** Controls are sized for the hand that uses them; a choice made in the app is set later and prevails. */
  function chooseDevice() {
    if (root.dataset.device) return;
    const shorter = Math.min(screen.width, screen.height);
    const hasMouse = matchMedia("(hover: hover) and (pointer: fine)").matches;
    root.dataset.device = shorter < 600 ? "phone" : hasMouse ? "desk" : "tablet";
  }

  async function start() {
    const trouble = await whatIsMissing();
    if (trouble) return show(trouble);

    keepShell();
    try {
      const app = await import(`/pkg/frontend.js${build}`);
      await app.default({ module_or_path: `/pkg/frontend_bg.wasm${build}` });
    } catch (error) {
      console.error(error);
      return show("unloaded");
    }
    document.querySelector("[data-shell]")?.remove();
  }

  async function whatIsMissing() {
    if (!window.isSecureContext) return "insecure";
    if (typeof WebAssembly !== "object" || !("locks" in navigator) || !window.crypto?.subtle) return "old";
    if (!(await mayStore())) return "storage";
    return null;
  }

  async function mayStore() {
    const probe = "xinyan-probe";
    try {
      localStorage.setItem(probe, "1");
      localStorage.removeItem(probe);
      await opened(indexedDB.open(probe));
      indexedDB.deleteDatabase(probe);
      return true;
    } catch {
      return false;
    }
  }

  function opened(request) {
    return new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result.close());
      request.onerror = () => reject(request.error);
    });
  }

  /** Registers the service worker. The app is told of a waiting version and decides when to take it. */
  async function keepShell() {
    if (!("serviceWorker" in navigator)) return;
    try {
      const registration = await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
      registration.addEventListener("updatefound", () => {
        registration.installing?.addEventListener("statechange", () => announce(registration));
      });
      announce(registration);
      window.addEventListener("xinyan:take-update", () => take(registration));
      document.addEventListener("visibilitychange", () => look(registration));
    } catch (error) {
      console.warn(error);
    }
  }

  /** A tablet in a treatment room stays open for days; nobody reloads it. */
  function look(registration) {
    if (document.visibilityState === "visible") registration.update().catch(() => {});
  }

  /** Only the tab that asked starts anew: another one may hold a half-written note. */
  function take(registration) {
    if (!registration.waiting) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    registration.waiting.postMessage({ type: "activate" });
  }

  function announce(registration) {
    if (!registration.waiting || !navigator.serviceWorker.controller) return;
    root.dataset.update = "waiting";
    window.dispatchEvent(new Event("xinyan:update-waiting"));
  }

  function show(name) {
    const { zh, en } = TROUBLES[name];
    const body = document.querySelector(".shell__body");
    if (!body) return;

    const again = element("button", "button is-primary shell__act", "再试一次 · Try again");
    again.type = "button";
    again.addEventListener("click", () => location.reload());

    const trouble = element("section", "shell__trouble");
    trouble.setAttribute("role", "alert");
    trouble.append(element("h1", "shell__what", zh[0]), element("p", "", zh[1]), english(en), again);
    body.replaceChildren(trouble);
  }

  function english([what, todo]) {
    const text = element("p", "shell__english", `${what}. ${todo}`);
    text.lang = "en";
    return text;
  }

  function element(name, className, text = "") {
    const node = document.createElement(name);
    node.className = className;
    node.textContent = text;
    return node;
  }
})();
