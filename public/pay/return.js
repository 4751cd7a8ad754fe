// The way back from the payment provider. It tells the portal to ask the
// server, says in a sentence how the payment stands, and closes itself. What
// it tells is a hint without any figures: the server alone knows. It needs no
// opener, no storage, no channel and no session. In the portal's own tab it goes
// back to where the portal was left.
(() => {
  const NAME = "portico.checkout";
  // How long to wait before each question, while nothing is decided yet.
  const PAUSES = [0, 400, 800, 1500, 2500, 3000];
  const PATIENCE = 10000;
  const READABLE = 1200;
  const SAID = ["paid", "confirming", "failed", "cancelled", "expired", "needs_review"];
  const UNDECIDED = ["created", "open"];

  const fragment = new URLSearchParams(takeFragment());
  const c = fragment.get("c") || "";
  const n = fragment.get("n") || "";
  const page = document.documentElement;
  const from = wayBack(c);

  const pause = (millis) => new Promise((done) => setTimeout(done, millis));

  // The portal's own origin, and those that the backend may name beside it.
  function origins() {
    const named = document.querySelector('meta[name="portico-origins"]');
    const others = named === null ? [] : named.content.split(" ").filter((it) => it !== "");
    return new Set([location.origin, ...others]);
  }

  function tell() {
    const message = JSON.stringify({ ns: NAME, v: 1, t: "return", c, n });
    for (const origin of origins()) {
      try {
        window.opener.postMessage(message, origin);
      } catch {
        // A provider's page may have cut the opener; the portal asks by itself then.
      }
    }
    try {
      const channel = new BroadcastChannel(NAME);
      channel.postMessage(message);
      channel.close();
    } catch {
      // The same without channels.
    }
  }

  // The status, or nothing where it cannot be read.
  async function status() {
    const started = performance.now();
    const left = () => PATIENCE - (performance.now() - started);
    let known = null;
    let wait = 0;
    for (const millis of PAUSES) {
      await pause(Math.min(Math.max(millis, wait), Math.max(0, left())));
      wait = 0;
      if (left() <= 0) {
        break;
      }
      try {
        const answer = await ask("/pay/status", { c, n }, Math.min(4000, left()));
        wait = answer.wait;
        if (answer.body !== null) {
          known = answer.body.status;
        } else if (answer.status < 500 && answer.status !== 429) {
          return null;
        }
      } catch {
        continue;
      }
      if (known !== null && !UNDECIDED.includes(known)) {
        return known;
      }
    }
    return known;
  }

  function stay() {
    page.dataset.closing = "no";
    document.getElementById("actions").hidden = false;
  }

  async function leaveSoon() {
    if (from !== null) {
      // The portal's own tab goes on where it left.
      await pause(READABLE);
      location.replace(from);
      return;
    }
    page.dataset.closing = "yes";
    await pause(READABLE);
    window.close();
    // Still here: this is a tab of the customer's own, which no script may close.
    await pause(300);
    stay();
  }

  async function start() {
    if (c === "" || n === "") {
      page.dataset.state = "unknown";
      say("unknown");
      stay();
      return;
    }
    tell();
    const asked = performance.now();
    const known = await status();
    if (performance.now() - asked > PAUSES[1]) {
      // The server has learned something since the portal was told to ask.
      tell();
    }
    const sentence = SAID.includes(known) ? known : "unknown";
    page.dataset.state = sentence;
    say(sentence);
    if (known === null) {
      stay();
    } else {
      leaveSoon();
    }
  }

  if (from !== null) {
    page.dataset.closing = "no";
    document.getElementById("back").href = from;
    document.getElementById("close").hidden = true;
  }
  document.getElementById("close").addEventListener("click", () => window.close());
  start();
})();
