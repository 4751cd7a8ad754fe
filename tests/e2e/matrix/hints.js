// Runs before the portal. Keeps from it the hints that are switched off, and
// writes down what is on screen when, and which hints came when.
(() => {
  const off = new Set(/* HINTS OFF */ []);
  const seen = { screen: [], hints: [], loads: 1 };
  window.seenByTest = seen;

  const hint = (kind) => {
    if (!off.has(kind)) {
      seen.hints.push({ kind, at: Date.now() });
    }
  };
  const swallow = (target, kind, mine) =>
    target.addEventListener(
      kind,
      (event) => {
        if (mine(event)) {
          event.stopImmediatePropagation();
        }
      },
      true,
    );

  // The return page's message. Others may come from an extension.
  window.addEventListener("message", () => hint("message"), true);
  if (off.has("message")) {
    swallow(window, "message", () => true);
  }

  if (off.has("broadcast")) {
    delete window.BroadcastChannel;
  } else {
    const channel = new BroadcastChannel("portico.checkout");
    channel.onmessage = () => hint("broadcast");
  }

  // The page comes to the front, or back to a network.
  for (const kind of ["focus", "pageshow", "online"]) {
    window.addEventListener(kind, (event) => event.target === window && hint("wake"), true);
    if (off.has("wake")) {
      swallow(window, kind, (event) => event.target === window || event.target === document);
    }
  }
  if (off.has("wake")) {
    swallow(document, "visibilitychange", () => true);
  }

  // The handle: a stand-in that never reads closed. What the window itself says is then the
  // stand-in's; this listener stands before the portal's own.
  const standIns = new Map();
  window.addEventListener(
    "message",
    (event) => {
      if (standIns.has(event.source)) {
        Object.defineProperty(event, "source", { value: standIns.get(event.source) });
      }
    },
    true,
  );
  const open = window.open.bind(window);
  window.open = (...given) => {
    const real = open(...given);
    if (!real) {
      return real;
    }
    const watch = setInterval(() => {
      if (real.closed) {
        hint("closed");
        clearInterval(watch);
      }
    }, 50);
    if (!off.has("closed")) {
      return real;
    }
    const standIn = Object.create(Window.prototype, {
      closed: { get: () => false },
      close: { value: () => real.close() },
      focus: { value: () => real.focus() },
    });
    standIns.set(real, standIn);
    return standIn;
  };

  // Questions about a checkout, and the server's push, which is read beside the portal.
  const ask = window.fetch.bind(window);
  window.fetch = async (what, how) => {
    const request = new URL(typeof what === "string" ? what : what.url, document.baseURI);
    if (/\/checkouts\/[^/]+$/.test(request.pathname)) {
      hint("asked");
    }
    const answer = await ask(what, how);
    if (!request.pathname.endsWith("/stream") || !answer.ok || answer.body === null) {
      return answer;
    }
    const [portal, test] = answer.body.tee();
    const listen = async () => {
      const reader = test.getReader();
      for (;;) {
        const { done } = await reader.read();
        if (done) {
          return;
        }
        hint("push");
      }
    };
    // The stream ends whenever the portal wants.
    listen().catch(() => {});
    return new Response(portal, { status: answer.status, headers: answer.headers });
  };

  const text = (selector) => {
    const found = document.querySelector(selector);
    return found === null ? null : found.textContent.replace(/\s+/g, " ").trim();
  };
  const look = () => {
    const amount = document.querySelector(".invoice_document [data-part='remaining'] .amount");
    const now = {
      status: text(".page_heading .badge"),
      remaining: amount === null ? null : amount.getAttribute("value"),
      panel: text(".checkout_panel__title"),
    };
    const last = seen.screen[seen.screen.length - 1];
    const same = last && Object.keys(now).every((part) => last[part] === now[part]);
    if (!same) {
      seen.screen.push({ at: Date.now(), ...now });
    }
  };
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(look).observe(document, everything);
})();
