//! Attempts told apart: what each asks for, which of them a checkout is at, and which payment
//! each became; and the steps of a checkout's story.

super::migration! {
    // 1, and one more for every change of the way to pay.
    "ALTER TABLE attempts ADD COLUMN number BIGINT NOT NULL DEFAULT 1",
    // When another one took its place.
    "ALTER TABLE attempts ADD COLUMN superseded_at BIGINT",
    // What this one asks for, in the checkout's currency: the checkout has what the newest does.
    "ALTER TABLE attempts ADD COLUMN total_minor BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE attempts ADD COLUMN surcharge_minor BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE attempts ADD COLUMN currency TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE attempts ADD COLUMN method TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE attempts ADD COLUMN method_kind TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE attempts ADD COLUMN method_label TEXT",
    "ALTER TABLE attempts ADD COLUMN option_id TEXT",
    "ALTER TABLE attempts ADD COLUMN option_label TEXT",
    // The payment that its money became.
    "ALTER TABLE attempts ADD COLUMN payment_id TEXT REFERENCES payments (id)",
    // Until now a checkout had one attempt.
    "UPDATE attempts SET
        total_minor = (SELECT total_minor FROM checkouts WHERE checkouts.id = checkout_id),
        surcharge_minor = (SELECT surcharge_minor FROM checkouts WHERE checkouts.id = checkout_id),
        currency = (SELECT currency FROM checkouts WHERE checkouts.id = checkout_id),
        method = (SELECT method FROM checkouts WHERE checkouts.id = checkout_id),
        method_kind = (SELECT method_kind FROM checkouts WHERE checkouts.id = checkout_id),
        method_label = (SELECT method_label FROM checkouts WHERE checkouts.id = checkout_id),
        option_id = (SELECT option_id FROM checkouts WHERE checkouts.id = checkout_id),
        option_label = (SELECT option_label FROM checkouts WHERE checkouts.id = checkout_id),
        payment_id = (SELECT payment_id FROM checkouts WHERE checkouts.id = checkout_id)",
    "CREATE UNIQUE INDEX attempts_numbered ON attempts (checkout_id, number)",
    "CREATE UNIQUE INDEX attempts_current ON attempts (checkout_id) WHERE superseded_at IS NULL",
    // The attempt that a launch page last asked for: the one that the checkout was at by then.
    "ALTER TABLE launch_tokens ADD COLUMN attempt_id TEXT REFERENCES attempts (id)",
    "UPDATE launch_tokens SET attempt_id =
        (SELECT id FROM attempts WHERE attempts.checkout_id = launch_tokens.checkout_id)
        WHERE asked_at IS NOT NULL",
    "CREATE INDEX launch_tokens_of_attempt ON launch_tokens (attempt_id)
        WHERE attempt_id IS NOT NULL",
    "CREATE TABLE checkout_steps (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        -- The checkout; none for what happens to a payment that was made elsewhere.
        checkout_id TEXT REFERENCES checkouts (id),
        -- The attempt that it is about, and the payment, as far as it is about one.
        attempt_id TEXT REFERENCES attempts (id),
        payment_id TEXT REFERENCES payments (id),
        at BIGINT NOT NULL,
        -- A word of api_types::PaymentStepKind.
        kind TEXT NOT NULL,
        amount_minor BIGINT,
        currency TEXT,
        CHECK (checkout_id IS NOT NULL OR payment_id IS NOT NULL),
        CHECK ((amount_minor IS NULL) = (currency IS NULL))
    )",
    "CREATE INDEX checkout_steps_of_checkout ON checkout_steps (checkout_id)
        WHERE checkout_id IS NOT NULL",
    "CREATE INDEX checkout_steps_of_payment ON checkout_steps (payment_id)
        WHERE payment_id IS NOT NULL",
    "CREATE TRIGGER checkout_steps_never_change BEFORE UPDATE ON checkout_steps
        BEGIN SELECT RAISE(ABORT, 'steps never change'); END",
    "CREATE TRIGGER checkout_steps_never_go BEFORE DELETE ON checkout_steps
        BEGIN SELECT RAISE(ABORT, 'steps never go'); END",
}
