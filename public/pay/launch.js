// The way to the payment provider. The portal opens this page inside the
// click, before the checkout exists; the page asks the API with the token of
// its own address until there is somewhere to go, and goes there. It needs no
// opener, no storage and no session.
(() => {
  const PATIENCE = 15000;
  const SLOW = 5000;
  const PAUSE = 300;

  const token = takeFragment();
  const page = document.documentElement;
  const close = document.getElementById("close");
  const again = document.getElementById("again");
  const back = document.getElementById("back");
  const from = wayBack();

  const pause = (millis) => new Promise((done) => setTimeout(done, millis));

  // Only an address on one of the origins that the backend names is followed.
  function mayGo(answer) {
    try {
      const to = new URL(answer.url);
      const web = to.protocol === "https:" || to.protocol === "http:";
      return web && answer.origins.includes(to.origin);
    } catch {
      return false;
    }
  }

  // Some providers' pages are opened by a form that is posted there.
  function post(url, fields) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = url;
    for (const { name, value } of fields) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = name;
      field.value = value;
      form.append(field);
    }
    document.body.append(form);
    form.submit();
  }

  function end(sentence, retry) {
    page.dataset.state = "ended";
    say(sentence);
    close.textContent = document.getElementById("close-label").content.textContent;
    again.hidden = !retry;
    back.hidden = false;
  }

  // Asks until there is an answer to follow; returns the sentence for why there is none.
  async function go() {
    const started = performance.now();
    const left = () => PATIENCE - (performance.now() - started);
    let reached = false;
    while (left() > 0) {
      let wait = PAUSE;
      try {
        const answer = await ask("/pay/launch", { token }, Math.min(5000, left()));
        const refused = answer.status >= 400 && answer.status < 500 && answer.status !== 429;
        if (refused) {
          return "failed";
        }
        wait = Math.max(PAUSE, answer.wait);
        reached = answer.body !== null;
        if (reached && answer.body.status === "go") {
          if (!mayGo(answer.body)) {
            return "failed";
          }
          if (answer.body.form) {
            post(answer.body.url, answer.body.form);
          } else {
            location.replace(answer.body.url);
          }
          return null;
        }
      } catch {
        // No network for a moment; the token is still good. A question that only ran out of this
        // page's own patience says nothing about the network.
        if (left() > 0) {
          reached = false;
        }
      }
      if (left() < PATIENCE - SLOW) {
        say("slow");
      }
      await pause(Math.min(wait, Math.max(0, left())));
    }
    return reached ? "expired" : "failed";
  }

  async function start() {
    page.dataset.state = "going";
    again.hidden = true;
    if (token === "") {
      end("expired", false);
      return;
    }
    const sentence = await go();
    if (sentence !== null) {
      end(sentence, sentence === "failed");
    }
  }

  if (from !== null) {
    // The portal's own tab: there is no window to close.
    close.hidden = true;
    back.href = from;
    back.hidden = false;
  }
  close.addEventListener("click", () => window.close());
  again.addEventListener("click", () => {
    say("going");
    start();
  });
  start();
})();
